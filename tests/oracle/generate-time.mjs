// Random cases for questions about time: a model and a history as always, and a span to ask about.

import { makeDenseHistory, makeDenseModel } from "./generator/dense.mjs";
import { makeAudiences } from "./generator/audiences.mjs";
import { makeHistory } from "./generator/histories.mjs";
import { makeModel } from "./generator/models.mjs";
import { Random } from "./generator/random.mjs";
import { setScene } from "./generator/scene.mjs";
import { spellDuration, spellTime } from "./generator/spelling.mjs";
import { parseDuration } from "./time.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Repeated inactivity makes a change each time: spans are cut to so many of the shortest `for`. */
const MOST_REPEATS = 250;
const MOST_STEPS = 200;

/**
 * `{ model, history, options, span: { from, to }, step, horizon }` for a seed. Two of three are dense: many
 * changes in some days; the others are of the kind of `generateCase`.
 */
export function generateTimeCase(seed) {
  const random = new Random(seed);
  const scene = setScene(random);
  const dense = random.chance(67);
  const model = dense ? makeDenseModel(random, scene) : makeModel(random, scene);
  if (model.audiences === undefined && random.chance(50)) model.audiences = makeAudiences(random, scene, model);
  const history = dense ? makeDenseHistory(random, scene) : makeHistory(random, scene, false);

  const options = {};
  if (scene.zone !== "UTC") options.timeZone = scene.zone;
  if (scene.dayStartHour !== 0) options.dayStartHour = scene.dayStartHour;
  if (model.target === "baseline") options.baseline = random.pick([20, 42.5, 100, 360]);

  const [before, after] = dense ? [10, 15] : [random.pick([1, 10, 60]), random.pick([2, 30, 90])];
  const most = (ms) => Math.min(ms, MOST_REPEATS * shortestRepeat(model));
  const from = scene.at - most(before * DAY);
  const to = scene.at + most(after * DAY) + random.pick([0, 0, 1, -1, 12_345]);
  const step = random.pick([HOUR, 6 * HOUR, DAY, 7_654_321].filter((ms) => (to - from) / ms < MOST_STEPS).concat(Math.ceil((to - from) / 100)));
  const horizon = most(random.pick([3 * DAY, 10 * DAY, 40 * DAY, 365 * DAY]));
  return {
    model,
    history,
    options: { at: scene.at, ...options },
    span: { from: spellTime(random, from), to: spellTime(random, to) },
    step: random.chance(50) ? step : spellDuration(random, step),
    horizon: random.chance(50) ? horizon : spellDuration(random, horizon),
  };
}

function shortestRepeat(model) {
  const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
  const repeating = criteria.filter((criterion) => criterion.repeat === true);
  return Math.min(...repeating.map((criterion) => parseDuration(criterion.for)), 400 * DAY);
}
