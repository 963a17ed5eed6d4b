// Civil days, weeks and months of a zone, and the instants at which they begin (sections 2 and 8 of the
// specification), by a calendar library that shares nothing with the product: the polyfill of Temporal.

import { Temporal } from "@js-temporal/polyfill";

const FIRST_DAY = Temporal.PlainDate.from("1970-01-01");
const FIRST_MONDAY = Temporal.PlainDate.from("1970-01-05");
const DAYS_SOUGHT = 4; // after an instant: no clock stands still longer than a skipped day

/** `{ timeZone, dayStartHour }` of options as they are given. */
export function placeOf({ timeZone, dayStartHour }) {
  return { timeZone: timeZone ?? "UTC", dayStartHour: dayStartHour ?? 0 };
}

/** The number of the day, ISO week or month that an instant belongs to; the next one has the next number. */
export const intervalOf = remember((time, every, { timeZone, dayStartHour }) => {
  const wall = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const date = wall.hour < dayStartHour ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate();
  if (every === "day") return daysFrom(FIRST_DAY, date);
  if (every === "week") return Math.floor(daysFrom(FIRST_MONDAY, date) / 7);
  return date.year * 12 + date.month - 1;
});

/** The first instant whose civil day belongs to the interval; of a day that was left out, that of the next one. */
export const startOfInterval = remember((interval, every, { timeZone, dayStartHour }) => {
  const date = firstDateOf(interval, every);
  return firstInstant(date.toPlainDateTime({ hour: dayStartHour }), timeZone);
});

/** The first instant after `time` at which an interval begins that is yet to come, or to come again: midnight may come twice. */
export function nextStartOf(interval, every, time, place) {
  const start = startOfInterval(interval, every, place);
  if (start > time) return start;
  const clock = firstDateOf(interval, every).toPlainDateTime({ hour: place.dayStartHour });
  return clock.toZonedDateTime(place.timeZone, { disambiguation: "later" }).epochMilliseconds;
}

/** The first instant after `time` at which a later civil day has begun. */
export function endOfDay(time, place) {
  return nextStartOf(intervalOf(time, "day", place) + 1, "day", time, place);
}

/** What the wall clock shows, "HH:MM". */
export function clockAt(time, timeZone) {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainTime().toString().slice(0, 5);
}

/** Whether the wall clock is within `[from, to)`, each "HH:MM"; over midnight when from is later. */
export function isWithinClock(time, [from, to], timeZone) {
  const wall = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const minute = wall.hour * 60 + wall.minute;
  const [first, end] = [minutesOf(from), minutesOf(to)];
  return first < end ? first <= minute && minute < end : minute >= first || minute < end;
}

/** The first instant after `time` at which the wall clock is out of `[from, to)`. */
export function endOfClock(time, hours, timeZone) {
  // the clock goes on by itself or is set: it leaves the hours at their end, or where it is set
  const wall = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const end = minutesOf(hours[1]);
  const candidates = [];
  for (let days = 0; days <= DAYS_SOUGHT; days++) {
    const clock = wall.toPlainDate().toPlainDateTime().add({ days, minutes: end });
    for (const disambiguation of ["earlier", "later"]) candidates.push(clock.toZonedDateTime(timeZone, { disambiguation }));
  }
  const last = candidates.reduce((latest, one) => Math.max(latest, one.epochMilliseconds), time);
  for (let change = wall; ; ) {
    change = change.getTimeZoneTransition("next");
    if (change === null || change.epochMilliseconds > last) break;
    candidates.push(change);
  }
  const instants = candidates.map((one) => one.epochMilliseconds).sort((left, right) => left - right);
  return instants.find((instant) => instant > time && !isWithinClock(instant, hours, timeZone)) ?? null;
}

/** The first instant at which the wall clock shows this or more. */
function firstInstant(clock, timeZone) {
  const earlier = clock.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(clock)) return earlier.epochMilliseconds;
  // left out: the clock was set forward over it
  const later = clock.toZonedDateTime(timeZone, { disambiguation: "later" });
  return later.add({ nanoseconds: 1 }).getTimeZoneTransition("previous").epochMilliseconds;
}

function firstDateOf(interval, every) {
  if (every === "day") return FIRST_DAY.add({ days: interval });
  if (every === "week") return FIRST_MONDAY.add({ days: 7 * interval });
  return new Temporal.PlainDate(Math.floor(interval / 12), (((interval % 12) + 12) % 12) + 1, 1);
}

function daysFrom(first, date) {
  return first.until(date, { largestUnit: "day" }).days;
}

function minutesOf(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The library is slow, and what it answers never changes. */
function remember(compute) {
  const known = new Map();
  return (number, every, place) => {
    const key = `${number} ${every} ${place.timeZone} ${place.dayStartHour}`;
    if (known.size > 200_000) known.clear();
    if (!known.has(key)) known.set(key, compute(number, every, place));
    return known.get(key);
  };
}
