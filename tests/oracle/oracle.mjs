// The oracle: the specification's sections 2 to 5 as straight, slow, obvious code. It shares no
// code with the product; whatever the product does faster must come to the same.

import { holds, valueAt } from "./condition.mjs";
import { readHistory } from "./history.mjs";
import { writeReceipt } from "./receipt.mjs";
import { scoreOf, segmentOf, starsExactOf, starsOf, targetOf } from "./scale.mjs";
import { civilDay, parseDuration, parseTime } from "./time.mjs";

const MS_PER_DAY = 86_400_000;
const DEFAULT_TREND = { over: "7d", deadBand: 1 };

/**
 * The result of scoring a valid model over a history, both plain JSON values. `options` are those
 * of the product: `at` (required), timeZone, dayStartHour, baseline, onInvalid, include, locale.
 */
export function scoreNaively(model, history, options) {
  const at = parseTime(options.at);
  if (at === null) throw new Error("options.at");
  const { events, profile, ignored } = readHistory(history, options.onInvalid);

  const { noValue, start, ...result } = scoreAt(model, events, profile, at, options);
  result.ignored = {
    invalid: ignored.invalid,
    duplicate: ignored.duplicate,
    future: events.filter((event) => event.time > at).length,
    noValue,
  };
  if (options.include === "all" || options.include?.includes("trend")) {
    const over = parseDuration(model.trend?.over ?? DEFAULT_TREND.over);
    const before = scoreAt(model, events, profile, at - over, options);
    result.trend = trendOf(model, result.score - before.score, start, at - over);
  }
  return withoutNegativeZero(result);
}

/** Everything that rests on one instant alone: as if only the events up to it were known. */
function scoreAt(model, allEvents, profile, at, options) {
  const events = allEvents.filter((event) => event.time <= at);
  const activities = events.filter((event) => !event.type.startsWith("nudge."));
  const start = startOf(model, profile, activities);
  const tenureDays = start === null ? null : (at - start) / MS_PER_DAY;

  // Section 5, stages: the first whose `when` holds; facts: profile.*, tenureDays
  const facts = tenureDays === null ? { profile } : { profile, tenureDays };
  const stage = (model.stages ?? []).find(({ when }) => holds(when, facts, at));

  const situation = {
    at,
    events,
    profile,
    start,
    tenureDays,
    lastActivity: activities.length === 0 ? null : activities[activities.length - 1].time,
    dayOf: (time) => civilDay(time, options.timeZone ?? "UTC", options.dayStartHour ?? 0),
    noValue: new Set(),
  };
  const { points, parts, contributions } = writeReceipt(model, stage, situation, options.locale);
  const score = scoreOf(points, targetOf(model, stage, options.baseline));
  return {
    at,
    points,
    score,
    stars: starsOf(score, model.stars),
    starsExact: starsExactOf(score, model.stars),
    segment: segmentOf(score, model.segments),
    stage: stage === undefined ? null : stage.id,
    tenureDays,
    parts,
    contributions,
    noValue: situation.noValue.size,
    start,
  };
}

/** Section 2: the profile's createdAt when it is a valid time, else the earliest event, else none. */
function startOf(model, profile, activities) {
  const created = parseTime(valueAt(profile, model.startedAt ?? "createdAt"));
  if (created !== null) return created;
  return activities.length === 0 ? null : activities[0].time;
}

/** Section 5, trend: beyond the dead band is rising or falling; new if started after `at - over`. */
function trendOf(model, difference, start, before) {
  // Section 5: every comparison rests on 9 decimals.
  const delta = Number(difference.toFixed(9));
  const deadBand = model.trend?.deadBand ?? DEFAULT_TREND.deadBand;
  if (start !== null && start > before) return { delta, direction: "new" };
  if (delta > deadBand) return { delta, direction: "rising" };
  if (delta < -deadBand) return { delta, direction: "falling" };
  return { delta, direction: "steady" };
}

function withoutNegativeZero(value) {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNegativeZero(inner)]));
}
