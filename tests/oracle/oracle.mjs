// The oracle: the specification's sections 2 to 7 and 9 as straight, slow, obvious code. It shares no
// code with the product; whatever the product does faster must come to the same.

import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { nextStarNaively } from "./next-star.mjs";
import { parseDuration, parseTime } from "./time.mjs";
import { nextChangeNaively } from "./transitions.mjs";

const DEFAULT_TREND = { over: "7d", deadBand: 1 };

/**
 * The result of scoring a valid model over a history, both plain JSON values. `options` are those
 * of the product: `at` (required), timeZone, dayStartHour, baseline, onInvalid, include, locale,
 * horizon.
 */
export function scoreNaively(model, history, options) {
  const at = parseTime(options.at);
  if (at === null) throw new Error("options.at");
  const { events, profile, ignored } = readHistory(history, options.onInvalid);

  const { noValue, start, target, lastActivity, ...result } = scoreAt(model, events, profile, at, options);
  result.ignored = {
    invalid: ignored.invalid,
    duplicate: ignored.duplicate,
    future: events.filter((event) => event.time > at).length,
    noValue,
  };
  const asked = (name) => options.include === "all" || options.include?.includes(name);
  if (asked("trend")) {
    const over = parseDuration(model.trend?.over ?? DEFAULT_TREND.over);
    const before = scoreAt(model, events, profile, at - over, options);
    result.trend = trendOf(model, result.score - before.score, start, at - over);
  }
  if (asked("nextStar")) result.nextStar = nextStarNaively(model, history, options);
  if (asked("nextChange")) result.nextChange = nextChangeNaively(model, history, options);
  return withoutNegativeZero(result);
}

/** Section 7: the result with further events added to the history. */
export function whatIfNaively(model, history, extra, options) {
  return scoreNaively(model, { ...history, events: [...history.events, ...extra] }, options);
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
