// Runs cases through the package, in whatever host imports this. README.md next to this file says what a case is.

import { expand } from "./expand.mjs";

/** Whole numbers between these are instants, which are compared to the millisecond. */
const FIRST_INSTANT = 1e11;
const LAST_INSTANT = 8.64e15;

/** What differs over all cases of a file's JSON: `{ count, failures: [text…] }`. `starwise` is the package. */
export function runCases({ cases }, starwise) {
  const failures = [];
  for (const written of cases) {
    const one = expand(written);
    const difference = differenceOf(one, starwise);
    if (difference) failures.push(`${one.name}: ${difference}`);
  }
  return { count: cases.length, failures };
}

function differenceOf(one, starwise) {
  for (const model of forms(one, "model")) {
    const difference = differenceOfModel(one, model, starwise);
    if (difference) return difference;
  }
  return null;
}

function differenceOfModel(one, model, { Model, StarwiseError }) {
  if (one.faults) {
    const difference = contains(Model.check(model), one.faults, "faults");
    if (difference) return difference;
  }
  if (one.lint) return contains(Model.lint(model), one.lint, "lint");
  const histories = forms(one, "history");
  if (histories.length === 0) return contains(errorOf(() => new Model(model), StarwiseError), one.error, "error");
  const checked = new Model(model);
  try {
    for (const history of histories) {
      const ask = () => answerOf(checked, history, one);
      const difference = one.error
        ? contains(errorOf(ask, StarwiseError), one.error, "error")
        : contains(ask(), one.expect, "result");
      if (difference) return difference;
    }
  } finally {
    checked.free();
  }
  return null;
}

function answerOf(model, history, { question = "score", extra, options }) {
  return question === "whatIf" ? model.whatIf(history, extra, options) : model[question](history, options);
}

/** Each way to hand over one input. An object only where its text says the same. */
function forms(one, key) {
  const raw = one[`${key}Text`];
  if (raw !== undefined) return [raw, new TextEncoder().encode(raw)];
  if (one[key] === undefined) return [];
  const text = JSON.stringify(one[key]);
  return [one[key], text, new TextEncoder().encode(text)];
}

function errorOf(call, StarwiseError) {
  try {
    call();
  } catch (error) {
    if (error instanceof StarwiseError) return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
  return "no error";
}

/** Where what was found does not contain what is expected; null where it does. */
function contains(found, expected, path) {
  const difference = `${path}: expected ${show(expected)}, found ${show(found)}`;
  if (typeof expected === "number") return typeof found === "number" && areClose(found, expected) ? null : difference;
  if (expected === null || typeof expected !== "object") return found === expected ? null : difference;
  if (found === null || typeof found !== "object") return difference;
  if (Array.isArray(expected) && expected.length !== found.length) return difference;
  for (const [key, value] of Object.entries(expected)) {
    if (!Object.hasOwn(found, key)) return `${path}.${key}: expected ${show(value)}, found nothing`;
    const inner = contains(found[key], value, `${path}.${key}`);
    if (inner) return inner;
  }
  return null;
}

function areClose(found, expected) {
  if (Number.isInteger(expected) && expected >= FIRST_INSTANT && expected <= LAST_INSTANT) return found === expected;
  return Math.abs(found - expected) <= 1e-9 * Math.max(Math.abs(found), Math.abs(expected)) && !Object.is(found, -0);
}

function show(value) {
  return JSON.stringify(value)?.slice(0, 300);
}
