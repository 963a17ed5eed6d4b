// Tables: one for each kind of work, and what came of the goals.
import { asked, judge, times } from "./goals.mjs";

/**
 * A table of contenders; `took` has the nanoseconds of each by name.
 * @param {string[]} rivals the names of those with which the others are compared
 */
export function printContenders(title, events, took, rivals) {
  const goals = asked(title);
  console.log(`\n${title}${goals && `\nasked of starwise: ${goals}`}`);
  console.table(
    Object.fromEntries(
      Object.entries(took).map(([name, time]) => [
        name,
        {
          median: lasting(time),
          "ns an event": Number((time / events).toPrecision(3)),
          ...Object.fromEntries(rivals.map((rival) => [`beside ${rival}`, times(took[rival] / time)])),
        },
      ]),
    ),
  );
}

/** The summary of these goals: printed, or sent to `run.mjs`, which prints that of all. */
export function conclude(ratios) {
  if (process.send) process.send({ ratios });
  else printSummary(ratios);
}

export function printSummary(ratios) {
  if (Object.keys(ratios).length === 0) return;
  console.log("\nStarwise beside JavaScript written by hand, as a multiple of its speed:");
  console.table(judge(ratios));
}

function lasting(nanoseconds) {
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(1)} µs`;
  return `${(nanoseconds / 1e6).toFixed(nanoseconds < 1e8 ? 2 : 0)} ms`;
}
