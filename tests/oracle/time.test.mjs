// The product against the oracle on questions about time, what-if, next stars and audiences: random models and
// histories, two of three with many changes within days.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Model } from "../../pkg/index.node.js";
import { compare, describeDifference } from "./compare.mjs";
import { generateTimeCase } from "./generate-time.mjs";
import { nextStarNaively } from "./next-star.mjs";
import { scoreNaively } from "./oracle.mjs";
import { findFault, findFaultOfNext } from "./settle.mjs";
import { shrink } from "./shrink.mjs";
import { parseTime } from "./time.mjs";
import { readSpan, timelineNaively } from "./timeline.mjs";
import { nextChangeNaively, transitionsNaively } from "./transitions.mjs";

/** Another run, other cases; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
/** So many times as many cases. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const SHRINKING_TRIES = 400;

agrees("timeline", 150, ({ model, history, options, span, step }) => {
  const asked = { ...options, ...span, step };
  const { times, points, score, stars } = using(model, (one) => one.timeline(history, asked));
  assert.ok([times, points, score].every((column) => column instanceof Float64Array) && stars instanceof Uint8Array);
  const plain = Object.fromEntries(Object.entries({ times, points, score, stars }).map(([key, column]) => [key, [...column]]));
  return describeDifference(plain, timelineNaively(model, history, asked));
});

agrees("transitions", 70, ({ model, history, options, span }) => {
  const asked = { ...options, ...span };
  const claimed = using(model, (one) => one.transitions(history, asked));
  return findFault(model, history, asked, claimed, transitionsNaively(model, history, asked));
});

agrees("next change", 80, ({ model, history, options, horizon }) => {
  const asked = { ...options, horizon };
  const claimed = using(model, (one) => one.score(history, { ...asked, include: ["nextChange"] })).nextChange;
  const expected = nextChangeNaively(model, history, asked);
  if (compare(claimed, expected) === null) return null;
  return findFaultOfNext(model, history, asked, claimed, expected, parseTime(options.at) + readSpan(horizon));
});

agrees("next star", 80, ({ model, history, options }) => {
  const { nextStar } = using(model, (one) => one.score(history, { ...options, include: ["nextStar"] }));
  return describeDifference({ nextStar }, { nextStar: nextStarNaively(model, history, options) });
});

agrees("what-if", 600, ({ model, history, options }) => {
  const half = Math.floor(history.events.length / 2);
  const [first, extra] = [history.events.slice(0, half), history.events.slice(half)];
  const result = using(model, (one) => one.whatIf({ ...history, events: first }, extra, options));
  return describeDifference(result, scoreNaively(model, history, options));
});

agrees("score, audiences included", 1_500, ({ model, history, options }) => {
  const result = using(model, (one) => one.score(history, options));
  return describeDifference(result, scoreNaively(model, history, options));
});

/** `faultOf` says how the product and the oracle differ on a case, or null. */
function agrees(what, share, faultOf) {
  const cases = share * TIMES;
  test(`${what}: the product agrees with the oracle on ${cases} random models and histories`, () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
      const one = generateTimeCase(seed);
      if (complaintOf(faultOf, one) === null) continue;
      // the span stays: a shorter step or another instant would be another question
      const stillFails = ({ model, history }) => faultOf({ ...one, model, history }) !== null;
      const small = { ...one, ...shrink({ model: one.model, history: one.history }, stillFails, SHRINKING_TRIES) };
      assert.fail(`seed ${seed}: ${complaintOf(faultOf, small)}\n${JSON.stringify(small)}`);
    }
  });
}

/** The fault, or what was thrown. */
function complaintOf(faultOf, one) {
  try {
    return faultOf(one);
  } catch (error) {
    return String(error.stack);
  }
}

function using(model, ask) {
  const one = new Model(model);
  try {
    return ask(one);
  } finally {
    one.free();
  }
}
