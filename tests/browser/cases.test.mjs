// Every case of tests/cases in Chromium, with the package as a page under a strict CSP imports it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";

const directory = new URL("../cases/", import.meta.url);
let browser;
let site;
let page;

before(async () => {
  site = await serve({ page: fileURLToPath(new URL("../", import.meta.url)) });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`${site.address}browser/blank.html`);
});

after(async () => {
  await browser?.close();
  await site?.close();
});

for (const file of readdirSync(directory).filter((name) => name.endsWith(".json"))) {
  test(`cases in Chromium: ${file}`, async () => {
    const json = readFileSync(new URL(file, directory), "utf8");
    const { count, failures } = await page.evaluate(runHere, json);
    assert.ok(count > 0, "the file has no cases");
    assert.deepEqual(failures, []);
  });
}

/** Runs in the page. */
async function runHere(json) {
  const starwise = await import("/node_modules/starwise/index.browser.js");
  const { runCases } = await import("/cases/run.mjs");
  return runCases(JSON.parse(json), starwise);
}
