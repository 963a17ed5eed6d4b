// The playground under test: served, opened, held to a clean console and policy, and read as a user would read it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";

/** The package under test: the repository's own, or the one that $STARWISE_PKG names. */
export const PACKAGE = process.env.STARWISE_PKG ?? fileURLToPath(new URL("../../pkg", import.meta.url));
export const PLAYGROUND = new URL("../../www/playground/", import.meta.url);
export const SCREENSHOTS = new URL("../../target/screenshots/", import.meta.url);
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 360, height: 740 };
/** Whether there is time for everything in every way: `make soak`. */
export const IS_LONG = Number(process.env.STARWISE_TIMES ?? 1) > 1;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The package in Node. */
export function starwise() {
  return import(pathToFileURL(`${PACKAGE}/index.node.js`));
}

/** `{ address, open(t, options), close() }`: a server and a browser for the tests of one file. */
export async function playground() {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const server = await serve({ pkg: PACKAGE });
  const browser = await launchChromium();

  /** Opens the page, waits for its list, and holds it to a clean console and policy until the test is over. */
  async function open(t, { hash = "", viewport = WIDE, colorScheme = "light", reducedMotion = "reduce", isBroken = false, prepare } = {}) {
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB", reducedMotion });
    const page = await context.newPage();
    const complaints = [];
    const strangers = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    page.on("request", (request) => request.url().startsWith(server.address) || strangers.push(request.url()));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await prepare?.(page);
    await page.goto(server.address + hash);
    t.after(async () => {
      await context.close();
      if (!isBroken) assert.deepEqual(complaints, []);
      assert.deepEqual(strangers, [], "something left the page");
    });
    if (!isBroken) await page.locator("#page").waitFor();
    return page;
  }

  async function close() {
    await browser.close();
    await server.close();
  }

  return { address: server.address, open, close };
}

/** Every customer of the list in order, read by scrolling through it: only those in view are in the page. */
export function rowsOf(page) {
  return page.evaluate(async () => {
    const scroller = document.querySelector("#customers");
    const body = scroller.querySelector("tbody");
    const own = getComputedStyle(scroller).overflowY === "auto";
    const pane = own ? scroller : document.scrollingElement;
    const before = pane.scrollTop;
    const count = Number(scroller.querySelector("table").getAttribute("aria-rowcount")) - 1;
    const found = new Map();
    // Pages hear of a scroll before the frame that follows it.
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const top = own ? 0 : body.getBoundingClientRect().top + before;
    for (let y = top; found.size < count && y <= pane.scrollHeight; y += pane.clientHeight * 0.9) {
      pane.scrollTop = y;
      await frame();
      for (const row of body.rows) {
        found.set(Number(row.getAttribute("aria-rowindex")) - 2, {
          customer: row.querySelector("a").textContent,
          stars: row.querySelector(".stars").getAttribute("aria-label"),
          score: Number(row.querySelector(".column-score").textContent.replaceAll(",", "").replace("\u2212", "-")),
          segment: row.querySelector(".column-segment").textContent,
          trend: row.querySelector(".trend").dataset.direction,
          seen: row.querySelector("time").textContent,
        });
      }
    }
    pane.scrollTop = before;
    await frame();
    await frame();
    return Array.from({ length: count }, (_, rank) => found.get(rank));
  });
}

/** What the accessibility checker has to say of the page as it is: a line for each kind of fault. */
export async function faultsOf(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
}

/** The id or, without one, the text of what has the focus. */
export function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
}

/** Waits until the move before has been scored and shown. */
export function settled(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 300)))));
}

/** The customers of the page's own data: their events by name. */
export function readHistories() {
  const found = new Map();
  const [, ...lines] = gunzipSync(readFileSync(new URL("data/shop-events.csv.gz", PLAYGROUND))).toString().trim().split("\n");
  for (const line of lines) {
    const [user, type, time] = line.split(",");
    if (!found.has(user)) found.set(user, []);
    found.get(user).push({ type, time: Number(time) });
  }
  return found;
}
