/* The profile of a play's customer as fields: what it has, and what the model asks of it besides. */
import { h, reveal } from "../element.js";
import { titled } from "../words.js";
import { instantOf, wallOf } from "./wall.js";

const INSTANT = /^\d{4}-\d\d-\d\d(T|$)/;
const OF_TIME = ["olderThan", "within", "dueWithin"];

/** How each kind of value is shown and read; what cannot be read is null, what is left empty undefined. */
const KINDS = {
  flag: { type: "checkbox", shown: () => null, read: (input) => input.checked },
  number: { type: "number", shown: (value) => value ?? "", read: (input) => (Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber) },
  instant: {
    type: "datetime-local",
    shown: (value, timeZone) => (value === undefined ? "" : wallOf(Date.parse(value), timeZone).slice(0, 16)),
    read: (input, timeZone) => (input.value === "" || !input.checkValidity() ? null : new Date(instantOf(`${input.value}:00`.slice(0, 19), timeZone)).toISOString()),
  },
  text: { type: "text", shown: (value) => value ?? "", read: (input) => input.value.trim() || undefined },
};

/** `{ element, show(rules) }` */
export function profileForm(world) {
  const { life } = world;
  const element = h("div", { class: "facts-form" });

  function show(rules) {
    const kinds = { ...askedOf(rules), ...kindsOf(life.profile) };
    const fields = Object.entries(kinds).map(([key, kind]) => field(key, KINDS[kind]));
    element.replaceChildren(...(fields.length > 0 ? [h("h3", {}, "Profile"), ...fields] : []));
    reveal(element, fields.length > 0);
  }

  function field(key, { type, shown, read }) {
    const value = life.profile[key];
    const max = type === "datetime-local" ? "9999-12-31T23:59" : null;
    const input = h("input", { type, max, id: `profile-${key}`, value: shown(value, life.timeZone), checked: value === true, autocomplete: "off" });
    input.addEventListener("change", () => {
      const next = read(input, life.timeZone);
      // What is no value of its kind was a slip.
      if (next === null) input.value = shown(life.profile[key], life.timeZone);
      else world.become({ [key]: next });
    });
    return h("div", { class: "fact-field" }, h("label", { for: input.id }, titled(key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))), input);
  }

  return { element, show };
}

function kindsOf(profile) {
  const kinds = Object.entries(profile).map(([key, value]) => [key, kindOf(value)]);
  return Object.fromEntries(kinds.filter(([, kind]) => kind !== undefined));
}

function kindOf(value) {
  if (typeof value === "string") return INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? "instant" : "text";
  return { number: "number", boolean: "flag" }[typeof value];
}

/** What the conditions of a model ask of the profile: the key of each, and its kind. */
function askedOf(rules) {
  const found = {};
  const note = (key, tests) => {
    if (!key.includes(".")) found[key] ??= kindAsked(tests);
  };
  const criteria = rules.parts?.flatMap((part) => part.criteria) ?? rules.criteria;
  const steps = (rules.checklists ?? []).flatMap((list) => list.steps);
  const ofProfile = [...criteria.filter(({ kind }) => kind === "filter").map(({ where }) => where), ...steps.map(({ done }) => done.profile)];
  for (const condition of ofProfile) eachTest(condition, note);
  const ofFacts = [rules.audiences, rules.nudges, rules.stages].flatMap((list) => list ?? []);
  for (const { when } of ofFacts) eachTest(when, (fact, tests) => fact.startsWith("profile.") && note(fact.slice("profile.".length), tests));
  return found;
}

function eachTest(condition, tell) {
  for (const [key, value] of Object.entries(condition ?? {})) {
    if (key === "all" || key === "any") for (const one of value) eachTest(one, tell);
    else if (key === "not") eachTest(value, tell);
    else tell(key, value);
  }
}

function kindAsked(tests) {
  if (typeof tests !== "object" || tests === null) return kindOf(tests) ?? "text";
  const [[test, operand] = []] = Object.entries(tests);
  if (OF_TIME.includes(test)) return "instant";
  if (test === "exists") return "text";
  return typeof operand === "object" ? "number" : (kindOf(operand) ?? "text");
}
