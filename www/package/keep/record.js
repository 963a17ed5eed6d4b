/*
 * A record: a snapshot as it lies in storage, with what it has seen. Each tab numbers its changes, each number larger
 * than any it knows, and `seen` has the latest one of each tab: so two records tell, unread, whether one includes the
 * other. `seq` counts the writes, and `life` says after which forgetting it was written.
 */

/** Of so many tabs the latest change is remembered; those before are long stored. Chosen: less than 1 KB of text. */
const MOST_TABS = 32;
/** Bytes that are made text at a time, for engines that have no base64 of bytes: arguments of one call. */
const PIECE = 8192;

/** Two accounts of changes as one. */
export function united(seen, other) {
  const latest = { ...seen };
  for (const tab in other) latest[tab] = Math.max(other[tab], latest[tab] ?? 0);
  const newestFirst = Object.entries(latest).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return Object.fromEntries(newestFirst.slice(0, MOST_TABS));
}

/** Whether who has seen `seen` can learn nothing from one that has seen `other`. */
export function covers(seen, other) {
  const both = united(seen, other);
  return Object.keys(both).every((tab) => both[tab] === seen[tab]);
}

/** A record as text: a line that says what it is and how long the rest is, then the snapshot. */
export function textOf({ seq, seen, life, bytes }) {
  const body = base64Of(bytes);
  return `${JSON.stringify([seq, seen, body.length, ...(life ? [life] : [])])}\n${body}`;
}

/** The record that was stored, as text or as it is. Throws where it is none, or not all of it. */
export function recordOf(stored) {
  const { seq, seen, life = 0, bytes } = typeof stored === "string" ? recordOfText(stored) : stored;
  const changes = Object.values(seen);
  const isSeen = changes.length > 0 && Object.keys(seen).every((tab) => /^[\da-z]+$/.test(tab));
  const isSound = isSeen && [seq, life + 1, ...changes].every(isCount) && bytes instanceof Uint8Array;
  if (!isSound) throw new TypeError("this is no record of starwise");
  return { seq, seen, life, bytes };
}

function isCount(number) {
  return Number.isSafeInteger(number) && number > 0;
}

function recordOfText(text) {
  const [line, body] = text.split("\n");
  const [seq, seen, length, life] = JSON.parse(line);
  return { seq, seen, life, bytes: body.length === length && bytesOf(body) };
}

function base64Of(bytes) {
  if (bytes.toBase64) return bytes.toBase64();
  let letters = "";
  for (let at = 0; at < bytes.length; at += PIECE) letters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(letters);
}

function bytesOf(base64) {
  return Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
