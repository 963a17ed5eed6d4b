// Random conditions over the fields of a scene (section 3 of the specification).

import { GHOST_PATHS } from "./scene.mjs";
import { spellDuration } from "./spelling.mjs";

const DEEPEST = 16;

const ORDER_TESTS = ["gt", "gte", "lt", "lte"];
const COMMON_TESTS = ["scalar", "eq", "ne", "in", "notIn", "exists"];
const TESTS = {
  word: [...COMMON_TESTS, ...ORDER_TESTS, "contains", "startsWith"],
  number: [...COMMON_TESTS, ...ORDER_TESTS, "gte", "lte"],
  extreme: ["exists", "gt", "ne"],
  list: ["contains", "contains", "contains", "exists", "eq", "ne"],
  flag: COMMON_TESTS,
  time: ["olderThan", "within", "dueWithin", "olderThan", "within", "dueWithin", "exists", "gt"],
};
const OTHER_OPERANDS = [null, true, false, 0, 1, 10, "1", "pro", "true"];

/** A condition over `fields`, each `{ path, kind, values }`; its durations are noted as edges. */
export function makeCondition(random, scene, fields) {
  if (random.chance(1)) return wrapDeep(random, makePaths(random, scene, fields));
  return makeInner(random, scene, fields, 1);
}

function makeInner(random, scene, fields, depth) {
  const paths = () => makePaths(random, scene, fields);
  if (depth >= 4) return paths();
  const inner = () => makeInner(random, scene, fields, depth + 1);
  const several = (least) => random.times(random.integer(least, 3), inner);
  return random.weighted([
    [70, paths],
    [6, () => ({ all: several(1) })],
    [10, () => ({ any: several(2) })],
    [6, () => ({ not: inner() })],
    [3, () => ({ ...paths(), any: several(2) })],
    [2, () => ({ ...paths(), not: inner(), all: several(1) })],
    [1, () => ({})],
    [1, () => ({ all: [] })],
    [1, () => (random.chance(50) ? { any: [] } : { not: { any: [] } })],
  ])();
}

/** The same condition inside as many layers as may be. */
function wrapDeep(random, condition) {
  for (let depth = 1; depth < DEEPEST; depth++) condition = random.pick([{ all: [condition] }, { any: [condition] }]);
  return condition;
}

function makePaths(random, scene, fields) {
  const condition = {};
  for (const field of random.sample(fields, random.weighted([[80, 1], [17, 2], [3, 3]]))) {
    condition[field.path] = makeTest(random, scene, fields, field);
  }
  if (random.chance(6)) {
    condition[random.pick(GHOST_PATHS)] = random.pick([{ exists: false }, { exists: true }, { ne: 1 }, { notIn: ["a"] }, { in: [null] }]);
  }
  return condition;
}

function makeTest(random, scene, fields, field) {
  if (random.chance(1)) return {}; // holds, whatever is there
  const names = random.sample(TESTS[field.kind], random.weighted([[85, 1], [15, 2]]));
  if (names.includes("scalar")) return drawScalar(random, field);
  return Object.fromEntries(names.map((name) => [name, makeOperand(random, scene, fields, field, name)]));
}

function makeOperand(random, scene, fields, field, name) {
  switch (name) {
    case "exists":
      return random.chance(75);
    case "in":
      return [drawScalar(random, field), ...random.times(random.integer(0, 3), () => drawScalar(random, field))];
    case "notIn":
      return random.times(random.integer(1, 2), () => drawScalar(random, field));
    case "contains":
      return field.kind === "word" ? random.pick(["p", "r", "pro", "", "o p", "\u{1F600}", "e"]) : drawScalar(random, field);
    case "startsWith":
      return random.pick(["p", "pr", "P", "", "\u{1F600}", "fr"]);
    case "olderThan":
    case "within":
    case "dueWithin": {
      const ms = random.pick([3_600_000, 36_000_000, 86_400_000, 129_600_000, 604_800_000, 2_592_000_000, 1_500]);
      if (name === "olderThan" && random.chance(5)) return random.pick(["0s", "0d", "PT0S"]);
      scene.edges.push(ms);
      return spellDuration(random, ms);
    }
    default:
      return random.chance(20) ? { path: drawPath(random, fields, field) } : drawScalar(random, field);
  }
}

/** A value the field may well have, now and then one of another type. */
function drawScalar(random, field) {
  if (field.values.length === 0 || random.chance(6)) return random.pick(OTHER_OPERANDS);
  return random.pick(field.values);
}

/** Another path for an operand: mostly one of the same kind, now and then one that leads nowhere. */
function drawPath(random, fields, field) {
  if (random.chance(8)) return random.pick(GHOST_PATHS);
  const alike = fields.filter((other) => other.kind === field.kind && other.path !== field.path);
  return alike.length === 0 ? random.pick(fields).path : random.pick(alike).path;
}
