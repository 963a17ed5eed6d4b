// What a page loads keeps to its budgets, which stand in tests/.size-limit.mjs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../node_modules/size-limit/bin.js", import.meta.url));
const cwd = fileURLToPath(new URL("..", import.meta.url));
/** The share of a budget that may be to spare: of more, what was won is to be held. */
const SPARE = 0.03;

const { stdout, stderr } = spawnSync(process.execPath, [program, "--json"], { cwd, encoding: "utf8" });
const budgets = parsed(stdout);

for (const { name, size, sizeLimit } of budgets) {
  test(`${name} keeps to its size`, () => {
    assert.ok(size <= sizeLimit, `${size} bytes, and the limit is ${sizeLimit}`);
    assert.ok(size > sizeLimit * (1 - SPARE), `${size} bytes of ${sizeLimit}: lower the limit to hold what was won`);
  });
}

/** It says on the same stream what is wrong with the budgets themselves. */
function parsed(text) {
  const found = JSON.parse(text || "{}");
  assert.ok(Array.isArray(found) && found.length > 0, `no budgets: ${found.error ?? stderr}`);
  return found;
}
