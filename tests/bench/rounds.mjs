// Medians of contenders that change as they are asked: each round begins with what is made afresh, which is not timed.
import { isQuick, median } from "./interleave.mjs";

const ROUNDS = isQuick ? 15 : 101;
/** Until both compilers have done what they will. */
const WARM_UP_ROUNDS = isQuick ? 10 : 100;

/**
 * Nanoseconds a call, by name: the median, and the quarters about it.
 * @param {Object<string, () => (call: number) => void>} contenders each makes a subject, and gives what is called with
 *   numbers from 0 to `calls`
 */
export function rounds(contenders, calls) {
  const entries = Object.entries(contenders).map(([name, make]) => ({ name, make, times: [] }));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const { make, times } of entries) {
      const call = make();
      const start = process.hrtime.bigint();
      for (let index = 0; index < calls; index += 1) call(index);
      const took = Number(process.hrtime.bigint() - start) / calls;
      if (round >= 0) times.push(took);
      call.end?.();
    }
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, { median: median(times), quarters: quartersOf(times) }]));
}

function quartersOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return [sorted[sorted.length >> 2], sorted[(3 * sorted.length) >> 2]];
}
