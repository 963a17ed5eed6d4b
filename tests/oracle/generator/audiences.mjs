// Random audiences: conditions over everything a result says (section 9 of the specification).

import { makeCondition } from "./conditions.mjs";
import { makeText } from "./criteria.mjs";

const DAYS = [0, 0.5, 1, 2, 7, 30, 90];
const SCORES = [-10, 0, 5, 10, 20, 33.3, 40, 50, 70, 80, 100];

/** One to four audiences of a model that has all its criteria, parts, stages and segments. */
export function makeAudiences(random, scene, model) {
  const facts = factsOf(scene, model);
  const apart = { ...scene, edges: [] }; // events gather around the edges of criteria, not of audiences
  return random.times(random.integer(1, 4), (index) => ({
    id: random.pick([`a-${index}`, `a-${index}`, `audience_${index}`]),
    ...(random.chance(30) ? { label: makeText(random, "Audience") } : {}),
    when: onFacts(makeCondition(random, apart, random.chance(70) ? facts : [random.pick(facts)]), facts),
  }));
}

/** The condition with every path that leads to no fact leading into the profile: a model that names others is refused. */
export function onFacts(condition, facts) {
  const known = (path) => (path.startsWith("profile.") || facts.some((fact) => fact.path === path) ? path : `profile.${path}`);
  const operand = (test) => (typeof test?.path === "string" ? { ...test, path: known(test.path) } : test);
  const entries = Object.entries(condition).map(([key, value]) => {
    if (key === "all" || key === "any") return [key, value.map((inner) => onFacts(inner, facts))];
    if (key === "not") return [key, onFacts(value, facts)];
    const isTests = typeof value === "object" && value !== null && !Array.isArray(value);
    const tests = isTests ? Object.fromEntries(Object.entries(value).map(([name, test]) => [name, operand(test)])) : value;
    return [known(key), tests];
  });
  return Object.fromEntries(entries);
}

export function factsOf(scene, model) {
  const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
  const segments = model.segments ?? [{ id: "very-disengaged" }, { id: "engaged" }, { id: "highly-engaged" }, { id: "power-user" }];
  const number = (path, values) => ({ path, kind: "number", values });
  const oneOf = (path, ids) => ({ path, kind: "word", values: ids });
  return [
    ...scene.profileFields.map((field) => ({ ...field, path: `profile.${field.path}` })),
    number("tenureDays", DAYS),
    number("daysSinceLast", DAYS),
    number("daysSinceLast", DAYS),
    number("points", SCORES),
    number("score", SCORES),
    number("score", SCORES),
    number("stars", [0, 1, 2, 3, 4, 5]),
    number("starsExact", [0, 0.5, 1, 1.75, 2.5, 4, 5]),
    oneOf("segment", segments.map(({ id }) => id)),
    ...(model.stages === undefined ? [] : [oneOf("stage", model.stages.map(({ id }) => id))]),
    ...(model.parts ?? []).map(({ id }) => number(`parts.${id}`, SCORES)),
    ...criteria.map(({ id }) => number(`counts.${id}`, [0, 1, 2, 3, 5])),
  ];
}
