// Instants, durations and civil days, as sections 2 and 3 of the specification word them.

const MS_PER_DAY = 86_400_000;
const LATEST_DATE_MS = 8.64e15; // the range of a JS Date, either side of 1970
const LOOKS_LIKE_SECONDS = 1e11; // a number nearer to 1970 than this is no time in ms

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

const NUMBER = "(\\d+(?:\\.\\d+)?)";
const SHORT = new RegExp(
  `^(?:${NUMBER}w)?(?:${NUMBER}d)?(?:${NUMBER}h)?(?:${NUMBER}m)?(?:${NUMBER}s)?(?:${NUMBER}ms)?$`,
);
const ISO_8601 = new RegExp(
  `^P(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
const UNIT_MS = [7 * MS_PER_DAY, MS_PER_DAY, 3_600_000, 60_000, 1_000, 1];

/** Section 2: a time in any form that JSON carries, as whole epoch ms; null when it is none. */
export function parseTime(value) {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    if (Math.abs(value) < LOOKS_LIKE_SECONDS) return null;
    if (Math.abs(value) > LATEST_DATE_MS) return null;
    return Math.floor(value);
  }
  if (typeof value === "string") return parseRfc3339(value);
  return null;
}

function parseRfc3339(text) {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const fraction = match[7] ?? "";
  const offsetHour = Number(match[9] ?? 0);
  const offsetMinute = Number(match[10] ?? 0);
  if (month < 1 || month > 12) return null;
  if (day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (offsetHour > 23 || offsetMinute > 59) return null;

  const days = daysSince1970(year, month, day);
  const wholeSeconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
  const ms = Number((fraction + "000").slice(0, 3)); // further digits are floored away
  const offsetMs = (offsetHour * 60 + offsetMinute) * 60_000;
  return wholeSeconds * 1000 + ms - (match[8] === "-" ? -offsetMs : offsetMs);
}

function daysInMonth(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/** The number of a day of the Gregorian calendar, 1970-01-01 being 0. */
export function daysSince1970(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / MS_PER_DAY;
}

/** Section 3: a duration in ms, rounded to a whole number; throws when it is none. */
export function parseDuration(text) {
  const short = SHORT.exec(text);
  const iso = ISO_8601.exec(text);
  const numbers = short ? short.slice(1) : iso ? iso.slice(1) : [];
  if (numbers.every((number) => number === undefined)) {
    throw new Error(`no duration: ${JSON.stringify(text)}`);
  }
  let ms = 0;
  numbers.forEach((number, index) => {
    if (number !== undefined) ms += Number(number) * UNIT_MS[index];
  });
  return Math.round(ms);
}

const formatters = new Map(); // making one is slow; what it answers never changes
const days = new Map(); // for the same reason: zone and hour, then instant, to day
const MOST_DAYS_KNOWN = 10_000;

/**
 * Section 2: the number of the civil day of an instant. The host says what the wall clock shows;
 * before `dayStartHour` on that clock it is still the day before.
 */
export function civilDay(time, timeZone, dayStartHour) {
  const place = `${timeZone} ${dayStartHour}`;
  if (!days.has(place)) days.set(place, new Map());
  const known = days.get(place);
  if (known.size >= MOST_DAYS_KNOWN) known.clear();
  if (!known.has(time)) known.set(time, computeCivilDay(time, timeZone, dayStartHour));
  return known.get(time);
}

function computeCivilDay(time, timeZone, dayStartHour) {
  const parts = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(time)) parts[type] = value;
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
  const day = daysSince1970(year, Number(parts.month), Number(parts.day));
  return Number(parts.hour) < dayStartHour ? day - 1 : day;
}

function formatterOf(timeZone) {
  if (!formatters.has(timeZone)) {
    formatters.set(
      timeZone,
      new Intl.DateTimeFormat("en-US", {
        timeZone,
        calendar: "gregory",
        numberingSystem: "latn",
        hourCycle: "h23",
        era: "short",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
      }),
    );
  }
  return formatters.get(timeZone);
}
