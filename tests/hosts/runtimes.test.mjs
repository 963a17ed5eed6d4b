// Where JavaScript runs: each program or page imports `starwise` by name and must print the same.
import assert from "node:assert/strict";
import { chromium } from "./drivers.mjs";
import { EXPECTED, REPORT, testHost } from "./host.mjs";
import { testBrowser } from "./page.mjs";

for (const major of [20, 22, 24, 26]) {
  testHost(`Node ${major}`, "node", async (project) => {
    const node = project.path(`node_modules/node${major}/bin/node`);
    assert.equal(await project.run(node, ["main.js"]), REPORT);
    assert.equal(await project.run(node, ["main.cjs"]), EXPECTED, "by require");
    assert.equal(await project.run(node, ["entries.js"]), EXPECTED, "by every entry at once");
  });
}

// Without any permission.
testHost("Deno", "deno", async (project) => {
  assert.equal(await project.run(project.bin("deno"), ["run", "--no-prompt", "main.js"]), REPORT);
});

testHost("Bun", "bun", async (project) => {
  assert.equal(await project.run(project.bin("bun"), ["main.js"]), REPORT);
});

testBrowser("Chromium", chromium);

testHost("workerd (miniflare)", "workerd", async (project) => {
  assert.deepEqual((await project.node(["run.js"])).split("\n"), [REPORT, "start-refused"]);
});

testHost("edge-runtime", "edge-runtime", async (project) => {
  assert.equal(await project.node(["run.js"]), REPORT);
});
