/*
 * Times as files have them: epoch milliseconds, seconds or microseconds, and ISO 8601 texts. Numbers are of the unit that
 * the file's first one is of; a text without a zone is taken as UTC. What was found is in `found`, to be told to the user.
 */
import { quoted } from "./fault.js";

/** A number nearer to 1970 than this is of seconds: as milliseconds, it would be before March 1973. */
const LEAST_MS = 1e11;
/** A number beyond this is of microseconds: as milliseconds, it would be after the year 5138. */
const MOST_MS = 1e14;
/** The last instant of a JavaScript `Date`. */
const LAST_MS = 8.64e15;
const UNITS = { seconds: 1000, milliseconds: 1, microseconds: 0.001 };
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?([Zz]|UTC|[+-]\d\d:?\d\d)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE]\+?\d+)?$/;

/** `{ read(value), found: { unit, texts, unzoned } }`; `read` gives epoch milliseconds, or throws a text that says why not. */
export function timeReader() {
  const found = { unit: null, texts: 0, unzoned: 0 };

  function read(value) {
    if (typeof value === "number") return ofNumber(value);
    const text = String(value).trim();
    if (NUMBER.test(text)) return ofNumber(Number(text));
    const time = isoTime(text);
    if (time === null) throw new TypeError(`expected a time (epoch milliseconds or seconds, or 2024-05-31T12:00:00Z), found ${quoted(value)}`);
    found.texts += 1;
    if (!time.isZoned) found.unzoned += 1;
    return time.ms;
  }

  function ofNumber(value) {
    const unit = unitOf(value);
    found.unit ??= unit;
    if (unit !== found.unit) throw new TypeError(`the times before are epoch ${found.unit}, and this looks like ${unit}: ${quoted(value)}`);
    const ms = Math.floor(value * UNITS[unit]);
    if (!(Math.abs(ms) <= LAST_MS)) throw new TypeError(`the time is out of range: ${quoted(value)}`);
    return ms;
  }

  return { read, found };
}

/** Whether a text can be read as a time at all. */
export function isTime(text) {
  const trimmed = text.trim();
  // Short numbers are more likely amounts: epoch seconds have had nine digits since 1973.
  return NUMBER.test(trimmed) ? Math.abs(Number(trimmed)) >= 1e8 : isoTime(trimmed) !== null;
}

function unitOf(value) {
  const size = Math.abs(value);
  if (size < LEAST_MS) return "seconds";
  return size < MOST_MS ? "milliseconds" : "microseconds";
}

/** `{ ms, isZoned }` of a calendar date that exists, or null. */
function isoTime(text) {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = "", zone] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  const ms = Date.UTC(y, mo - 1, d, h, mi, s) + Math.floor(Number(`0.${fraction || 0}`) * 1000);
  const date = new Date(Date.UTC(y, mo - 1, d));
  const isReal = date.getUTCMonth() === mo - 1 && date.getUTCDate() === d && h < 24 && mi < 60 && s < 60 && y >= 100;
  if (!isReal) return null;
  return { ms: ms - offsetMs(zone), isZoned: zone !== undefined };
}

function offsetMs(zone) {
  if (!zone || !/^[+-]/.test(zone)) return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)].map(Number);
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
