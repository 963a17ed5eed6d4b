// Medians of contenders that take turns, so that whatever slows the machine slows them all.

export const isQuick = Boolean(process.env.BENCH_QUICK);
/** A round of a contender lasts about so long, in ms; one call at least. */
const ROUND_MS = isQuick ? 10 : 30;
const ROUNDS = isQuick ? 7 : 25;
/** Before that, each contender runs for so long, in ms: until both compilers have done what they will. */
const WARM_UP_MS = isQuick ? 100 : 500;
/** Where a single call lasts longer than this, in ms, there are fewer rounds. */
const LONG_MS = 300;
const LONG_ROUNDS = isQuick ? 3 : 9;

/** Nanoseconds a call, by name. `contenders` is an object of functions; those that return a promise are awaited. */
export async function interleave(contenders) {
  const entries = [];
  for (const [name, call] of Object.entries(contenders)) {
    const time = call() instanceof Promise ? timeOfAwaited : timeOf;
    entries.push({ name, call, time, ...(await warmUp(time, call)), times: [] });
  }
  const isLong = entries.some(({ once }) => once > LONG_MS * 1e6);
  for (let round = 0; round < (isLong ? LONG_ROUNDS : ROUNDS); round += 1) {
    for (const entry of entries) {
      // Or else a quick one pays for what a long one before it threw away, and for caches and threads it left busy.
      if (isLong) globalThis.gc?.();
      if (isLong && entry.once < LONG_MS * 1e6) await entry.time(entry.call, entry.calls);
      entry.times.push((await entry.time(entry.call, entry.calls)) / entry.calls);
    }
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)]));
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/** Calls twice as often each time until that lasts long enough for a round: so many calls; and how long one took. */
async function warmUp(time, call) {
  const start = performance.now();
  let calls = 1;
  let took = await time(call, calls);
  while (took < (ROUND_MS * 1e6) / 2 || performance.now() - start < WARM_UP_MS) {
    if (took < (ROUND_MS * 1e6) / 2) calls *= 2;
    took = await time(call, calls);
  }
  return { calls, once: took / calls };
}

function timeOf(call, calls) {
  const start = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) call();
  return Number(process.hrtime.bigint() - start);
}

async function timeOfAwaited(call, calls) {
  const start = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) await call();
  return Number(process.hrtime.bigint() - start);
}
