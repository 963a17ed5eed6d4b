// A wall clock apart from the timers: both go on together, and the clock can be set anew besides.
const START = Date.UTC(2024, 5, 30, 12);

/** `{ now, start, pass(ms), jump(ms) }`, with the timers of Node in its hands until the test is over. */
export function wallClock(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let time = START;
  // In steps as long as the timers that are waited with, so that each of them finds the clock where it should be.
  const pass = (ms) => {
    for (let left = ms; left > 0; ) {
      const step = Math.min(left, left > 10_000 ? 1000 : 1);
      time += step;
      left -= step;
      t.mock.timers.tick(step);
    }
  };
  return { start: START, now: () => time, pass, jump: (ms) => { time += ms; } };
}
