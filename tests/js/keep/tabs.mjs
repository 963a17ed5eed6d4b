// Several tabs with the same storage, in random interleavings: no event is ever lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openLedger } from "../../../pkg/keep/kept-ledger.js";
import { fakeLocks, fakePage, FakeStorage, random, settle, slowStorage, withGlobals } from "./fake-host.mjs";
import { FakeLedger } from "./fake-ledger.mjs";

const NO_CHANNEL = { BroadcastChannel: undefined };
const SHOP = { name: "shop", saveAfter: 1 };

// Channels hold no program of Node open, and these tests wait for what they bring.
const open = setInterval(() => {}, 1000);
after(() => clearInterval(open));

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("what one tab saves, the others take over and tell", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const tabs = await openTabs(t, 3, "local");
  const told = tabs.map((kept) => new Promise((resolve) => kept.onChange(({ from }) => from === "elsewhere" && resolve())));
  tabs[0].add("one");
  await Promise.all(told.slice(1));
  for (const kept of tabs) assert.deepEqual(kept.ledger.events, ["one"]);
});

test("without channels, a storage event brings it", async (t) => {
  const page = fakePage(t);
  withGlobals(t, { ...NO_CHANNEL, localStorage: new FakeStorage() });
  const [kept, other] = await openTabs(t, 2, "local");
  other.add("one");
  await other.save();
  const [[key, newValue]] = localStorage.values;
  page.dispatch("storage", { key: "another", newValue });
  page.dispatch("storage", { key, newValue: null });
  page.dispatch("storage", { key: null, newValue: null });
  page.dispatch("storage", { key, newValue: "junk" });
  assert.deepEqual(kept.ledger.events, []);
  page.dispatch("storage", { key, newValue });
  assert.deepEqual(kept.ledger.events, ["one"]);
});

test("where there is no storage in common, one name may be many customers: they hear nothing of each other", async (t) => {
  withGlobals(t, { indexedDB: undefined, localStorage: undefined });
  const unstored = await openTabs(t, 2, undefined);
  const owners = [...(await openTabs(t, 1, new FakeStorage())), ...(await openTabs(t, 1, new FakeStorage()))];
  for (const [kept, other] of [unstored, owners]) {
    kept.add("one");
    await kept.save();
    await pause(20);
    assert.deepEqual(other.ledger.events, []);
  }
});

test("a write that was written over unread is written again by whoever knows of it", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const [kept, other] = await openTabs(t, 2, "local");
  kept.add("one");
  await kept.save();
  localStorage.values.clear();
  other.add("two");
  await other.save();
  await pause(50);
  await Promise.all([kept.close(), other.close()]);
  assert.deepEqual(await eventsIn("local"), ["one", "two"]);
});

test("tabs at rest write nothing", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const tabs = await openTabs(t, 5, "local");
  for (const kept of tabs) kept.add("one");
  await pause(60);
  const { writes } = localStorage;
  assert.ok(writes <= 25, `${writes} writes for five events`);
  await pause(60);
  assert.equal(localStorage.writes, writes);
});

test("forty tabs, more than a record remembers: nothing is lost, and they come to rest", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const tabs = await openTabs(t, 40, "local");
  tabs.forEach((kept, number) => kept.add(`event ${number}`));
  await pause(300);
  const { writes } = localStorage;
  await pause(100);
  assert.equal(localStorage.writes, writes);
  assert.equal((await eventsIn("local")).length, 40);
});

test("old and new version beside each other do not write without end, and lose nothing", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const tabs = [await openLedger(FakeLedger, "old", { ...SHOP, storage: "local" }), await openLedger(FakeLedger, "new", { ...SHOP, storage: "local" })];
  t.after(() => Promise.all(tabs.map((kept) => kept.close())));
  for (let round = 0; round < 4; round += 1) {
    for (const [number, kept] of tabs.entries()) kept.add(`${round} of ${number}`);
    await pause(20);
  }
  const { writes } = localStorage;
  await pause(50);
  assert.equal(localStorage.writes, writes);
  for (const kept of tabs) assert.equal(kept.score().points, 8);
});

/** How tabs may find their storage; whether it survives that a tab closes in the middle of the others' writes. */
const HOSTS = {
  "localStorage, locks, channels": { globals: { navigator: { locks: fakeLocks() } }, storage: () => "local", mayClose: true },
  "localStorage, channels": { globals: {}, storage: () => "local", mayClose: true },
  "localStorage, nothing else": { globals: NO_CHANNEL, storage: () => "local", mayClose: true },
  "slow storage, locks": { globals: { navigator: { locks: fakeLocks() } }, storage: (below) => slowStorage(() => below(4)), mayClose: true },
  "slow storage, nothing else": { globals: {}, storage: (below) => slowStorage(() => below(4)), mayClose: false },
};

for (const [host, { globals, storage: storageFor, mayClose }] of Object.entries(HOSTS)) {
  for (const count of [2, 5]) {
    test(`${count} tabs in random interleavings lose nothing: ${host}`, async (t) => {
      for (let seed = 1; seed <= 30; seed += 1) {
        const below = random(seed * 7919 + count);
        const restore = withGlobals(t, { localStorage: new FakeStorage(), ...globals });
        const storage = storageFor(below);
        const tabs = await openTabs(null, count, storage);
        const added = [];
        for (let move = 0; move < 40; move += 1) {
          const place = below(count);
          const kept = tabs[place];
          const choice = below(10);
          if (choice < 5) {
            added.push(`${place}: ${move}`);
            kept.add(added.at(-1));
          } else if (choice < 7) kept.save();
          else if (choice < 8) await settle(below(6));
          else if (choice < 9) await pause(below(3));
          else if (mayClose) {
            const closing = kept.close();
            if (below(2)) await closing;
            tabs[place] = (await openTabs(null, 1, storage))[0];
          }
        }
        // Without anything between tabs, those that live on save once more when all is quiet, one after the other.
        if (!mayClose) await Promise.all(tabs.map((kept) => kept.save()));
        if (!mayClose) for (const kept of tabs) await kept.save();
        await Promise.all(tabs.map((kept) => kept.close()));
        assert.deepEqual(await eventsIn(storage), added.sort(), `seed ${seed}`);
        restore();
      }
    });
  }
}

/** Opens tabs with the same storage; they close with the test, or when the caller says. */
async function openTabs(t, count, storage) {
  const tabs = [];
  for (let number = 0; number < count; number += 1) tabs.push(await openLedger(FakeLedger, "model", { ...SHOP, storage }));
  t?.after(() => Promise.all(tabs.map((kept) => kept.close())));
  return tabs;
}

/** What the next visitor finds. */
async function eventsIn(storage) {
  const kept = await openLedger(FakeLedger, "model", { ...SHOP, storage });
  const { events } = kept.ledger;
  await kept.close();
  return events;
}
