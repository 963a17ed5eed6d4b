// A page of a site behind the worker in a browser, under a strict policy: seen without scripts, and coming alive without a flash.
/* global watched */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { tokenOf } from "../../www/edge/serve.mjs";
import { launchChromium } from "../chromium.mjs";
import { SECRET, startEdge } from "./edge.mjs";
import { noonZone } from "./noon.mjs";
import { serveSite } from "./site.mjs";

const SCREENSHOTS = new URL("../../target/screenshots/", import.meta.url);
const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));
const KINDS = ["stars", "level", "streak", "checklist", "badges", "nudge", "sparkline"];

const body = `<main><h1>Hello, Ana</h1>
<p>You have <starwise-stars size="24">no stars yet</starwise-stars> with us.</p>
<p><starwise-level size="64">new</starwise-level> <starwise-streak>.</starwise-streak></p>
<starwise-nudge></starwise-nudge>
<starwise-checklist name="first-steps"><a href="/help">First steps</a></starwise-checklist>
<starwise-badges size="56"></starwise-badges>
<p><starwise-sparkline width="280" size="48"></starwise-sparkline></p></main>`;

/** The page's own script, as the docs have it. */
const script = `import "/starwise/elements-define.js";

const token = document.querySelector("meta[name=starwise-token]").content;
const headers = { Authorization: \`Bearer \${token}\`, "Content-Type": "application/json" };
for (const what of ["shown", "action", "dismiss", "answer"]) {
  document.addEventListener(\`starwise-\${what}\`, ({ detail: { event } }) => {
    if (event) fetch("/events", { method: "POST", keepalive: true, headers, body: JSON.stringify({ id: crypto.randomUUID(), ...event }) });
  });
}
`;

