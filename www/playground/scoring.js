/*
 * Everybody scored at once: the score now, and where it is heading. Columns in, columns out; customer n is entry n.
 */
import { startsOf } from "./population.js";

const DAY_MS = 86_400_000;
export const DIRECTIONS = ["steady", "rising", "falling", "new"];
const [STEADY, RISING, FALLING, NEW] = DIRECTIONS.keys();

/** `{ points, score, stars, segment, segmentNames, took }`, `took` being the milliseconds spent in scoring. */
export function scoreEverybody(model, population, at) {
  const began = performance.now();
  const found = model.scoreMany(population.columns, { at });
  return { ...everybody(found, population.names.length), took: performance.now() - began };
}

/** An entry for every customer, those of whom nothing but a profile is known included. */
function everybody(found, size) {
  if (found.subjects.length === size) return found;
  const spread = (column) => {
    const whole = new column.constructor(size);
    found.subjects.forEach((subject, position) => (whole[subject] = column[position]));
    return whole;
  };
  return { ...found, points: spread(found.points), score: spread(found.score), stars: spread(found.stars), segment: spread(found.segment) };
}

/**
 * The score now minus the score then, and what that is called: `{ delta, direction, took }`. Directions are positions
 * in `DIRECTIONS`.
 */
export function trendsOf(model, population, { score, at, trend }) {
  const { over, deadBand } = trend;
  const then = scoreEverybody(model, population, at - over);
  const starts = startsOf(population, trend.startedAt);
  const delta = score.map((now, subject) => now - then.score[subject]);
  const direction = Uint8Array.from(delta, (change, subject) => {
    if (starts[subject] > at - over && starts[subject] <= at) return NEW;
    if (Math.abs(change) <= deadBand) return STEADY;
    return change > 0 ? RISING : FALLING;
  });
  return { delta, direction, took: then.took };
}

/** What a model says of its trend, in milliseconds and points; a week and one point where it says nothing. */
export function trendSettings({ trend, startedAt }, durationDays) {
  return { over: (trend?.over === undefined ? 7 : durationDays(trend.over)) * DAY_MS, deadBand: trend?.deadBand ?? 1, startedAt };
}
