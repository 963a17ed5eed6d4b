// Random customers with much going on within days: short periods and half-lives, gains and losses, scores near
// thresholds (what section 6 of the specification is hardest on).

import { makeAudiences } from "./audiences.mjs";
import { makeDuration } from "./criteria.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;

const POINTS = [100, 80, 60, 50, 40, 30, 25, 20, 10, 5, -10, -20, -40, -60, -80];
const SHORT = [HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 1.5 * DAY, 2 * DAY, 3 * DAY, 5 * DAY];
const ODD = [7_654_321, 54_321_987, 123_456_789]; // an edge of its own, halves between milliseconds

/** A model of the whole language of time, with few words of the rest. */
export function makeDenseModel(random, scene) {
  let number = 0;
  const named = (letter) => `${letter}${++number}`;
  const makeCriteria = (most) => random.times(random.integer(1, most), () => ({ id: named("c"), ...makeCriterion(random, scene) }));
  const model = {};
  if (random.chance(30)) addPeriod(random, scene, model);
  if (random.chance(30)) addDecay(random, scene, model);
  if (random.chance(60)) model.criteria = makeCriteria(5);
  else addParts(random, scene, model, named, makeCriteria);
  giveStepsTheirPeriod(model);
  if (random.chance(30)) model.stages = makeStages(random, model, named);
  if (random.chance(30)) model.target = random.pick([50, 80, 150, 37]);
  if (random.chance(12)) model.max = random.pick([60, 90, 120]);
  if (random.chance(12)) model.min = random.pick([-20, 0, 15]);
  if (random.chance(50)) model.stars = { at: makeThresholds(random, random.integer(2, 10)) };
  if (random.chance(50)) model.segments = [...makeThresholds(random, random.integer(1, 4)).map((upTo) => ({ id: named("g"), upTo })), { id: named("g") }];
  if (random.chance(70)) model.audiences = makeAudiences(random, scene, model);
  return model;
}

/** Some dozen events of the last days before `at`, a few after it, and a profile of the same days. */
export function makeDenseHistory(random, scene) {
  const times = [];
  const events = random.times(random.integer(1, random.pick([5, 24])), () => {
    const time = random.weighted([
      [60, () => scene.at - random.integer(0, random.pick([1, 3, 10]) * DAY)],
      [15, () => (times.length === 0 ? scene.at : random.pick(times)) + random.pick([0, 0, 1, -1, HOUR])],
      [15, () => (times.length === 0 ? scene.at : random.pick(times)) + random.pick([1, -1]) * random.pick(scene.edges)],
      [10, () => scene.at + random.integer(0, 5 * DAY)],
    ])();
    times.push(time);
    const event = { type: random.pick(scene.types), time };
    if (random.chance(40)) event.data = { value: random.pick([0, 0.5, 1, 2, 3]), plan: random.pick(["free", "pro"]) };
    if (random.chance(15)) event.id = random.pick(["a", "b", "c", "d"]);
    return event;
  });
  const profile = {};
  if (random.chance(60)) profile.createdAt = scene.at - random.integer(-2 * 24, 12 * 24) * HOUR;
  if (random.chance(60)) profile.trialEnds = scene.at + random.integer(-5 * 24, 10 * 24) * HOUR;
  if (random.chance(60)) profile.plan = random.pick(["free", "pro"]);
  if (random.chance(60)) profile.seatsUsed = random.pick([1, 5, 20]);
  return { events, profile };
}

function makeCriterion(random, scene) {
  const points = random.pick(POINTS);
  return random.weighted([
    [64, () => makeEventCriterion(random, scene, points)],
    [12, () => {
      const atLeast = random.integer(0, 3);
      const atMost = random.chance(50) ? { atMost: atLeast + random.integer(0, 2) } : {};
      return { kind: "frequency", points, event: makeEvent(random, scene), atLeast, ...atMost, within: makeShort(random, scene) };
    }],
    [12, () => ({
      kind: "inactivity",
      points: random.pick([-5, -10, -25, 10]),
      ...(random.chance(50) ? { event: makeEvent(random, scene) } : {}),
      for: makeDuration(random, scene, [6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY]),
      repeat: random.chance(60),
    })],
    [12, () => makeFilter(random, scene, points)],
  ])();
}

function makeEventCriterion(random, scene, points) {
  const criterion = { kind: "event", points, event: makeEvent(random, scene) };
  if (random.chance(70)) addPeriod(random, scene, criterion);
  if (random.chance(75)) addDecay(random, scene, criterion);
  if (random.chance(20)) criterion.award = random.pick(["first", "last"]);
  if (random.chance(15)) criterion.cooldown = makeShort(random, scene);
  if (random.chance(15)) criterion.perDay = random.integer(1, 3);
  if (random.chance(10)) criterion.uniqueBy = random.pick(["plan", "value"]);
  if (random.chance(15)) criterion.per = "value";
  if (random.chance(10)) criterion.where = { value: { gte: 1 } };
  if (random.chance(25)) criterion.limit = random.pick([20, 45, 60, 100]);
  if (random.chance(15)) criterion.effort = random.pick([0.5, 2, 3]);
  return criterion;
}

