// Random streaks, levels, badges and checklists for a model (section 8 of the specification).

import { makeCondition } from "./conditions.mjs";
import { makeText, TENURE } from "./criteria.mjs";

const ICONS = ["\u2605", "\u{1F525}", "cup"];
const LINKS = ["/help", "https://example.com/start?a=1&b=2", "mailto:care@example.com", "#first"];

/** Adds some of each to a model that has its criteria; ids are unique throughout. */
export function addProgress(random, scene, model) {
  if (random.chance(80)) model.streaks = random.times(random.integer(1, 3), (index) => makeStreak(random, scene, `streak-${index}`));
  if (random.chance(60)) model.levels = makeLevels(random);
  if (model.levels !== undefined && random.chance(30)) addBalance(random, scene, model);
  const badges = random.times(random.integer(0, 4), (index) => makeBadge(random, scene, model, `badge-${index}`));
  if (hasBalance(model)) badges.push({ id: "rich", label: "Rich", award: { level: makeLevel(random, model.levels) } });
  if (badges.length > 0 || random.chance(10)) model.badges = badges;
  if (random.chance(40)) addCalm(random, scene, model);
  if (random.chance(65)) model.checklists = random.times(random.integer(1, 2), (index) => makeChecklist(random, scene, model, `list_${index}`));
}

/** Amounts of either sign, so that a level is reached and lost again. */
function addBalance(random, scene, model) {
  const { criteria } = model.parts?.[0] ?? model;
  criteria.push({ id: "balance", kind: "event", event: random.pick(scene.types), points: random.pick([1, 2, 0.5]), per: "balance" });
}

function hasBalance(model) {
  return (model.criteria ?? model.parts.flatMap((part) => part.criteria)).some(({ id }) => id === "balance");
}

/** A frequency that none at all is enough for, and few too many. */
function addCalm(random, scene, model) {
  const { criteria } = model.parts?.[0] ?? model;
  const within = random.pick(["6h", "1d", "36h", "7d", "30d"]);
  criteria.push({ id: "calm", kind: "frequency", event: makeEvent(random, scene), points: 1, atLeast: 0, atMost: random.pick([0, 0, 1, 2]), within });
}

function makeStreak(random, scene, id) {
  const streak = { id, ...shown(random, "Streak", 30), event: makeEvent(random, scene), every: random.pick(["day", "day", "day", "week", "month"]) };
  if (random.chance(12)) streak.where = makeCondition(random, scene, scene.eventFields);
  if (random.chance(35)) streak.atLeast = random.pick([1, 2, 2, 3]);
  if (random.chance(50)) streak.freezes = random.pick([0, 1, 1, 2, 3, 10]);
  return streak;
}

function makeLevels(random) {
  const thresholds = random.pick([[0, 10, 50, 200], [5, 20.5, 100, 1000], [0], [1], [0, 0.5, 1, 1.5, 30, 31, 500], [1e9]]);
  const levels = { curve: random.pick(["triangular", "habitica", { thresholds }]) };
  if (random.chance(50)) levels.base = random.pick([1, 0.1, 0.5, 2, 7, 0.001, 1000]);
  if (random.chance(50)) levels.names = random.times(random.integer(1, 4), (index) => makeText(random, `Level ${index + 1}`));
  return levels;
}

function makeBadge(random, scene, model, id) {
  const badge = { id, label: makeText(random, "Badge"), ...shown(random, undefined, 0) };
  if (random.chance(25)) badge.description = makeText(random, "What it is for");
  const award = random.weighted([[50, "event"], [25, "streak"], [25, "level"], [6, "stars"]]);
  if (award === "streak" && model.streaks !== undefined) {
    badge.award = { streak: random.pick(model.streaks).id, length: random.pick([1, 2, 3, 5, 10]) };
  } else if (award === "level" && model.levels !== undefined) {
    badge.award = { level: makeLevel(random, model.levels) };
  } else if (award === "stars") {
    badge.award = { stars: random.integer(1, model.stars?.at.length ?? 5) };
  } else {
    badge.award = makeOccurrences(random, scene);
    if (random.chance(30)) badge.award.uniqueBy = random.pick(scene.eventFields).path;
  }
  return badge;
}

/** A level that there is. */
function makeLevel(random, { curve }) {
  return typeof curve === "object" ? random.integer(1, curve.thresholds.length) : random.pick([1, 2, 2, 3, 4, 6, 9]);
}

function makeChecklist(random, scene, model, id) {
  const steps = random.times(random.integer(1, 4), (index) => {
    const step = { id: `step-${index}`, label: makeText(random, "Step"), done: makeDone(random, scene, model) };
    if (random.chance(30)) step.href = random.pick(LINKS);
    if (random.chance(35)) step.optional = random.chance(80);
    return step;
  });
  return { id, label: makeText(random, "Checklist"), ...shown(random, undefined, 0), steps };
}

function makeDone(random, scene, model) {
  const criteria = (model.criteria ?? model.parts.flatMap((part) => part.criteria)).filter(
    ({ kind, enabled }) => kind !== "inactivity" && enabled !== false,
  );
  if (random.chance(20)) return { profile: makeCondition(random, scene, [...scene.profileFields, TENURE]) };
  if (criteria.length > 0 && random.chance(55)) return { criterion: drawCriterion(random, criteria) };
  return makeOccurrences(random, scene);
}

function drawCriterion(random, criteria) {
  const calm = criteria.filter(({ id }) => id === "calm");
  return random.pick(calm.length > 0 && random.chance(50) ? calm : criteria).id;
}

function makeOccurrences(random, scene) {
  const occurrences = { event: makeEvent(random, scene) };
  if (random.chance(20)) occurrences.where = makeCondition(random, scene, scene.eventFields);
  if (random.chance(60)) occurrences.count = random.pick([1, 2, 3, 5, 10, 40]);
  return occurrences;
}

function makeEvent(random, scene) {
  return random.weighted([
    [30, () => "*"],
    [45, () => random.pick(scene.types)],
    [20, () => random.sample(scene.types, random.integer(1, scene.types.length))],
    [5, () => "never.seen"],
  ])();
}

function shown(random, label, percent) {
  return {
    ...(random.chance(percent) ? { label: makeText(random, label) } : {}),
    ...(random.chance(20) ? { icon: random.pick(ICONS) } : {}),
  };
}
