// The same call gives the same bits as WebAssembly and natively, where zones even come from another database.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Model } from "../../pkg/index.node.js";
import { generateCase } from "../oracle/generate.mjs";

/** So many times as many cases as usual. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const CASES = 2_500 * TIMES;
const FIRST_SEED = 1_000_000 + Number(process.env.STARWISE_SEED ?? 1);
const root = fileURLToPath(new URL("../../", import.meta.url));

test(`native and wasm give the same bits over ${CASES} random histories`, () => {
  const cases = Array.from({ length: CASES }, (_, index) => generateCase(FIRST_SEED + index));
  const native = scoreNatively(cases);
  assert.equal(native.length, CASES);
  for (const [index, { model, history, options }] of cases.entries()) {
    const one = new Model(model);
    // Numbers are written with the digits that read back as the same double, on both sides.
    const found = JSON.stringify(one.score(history, options));
    one.free();
    assert.equal(found, JSON.stringify(JSON.parse(native[index])), `seed ${FIRST_SEED + index}`);
  }
});

/** Scores the cases with the crate itself, one line of JSON each. */
function scoreNatively(cases) {
  const lines = cases.map(({ model, history, options }) => {
    return JSON.stringify({ model: JSON.stringify(model), history: JSON.stringify(history), options });
  });
  const input = lines.join("\n");
  const options = { timeout: 900_000, cwd: root, input, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "inherit"] };
  return execFileSync("cargo", ["run", "--quiet", "--locked", "--example", "score_lines"], options).trimEnd().split("\n");
}
