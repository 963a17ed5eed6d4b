// The page of elements.md, taken from there and opened: elements over a ledger that is kept and watched, with nudges. And the
// import map of hosts.md, held against what the package exports.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";
import { PACKAGE } from "./playground.mjs";

const docs = fileURLToPath(new URL("../../www/docs/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "starwise-page-"));
let site;
let browser;

before(async () => {
  for (const name of ["index.html", "page.js"]) writeFileSync(join(work, name), blockOf("elements.md", name));
  site = await serve({ page: work, pkg: PACKAGE });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(work, { recursive: true, force: true });
});

test("the whole page: stars and steps, nudges one after the other, over a reload, in two tabs, and forgotten", async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const [page, other] = [await opened(context), await opened(context)];
  await shows(page, "starwise-nudge", /Welcome/);
  await page.locator("#finish").click();
  await page.locator("#finish").click();
  await shows(page, "starwise-stars", /1.5 of 5 stars/);
  await shows(page, "starwise-checklist", /2 of 3/);
  await shows(other, "starwise-stars", /1.5 of 5 stars/);
  await shows(page, "starwise-nudge", /Welcome/);
  await page.reload();
  await shows(page, "starwise-stars", /1.5 of 5 stars/);
  await shows(page, "starwise-nudge", /Welcome/);
  await page.locator("starwise-nudge").getByRole("button", { name: "Dismiss" }).click();
  await shows(page, "starwise-nudge", /Do you like it here/);
  await page.reload();
  await shows(page, "starwise-nudge", /Do you like it here/);
  await page.locator("starwise-nudge").getByRole("button", { name: "4" }).click();
  await page.waitForFunction(() => document.querySelector("starwise-nudge").nudge === null);
  await shows(other, "starwise-nudge", /^$/);
  await page.locator("#forget").click();
  for (const tab of [page, other]) {
    await shows(tab, "starwise-stars", /0 of 5 stars/);
    await shows(tab, "starwise-nudge", /Welcome/);
  }
});

test("the import map of hosts.md names what the package exports to pages", () => {
  const [, text] = blockOf("hosts.md", "map.html").match(/<script type="importmap">([^]*)<\/script>/);
  const { imports } = JSON.parse(text);
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  for (const [name, address] of Object.entries(imports)) {
    const file = address.replace("/node_modules/starwise", ".");
    const { browser: ofPages = exports[name.replace("starwise", ".")].default } = exports[name.replace("starwise", ".")];
    assert.equal(file, ofPages.default ?? ofPages, name);
    assert.ok(existsSync(join(PACKAGE, file)), file);
  }
  const entries = Object.keys(exports).filter((entry) => !/\.(json|css|wasm)$|react|vue/.test(entry));
  assert.deepEqual(Object.keys(imports).sort(), entries.map((entry) => entry.replace(".", "starwise")).sort());
});

/** The block of a document that is a file of a page. */
function blockOf(document, name) {
  const text = readFileSync(join(docs, document), "utf8");
  const [, block] = text.split(`<!-- page: ${name} -->\n`);
  return block.match(/^```\w+\n([^]*?)^```$/m)[1];
}

/** The page in a tab whose console stays clean. */
async function opened(context) {
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && assert.fail(message.text()));
  page.on("pageerror", (error) => assert.fail(error.stack));
  // Nobody has drawn an icon for it.
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(site.address);
  return page;
}

/** Waits until an element has something in its shadow tree. */
async function shows(page, element, text) {
  await page.waitForFunction(([name, source]) => new RegExp(source).test(document.querySelector(name)?.shadowRoot?.textContent.trim()), [element, text.source], { timeout: 10_000 })
    .catch(async () => assert.fail(`${element} has ${await page.evaluate((name) => document.querySelector(name)?.shadowRoot?.innerHTML, element)}, not ${text}`));
}
