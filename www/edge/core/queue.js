/*
 * A batch of a queue, by the same way as `POST /events`. A body is an event with its `customer`, or a list of them.
 *
 * Messages are answered for one by one: one comes again only where something failed here, and then whole, for what was
 * taken the first time is known by its id. What is wrong with an event never gets better: it is told, and the message goes.
 */
import { listOf, sorted } from "./intake.js";

/** A message has at most 128,000 bytes, and some of them are the platform's; a call sends 100 messages, or 256,000 bytes. */
const MESSAGE_BYTES = 96_000;
const CALL_BYTES = 240_000;
const CALL_MESSAGES = 100;
/** Each customer of a batch is a call, and the platform allows 10,000 of them: at most so many, or those of one message. */
const BATCH_CUSTOMERS = 2000;
/** Of what is wrong, and of an event that does not fit into a message with it, so many characters are told. */
const TOLD_LENGTH = 1000;
const CUT_LENGTH = 16_000;
/** Before a message comes again, doubled each time. */
const AGAIN_SECONDS = 15;
const LONGEST_SECONDS = 3600;
/** Before a message comes again for which this batch had no room: a second for each time, at most. */
const NO_ROOM_SECONDS = 60;

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
  const spans = roomFor(messages).map(({ message, list, refused }) => {
    const from = events.length;
    for (const event of list) {
      events.push(event);
      sentMs.push(Number(message.timestamp));
    }
    return { message, from, list, refused, isFailed: false };
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
      if (bad.length) await tell(bad.map((one) => toldOf(message, one)));
      message.ack();
    } catch (error) {
      console.error(error);
      comeAgain(message);
    }
    return undefined;
  }));
}

/** The messages that there is room for, read: those that came most often first. The others come again soon, and nobody is called for them. */
function roomFor(messages) {
  const customers = new Set();
  const read = [];
  for (const message of [...messages].sort((one, other) => attemptsOf(other) - attemptsOf(one))) {
    const found = readBody(message.body);
    const names = new Set(found.list.map((event) => event?.customer).filter((name) => typeof name === "string" && !customers.has(name)));
    if (names.size && customers.size && customers.size + names.size > BATCH_CUSTOMERS) {
      message.retry({ delaySeconds: Math.min(NO_ROOM_SECONDS, attemptsOf(message)) });
      continue;
    }
    for (const name of names) customers.add(name);
    read.push({ message, ...found });
  }
  return read;
}

/** How often a message has come, with this time. */
function attemptsOf({ attempts = 1 }) {
  return attempts;
}

/** What is told of a bad event: no more than fits into a message. */
function toldOf({ id }, { index, code, path, message, event }) {
  const text = JSON.stringify(event);
  const isLong = encoder.encode(text).length > MESSAGE_BYTES;
  return { messageId: id, index, code, path: path.slice(0, TOLD_LENGTH), message: message.slice(0, TOLD_LENGTH), event: isLong ? text.slice(0, CUT_LENGTH) : event };
}

/** A message that could not be taken now. */
export function comeAgain(message) {
  message.retry({ delaySeconds: Math.min(LONGEST_SECONDS, AGAIN_SECONDS * 2 ** (attemptsOf(message) - 1)) });
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

/** Sends messages as they are, in as many calls as it takes. */
export async function sendAll(queue, bodies) {
  const sized = bodies.map((body) => ({ body, size: encoder.encode(JSON.stringify(body)).length }));
  for (const call of callsOf(sized)) await queue.sendBatch(call.map(({ body }) => ({ body, contentType: "json" })));
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

/** The events of a body, as JSON has them; text and bytes are JSON. What is none is no event, and a refusal. */
function readBody(body) {
  let json = body;
  try {
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    else if (typeof body === "string") json = JSON.parse(body);
  } catch ({ message }) {
    return { list: [], refused: [notJson(0, "", `the message must be JSON: ${message}`, String(body).slice(0, TOLD_LENGTH))] };
  }
  const refused = [];
  const list = listOf(json).map((event, index) => {
    try {
      // Of the type `v8` a message may have what JSON has not, or what is in itself.
      return JSON.parse(JSON.stringify(event));
    } catch ({ message }) {
      refused.push(notJson(index, `events[${index}]`, `\`events[${index}]\` must be JSON: ${message}`, null));
      return undefined;
    }
  });
  return { list, refused };
}

function notJson(index, path, message, event) {
  return { index, code: "message-not-json", path, message, event };
}
