// A customer at one instant: points, score, stars, segment, stage, audiences (sections 2 to 5 and 9 of
// the specification).

import { audiencesOf } from "./audience.mjs";
import { holds, valueAt } from "./condition.mjs";
import { writeReceipt } from "./receipt.mjs";
import { scoreOf, segmentOf, starsExactOf, starsOf, targetOf } from "./scale.mjs";
import { civilDay, parseTime } from "./time.mjs";

const MS_PER_DAY = 86_400_000;

/**
 * Everything that rests on one instant alone: as if only the events up to it were known. `allEvents`
 * are in canonical order without duplicates. Beside what a result shows: `start`, `lastActivity`,
 * `noValue` (how many events had no amount) and the `target` in force.
 */
export function scoreAt(model, allEvents, profile, at, options) {
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
  const target = targetOf(model, stage, options.baseline);
  const score = scoreOf(points, target);
  const result = {
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
  };
  return {
    ...result,
    audiences: audiencesOf(model, profile, result, situation.lastActivity),
    noValue: situation.noValue.size,
    start,
    target,
    lastActivity: situation.lastActivity,
  };
}

/** Section 2: the profile's createdAt when it is a valid time, else the earliest event, else none. */
export function startOf(model, profile, activities) {
  const created = parseTime(valueAt(profile, model.startedAt ?? "createdAt"));
  if (created !== null) return created;
  return activities.length === 0 ? null : activities[0].time;
}
