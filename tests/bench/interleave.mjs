// Medians of contenders that take turns, so that whatever slows the machine slows them all.

const ROUNDS = 25;
/** One round of a contender lasts about so long, in ms. */
const ROUND_MS = 30;

/** Nanoseconds a call, by name. `contenders` is an object of functions. */
export function interleave(contenders) {
  const entries = Object.entries(contenders).map(([name, call]) => ({ name, call, calls: callsPerRound(call), times: [] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const entry of entries) entry.times.push(timeOf(entry.call, entry.calls) / entry.calls);
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)]));
}

/** Doubles until a round is long enough; which also warms the contender up. */
function callsPerRound(call) {
  let calls = 1;
  while (timeOf(call, calls) < (ROUND_MS * 1e6) / 2) calls *= 2;
  return calls;
}

function timeOf(call, calls) {
  const start = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) call();
  return Number(process.hrtime.bigint() - start);
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}
