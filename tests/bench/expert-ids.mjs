// The expert's way with events that have ids: the same event twice is one event. Events come in order, or are brought
// into it, so that the first of the same id is the one to keep.
import { score } from "./expert.mjs";

/** Ids in a Set, each looked up once: the Set grows, or the id was there. */
export function scoreWithSet(history, at) {
  const events = inOrder(history.events);
  const ids = new Set();
  let kept = events;
  let count = 0;
  for (let index = 0; index < events.length; index += 1) {
    ids.add(events[index].id);
    if (ids.size === count) {
      if (kept === events) kept = events.slice();
      continue;
    }
    if (kept !== events) kept[count] = events[index];
    count += 1;
  }
  if (kept !== events) kept.length = count;
  return score({ profile: history.profile, events: kept }, at);
}

let slots = new Int32Array(0);
let stamps = new Int32Array(0);
let stamp = 0;

/**
 * Ids in a table of its own, found by four of their characters. Twice as fast as the Set, and for good nerves only: ids
 * that share those characters take quadratic time.
 */
export function scoreWithOwnTable(history, at) {
  const events = inOrder(history.events);
  if (slots.length < events.length * 2) {
    slots = new Int32Array(2 ** Math.ceil(Math.log2(events.length * 4)));
    stamps = new Int32Array(slots.length);
  }
  const mask = slots.length - 1;
  let kept = events;
  let count = 0;
  stamp += 1;
  for (let index = 0; index < events.length; index += 1) {
    const { id } = events[index];
    let slot = placeOf(id) & mask;
    while (stamps[slot] === stamp && events[slots[slot]].id !== id) slot = (slot + 1) & mask;
    if (stamps[slot] === stamp) {
      if (kept === events) kept = events.slice();
      continue;
    }
    stamps[slot] = stamp;
    slots[slot] = index;
    if (kept !== events) kept[count] = events[index];
    count += 1;
  }
  if (kept !== events) kept.length = count;
  return score({ profile: history.profile, events: kept }, at);
}

function placeOf(id) {
  const last = id.length - 1;
  const end = id.charCodeAt(last) + (id.charCodeAt(last - 1) << 4) + (id.charCodeAt(last - 2) << 8);
  return Math.imul(end + (id.charCodeAt(last >> 1) << 12), 0x9e3779b1) >>> 12;
}

function inOrder(events) {
  for (let index = 1; index < events.length; index += 1) {
    if (events[index].time < events[index - 1].time) return events.toSorted((a, b) => a.time - b.time);
  }
  return events;
}