describe("a page in Chromium", () => {
  let [site, edge, browser] = [];

  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    site = await serveSite({ folder: PKG });
    edge = await startEdge({ variables: { ORIGIN: site.address } });
    browser = await launchChromium();
    const events = ["task.added", "task.completed", "comment.written"].map((type, place) => ({ customer: "ana", type, time: Date.now() - place * 3_600_000 }));
    await edge.ask("PUT", "profile/ana", { claims: { scope: "ingest" }, body: { profile: { name: "Ana", plan: "free", filesUsed: 40, filesRoom: 200, createdAt: Date.now() - 86_400_000 }, timeZone: noonZone() } });
    await edge.ask("POST", "events", { claims: { scope: "ingest" }, body: events });
    const track = tokenOf(SECRET, { scope: "track", sub: "ana", seconds: 600 });
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="starwise-token" content="${track}"><title>Home</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/page.css">`;
    site.pages.set("/", { body: `<!doctype html><html lang="en"><head>${head}<script type="module" src="/page.js"></script></head><body>${body}</body></html>` });
    site.pages.set("/page.js", { body: script, type: "text/javascript" });
    site.pages.set("/page.css", { body: "main { max-width: 40rem; margin: 1rem auto; padding: 0 1rem; font: 16px/1.5 system-ui } main > * { margin-block: 1rem }", type: "text/css" });
    site.pages.set("/icon.svg", { body: '<svg xmlns="http://www.w3.org/2000/svg"/>', type: "image/svg+xml" });
    const cookie = `__Host-starwise=${tokenOf(SECRET, { scope: "read", sub: "ana", seconds: 600 })}; HttpOnly; Secure; SameSite=Lax; Path=/`;
    site.pages.set("/login", { status: 303, headers: { "Set-Cookie": cookie, Location: "/" } });
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  /** The page as who has just logged in sees it. */
  async function opened(t, options) {
    const context = await browser.newContext({ viewport: { width: 800, height: 1100 }, reducedMotion: "reduce", locale: "en-GB", ...options });
    t.after(() => context.close());
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    await page.addInitScript(watch);
    await page.goto(`${edge.address}login`);
    return Object.assign(page, { complaints });
  }

  for (const [look, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 360, height: 1500 } } })) {
    test(`stars, checklist and nudge are seen without scripts: ${look}`, async (t) => {
      const page = await opened(t, { javaScriptEnabled: false, ...options });
      await page.screenshot({ path: fileURLToPath(new URL(`edge-page-${look}.png`, SCREENSHOTS)) });
      assert.ok(await page.getByText("Welcome, Ana").first().isVisible());
      assert.ok(await page.getByText("3 of 4 steps done").or(page.getByText("2 of 4 steps done")).first().isVisible());
      assert.doesNotMatch(await page.locator("main").innerText(), /no stars yet/);
      assert.match(await page.locator("starwise-stars svg title").textContent(), /of 5 stars/);
      // With its look: the sheet came under the policy.
      assert.equal(await page.locator("starwise-checklist .starwise-steps").first().evaluate((list) => getComputedStyle(list).listStyleType), "none");
    });
  }

  test("the elements come alive as they are: no node is replaced, nothing moves", async (t) => {
    const page = await opened(t);
    await page.waitForFunction((kinds) => kinds.every((kind) => document.querySelector(`starwise-${kind}`).shadowRoot.adoptedStyleSheets.length === 2), KINDS);
    const before = await page.evaluate(() => ({ ...watched, shifts: undefined }));
    assert.deepEqual(before.changes, []);
    assert.deepEqual(before.roots, KINDS.toSorted());
    const isSame = await page.evaluate(() => watched.isSame());
    assert.deepEqual(isSame, Object.fromEntries(KINDS.map((kind) => [kind, true])));
    assert.deepEqual(await page.evaluate(() => watched.shifts()), []);
    assert.deepEqual(page.complaints, []);
    // Alive: it acts, and what became of the nudge is told to the worker.
    const told = async (type) => {
      const { body: { events } } = await edge.ask("GET", "export/ana", { claims: { scope: "admin" } });
      return events.filter((event) => event.type === type).length;
    };
    while (!(await told("nudge.shown"))) await page.waitForTimeout(20);
    await page.getByRole("button", { name: "Dismiss" }).first().click();
    while (!(await told("nudge.dismissed"))) await page.waitForTimeout(20);
    assert.equal(await told("nudge.shown"), 1);
    await page.reload();
    assert.equal(await page.getByText("Welcome, Ana").count(), 0);
  });

  test("who is not known sees the page as the site wrote it", async (t) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(edge.address);
    assert.ok(await page.getByText("no stars yet").isVisible());
    assert.equal(await page.locator("starwise-stars svg").count(), 0);
  });
});

/** Runs before everything else: remembers the nodes as the parser made them, and what changes. */
function watch() {
  const roots = new Map();
  const changes = [];
  const moved = [];
  new PerformanceObserver((list) => {
    for (const { value, startTime, sources } of list.getEntries()) moved.push(`${value} at ${startTime}: ${sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName} ${JSON.stringify([previousRect, currentRect])}`).join(", ")}`);
  }).observe({ type: "layout-shift", buffered: true });
  const nodesOf = (root) => [...root.querySelectorAll("*")];
  // Modules run after the parser has ended, and this before them.
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    for (const element of document.querySelectorAll("main *")) {
      if (!element.shadowRoot) continue;
      roots.set(element, nodesOf(element.shadowRoot));
      new MutationObserver((records) => changes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)))
        .observe(element.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
    }
    globalThis.watched.roots = [...roots.keys()].map(({ localName }) => localName.replace("starwise-", "")).sort();
  });
  globalThis.watched = {
    changes,
    roots: [],
    shifts: () => moved,
    isSame: () => Object.fromEntries([...roots].map(([element, nodes]) => {
      const now = nodesOf(element.shadowRoot);
      return [element.localName.replace("starwise-", ""), now.length > 0 && now.length === nodes.length && now.every((node, place) => node === nodes[place])];
    })),
  };
}
