// The product against the oracle: the specification as straight code, written without sight of the implementation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../pkg/index.node.js";
import { compare, describeDifference } from "../oracle/compare.mjs";
import { coverage, generateCase, KEYS_TO_COVER } from "../oracle/generate.mjs";
import { scoreNaively } from "../oracle/oracle.mjs";
import { shrink } from "../oracle/shrink.mjs";

/** So many times as many cases. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const CASES = 4_000 * TIMES;
/** Another run, other cases; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);

test(`the product agrees with the oracle on ${CASES} random models and histories`, (context) => {
  const covered = new Set();
  let agreed = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += 1) {
    const one = generateCase(seed);
    for (const key of coverage([one])) covered.add(key);
    if (disagree(one)) assert.fail(report(seed, shrink(one, disagree)));
    agreed += 1;
  }
  const uncovered = KEYS_TO_COVER.filter((key) => !covered.has(key));
  assert.deepEqual(uncovered, [], "keys of the model that no case used");
  assert.equal(agreed, CASES);
  context.diagnostic(`${agreed} cases from seed ${FIRST_SEED}, ${covered.size} keys and values covered`);
});

function disagree({ model, history, options }) {
  return compare(scoreWith(model, history, options), scoreNaively(model, history, options)) !== null;
}

function scoreWith(model, history, options) {
  const one = new Model(model);
  try {
    return one.score(history, options);
  } finally {
    one.free();
  }
}

function report(seed, { model, history, options }) {
  const difference = describeDifference(scoreWith(model, history, options), scoreNaively(model, history, options));
  return `seed ${seed}: product and oracle differ at ${difference}\n${JSON.stringify({ model, history, options })}`;
}
