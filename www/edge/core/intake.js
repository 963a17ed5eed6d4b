/* Bodies with events: read with a limit, taken apart into events, and sorted by customer. What is wrong is told by index. */
import { Fault } from "./fault.js";
import { hashOf } from "./rules.js";

const NAME_BYTES = 256;
const encoder = new TextEncoder();

/** The text of a body: not too long, whole, and UTF-8. */
export async function textOf(request, limit) {
  const tooLarge = () => new Fault(413, "body-too-large", `the body must have at most ${limit} bytes: send several`);
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) throw tooLarge();
  if (request.headers.get("content-encoding")) throw new Fault(415, "body-encoded", "the body must not be compressed");
  if (!request.body) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, size] = ["", 0];
  try {
    const reader = request.body.getReader();
    for (let read = await reader.read(); !read.done && size <= limit; read = await reader.read()) {
      size += read.value.byteLength;
      text += decoder.decode(read.value, { stream: true });
    }
    if (size > limit) await reader.cancel();
    if (size <= limit) text += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Fault(400, "body-not-text", "the body must be UTF-8, and whole");
    throw error;
  }
  if (size > limit) throw tooLarge();
  if (announced && size < announced) throw new Fault(400, "body-truncated", `the body has ${size} bytes of ${announced}`);
  return text;
}

/** JSON of a body, or a fault that says where it ends being JSON. */
export async function jsonOf(request, limit) {
  return parsed(await textOf(request, limit));
}

/** The events of a body: one, a list, `{ "events": [...] }`, or a line each. A line that is no JSON is a refusal. */
export async function eventsOf(request, limit) {
  const text = await textOf(request, limit);
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  if (/ndjson|jsonl|json-lines|json-seq/.test(type)) return linesOf(text);
  const json = parsed(text);
  const events = Array.isArray(json) ? json : Array.isArray(json?.events) ? json.events : [json];
  return { events, refused: [] };
}

function parsed(text) {
  if (text.trim() === "") throw new Fault(400, "body-empty", "the body must be JSON");
  try {
    return JSON.parse(text);
  } catch ({ message }) {
    throw new Fault(400, "body-not-json", `the body must be JSON: ${message}`);
  }
}

function linesOf(text) {
  const events = [];
  const refused = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const index = events.length;
    try {
      events.push(JSON.parse(line));
    } catch ({ message }) {
      events.push(undefined);
      refused.push({ index, code: "line-not-json", path: `events[${index}]`, message: `\`events[${index}]\` is no JSON: ${message}` });
    }
  }
  return { events, refused };
}

/**
 * Sorts events by their customer; `customer` is whose they are where they do not say, `sentMs` when each was handed in.
 *
 * @returns {Promise<{ parcels: Map<string, { index: number, event: object, sentMs?: number }[]>, refused: object[] }>}
 */
export async function sorted(events, customer, sentMs) {
  const parcels = new Map();
  const refused = [];
  for (const [index, item] of events.entries()) {
    if (item === undefined) continue;
    const refuse = (code, at, detail) => refused.push({ index, code, path: `events[${index}]${at}`, message: `\`events[${index}]${at}\` ${detail}` });
    if (item === null || typeof item !== "object" || Array.isArray(item)) {
      refuse("event-wrong-type", "", "must be an object");
      continue;
    }
    const { customer: name = customer, ...event } = item;
    const fault = faultOfName(name);
    if (fault) {
      refuse(name === undefined ? "event-missing-customer" : "event-invalid-customer", ".customer", fault);
      continue;
    }
    if (event.id === undefined) event.id = await contentId(event);
    if (!parcels.has(name)) parcels.set(name, []);
    parcels.get(name).push({ index, event, ...(sentMs && { sentMs: sentMs[index] }) });
  }
  return { parcels, refused };
}

/** What is wrong with a customer's name; undefined where nothing is. */
export function faultOfName(name) {
  if (name === undefined) return "is missing: whose event is it?";
  if (typeof name !== "string" || name === "") return "must be a text that is not empty";
  // A name with half a character would be stored as another one.
  if (!name.isWellFormed()) return "must be well-formed Unicode";
  if (encoder.encode(name).length > NAME_BYTES) return `must have at most ${NAME_BYTES} bytes`;
  if (name === "." || name === "..") return "must not be `.` or `..`: no address can name it";
  return undefined;
}

/** What makes an event that has no id the same when it is sent again: type, time and data. */
async function contentId({ type, time, data }) {
  return `=${await hashOf(JSON.stringify([type, time, data]))}`;
}
