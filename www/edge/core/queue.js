/*
 * A batch of a queue, by the same way as `POST /events`. A body is an event with its `customer`, or a list of them.
 *
 * Messages are answered for one by one: one comes again only where something failed here, and then whole, for what was
 * taken the first time is known by its id. What is wrong with an event never gets better: it is told, and the message goes.
 */
import { sorted } from "./intake.js";

/** A message has at most 128,000 bytes, and some of them are the platform's; a call sends 100 messages, or 256,000 bytes. */
const MESSAGE_BYTES = 96_000;
const CALL_BYTES = 240_000;
const CALL_MESSAGES = 100;
/** Before a message comes again, doubled each time. */
const AGAIN_SECONDS = 15;
const LONGEST_SECONDS = 3600;

const encoder = new TextEncoder();

/**
 * Takes in a batch.
 *
 * @param {{ id: string, timestamp: Date, body: unknown, attempts: number, ack(): void, retry(options: object): void }[]} messages
 * @param {{ record: Function, tell: (refused: object[]) => Promise<void> }} way how events are taken, and who hears of bad ones
 */
export async function takeBatch(messages, { record, tell }) {
  const events = [];
  const sentMs = [];
  const spans = messages.map((message) => {
    const { list, fault } = listOf(message.body);
    const from = events.length;
    for (const event of list) {
      events.push(event);
      sentMs.push(Number(message.timestamp));
    }
    return { message, from, list, refused: fault ? [fault] : [], isFailed: false };
  });
  const { refused } = await record(events, [], { sentMs });
  let place = 0;
  for (const { index, code, path, message, again } of refused) {
    while (index >= spans[place].from + spans[place].list.length) place += 1;
    const span = spans[place];
    const local = index - span.from;
    const named = (text) => text.replace(`events[${index}]`, `events[${local}]`);
    if (again) span.isFailed = true;
    else span.refused.push({ index: local, code, path: named(path), message: named(message), event: span.list[local] });
  }
  await Promise.all(spans.map(async ({ message, refused: bad, isFailed }) => {
    if (isFailed) return comeAgain(message);
    try {
      if (bad.length) await tell(bad.map((one) => ({ messageId: message.id, ...one })));
      message.ack();
    } catch (error) {
      console.error(error);
      comeAgain(message);
    }
    return undefined;
  }));
}

/** A message that could not be taken now. */
export function comeAgain(message) {
  message.retry({ delaySeconds: Math.min(LONGEST_SECONDS, AGAIN_SECONDS * 2 ** ((message.attempts ?? 1) - 1)) });
}

/**
 * Puts events onto a queue instead of writing them now: those without a customer come back, and whatever else is wrong is
 * told when they are taken from it.
 */
export async function putLater(queue, events, unread) {
  const { parcels, refused } = await sorted(events);
  const bodies = [];
  let [body, size] = [[], 0];
  for (const [customer, parcel] of parcels) {
    for (const { index, event } of parcel) {
      const bytes = encoder.encode(JSON.stringify(event)).length + customer.length * 6 + 32;
      if (bytes > MESSAGE_BYTES) {
        refused.push({ index, code: "event-too-large", path: `events[${index}]`, message: `\`events[${index}]\` must have at most ${MESSAGE_BYTES} bytes to be queued: send it without \`later\`` });
        continue;
      }
      if (size + bytes > MESSAGE_BYTES) {
        bodies.push({ body, size });
        [body, size] = [[], 0];
      }
      body.push({ customer, ...event });
      size += bytes;
    }
  }
  if (body.length) bodies.push({ body, size });
  for (const call of callsOf(bodies)) await queue.sendBatch(call.map((one) => ({ body: one.body, contentType: "json" })));
  const queued = bodies.reduce((sum, one) => sum + one.body.length, 0);
  return { queued, refused: [...unread, ...refused].sort((one, other) => one.index - other.index) };
}

/** Messages in calls, each short enough. */
function* callsOf(bodies) {
  let [call, size] = [[], 0];
  for (const one of bodies) {
    if (call.length === CALL_MESSAGES || size + one.size > CALL_BYTES) {
      yield call;
      [call, size] = [[], 0];
    }
    call.push(one);
    size += one.size;
  }
  if (call.length) yield call;
}

/** The events of a body; text and bytes are JSON. */
function listOf(body) {
  let json = body;
  try {
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    else if (typeof body === "string") json = JSON.parse(body);
  } catch ({ message }) {
    return { list: [], fault: { index: 0, code: "message-not-json", path: "", message: `the message must be JSON: ${message}`, event: String(body).slice(0, 1000) } };
  }
  if (Array.isArray(json)) return { list: json };
  if (Array.isArray(json?.events)) return { list: json.events };
  return { list: [json] };
}
