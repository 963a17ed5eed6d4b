// A score through time (section 6 of the specification).

import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { parseDuration, parseTime } from "./time.mjs";

const MOST_STEPS = 100_000;

/**
 * `{ times, points, score, stars }`, plain lists, at `from`, `from + step` … up to `to`: each as if only the
 * events up to it were known. `from` and `to` are times, `step` is in ms or a duration; the other options
 * are those of scoring.
 */
export function timelineNaively(model, history, options) {
  const { events, profile } = readHistory(history, options.onInvalid);
  const [from, to] = [parseTime(options.from), parseTime(options.to)];
  const step = readSpan(options.step);
  if (!((to - from) / step <= MOST_STEPS)) throw new Error("options.step");
  const line = { times: [], points: [], score: [], stars: [] };
  for (let at = from; at <= to; at += step) {
    const { points, score, stars } = scoreAt(model, events, profile, at, options);
    line.times.push(at);
    line.points.push(points + 0); // never -0
    line.score.push(score + 0);
    line.stars.push(stars);
  }
  return line;
}

/** Section 6: `step` and `horizon` take whole milliseconds or a duration. */
export function readSpan(span) {
  return typeof span === "number" ? Math.floor(span) : parseDuration(span);
}
