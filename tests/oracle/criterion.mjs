// What one criterion gives (section 4 of the specification): count, points and what was lost.

import { holds, valueAt } from "./condition.mjs";
import { canonicalText } from "./text.mjs";
import { parseDuration } from "./time.mjs";

const LARGEST_AMOUNT = 1e12;

/**
 * One line of the receipt without its effect: `{ count, points, lost: { decay, limit, expired } }`.
 *
 * `criterion` has its effective `points` (the stage's), `period` (ms, null for all time) and
 * `decay` (null for none). `situation` is `{ at, events, profile, start, tenureDays, lastActivity,
 * dayOf, noValue }`: the events up to `at` in canonical order; `noValue` is a Set that takes up
 * the events found without an amount.
 */
export function scoreCriterion(criterion, situation) {
  switch (criterion.kind) {
    case "event":
      return scoreEvents(criterion, situation);
    case "frequency":
      return scoreFrequency(criterion, situation);
    case "inactivity":
      return scoreInactivity(criterion, situation);
    case "filter":
      return scoreFilter(criterion, situation);
    default:
      throw new Error(`no such kind: ${criterion.kind}`);
  }
}

/** Section 4, `event`: sum over counted events with 0 <= a < period of points x amount x decay(a). */
function scoreEvents(criterion, situation) {
  const { period, points } = criterion;
  let count = 0;
  let total = 0;
  const lost = { decay: 0, limit: 0, expired: 0 };
  for (const { event, amount } of countEvents(criterion, situation)) {
    const age = situation.at - event.time;
    if (period !== null && age >= period) {
      lost.expired += points * amount;
      continue;
    }
    const remaining = decayOf(criterion, event, situation);
    count += 1;
    total += points * amount * remaining;
    lost.decay += points * amount * (1 - remaining);
  }

  const limited = criterion.limit === undefined ? total : clamp(total, -criterion.limit, criterion.limit);
  lost.limit = total - limited;
  return { count, points: limited, lost };
}

/** Section 4, `frequency`: points if the number of counted events with 0 <= a < within is in range. */
function scoreFrequency(criterion, situation) {
  const within = parseDuration(criterion.within);
  const number = countEvents(criterion, situation).filter(({ event }) => situation.at - event.time < within).length;
  const enough = number >= criterion.atLeast;
  const tooMany = criterion.atMost !== undefined && number > criterion.atMost;
  return flatLine(enough && !tooMany, criterion.points);
}

/** Section 4, `inactivity`: points if at - max(latest match, start) >= for; repeated per whole `for`. */
function scoreInactivity(criterion, situation) {
  const matches = matchingEvents(criterion.event ?? "*", criterion.where, situation);
  const instants = matches.map((event) => event.time);
  if (situation.start !== null) instants.push(situation.start);
  if (instants.length === 0) return flatLine(false, 0); // a stranger is not a churner

  const idle = situation.at - instants.reduce((latest, time) => Math.max(latest, time));
  const tolerated = parseDuration(criterion.for);
  if (idle < tolerated) return flatLine(false, 0);
  const times = criterion.repeat === true ? Math.floor(idle / tolerated) : 1;
  return flatLine(true, criterion.points * times);
}

/** Section 4, `filter`: over the profile and `tenureDays`; points, times the amount with `per`. */
function scoreFilter(criterion, situation) {
  const facts = profileFacts(situation);
  if (!holds(criterion.where ?? {}, facts, situation.at)) return flatLine(false, 0);

  const amount = amountOf(criterion, facts);
  return amount === null ? flatLine(false, 0) : flatLine(true, criterion.points * amount);
}

/** The profile, with `tenureDays` of a customer who has a start. */
export function profileFacts({ profile, tenureDays }) {
  return tenureDays === null ? { ...profile } : { ...profile, tenureDays };
}

function flatLine(held, points) {
  return { count: held ? 1 : 0, points: held ? points : 0, lost: { decay: 0, limit: 0, expired: 0 } };
}

