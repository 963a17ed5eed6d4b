// From points to score, stars and segment (section 5 of the specification).

import { clamp } from "./criterion.mjs";

const DEFAULT_TARGET = 100;
const DEFAULT_SEGMENTS = [
  { id: "very-disengaged", upTo: 40 },
  { id: "engaged", upTo: 70 },
  { id: "highly-engaged", upTo: 100 },
  { id: "power-user" },
];

/** Section 5: score = 100 x points / target, rounded to 9 decimals. */
export function scoreOf(points, target) {
  return rounded((100 * points) / target);
}

/** To 9 decimals. */
export function rounded(number) {
  return Number(number.toFixed(9));
}

/** Section 5: the number that stands for a full score: the stage's, the model's, or the baseline. */
export function targetOf(model, stage, baseline) {
  const target = stage?.target ?? model.target ?? DEFAULT_TARGET;
  if (target !== "baseline") return target;
  if (typeof baseline !== "number" || !(baseline > 0)) throw new Error("options.baseline");
  return baseline;
}

/** Section 5: 0 to 5 by twenties, or the number of the model's thresholds with score >= t. */
export function starsOf(score, stars) {
  if (stars !== undefined) return stars.at.filter((threshold) => score >= threshold).length;
  return score <= 0 ? 0 : Math.min(5, 1 + Math.floor(score / 20));
}

/** Section 5: the real number behind the picture, linear from threshold to threshold. */
export function starsExactOf(score, stars) {
  if (stars === undefined) return clamp(score / 20, 0, 5);
  const at = stars.at;
  const n = at.length;
  const full = n === 1 ? Math.max(100, at[0] + 1) : Math.max(100, 2 * at[n - 1] - at[n - 2]);
  const knots = [...at, full]; // (t1, 0), (t2, 1) ... (tn, n - 1), (full, n)
  if (score <= knots[0]) return 0;
  if (score >= full) return n;
  const next = knots.findIndex((x) => score < x);
  return next - 1 + (score - knots[next - 1]) / (knots[next] - knots[next - 1]);
}

/** Section 5: edges (lo, hi]: the first segment whose `upTo` is not below the score. */
export function segmentOf(score, segments = DEFAULT_SEGMENTS) {
  return segments.find((segment) => segment.upTo === undefined || score <= segment.upTo).id;
}
