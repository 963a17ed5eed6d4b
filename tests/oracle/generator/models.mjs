// Random valid models (sections 4 and 5 of the specification).

import { onFacts } from "./audiences.mjs";
import { makeCondition } from "./conditions.mjs";
import { addDecay, addPeriod, makeCriterion, makeDuration, makeText } from "./criteria.mjs";

const DAY = 86_400_000;

/** A model whose every key is used now and then; `scene.edges` gathers its durations. */
export function makeModel(random, scene) {
  const model = {};
  addHead(random, model);
  addPeriod(random, scene, model, 35);
  addDecay(random, scene, model, 30);
  const named = nameIds(random);
  if (random.chance(50)) {
    const most = random.weighted([[75, 5], [25, 12]]);
    model.criteria = random.times(random.integer(1, most), () => withId(named("c"), makeCriterion(random, scene)));
  } else {
    addParts(random, scene, model, named);
  }
  giveStepsTheirPeriod(model);
  if (random.chance(35)) model.stages = makeStages(random, scene, model, named);
  addScale(random, scene, model, named);
  if (random.chance(5)) model.examples = [];
  return model;
}

function addHead(random, model) {
  if (random.chance(10)) model.$schema = "https://example.com/model.schema.json";
  if (random.chance(10)) model.version = "1.2.0";
  if (random.chance(15)) model.id = "made-model";
  if (random.chance(15)) model.name = makeText(random, "Model");
  if (random.chance(10)) model.icon = "\u2605";
  if (random.chance(10)) model.description = "made by a generator";
  if (random.chance(20)) model.startedAt = random.pick(["account.signedUpAt", "joined", "createdAt"]);
}

/** Ids are unique throughout a model: a letter for the kind of thing and a running number. */
function nameIds(random) {
  let number = 0;
  let inheritedName = random.chance(3);
  return (letter) => {
    number += 1;
    if (inheritedName && letter === "c") {
      inheritedName = false;
      return "constructor";
    }
    return random.weighted([
      [80, `${letter}${number}`],
      [9, `${letter.toUpperCase()}-${number}`],
      [9, `${letter}_${number}`],
      [2, `${letter}${number}`.padEnd(64, "x")],
    ]);
  };
}

function withId(id, holder) {
  return { id, ...holder };
}

function addParts(random, scene, model, named) {
  const weighted = random.chance(60);
  model.parts = random.times(random.integer(1, 4), () => makePart(random, scene, weighted, named));
  if (weighted) model.combine = "weighted";
  else if (random.chance(50)) model.combine = "sum";
}

function makePart(random, scene, weighted, named) {
  const part = { id: named("p") };
  if (random.chance(30)) part.label = makeText(random, "Part");
  if (weighted) {
    if (random.chance(60)) part.weight = random.pick([0, 0, 1, 2, 3, 0.5, 30, 100]);
    if (random.chance(60)) part.target = random.pick([100, 50, 10, 200, 35, 1]);
    if (random.chance(20)) part.min = random.pick([0, 5, 20, -50]);
    if (random.chance(20)) part.max = random.pick([50, 80, 100, 150]);
    if (random.chance(40)) part.missing = random.chance(70) ? "skip" : "zero";
  } else {
    if (random.chance(30)) part.min = random.pick([0, 5, 20, -10]);
    if (random.chance(30)) part.max = random.pick([30, 50, 100, 500]);
  }
  addPeriod(random, scene, part, 25);
  addDecay(random, scene, part, 20);
  part.criteria = random.times(random.integer(1, 3), () => withId(named("c"), makeCriterion(random, scene)));
  return part;
}

/** Section 4: a step needs a period, be it inherited; where all time is in force it gets one. */
function giveStepsTheirPeriod(model) {
  const inForce = (key, holders) => holders.find((holder) => holder[key] !== undefined)?.[key];
  const settle = (...holders) => {
    if (inForce("decay", holders)?.curve === "step" && inForce("period", holders) === null) holders[0].period = "30d";
  };
  settle(model);
  for (const part of model.parts ?? []) settle(part, model);
  for (const criterion of model.criteria ?? []) if (criterion.kind === "event") settle(criterion, model);
  for (const part of model.parts ?? []) {
    for (const criterion of part.criteria) if (criterion.kind === "event") settle(criterion, part, model);
  }
}

function makeStages(random, scene, model, named) {
  const facts = [
    ...scene.profileFields.map((field) => ({ ...field, path: `profile.${field.path}` })),
    { path: "tenureDays", kind: "number", values: [0, 7, 30, 90] },
  ];
  const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
  return random.times(random.integer(1, 3), () => {
    const when = random.chance(40) ? { tenureDays: makeTenureTest(random) } : onFacts(makeCondition(random, scene, facts), facts);
    const stage = { id: named("s"), when };
    if (model.combine === "weighted") {
      if (random.chance(50)) stage.weights = override(random, model.parts, [0, 1, 2, 5, 50]);
      if (random.chance(50)) stage.targets = override(random, model.parts, [100, 50, 20, 250]);
    }
    if (random.chance(40)) stage.target = random.pick([100, 50, 20, 400]);
    if (random.chance(50)) stage.points = override(random, criteria, [0, 1, 5, 20, 40, -10]);
    return stage;
  });
}

function makeTenureTest(random) {
  return random.pick([{ lt: 7 }, { lt: 30 }, { gte: 30 }, { gt: 90 }, { gte: 0, lt: 14 }, { exists: true }, { exists: false }]);
}

function override(random, holders, values) {
  const chosen = random.sample(holders, random.integer(1, holders.length));
  return Object.fromEntries(chosen.map(({ id }) => [id, random.pick(values)]));
}

function addScale(random, scene, model, named) {
  if (random.chance(55)) model.target = random.chance(30) ? "baseline" : random.pick([100, 50, 10, 250, 1000, 37, 1]);
  if (random.chance(15)) model.min = random.pick([0, -100, 10, 5]);
  if (random.chance(20)) model.max = random.pick([50, 100, 150, 500]);
  if (random.chance(45)) model.stars = { at: makeRising(random, random.integer(1, 10)) };
  if (random.chance(40)) model.segments = makeSegments(random, named);
  if (random.chance(45)) model.trend = makeTrend(random, scene);
}

function makeRising(random, count) {
  let value = random.pick([-20, 0, 1, 10, 20, 50, 90]);
  return random.times(count, () => {
    const current = value;
    value += random.pick([1, 5, 10, 20, 12.5, 40]);
    return current;
  });
}

function makeSegments(random, named) {
  const edges = makeRising(random, random.integer(0, 4));
  return [...edges, undefined].map((upTo) => ({
    id: named("g"),
    ...(random.chance(30) ? { label: makeText(random, "Segment") } : {}),
    ...(upTo === undefined ? {} : { upTo }),
  }));
}

function makeTrend(random, scene) {
  const trend = {};
  if (random.chance(75)) trend.over = makeDuration(random, scene, [3_600_000, DAY, 7 * DAY, 14 * DAY, 30 * DAY]);
  if (random.chance(75)) trend.deadBand = random.pick([0, 1, 0.5, 5]);
  return trend;
}
