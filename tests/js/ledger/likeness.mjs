// What a ledger says against what is said of the united history.
import assert from "node:assert/strict";
import { describeDifference } from "../../oracle/compare.mjs";
import { shrink } from "../../oracle/shrink.mjs";

/** Another run, other cases; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
/** So many times as many cases. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const SHRINKING_TRIES = 300;

/** How two results differ, or null: of the later events a ledger counts those that it keeps. */
export function differenceOf(found, expected, settled = 0) {
  const { settled: late, ...ignored } = found.ignored;
  if (late !== settled) return `ignored.settled: ${late} is not ${settled}`;
  const { future } = expected.ignored;
  if (ignored.future > future) return `ignored.future: ${ignored.future} is more than ${future}`;
  return describeDifference({ ...found, ignored: { ...ignored, future } }, expected);
}

/** How two timelines differ, or null. */
export function differenceOfLines(found, expected) {
  const plain = ({ times, points, score, stars }) => ({ times: [...times], points: [...points], score: [...score], stars: [...stars] });
  return describeDifference(plain(found), plain(expected));
}

/** Runs a law on the cases that `generate` makes of seeds. `faultOf(one, seed)` says what is wrong with one, or null. */
export function holds(cases, generate, faultOf) {
  const last = FIRST_SEED + cases * TIMES;
  for (let seed = FIRST_SEED; seed < last; seed += 1) {
    const one = generate(seed);
    if (complaintOf(faultOf, one, seed) === null) continue;
    const stillFails = ({ model, events }) => faultOf({ ...one, model, history: { ...one.history, events } }, seed) !== null;
    const { model, events } = shrink({ model: one.model, events: one.history.events }, stillFails, SHRINKING_TRIES);
    const small = { ...one, model, history: { ...one.history, events } };
    assert.fail(`seed ${seed}: ${complaintOf(faultOf, small, seed)}\n${JSON.stringify(small)}`);
  }
}

/** The fault, or what was thrown. */
function complaintOf(faultOf, one, seed) {
  try {
    return faultOf(one, seed);
  } catch (error) {
    return String(error.stack);
  }
}
