// Ledgers that outlive their pages, in Chromium: two pages of one visitor, reloads, storage that is blocked or full.
// What a page under test has of its own:
/* global kept, troubles, heard, followChanges, forgetLedger */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";
import { PACKAGE } from "./playground.mjs";

const STORAGES = ["indexed", "local"];

let site;
let browser;

before(async () => {
  site = await serve({ page: fileURLToPath(new URL("../", import.meta.url)), pkg: PACKAGE });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

for (const storage of STORAGES) {
  test(`${storage}: two pages of one visitor see each other's events, and a reload finds them all`, async (t) => {
    const { open } = await visitor(t);
    const [left, right] = [await open({ storage }), await open({ storage })];
    await left.evaluate(() => kept.add({ type: "visit", time: Date.now() }));
    await right.waitForFunction(() => kept.score().points === 1);
    assert.deepEqual(await right.evaluate(() => heard), ["elsewhere"]);
    await right.evaluate(() => kept.add([{ type: "visit", time: Date.now() }, { type: "visit", time: Date.now() }]));
    await left.waitForFunction(() => kept.score().points === 3);
    await Promise.all([left.reload(), right.reload()]);
    await Promise.all([start(left, { storage }), start(right, { storage })]);
    assert.deepEqual([await points(left), await points(right)], [3, 3]);
    assert.deepEqual(await left.evaluate(() => troubles), []);
  });

  test(`${storage}: what is added right before a page goes is there when it comes back`, async (t) => {
    const { open } = await visitor(t);
    const page = await open({ storage, saveAfter: 60_000 });
    for (let round = 1; round <= 6; round += 1) {
      await page.evaluate(() => {
        kept.add({ type: "visit", time: Date.now() });
        location.reload();
      });
      await page.waitForFunction(() => typeof kept === "undefined");
      await start(page, { storage, saveAfter: 60_000 });
      assert.equal(await points(page), round);
    }
  });

  test(`${storage}: two pages that write as fast as they can lose nothing`, async (t) => {
    const { open } = await visitor(t);
    const pages = [await open({ storage, saveAfter: 1 }), await open({ storage, saveAfter: 1 })];
    await Promise.all(pages.map((page) => page.evaluate(async () => {
      for (let count = 0; count < 100; count += 1) {
        kept.add({ type: "visit", time: Date.now() });
        if (count % 3 === 0) void kept.save();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
      }
    })));
    await Promise.all(pages.map((page) => page.evaluate(() => kept.close())));
    assert.equal(await points(await open({ storage })), 200);
  });

  test(`${storage}: five pages that go at once, each with something unsaved, lose nothing`, async (t) => {
    const { open } = await visitor(t);
    const pages = [];
    for (let count = 0; count < 5; count += 1) pages.push(await open({ storage, saveAfter: 60_000 }));
    await Promise.all(pages.map((page) => page.evaluate(() => {
      kept.add({ type: "visit", time: Date.now() });
      location.href = "about:blank";
    }).catch(() => {})));
    await Promise.all(pages.map((page) => page.waitForURL("about:blank")));
    const last = await open({ storage });
    assert.equal(await points(last), 5);
    await last.evaluate(() => kept.save());
    assert.deepEqual((await keysOf(last, storage)).filter((key) => !["starwise:shop:a", "starwise:shop:b"].includes(key)), []);
  });

  test(`${storage}: what is forgotten is gone from storage and from every page, and comes not back`, async (t) => {
    const { open } = await visitor(t);
    const [left, right, writing] = [await open({ storage }), await open({ storage }), await open({ storage, saveAfter: 1 })];
    await left.evaluate(async () => {
      kept.add({ type: "visit", time: Date.now() });
      await kept.save();
    });
    // One that writes as fast as it can while it is forgotten, and one that goes in that moment.
    const busy = writing.evaluate(async () => {
      for (let count = 0; count < 60; count += 1) {
        kept.add({ type: "visit", time: Date.now() });
        void kept.save();
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    });
    const leaving = await open({ storage, saveAfter: 60_000 });
    await Promise.all([
      left.evaluate((storage) => new Promise((resolve) => setTimeout(resolve, 60)).then(() => forgetLedger({ name: "shop", storage })), storage),
      leaving.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        kept.add({ type: "visit", time: Date.now() });
        location.href = "about:blank";
      }).catch(() => {}),
    ]);
    await Promise.all([busy, leaving.waitForURL("about:blank")]);
    for (const page of [left, right, writing]) {
      await page.waitForFunction(() => kept.trouble?.kind === "forgotten");
      assert.deepEqual(await page.evaluate(() => troubles.map(({ kind }) => kind)), ["forgotten"]);
      assert.equal(await page.evaluate(() => kept.save()), false);
    }
    assert.deepEqual([await points(left), await points(right)], [0, 0]);
    await right.reload();
    await start(right, { storage });
    assert.equal(await points(right), 0);
    await right.evaluate(() => kept.add({ type: "visit", time: Date.now() }));
    assert.equal(await right.evaluate(() => kept.save()), true);
    assert.equal(await points(await open({ storage })), 1);
    await right.evaluate(() => kept.forget());
    assert.deepEqual(await keysOf(right, storage), ["starwise::over"]);
    assert.deepEqual(await right.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("left:"))), []);
  });

  test(`${storage}: a snapshot that was damaged is told and set aside, and the other one stands`, async (t) => {
    const { open } = await visitor(t);
    const page = await open({ storage });
    for (let count = 0; count < 2; count += 1) {
      await page.evaluate(async () => {
        kept.add({ type: "visit", time: Date.now() });
        await kept.save();
      });
    }
    await page.evaluate(() => kept.close());
    await page.evaluate(damage, storage);
    await page.reload();
    await start(page, { storage });
    assert.equal(await points(page), 1);
    assert.deepEqual(await page.evaluate(() => troubles.map(({ kind, key }) => [kind, key])), [["damaged", "starwise:shop:b"]]);
    await page.evaluate(() => kept.save());
    assert.ok((await keysOf(page, storage)).includes("starwise:shop:aside"));
  });
}