/** Section 4: the counted events with their amounts: candidates, then the three rules in turn. */
export function countEvents(criterion, situation) {
  let left = [];
  for (const event of matchingEvents(criterion.event, criterion.where, situation)) {
    const amount = amountOf(criterion, event.data);
    if (amount === null) situation.noValue.add(event);
    else left.push({ event, amount });
  }

  // Rule 1: award
  if (criterion.award === "first") left = left.slice(0, 1);
  if (criterion.award === "last") left = left.slice(-1);

  // Rule 2: uniqueBy; a missing value is one value of its own, JSON text never being ""
  if (criterion.uniqueBy !== undefined) {
    const seen = new Set();
    left = left.filter(({ event }) => {
      const value = valueAt(event.data, criterion.uniqueBy);
      const text = value === undefined ? "" : canonicalText(value);
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    });
  }

  // Rule 3: cooldown and perDay in one pass
  const cooldown = criterion.cooldown === undefined ? null : parseDuration(criterion.cooldown);
  const countedByDay = new Map();
  let previous = null;
  return left.filter(({ event }) => {
    if (cooldown !== null && previous !== null && event.time - previous.time < cooldown) return false;
    if (criterion.perDay !== undefined) {
      const day = situation.dayOf(event.time);
      const countedToday = countedByDay.get(day) ?? 0;
      if (countedToday >= criterion.perDay) return false;
      countedByDay.set(day, countedToday + 1);
    }
    previous = event;
    return true;
  });
}

/** Events of the named types whose data meet `where`, now being the event's own time (section 3). */
export function matchingEvents(named, where, situation) {
  return situation.events.filter((event) => {
    if (!matchesType(named, event.type)) return false;
    return where === undefined || holds(where, event.data ?? {}, event.time);
  });
}

/** Section 2: types beginning with `nudge.` match only where they are named, never "*". */
function matchesType(named, type) {
  if (Array.isArray(named)) return named.includes(type);
  if (named === "*") return !type.startsWith("nudge.");
  return named === type;
}

/** Section 4: 1, or the number at `per`, through the curve if given; null when there is no number. */
function amountOf(criterion, root) {
  let amount = 1;
  if (criterion.per !== undefined) {
    amount = valueAt(root, criterion.per);
    if (typeof amount !== "number" || !Number.isFinite(amount)) return null;
    if (Math.abs(amount) > LARGEST_AMOUNT) return null;
  }
  return criterion.curve === undefined ? amount : alongCurve(criterion.curve, amount);
}

/** Section 4: knots [x, y] with rising x, linear between, flat outside. */
function alongCurve(knots, x) {
  const [firstX, firstY] = knots[0];
  const [lastX, lastY] = knots[knots.length - 1];
  if (x <= firstX) return firstY;
  if (x >= lastX) return lastY;
  const next = knots.findIndex(([knotX]) => x < knotX);
  const [x0, y0] = knots[next - 1];
  const [x1, y1] = knots[next];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Section 4, the table of decays; from "last-activity" `a` is the age of the latest activity. */
function decayOf({ decay, period }, event, { at, lastActivity }) {
  if (decay === null) return 1;
  const fromActivity = decay.from === "last-activity" && lastActivity !== null;
  const age = at - (fromActivity ? lastActivity : event.time);
  switch (decay.curve) {
    case "none":
      return 1;
    case "exponential":
      return Math.pow(2, -age / parseDuration(decay.halfLife));
    case "step":
      return age < period / 2 ? 1 : 0.5;
    case "linear":
      return Math.max(0, 1 - age / parseDuration(decay.over));
    case "cosine": {
      const cycle = parseDuration(decay.cycle);
      return age < 2 * cycle ? 0.5 * (1 + Math.cos((Math.PI * age) / (2 * cycle))) : 0;
    }
    default:
      throw new Error(`no such decay: ${decay.curve}`);
  }
}

export function clamp(value, min, max) {
  return Math.min(Math.max(value, min), max);
}
