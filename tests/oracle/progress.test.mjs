// The product against the oracle on progress, nudges and leaderboards: random models, histories that make progress,
// and every kind of answer there is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { leaderboard, Model } from "../../pkg/index.node.js";
import { describeDifference } from "./compare.mjs";
import { ANSWERS_TO_COVER, noteAnswers } from "./coverage-progress.mjs";
import { generateLeaderboard } from "./generate-leaderboard.mjs";
import { generateProgressCase } from "./generate-progress.mjs";
import { leaderboard as leaderboardNaively } from "./leaderboard.mjs";
import { nudge as nudgeNaively } from "./nudge.mjs";
import { progress as progressNaively } from "./progress.mjs";
import { settleProgress } from "./settle-progress.mjs";
import { shrink } from "./shrink.mjs";

/** Another run, other cases; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
/** So many times as many cases. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const CASES = 400 * TIMES;
const LEADERBOARDS = 4_000 * TIMES;
const SHRINKING_TRIES = 600;

test(`progress and nudges: the product agrees with the oracle on ${CASES} random models and histories`, () => {
  const covered = new Set();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
    const one = generateProgressCase(seed);
    const complaint = complaintOf(one, covered);
    if (complaint === null) continue;
    const about = complaint.split(/[^a-z]/i, 1)[0];
    const stillFails = ({ model, history, options }) => complaintOf({ model, history, options })?.startsWith(about) === true;
    const small = shrink(one, stillFails, SHRINKING_TRIES);
    assert.fail(`seed ${seed}: ${complaintOf(small)}\n${JSON.stringify(small)}`);
  }
  assert.deepEqual(ANSWERS_TO_COVER.filter((key) => !covered.has(key)), [], "answers that no case led to");
});

test(`leaderboards: the product agrees with the oracle on ${LEADERBOARDS} random ones`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + LEADERBOARDS; seed++) {
    const { entries, options } = generateLeaderboard(seed);
    const expected = leaderboardNaively(entries, options);
    const found = leaderboard(entries, options);
    assert.equal(describeDifference(found, expected), null, `seed ${seed}: ${JSON.stringify({ entries, options })}`);
    if (options.top !== undefined) continue;
    // and what came out serves as what was before
    const later = { ...options, previous: found };
    assert.equal(describeDifference(leaderboard(entries, later), leaderboardNaively(entries, later)), null, `seed ${seed}, later`);
  }
});

/** How the product and the oracle differ on a case, or null; what the case is an example of is added to `covered`. */
function complaintOf({ model, history, options }, covered) {
  const expected = { progress: progressNaively(model, history, options), nudge: nudgeNaively(model, history, options) };
  const found = answersOf(model, history, options);
  expected.progress = settleProgress(model, history, options, found.progress, expected.progress);
  if (covered !== undefined) noteAnswers(covered, { model, options }, expected.progress, expected.nudge);
  return describeDifference(found, expected);
}

function answersOf(model, history, options) {
  const one = new Model(model);
  try {
    return { progress: one.progress(history, options), nudge: withoutMessages(one.nudge(history, options)) };
  } finally {
    one.free();
  }
}

/** What a reason says in words is the product's own, but it says something. */
function withoutMessages(decision) {
  const plain = ({ message, ...reason }) => {
    assert.ok(typeof message === "string" && message !== "", `a message of ${reason.reason}`);
    return reason;
  };
  return { ...decision, candidates: decision.candidates.map((candidate) => ({ ...candidate, reasons: candidate.reasons.map(plain) })) };
}
