/* Bodies with events: read with a limit, taken apart into events, and sorted by customer. What is wrong is told by index. */
import { Fault } from "./fault.js";
import { hashOf } from "./hash.js";

const NAME_BYTES = 256;
/** A ledger takes a history of 64 objects and lists in each other, of which two are around the event. */
const DEPTH = 62;
/** Of one event, in characters of JSON: three bytes each at most, and a value in storage has 2 MB. */
const EVENT_LENGTH = 256 * 1024;
const encoder = new TextEncoder();

/** The text of a body: not too long, whole, and UTF-8. */
export async function textOf(request, limit) {
  const tooLarge = () => new Fault(413, "body-too-large", `the body must have at most ${limit} bytes: send several`);
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) throw tooLarge();
  if (!/^(identity)?$/i.test(request.headers.get("content-encoding") ?? "")) throw new Fault(415, "body-encoded", "the body must not be compressed");
  if (!request.body) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body.getReader();
  let [text, size] = ["", 0];
  for (let bytes = await nextOf(reader); bytes; bytes = await nextOf(reader)) {
    size += bytes.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    text += decoded(decoder, bytes);
  }
  if (announced && size < announced) throw truncated();
  return text + decoded(decoder);
}

/** The next bytes of a body; undefined at its end, which the sender has to have reached. */
async function nextOf(reader) {
  try {
    return (await reader.read()).value;
  } catch {
    throw truncated();
  }
}

function truncated() {
  return new Fault(400, "body-truncated", "the body ended before it was whole: send it again");
}

function decoded(decoder, bytes) {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new Fault(400, "body-not-text", "the body must be UTF-8");
  }
}

/** The fields of a body that is an object with these keys and no others, or a fault that says what it is instead. */
export async function fieldsOf(request, limit, keys) {
  const json = parsed(await textOf(request, limit));
  if (json === null || typeof json !== "object" || Array.isArray(json)) throw new Fault(400, "body-wrong-type", "the body must be an object");
  if (isDeeper(json, DEPTH)) throw new Fault(400, "body-too-deep", `the body must not nest deeper than ${DEPTH} objects and lists`);
  const unknown = Object.keys(json).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Fault(400, "body-unknown-key", `is not a known key: there are ${keys.map((key) => `\`${key}\``).join(", ")}`, { path: unknown.slice(0, NAME_BYTES) });
  return json;
}

/** The events of a body: one, a list, `{ "events": [...] }`, or a line each. A line that is no JSON is a refusal. */
export async function eventsOf(request, { bodyBytes, bodyEvents }) {
  const text = await textOf(request, bodyBytes);
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  const { events, refused } = /ndjson|jsonl|json-lines|json-seq/.test(type) ? linesOf(text) : { events: listOf(parsed(text)), refused: [] };
  if (events.length > bodyEvents) throw new Fault(413, "body-too-many-events", `the body must have at most ${bodyEvents} events: send several`);
  return { events, refused };
}

/** The events of a body's JSON: one, a list, or `{ "events": [...] }`. */
export function listOf(json) {
  return Array.isArray(json) ? json : Array.isArray(json?.events) ? json.events : [json];
}

function parsed(text) {
  demandText(text);
  try {
    return JSON.parse(text);
  } catch ({ message }) {
    throw new Fault(400, "body-not-json", `the body must be JSON: ${message}`);
  }
}

function demandText(text) {
  if (text.trim() === "") throw new Fault(400, "body-empty", "the body must be JSON");
}

function linesOf(text) {
  demandText(text);
  const events = [];
  const refused = [];
  for (const whole of text.split("\n")) {
    // A sequence of JSON texts (RFC 7464) has a mark before each.
    const line = whole.replace(/^\x1e/, "");
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
    if (isDeeper(item, DEPTH)) {
      refuse("event-too-deep", "", `must not nest deeper than ${DEPTH} objects and lists`);
      continue;
    }
    const { customer: name = customer, ...event } = item;
    const fault = faultOfName(name);
    if (fault) {
      refuse(name === undefined ? "event-missing-customer" : "event-invalid-customer", ".customer", fault);
      continue;
    }
    if (JSON.stringify(event).length > EVENT_LENGTH) {
      refuse("event-too-large", "", `must have at most ${EVENT_LENGTH} characters of JSON`);
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

/** Whether objects and lists are in each other more often than that; looks no deeper. */
function isDeeper(value, depth) {
  if (value === null || typeof value !== "object") return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}

/** What makes an event that has no id the same when it is sent again: type, time and data. */
async function contentId({ type, time, data }) {
  return `=${await hashOf(JSON.stringify([type, time, data]))}`;
}