test("IndexedDB is what is taken where nothing is said", async (t) => {
  const { open } = await visitor(t);
  const page = await open({});
  await page.evaluate(async () => {
    kept.add({ type: "visit", time: Date.now() });
    await kept.save();
  });
  assert.deepEqual([await keysOf(page, "indexed"), await keysOf(page, "local")], [["starwise:shop:a"], []]);
});

test("a database that is deleted meanwhile is made anew", async (t) => {
  const { open } = await visitor(t);
  const page = await open({ storage: "indexed" });
  await page.evaluate(async () => {
    kept.add({ type: "visit", time: Date.now() });
    await kept.save();
    await new Promise((resolve, reject) => Object.assign(indexedDB.deleteDatabase("starwise"), { onsuccess: resolve, onblocked: reject, onerror: reject }));
    kept.add({ type: "visit", time: Date.now() });
  });
  assert.equal(await page.evaluate(() => kept.save()), true);
  await page.reload();
  await start(page, { storage: "indexed" });
  assert.equal(await points(page), 2);
});

test("local storage that is full is told, and used as soon as there is room", async (t) => {
  const { open } = await visitor(t);
  const page = await open({ storage: "local" });
  const [isSaved, kind, isSavedLater, trouble] = await page.evaluate(async () => {
    let filler = "x".repeat(1 << 20);
    for (let key = 0; filler; key += 1) {
      try {
        localStorage.setItem(`filler ${key}`, filler);
      } catch {
        filler = filler.slice(0, filler.length / 2);
      }
    }
    kept.add({ type: "visit", time: Date.now() });
    const isSaved = await kept.save();
    const { kind } = kept.trouble;
    localStorage.removeItem("filler 0");
    return [isSaved, kind, await kept.save(), kept.trouble];
  });
  assert.deepEqual([isSaved, kind, isSavedLater, trouble], [false, "full", true, null]);
});

