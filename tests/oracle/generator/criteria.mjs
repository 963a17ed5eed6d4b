// Random criteria of all four kinds (section 4 of the specification).

import { makeCondition } from "./conditions.mjs";
import { GHOST_PATHS } from "./scene.mjs";
import { spellDuration } from "./spelling.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;

const POINTS = [1, 2, 3, 5, 5, 10, 10, 15, 20, 25, 30, 50, 100, 2.5, 0.1, -5, -10, -25];
export const TENURE = { path: "tenureDays", kind: "number", values: [0, 1, 7, 30, 90, 2.5] };

/** A criterion without its id. */
export function makeCriterion(random, scene) {
  const kind = random.weighted([
    [58, "event"],
    [14, "frequency"],
    [14, "inactivity"],
    [14, "filter"],
  ]);
  const criterion = { kind, points: random.chance(2) ? 0 : random.pick(POINTS) };
  MAKERS[kind](random, scene, criterion);
  addShownKeys(random, criterion);
  return criterion;
}

const MAKERS = {
  event(random, scene, criterion) {
    criterion.event = makeEvent(random, scene);
    if (random.chance(18)) criterion.where = makeCondition(random, scene, scene.eventFields);
    if (random.chance(40)) criterion.award = random.pick(["first", "last", "every"]);
    if (random.chance(22)) criterion.uniqueBy = drawUnique(random, scene);
    if (random.chance(25)) criterion.cooldown = makeCooldown(random, scene);
    if (random.chance(30)) criterion.perDay = random.pick([1, 1, 2, 3, 5]);
    if (random.chance(28)) addAmount(random, criterion, drawNumbers(random, scene.eventFields));
    addPeriod(random, scene, criterion, 40);
    if (criterion.award === "first" && random.chance(65)) criterion.period = null; // or it has long expired
    addDecay(random, scene, criterion, 45);
    if (random.chance(22)) criterion.limit = random.pick([5, 10, 20, 25.5, 50, 100, 250]);
  },

  frequency(random, scene, criterion) {
    criterion.event = makeEvent(random, scene);
    if (random.chance(18)) criterion.where = makeCondition(random, scene, scene.eventFields);
    if (random.chance(25)) criterion.uniqueBy = drawUnique(random, scene);
    if (random.chance(30)) criterion.perDay = random.pick([1, 2, 3]);
    criterion.atLeast = random.pick([0, 1, 1, 2, 3, 5]);
    if (random.chance(40)) criterion.atMost = criterion.atLeast + random.pick([0, 1, 3, 8]);
    criterion.within = makeDuration(random, scene, [DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY]);
  },

  inactivity(random, scene, criterion) {
    if (random.chance(60)) criterion.event = makeEvent(random, scene);
    if (random.chance(15)) criterion.where = makeCondition(random, scene, scene.eventFields);
    criterion.for = makeDuration(random, scene, [HOUR / 4, HOUR, HOUR, 6 * HOUR, DAY, 3 * DAY]);
    if (random.chance(50)) criterion.repeat = random.chance(75);
  },

  filter(random, scene, criterion) {
    if (random.chance(55)) criterion.where = makeCondition(random, scene, [...scene.profileFields, TENURE]);
    if (random.chance(50)) {
      const field = random.chance(40) ? TENURE : drawNumbers(random, scene.profileFields);
      addAmount(random, criterion, field);
    }
  },
};

function makeEvent(random, scene) {
  const known = () => (random.chance(2) ? "never.seen" : random.pick(scene.types));
  return random.weighted([
    [35, () => "*"],
    [35, known],
    [30, () => random.sample(random.chance(20) ? ["never.seen", ...scene.types] : scene.types, random.integer(1, scene.types.length))],
  ])();
}

function drawUnique(random, scene) {
  return random.chance(10) ? random.pick(["item", "item.spec", ...GHOST_PATHS]) : random.pick(scene.eventFields).path;
}

function drawNumbers(random, fields) {
  const extreme = fields.filter(({ kind }) => kind === "extreme");
  if (extreme.length > 0 && random.chance(10)) return extreme[0];
  return random.pick(fields.filter(({ kind }) => kind === "number"));
}

/** `per`, mostly with a curve; always with one where amounts may be so large that sums lose digits. */
function addAmount(random, criterion, field) {
  criterion.per = random.chance(2) ? random.pick(GHOST_PATHS) : field.path;
  if (field.kind === "extreme" || random.chance(45)) criterion.curve = makeCurve(random);
}

function makeCurve(random) {
  let x = random.pick([-5, 0, 0, 1, 7]);
  return random.times(random.weighted([[3, 1], [47, 2], [30, 3], [20, 5]]), () => {
    const knot = [x, random.pick([0, 1, 2, 5, 0.5, 10, -1])];
    x += random.pick([1, 2, 3.5, 10, 90]);
    return knot;
  });
}

function makeCooldown(random, scene) {
  if (random.chance(3)) return "0s";
  return makeDuration(random, scene, [1, 1_000, 90_000, HOUR, 6 * HOUR, DAY]);
}

/** A duration of one of the given lengths, noted so that events can stand right at its edge. */
export function makeDuration(random, scene, lengths) {
  const ms = random.pick(lengths);
  scene.edges.push(ms);
  return spellDuration(random, ms);
}

/** In `percent` of a hundred a period of its own; `null` is all time. */
export function addPeriod(random, scene, holder, percent) {
  if (!random.chance(percent)) return;
  const lengths = [6 * HOUR, DAY, 7 * DAY, 14 * DAY, 30 * DAY, 45 * DAY, 90 * DAY, 90 * DAY, 365 * DAY];
  holder.period = random.chance(20) ? null : makeDuration(random, scene, lengths);
}

/** In `percent` of a hundred a decay of its own; whether a step has its period is seen to later. */
export function addDecay(random, scene, holder, percent) {
  if (!random.chance(percent)) return;
  const curve = random.pick(["none", "exponential", "exponential", "step", "linear", "cosine", null]);
  if (curve === null) {
    holder.decay = null;
    return;
  }
  holder.decay = { curve };
  const lengths = [6 * HOUR, DAY, 7 * DAY, 15 * DAY, 30 * DAY, 60 * DAY];
  if (curve === "exponential") holder.decay.halfLife = makeDuration(random, scene, lengths.slice(1));
  if (curve === "linear") holder.decay.over = makeDuration(random, scene, lengths);
  if (curve === "cosine") holder.decay.cycle = makeDuration(random, scene, lengths);
  if (random.chance(30)) holder.decay.from = "last-activity";
}

function addShownKeys(random, criterion) {
  if (random.chance(25)) criterion.label = makeText(random, "Criterion");
  if (random.chance(10)) criterion.icon = random.pick(["\u2605", "cart"]);
  if (random.chance(10)) criterion.href = random.pick(["https://example.com/help", "/help"]);
  if (random.chance(15)) criterion.effort = random.pick([1, 2, 0.5, 10]);
  if (random.chance(15)) criterion.enabled = random.chance(60);
}

/** A text: a string, or an object by language in any order. */
export function makeText(random, text) {
  if (random.chance(50)) return text;
  const languages = ["en", "de", "de-AT", "pt-BR", "zh-Hant", "fr"];
  const chosen = random.sample(languages, random.integer(1, 4));
  return Object.fromEntries(chosen.map((language) => [language, `${text} (${language})`]));
}
