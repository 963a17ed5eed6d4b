// Many cold starts: contenders take turns, so that whatever slows the machine slows them all.
import { createRequire } from "node:module";
import { assertAgree } from "../agree.mjs";
import { times } from "../goals.mjs";
import { prepare } from "../idiomatic.mjs";
import { isQuick, median } from "../interleave.mjs";
import { model } from "../workload.mjs";
import { AT, EVENTS, history } from "./history.mjs";

const require = createRequire(import.meta.url);
const STARTS = isQuick ? 11 : 25;
const OURS = "starwise";

/** Those of some packages that are installed; the others are left out with a line. */
export function installed(packages) {
  return packages.filter((name) => {
    try {
      return require.resolve(name);
    } catch {
      console.log(`skipped: ${name} is not installed (npm ci in tests/bench)`);
      return false;
    }
  });
}

/**
 * The milliseconds of every start, by name.
 * @param {(name: string) => Promise<{ milliseconds: number, result: object | null }>} start starts a contender, and scores
 */
export async function takeTurns(names, start) {
  const expected = prepare(model).score(history, AT);
  const found = new Map(names.map((name) => [name, []]));
  // The first of each is not counted: files come from the disk then.
  for (let turn = -1; turn < STARTS; turn += 1) {
    for (const [name, taken] of found) {
      const { milliseconds, result } = await start(name);
      if (result) assertAgree(name, result, expected);
      if (turn >= 0) taken.push(milliseconds);
    }
  }
  return found;
}

/**
 * A table of the starts; with `nothing`, the contender by that name is what the host takes by itself.
 * @param {Object<string, object>} [more] further columns, by contender
 */
export function printStarts(where, found, { nothing, more = {} } = {}) {
  const own = nothing ? median(found.get(nothing)) : 0;
  const took = (name) => median(found.get(name)) - own;
  const rows = [...found].map(([name, all]) => [
    name,
    {
      "median ms": rounded(median(all)),
      "fastest ms": rounded(Math.min(...all)),
      ...(nothing && name !== nothing && { [`less ${nothing}`]: rounded(took(name)) }),
      ...(name !== nothing && { [`beside ${OURS}`]: times(took(name) / took(OURS)) }),
      ...more[name],
    },
  ]);
  console.log(`Cold start in ${where}, to the first score of ${EVENTS} events: ${STARTS} starts.\n`);
  console.table(Object.fromEntries(rows));
}

function rounded(milliseconds) {
  return Number(milliseconds.toFixed(1));
}
