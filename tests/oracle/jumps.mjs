// Every instant at which something about a customer may change at once: an event arrives, leaves a period,
// reaches an age that a rule names. Rather too many than too few; between them all is smooth.

import { matchingEvents } from "./criterion.mjs";
import { startOf } from "./instant.mjs";
import { parseDuration, parseTime } from "./time.mjs";

const MS_PER_DAY = 86_400_000;
const DEFAULT_PERIOD_MS = 30 * MS_PER_DAY;

/** Those in (from, to], rising; `events` are in canonical order. */
export function jumpsBetween(model, events, profile, from, to) {
  const start = startOf(model, profile, events.filter(({ type }) => !type.startsWith("nudge.")));
  const scalars = scalarsOf(model);
  const profileTimes = scalarsOf(profile).map(parseTime).filter((time) => time !== null);
  const eventTimes = [...new Set(events.map(({ time }) => time))];
  const instants = new Set();
  const add = (instant) => {
    // an age may be a fraction of a ms, and a test may ask for more than it
    for (const near of [Math.floor(instant), Math.ceil(instant), Math.floor(instant) + 1]) {
      if (near > from && near <= to) instants.add(near);
    }
  };

  // ages: whole durations, half ones (step) and double ones (cosine); before and after times in the profile
  const durations = new Set([0, DEFAULT_PERIOD_MS, DEFAULT_PERIOD_MS / 2]);
  for (const ms of scalars.map(durationOf)) if (ms !== null) durations.add(ms).add(ms / 2).add(2 * ms);
  for (const age of durations) {
    for (const time of [...eventTimes, ...(start === null ? [] : [start])]) add(time + age);
    for (const time of profileTimes) [add(time + age), add(time - age)];
  }

  // numbers that `tenureDays` and `daysSinceLast` may be compared with
  const numbers = [...scalars, ...scalarsOf(profile)].filter((value) => typeof value === "number" && Math.abs(value) < 1e5);
  for (const days of new Set(numbers)) {
    if (start !== null) add(start + days * MS_PER_DAY);
    for (const time of eventTimes) add(time + days * MS_PER_DAY);
  }

  // whole `for`s of inactivity, each from the latest match or the start up to the next
  for (const criterion of allCriteria(model).filter(({ repeat }) => repeat === true)) {
    const lasts = matchingEvents(criterion.event ?? "*", criterion.where, { events }).map(({ time }) => time);
    if (start !== null) lasts.push(start);
    const tolerated = parseDuration(criterion.for);
    [...new Set(lasts)].sort(rising).forEach((last, index, all) => {
      const until = Math.min(to, all[index + 1] ?? Infinity);
      const skipped = Math.max(0, Math.floor((from - last) / tolerated));
      for (let time = last + skipped * tolerated; time <= until; time += tolerated) add(time);
    });
  }
  return [...instants].sort(rising);
}

/** All texts, numbers and flags at the leaves of a JSON value. */
function scalarsOf(value) {
  if (value === null || typeof value !== "object") return [value];
  return Object.values(value).flatMap(scalarsOf);
}

function durationOf(value) {
  if (typeof value !== "string") return null;
  try {
    return parseDuration(value);
  } catch {
    return null;
  }
}

function allCriteria(model) {
  return model.criteria ?? model.parts.flatMap((part) => part.criteria);
}

function rising(left, right) {
  return left - right;
}
