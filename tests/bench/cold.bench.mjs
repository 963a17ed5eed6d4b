// From import to the first score, each time in a new process, beside the rules engine that is WebAssembly too.
import { fileURLToPath } from "node:url";
import { assertAgree } from "./agree.mjs";
import { prepare } from "./idiomatic.mjs";
import { isQuick, median } from "./interleave.mjs";
import { inProcess } from "./isolate.mjs";
import { AT, makeHistory, model } from "./workload.mjs";

const STARTS = isQuick ? 11 : 25;
const EVENTS = 100;
const history = makeHistory(EVENTS);

/** How each contender starts; the modules are not loaded before. */
const CONTENDERS = {
  async starwise() {
    const { starwise } = await import("./starwise.mjs");
    return starwise.score(history, { at: AT });
  },
  async "@gorules/zen-engine-wasm"() {
    const { makeScore } = await import("./libraries/zen.mjs");
    return makeScore(model)(history, AT);
  },
};

const name = process.argv[2];
if (name !== undefined) {
  const start = performance.now();
  const result = await CONTENDERS[name]();
  const milliseconds = performance.now() - start;
  assertAgree(name, result, prepare(model).score(history, AT));
  await new Promise((sent) => process.send({ milliseconds }, sent));
  process.exit();
}

const found = new Map();
for (let start = 0; start < STARTS; start += 1) {
  for (const name of Object.keys(CONTENDERS)) {
    try {
      const { milliseconds } = await inProcess(fileURLToPath(import.meta.url), [name]);
      found.set(name, [...(found.get(name) ?? []), milliseconds]);
    } catch (error) {
      if (name === "starwise") throw error;
      console.log(`skipped: ${name} did not start (npm ci in tests/bench)`);
      delete CONTENDERS[name];
    }
  }
}
console.log(`Cold start in Node: from import to the first score of ${EVENTS} events, median of ${STARTS} processes.\n`);
console.table(
  Object.fromEntries(
    [...found].map(([name, times]) => [name, { "median ms": round(median(times)), "fastest ms": round(Math.min(...times)) }]),
  ),
);

function round(number) {
  return Number(number.toFixed(1));
}