test("a page that may not store has a ledger in memory, and is told", async (t) => {
  const { open } = await visitor(t);
  const page = await open({});
  // A frame without an origin is refused every storage; it may only load the package if that says so.
  await page.route("**/node_modules/starwise/**", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "Access-Control-Allow-Origin": "*" } });
  });
  for (const storage of [undefined, ...STORAGES]) {
    await page.evaluate(() => {
      const frame = Object.assign(document.createElement("iframe"), { src: location.href, name: "refused" });
      frame.sandbox.add("allow-scripts");
      document.body.replaceChildren(frame);
      return new Promise((resolve) => frame.addEventListener("load", resolve));
    });
    const frame = page.frame({ name: "refused" });
    await start(frame, { storage });
    await frame.evaluate(() => kept.add({ type: "visit", time: Date.now() }));
    assert.equal(await frame.evaluate(() => kept.save()), false);
    assert.deepEqual(await frame.evaluate(() => [kept.trouble.kind, kept.trouble.error.name, troubles.length]), ["blocked", "SecurityError", 1]);
    assert.equal(await points(frame), 1);
  }
});

test("a page that follows its ledger shows what another page added, and what time alone changes", async (t) => {
  const { open } = await visitor(t);
  const [shown, other] = [await open({}), await open({})];
  await shown.evaluate(() => {
    window.shown = [];
    window.following = followChanges(kept, ({ stars, nextChange }) => window.shown.push([stars, nextChange?.at]), { onError: (error) => console.error(error) });
  });
  assert.deepEqual(await shown.evaluate(() => window.shown.map(([stars]) => stars)), [0]);
  // 25 points that are gone a few moments from now: the period is a day.
  await other.evaluate((day) => kept.add({ type: "order", time: Date.now() - day + 2500 }), 86_400_000);
  await shown.waitForFunction(() => window.shown.length === 2);
  await shown.waitForFunction(() => window.shown.length === 3);
  assert.deepEqual(await shown.evaluate(() => window.shown.map(([stars]) => stars)), [0, 2, 0]);
  const isOnTime = await shown.evaluate(() => window.shown[1][1] <= Date.now());
  assert.ok(isOnTime);
});

/** A visitor: pages of one context, held to a clean console until the test is over. */
async function visitor(t) {
  const context = await browser.newContext();
  const complaints = [];
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  const open = async (options) => {
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    await page.goto(`${site.address}browser/blank.html`);
    await start(page, options);
    return page;
  };
  return { open };
}

/** Opens the ledger in a page, as `kept`. */
async function start(page, options) {
  await page.evaluate(async (options) => {
    const { Model } = await import("/node_modules/starwise/index.browser.js");
    const { followChanges, forgetLedger, keepLedger } = await import("/node_modules/starwise/keep.js");
    const criteria = [
      { id: "visit", kind: "event", event: "visit", points: 1 },
      { id: "order", kind: "event", event: "order", points: 25, period: "1d" },
    ];
    const troubles = [];
    const heard = [];
    const onTrouble = (trouble) => troubles.push(trouble);
    const kept = await keepLedger(new Model({ criteria }), { name: "shop", saveAfter: 20, onTrouble, ...options });
    kept.onChange(({ from }) => from === "elsewhere" && heard.push(from));
    Object.assign(globalThis, { kept, troubles, heard, followChanges, forgetLedger });
  }, options);
}

function points(page) {
  return page.evaluate(() => kept.score().points);
}

/** The keys of starwise in a storage of the page. */
function keysOf(page, storage) {
  return page.evaluate(async (storage) => {
    if (storage === "local") return Object.keys(localStorage).filter((key) => key.startsWith("starwise")).sort();
    const answer = (request) => new Promise((resolve) => Object.assign(request, { onsuccess: () => resolve(request.result) }));
    const database = await answer(indexedDB.open("starwise"));
    const keys = await answer(database.transaction("starwise").objectStore("starwise").getAllKeys());
    database.close();
    return keys;
  }, storage);
}

/** Cuts the newer snapshot short. Runs in the page. */
async function damage(storage) {
  const key = "starwise:shop:b";
  if (storage === "local") return localStorage.setItem(key, localStorage.getItem(key).slice(0, -4));
  const answer = (request) => new Promise((resolve) => Object.assign(request, { onsuccess: () => resolve(request.result) }));
  const database = await answer(indexedDB.open("starwise"));
  const store = database.transaction("starwise", "readwrite").objectStore("starwise");
  const record = await answer(store.get(key));
  await answer(store.put({ ...record, bytes: record.bytes.slice(0, -4) }, key));
  database.close();
}
