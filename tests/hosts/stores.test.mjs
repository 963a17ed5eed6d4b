// A ledger in React, Vue and Svelte: small apps with the packed tarball, built, and driven in Chromium.
import assert from "node:assert/strict";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";
import { testHost } from "./host.mjs";

/** Counts the timers that run in a page, those of `setTimeout`. */
function countTimers() {
  const running = new Set();
  const { setTimeout: set, clearTimeout: clear } = window;
  window.setTimeout = (call, ms, ...rest) => {
    const timer = set(() => {
      running.delete(timer);
      call(...rest);
    }, ms);
    running.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    running.delete(timer);
    clear(timer);
  };
  window.countTimers = () => running.size;
}

for (const [name, folder] of [["React", "react"], ["Vue", "vue"], ["Svelte", "svelte"]]) {
  testHost(`${name}: a ledger in an app`, folder, (project) => built(project, "production"));

  testHost(`${name}: a ledger drawn on a server, which then ends`, folder, async (project) => {
    await project.node([project.bin("vite"), "build", "--ssr", "server.js", "--outDir", "server", "--logLevel", "warn"]);
    const html = await project.node(["server/server.js"]);
    assert.match(html, /<button id="visit"[^>]*>(<!--.*?-->)*3 stars, 1 days/);
  });
}

// It mounts everything twice, and warns of a store that answers with another object each time.
testHost("React: a ledger in strict mode", "react", (project) => built(project, "development"));

/** Builds the app and drives it; nothing may be warned of in the console. */
async function built(project, mode) {
  await project.node([project.bin("vite"), "build", "--logLevel", "warn", "--mode", mode], { env: { NODE_ENV: mode } });
  const server = await serve({ page: project.path("dist") });
  project.onClose(server.close);
  const browser = await launchChromium();
  project.onClose(() => browser.close());
  const tab = await browser.newPage();
  const faults = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  tab.on("pageerror", (error) => faults.push(String(error)));
  await tab.addInitScript(countTimers);
  await tab.goto(server.address);
  await drive(tab).catch((error) => assert.fail(`${error.stack}\n${faults.join("\n")}`));
  assert.deepEqual(faults, []);
}

async function drive(tab) {
  const text = async () => (await tab.textContent("#visit")).trim();
  assert.equal(await text(), "0 stars, 0 days");
  // An event shows at once: in the next frame.
  const shown = await tab.evaluate(async () => {
    const visit = document.querySelector("#visit");
    visit.click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return visit.textContent.trim();
  });
  assert.equal(shown, "3 stars, 1 days");
  // Nothing more happens but time.
  const seen = await tab.evaluate(async () => {
    const stars = [];
    let resolve;
    const ending = new Promise((settle) => (resolve = settle));
    const look = () => {
      const found = document.querySelector("#visit").textContent.trim();
      if (stars.at(-1) !== found) stars.push(found);
      if (found.startsWith("1")) resolve();
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(document.querySelector("#app"), { subtree: true, childList: true, characterData: true });
    await ending;
    observer.disconnect();
    return stars;
  });
  assert.deepEqual(seen.map((line) => line[0]), ["3", "2", "1"]);
  const before = await tab.evaluate(() => window.countTimers());
  assert.equal(before, 1, "it waits for what comes next");
  await tab.click("#toggle");
  await tab.waitForSelector("#visit", { state: "detached" });
  assert.equal(await tab.evaluate(() => window.countTimers()), 0, "nothing waits once it is gone");
  await tab.click("#toggle");
  assert.equal(await text(), "1 stars, 1 days");
}
