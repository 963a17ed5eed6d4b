// What `make edge` serves: Taskwise with the worker as its backend, and the lines that it prints.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serveDemo, triesOf } from "../../www/edge/demo.mjs";
import { tokenOf } from "../../www/edge/serve.mjs";
import { faultsOf } from "../browser/playground.mjs";
import { launchChromium } from "../chromium.mjs";
import { noonZone } from "./noon.mjs";

const SCREENSHOTS = new URL("../../target/screenshots/", import.meta.url);
const LATE = { timeout: 20_000 };
const read = (path) => readFileSync(new URL(`../../www/${path}`, import.meta.url), "utf8");

test("the worker's model is that of Taskwise", () => {
  assert.equal(read("edge/model.json"), read("playground/app/taskwise-model.json"));
});

describe("make edge", () => {
  let [folder, demo, browser] = [];

  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), "starwise-demo-"));
    demo = await serveDemo({ folder });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const ask = async (path, scope = "admin", customer) => {
    const response = await fetch(demo.edge.address + path, { headers: { Authorization: `Bearer ${tokenOf(demo.edge.secret, { scope, sub: customer })}` } });
    return response.json();
  };
  const held = async () => (await ask("export/robin")).events ?? [];
  const starsOf = (page) => page.locator(".is-verdict starwise-stars svg title").first().textContent();
  const atWorker = (page) => page.locator("#answers-from[data-state=worker]").waitFor(LATE);

  async function opened(t, options) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", locale: "en-GB", timezoneId: noonZone(), ...options });
    t.after(() => context.close());
    const page = await context.newPage();
    page.complaints = [];
    page.on("pageerror", (error) => page.complaints.push(error.stack));
    page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
    await page.goto(demo.link);
    await atWorker(page);
    return page;
  }

  async function finish(page, title) {
    await page.getByLabel("New task").fill(title);
    await page.getByLabel("New task").press("Enter");
    await page.getByRole("checkbox", { name: title, exact: true }).check();
  }

  async function until(holds) {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 30));
  }

  test("what is done in Taskwise is held by the worker, whose stars are shown; a reload keeps it, and so does a time offline", async (t) => {
    const page = await opened(t);
    assert.equal(new URL(page.url()).hash, "", "the token is no longer in the address");
    await finish(page, "Water the plants");
    await until(async () => (await held()).some(({ type }) => type === "task.completed"));
    await atWorker(page);
    const types = (await held()).map(({ type }) => type);
    for (const type of ["nudge.shown", "task.added", "task.completed"]) assert.ok(types.includes(type), type);
    const { stars } = await ask("score/robin");
    assert.equal(await starsOf(page), `${stars} of 5 stars`);
    // Reminders are in the profile, which the product's own backend hands over.
    await page.getByRole("switch", { name: "Remind me each morning" }).check();
    await until(async () => (await ask("export/robin")).profile.reminders === true);
    await until(async () => (await page.locator(".verdict-words").textContent()).startsWith("Score 14.0"));
    assert.equal(Math.round((await ask("score/robin")).score), 14);

    await page.reload();
    await atWorker(page);
    assert.ok(await page.getByRole("checkbox", { name: "Water the plants" }).isChecked());
    assert.match(await page.locator(".verdict-words").textContent(), /^Score 14\.0/);
    assert.deepEqual(page.complaints, []);

    const before = (await held()).length;
    await page.context().setOffline(true);
    await finish(page, "While offline");
    await page.getByText(/^Answers from this device.*2 events waiting/).waitFor(LATE);
    assert.equal((await held()).length, before);
    await page.context().setOffline(false);
    await atWorker(page);
    const ids = (await held()).map(({ id }) => id);
    assert.equal(ids.length, before + 2);
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const [look, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 360, height: 740 } } })) {
    test(`it says where the answers come from: ${look}`, async (t) => {
      const page = await opened(t, options);
      assert.match(await page.locator("#answers-from").textContent(), /^Answers from the edge worker at 127\.0\.0\.1:\d+, customer robin\./);
      await page.locator("#answers-from").scrollIntoViewIfNeeded();
      await page.screenshot({ path: fileURLToPath(new URL(`edge-demo-${look}.png`, SCREENSHOTS)) });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, "it fits");
      assert.deepEqual(await faultsOf(page), []);
      await page.getByRole("button", { name: "Use this device" }).click();
      await page.locator("#answers-from").waitFor({ state: "hidden", ...LATE });
    });
  }

  test("nobody but the page may tell a profile", async () => {
    const put = (headers, body) => fetch(`${demo.site.address}backend/profile`, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.equal((await put({}, { customer: "robin", profile: {} })).status, 403);
    assert.equal((await put({ "Sec-Fetch-Site": "cross-site" }, { customer: "robin", profile: {} })).status, 403);
  });

  test("the lines that are printed work as they are", async () => {
    const said = triesOf(demo, "robin");
    assert.ok(said.includes(demo.link));
    const lines = said.split("\n").map((line) => line.trim());
    const shell = lines.filter((line) => /^(INGEST|READ)=|^curl /.test(line)).map((line) => line.replace(/^curl /, "curl --silent --fail-with-body "));
    const { stdout } = await promisify(execFile)("sh", ["-ec", shell.join("\n")]);
    const [taken, score, nudge] = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(taken, { taken: 1, refused: [] });
    assert.equal(typeof score.stars, "number");
    assert.ok("nudge" in nudge);
    const picture = await fetch(lines.find((line) => line.includes("stars/robin.svg")));
    assert.equal(picture.headers.get("content-type"), "image/svg+xml; charset=utf-8");
  });
});
