// A history checked, put in canonical order and freed of duplicates (section 2 of the specification).

import { parseTime } from "./time.mjs";
import { byteLength, canonicalText, compareBytes, readTornText } from "./text.mjs";

const LONGEST_ID_BYTES = 256;

/**
 * The valid events in canonical order without duplicates, each `{ type, time, id, data, text }`
 * (`undefined` for none), the profile, and how many events were left out. Throws at the first
 * invalid event unless `onInvalid` is "skip".
 */
export function readHistory(history, onInvalid) {
  const valid = [];
  let invalid = 0;
  history.events.forEach((event, index) => {
    const fault = findFault(event);
    if (fault === null) valid.push(readEvent(event));
    else if (onInvalid === "skip") invalid += 1;
    else throw new Error(`events[${index}]${fault}`);
  });

  valid.sort(compareEvents);
  const events = removeDuplicates(valid);
  return {
    events,
    profile: isAbsent(history.profile) ? {} : readTornText(history.profile),
    ignored: { invalid, duplicate: valid.length - events.length },
  };
}

/** Section 2: the place of an event's fault, "" for the event itself, or null for none. */
export function findFault(event) {
  if (!isObject(event)) return "";
  if (typeof event.type !== "string" || event.type === "" || !event.type.isWellFormed()) return ".type";
  if (parseTime(event.time) === null) return ".time";
  if (!isAbsent(event.id)) {
    if (typeof event.id !== "string" || !event.id.isWellFormed()) return ".id";
    if (byteLength(event.id) > LONGEST_ID_BYTES) return ".id";
  }
  if (!isAbsent(event.data) && !isObject(event.data)) return ".data";
  return null;
}

function readEvent(event) {
  const data = isAbsent(event.data) ? undefined : readTornText(event.data);
  return {
    type: event.type,
    time: parseTime(event.time),
    id: isAbsent(event.id) ? undefined : event.id,
    data,
    text: data === undefined ? undefined : canonicalText(data),
  };
}

/** Section 2, canonical order: time, type, id (none first), data as text (none first). */
function compareEvents(left, right) {
  return (
    left.time - right.time ||
    compareBytes(left.type, right.type) ||
    compareNoneFirst(left.id, right.id) ||
    compareNoneFirst(left.text, right.text)
  );
}

function compareNoneFirst(left, right) {
  if (left === undefined || right === undefined) {
    return (left === undefined ? 0 : 1) - (right === undefined ? 0 : 1);
  }
  return compareBytes(left, right);
}

/** Section 2: the same id twice is one event, the first in canonical order. */
function removeDuplicates(events) {
  const seen = new Set();
  return events.filter((event) => {
    if (event.id === undefined) return true;
    if (seen.has(event.id)) return false;
    seen.add(event.id);
    return true;
  });
}

function isAbsent(value) {
  return value === undefined || value === null;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
