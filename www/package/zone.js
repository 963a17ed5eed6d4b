/*
 * A time zone's offsets from UTC, as the host's `Intl` knows them, for the core: it holds no zone rules of its own.
 *
 * `Intl` tells the civil time of an instant but not when the offset changes, so the changes are found by bisection
 * between samples. In the tz database no two changes of a zone since 1900 are closer than 3.98 days (Freetown, 1939;
 * since 2000: 6.96 days), so between samples three days apart there is at most one.
 */
import { layBytes } from "./desk.js";
import { errorAt, quoted } from "./error.js";

const SECOND = 1000;
const DAY = 86_400_000;
const STEP = 3 * DAY;
/** Offsets are worked out by blocks of about a year, and kept. */
const BLOCK = 122 * STEP;
/** Before 1900 and after 2100 the offset of these instants stays in force. Chosen: nobody's history is older. */
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2100, 0, 1);

const MOST_ZONES = 600;

/** What is known of each zone: its formatter, its blocks of changes, and the table given last. */
const zones = new Map();

/** Checks the name of a zone: an error where it is none that the host knows. */
export function checkZone(name) {
  zoneOf(name);
}

/** Lays the offsets down that are in force from the first event of a call to its instant. */
export function layZone(desk, timeZone, first, at) {
  if (Number.isNaN(first)) return;
  const table = zoneTable(timeZone, Math.min(first, at), at);
  layBytes(desk, new Uint8Array(table.buffer));
  desk.zone(table.length);
}

/** The stretch of time that the progress at an instant asks a zone about, where times from the first to the last are counted; none where no day matters. */
export function spanOf({ civilDays, daysBack, daysAhead }, first, at) {
  if (!civilDays && daysAhead === 0) return undefined;
  const from = at - daysBack * DAY;
  return [Number.isNaN(first) ? from : Math.min(first, from), at + daysAhead * DAY];
}

/**
 * The offsets in force from `from` to `to`: `[instant, offset, instant, offset …]` in milliseconds, east positive,
 * rising, each offset in force from its instant on; the first instant is -Infinity.
 */
export function zoneTable(name, from, to) {
  const zone = zoneOf(name);
  const first = blockOf(Math.min(from, to));
  const last = blockOf(Math.max(from, to));
  if (zone.table && zone.first === first && zone.last === last) return zone.table;

  const table = [Number.NEGATIVE_INFINITY, offsetAt(zone, FIRST + first * BLOCK)];
  for (let block = first; block <= last; block += 1) table.push(...changesIn(zone, block));
  Object.assign(zone, { first, last, table: Float64Array.from(table) });
  return zone.table;
}

function zoneOf(name) {
  let zone = zones.get(name);
  if (!zone) {
    zone = { format: formatOf(name), blocks: new Map() };
    // Names come from callers, and every spelling of one is another: what is kept stays within bounds.
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function formatOf(timeZone) {
  try {
    // Some hosts take `+05:30` as well; not all do, and it is no IANA name.
    if (typeof timeZone !== "string" || !/^[A-Za-z]/.test(timeZone)) throw new RangeError("not a name");
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    const found = typeof timeZone === "string" ? quoted(timeZone) : `a value of type ${typeof timeZone}`;
    throw errorAt("options-invalid-time-zone", "options.timeZone", `must be an IANA time zone name that this host knows, found ${found}`);
  }
}

function blockOf(instant) {
  return Math.floor((Math.min(Math.max(instant, FIRST), LAST) - FIRST) / BLOCK);
}

function changesIn(zone, block) {
  let changes = zone.blocks.get(block);
  if (!changes) {
    const start = FIRST + block * BLOCK;
    changes = changesBetween(zone, start, Math.min(start + BLOCK, LAST));
    zone.blocks.set(block, changes);
  }
  return changes;
}

function changesBetween(zone, start, end) {
  const changes = [];
  let before = offsetAt(zone, start);
  for (let sample = start; sample < end; sample += STEP) {
    const next = Math.min(sample + STEP, LAST);
    const after = offsetAt(zone, next);
    if (after !== before) changes.push(changeWithin(zone, sample, next, before), after);
    before = after;
  }
  return changes;
}

/** The first second of (low, high] at which the offset is no longer `before`. */
function changeWithin(zone, low, high, before) {
  while (high - low > SECOND) {
    const middle = low + Math.floor((high - low) / (2 * SECOND)) * SECOND;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Civil time minus UTC, in milliseconds, at a whole second. */
function offsetAt(zone, instant) {
  const civil = {};
  for (const { type, value } of zone.format.formatToParts(instant)) civil[type] = Number(value);
  const { year, month, day, hour, minute, second } = civil;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}