function makeFilter(random, scene, points) {
  const where = random.pick([
    { tenureDays: random.pick([{ lt: 3 }, { gt: 3 }, { gte: 5, lt: 8 }, { lte: 2.5 }]) },
    { trialEnds: random.pick([{ dueWithin: makeShort(random, scene) }, { olderThan: makeShort(random, scene) }, { within: makeShort(random, scene) }]) },
    { plan: "pro" },
  ]);
  if (random.chance(40)) return { kind: "filter", points, where };
  const curve = [[0, random.pick([0, 1, -1])], [3, random.pick([0.5, 1])], [random.pick([5, 9.5]), random.pick([0, -0.5, 1.25])], [15, random.pick([0, 1])]];
  return { kind: "filter", points, ...(random.chance(30) ? { where } : {}), per: "tenureDays", curve };
}

function makeEvent(random, scene) {
  return random.weighted([
    [25, "*"],
    [50, random.pick(scene.types)],
    [25, random.sample(scene.types, random.integer(1, scene.types.length))],
  ]);
}

function makeShort(random, scene) {
  return makeDuration(random, scene, random.chance(15) ? ODD : SHORT);
}

function addPeriod(random, scene, holder) {
  holder.period = random.chance(35) ? null : makeDuration(random, scene, random.chance(15) ? ODD : [12 * HOUR, DAY, 3 * DAY, 5 * DAY, 10 * DAY]);
}

function addDecay(random, scene, holder) {
  const curve = random.pick(["exponential", "exponential", "exponential", "linear", "cosine", "cosine", "step"]);
  const length = { exponential: "halfLife", linear: "over", cosine: "cycle" }[curve];
  holder.decay = { curve, ...(length === undefined ? {} : { [length]: makeShort(random, scene) }) };
  if (random.chance(25)) holder.decay.from = "last-activity";
}

/** Section 4: a step needs a period of its own, its part's or its model's. */
function giveStepsTheirPeriod(model) {
  for (const holder of [model, ...(model.parts ?? []), ...allCriteria(model)]) {
    if (holder.decay?.curve === "step") holder.period = "3d";
  }
  for (const [criterion, part] of allCriteria(model).map((criterion) => [criterion, model.parts?.find(({ criteria }) => criteria.includes(criterion))])) {
    const decay = criterion.decay ?? part?.decay ?? model.decay;
    if (criterion.kind === "event" && decay?.curve === "step") criterion.period = criterion.period ?? "5d";
  }
  for (const part of model.parts ?? []) {
    if (part.period === null && (part.decay ?? model.decay)?.curve === "step") part.period = "4d";
  }
}

function addParts(random, scene, model, named, makeCriteria) {
  if (random.chance(50)) model.combine = "weighted";
  model.parts = random.times(random.integer(1, 3), () => {
    const part = { id: named("p") };
    if (model.combine === "weighted") {
      if (random.chance(60)) part.weight = random.integer(0, 3);
      if (random.chance(60)) part.target = random.pick([50, 100, 130]);
      if (random.chance(20)) part.min = random.pick([-40, 10]);
      if (random.chance(30)) part.missing = "skip";
    } else if (random.chance(20)) part.min = random.pick([-10, 0, 10]);
    if (random.chance(30)) part.max = random.pick([30, 55, 90]);
    if (random.chance(20)) addPeriod(random, scene, part);
    if (random.chance(20)) addDecay(random, scene, part);
    part.criteria = makeCriteria(3);
    return part;
  });
}

function makeStages(random, model, named) {
  const edges = random.sample([1, 2.5, 4, 7, 10], random.integer(1, 2)).sort((left, right) => left - right);
  return edges.map((days) => {
    const stage = { id: named("s"), when: { tenureDays: random.pick([{ lt: days }, { lte: days }]) } };
    if (random.chance(60)) stage.points = { [random.pick(allCriteria(model)).id]: random.pick(POINTS) };
    if (random.chance(40)) stage.target = random.pick([40, 100, 120]);
    if (model.combine === "weighted" && random.chance(50)) stage.weights = { [random.pick(model.parts).id]: random.integer(0, 4) };
    if (model.combine === "weighted" && random.chance(30)) stage.targets = { [random.pick(model.parts).id]: random.pick([40, 90]) };
    return stage;
  });
}

function makeThresholds(random, count) {
  let value = random.pick([-15, 0, 0.5, 5, 10]);
  return random.times(count, () => (value += random.pick([2, 5, 7.5, 10, 20])));
}

function allCriteria(model) {
  return model.criteria ?? model.parts.flatMap((part) => part.criteria);
}
