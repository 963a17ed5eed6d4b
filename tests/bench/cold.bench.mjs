// From import to the first score, each time in a new process of Node, beside the rules engine that is WebAssembly too.
import { fileURLToPath } from "node:url";
import { AT, history } from "./cold/history.mjs";
import { installed, printStarts, takeTurns } from "./cold/starts.mjs";
import { inProcess } from "./isolate.mjs";
import { model } from "./workload.mjs";

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
  const { points, stars } = await CONTENDERS[name]();
  const milliseconds = performance.now() - start;
  await new Promise((sent) => process.send({ milliseconds, result: { points, stars } }, sent));
  process.exit();
}

const file = fileURLToPath(import.meta.url);
const names = ["starwise", ...installed(["@gorules/zen-engine-wasm"])];
printStarts("Node, from import", await takeTurns(names, (name) => inProcess(file, [name])));
