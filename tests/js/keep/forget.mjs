// Forgetting: nothing is left of a history, and nobody writes it back, however late and wherever from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../../pkg/index.node.js";
import { forgetLedger, keepLedger } from "../../../pkg/keep.js";
import { openLedger } from "../../../pkg/keep/kept-ledger.js";
import { fakeLocks, fakePage, FakeStorage, random, settle, slowStorage, withGlobals } from "./fake-host.mjs";
import { FakeLedger } from "./fake-ledger.mjs";

const OVER = "starwise::over";
const SHOP = { name: "shop" };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens a ledger that notes its troubles, and is closed with the test. */
async function open(t, storage, options) {
  const kinds = [];
  const kept = await openLedger(FakeLedger, "model", { ...SHOP, storage, saveAfter: 5, onTrouble: ({ kind }) => kinds.push(kind), ...options });
  t?.after(() => kept.close());
  return Object.assign(kept, { kinds });
}

/** What the next visitor finds. */
async function eventsIn(storage) {
  const kept = await open(null, storage);
  const { events } = kept.ledger;
  await kept.close();
  return events;
}

function keysOf(storage) {
  return [...storage.values.keys()].filter((key) => key !== OVER).sort();
}

for (const [kind, storageFor] of Object.entries({ "a listed storage": () => new FakeStorage(), "a storage that answers later": () => slowStorage(() => 2) })) {
  test(`${kind}: all that lies under the name is removed, and nothing of another name`, async (t) => {
    const storage = storageFor();
    for (const name of ["shop", "shop-2"]) {
      for (const event of ["one", "two"]) {
        const kept = await open(t, storage, { name });
        kept.add(event);
        await kept.close();
      }
      storage.values.set(`starwise:${name}:aside`, "junk");
    }
    await forgetLedger({ ...SHOP, storage });
    assert.deepEqual(keysOf(storage), ["a", "aside", "b"].map((name) => `starwise:shop-2:${name}`));
    assert.ok(![...storage.values].flat().join().includes(":shop:"), "its name is nowhere");
    assert.deepEqual(await eventsIn(storage), []);
    const kept = await open(t, storage);
    kept.add("anew");
    assert.equal(await kept.save(), true);
    assert.deepEqual([await eventsIn(storage), kept.kinds], [["anew"], []]);
  });
}

test("what pages have left is removed too", async (t) => {
  const storage = new FakeStorage();
  const page = fakePage(t);
  const kept = await open(t, storage, { saveAfter: 100_000 });
  kept.add("one");
  const release = withGlobals(t, { navigator: { locks: { request: () => new Promise(() => {}) } } });
  page.hide();
  release();
  assert.equal(keysOf(storage).length, 1);
  await forgetLedger({ ...SHOP, storage });
  assert.deepEqual(keysOf(storage), []);
});

test("kept.forget(): the ledger goes on empty, without its profile, in memory only; anew it is kept", async (t) => {
  const storage = new FakeStorage();
  const kept = await open(t, storage, { profile: { name: "Ana" } });
  const before = kept.ledger;
  kept.add("one");
  await kept.save();
  kept.add("two");
  const told = [];
  kept.onChange(({ from }) => told.push([from, kept.score().points]));
  await kept.forget();
  assert.deepEqual([kept.ledger.events, kept.ledger.profile, told], [[], null, [["here", 0]]]);
  assert.throws(() => before.events, { code: "ledger-freed" });
  kept.add("three");
  assert.deepEqual([await kept.save(), kept.trouble.kind, kept.kinds], [false, "forgotten", []]);
  await pause(20);
  assert.deepEqual([kept.score().points, keysOf(storage)], [1, []]);
  const next = await open(t, storage);
  next.add("four");
  await next.save();
  await kept.forget();
  assert.deepEqual(keysOf(storage), [], "again, for whatever came since");
  await kept.close();
  await kept.forget();
});

test("a model that was freed is no hindrance: the ledger goes on empty", async () => {
  const model = new Model({ criteria: [{ id: "visit", kind: "event", event: "visit", points: 10 }] });
  const kept = await keepLedger(model, { name: "freed", storage: new FakeStorage(), profile: { plan: "pro" } });
  const visit = { type: "visit", time: Date.now() - 1_000 };
  kept.add(visit);
  model.free();
  await kept.forget();
  assert.deepEqual([kept.score().points, kept.ledger.profile], [0, {}]);
  kept.add(visit);
  assert.equal(kept.score().points, 10);
  await kept.close();
  assert.throws(() => kept.score(), { code: "ledger-freed" });
});

test("other tabs hear it, tell it once, and go on empty; a ledger that is opened meanwhile is not theirs", async (t) => {
  withGlobals(t, { localStorage: new FakeStorage() });
  const [kept, other] = [await open(t, "local"), await open(t, "local")];
  kept.add("one");
  await kept.save();
  other.add("two");
  await forgetLedger({ ...SHOP, storage: "local" });
  const next = await open(t, "local");
  next.add("anew");
  await next.save();
  for (let wait = 0; wait < 100 && kept.kinds.length + other.kinds.length < 2; wait += 1) await pause(5);
  for (const tab of [kept, other]) {
    tab.add("three");
    await tab.save();
    assert.deepEqual([tab.kinds, tab.ledger.events], [["forgotten"], ["three"]]);
  }
  await pause(20);
  assert.deepEqual([next.ledger.events, next.kinds, await eventsIn("local")], [["anew"], [], ["anew"]]);
});

test("a tab that hears nothing finds out before it writes", async (t) => {
  withGlobals(t, { BroadcastChannel: undefined });
  const storage = new FakeStorage();
  const kept = await open(t, storage);
  kept.add("one");
  await kept.save();
  await forgetLedger({ ...SHOP, storage });
  kept.add("two");
  assert.equal(await kept.save(), false);
  assert.deepEqual([kept.kinds, kept.ledger.events, keysOf(storage)], [["forgotten"], [], []]);
});

test("without channels, a storage event brings it", async (t) => {
  const page = fakePage(t);
  withGlobals(t, { BroadcastChannel: undefined, localStorage: new FakeStorage() });
  const kept = await open(t, "local");
  kept.add("one");
  await kept.save();
  await forgetLedger({ ...SHOP, storage: "local" });
  page.dispatch("storage", { key: OVER, newValue: localStorage.getItem(OVER) });
  await settle();
  assert.deepEqual([kept.kinds, kept.ledger.events], [["forgotten"], []]);
});

test("a page that goes in the same moment leaves its key in vain", async (t) => {
  const storage = new FakeStorage();
  const page = fakePage(t);
  withGlobals(t, { BroadcastChannel: undefined });
  const kept = await open(t, storage, { saveAfter: 100_000 });
  kept.add("one");
  await forgetLedger({ ...SHOP, storage });
  // As a page does that never comes to know.
  const release = withGlobals(t, { navigator: { locks: { request: () => new Promise(() => {}) } } });
  page.hide();
  release();
  assert.equal(keysOf(storage).length, 1);
  assert.deepEqual(await eventsIn(storage), []);
  assert.deepEqual(keysOf(storage), [], "whoever opens it next removes it");
});

test("a slept tab that wrote all the same is not heeded, and what it wrote is removed", async (t) => {
  const storage = new FakeStorage();
  const kept = await open(t, storage);
  kept.add("one");
  await kept.save();
  const slept = [...storage.values];
  await forgetLedger({ ...SHOP, storage });
  const next = await open(t, storage);
  next.add("anew");
  await next.save();
  for (const [key, value] of slept) storage.setItem(key.replace(/a$/, "b"), value);
  assert.deepEqual(await eventsIn(storage), ["anew"]);
  next.add("more");
  await next.save();
  assert.deepEqual([await eventsIn(storage), next.kinds], [["anew", "more"], []]);
});

test("forgotten twice in one moment, by a clock that goes back, beside other names", async (t) => {
  const storage = new FakeStorage();
  t.mock.method(Date, "now", () => 5_000_000_000_010);
  await forgetLedger({ name: "early", storage });
  Date.now.mock.mockImplementation(() => 5_002_592_000_000 - 1);
  await forgetLedger({ ...SHOP, storage });
  const kept = await open(t, storage);
  kept.add("one");
  await kept.save();
  Date.now.mock.mockImplementation(() => 4_000_000_000_000);
  await forgetLedger({ ...SHOP, storage });
  assert.deepEqual(await eventsIn(storage), []);
  assert.equal(Object.keys(JSON.parse(storage.getItem(OVER))).length, 2);
  Date.now.mock.mockImplementation(() => 5_002_592_000_020);
  await forgetLedger({ name: "late", storage });
  assert.equal(Object.keys(JSON.parse(storage.getItem(OVER))).length, 2, "after 30 days it is noted no longer");
});

test("a note that cannot be read, and records with a life that is none, cost nothing", async (t) => {
  for (const junk of ["", "{", "null", "5", '{"x":"y"}']) {
    const storage = new FakeStorage();
    const kept = await open(t, storage);
    kept.add("one");
    await kept.save();
    storage.setItem(OVER, junk);
    assert.deepEqual(await eventsIn(storage), ["one"]);
    await forgetLedger({ ...SHOP, storage });
    assert.deepEqual(await eventsIn(storage), []);
  }
  const storage = new FakeStorage();
  storage.setItem("starwise:shop:a", '[1,{"x":1},0,"soon"]\n');
  assert.deepEqual((await open(t, storage)).kinds, ["damaged"]);
});

test("a storage that refuses is told to whoever asked, and nothing has changed; where there is none, nothing was kept", async (t) => {
  const storage = new FakeStorage();
  const kept = await open(t, storage);
  kept.add("one");
  await kept.save();
  storage.removeItem = () => {
    throw new DOMException("no", "SecurityError");
  };
  await assert.rejects(forgetLedger({ ...SHOP, storage }), { name: "SecurityError" });
  await assert.rejects(kept.forget(), { name: "SecurityError" });
  assert.deepEqual([kept.ledger.events, kept.trouble], [["one"], null]);
  withGlobals(t, { indexedDB: undefined, localStorage: undefined });
  assert.equal(await forgetLedger(SHOP), undefined);
  const unstored = await open(t, undefined);
  unstored.add("one");
  await unstored.forget();
  assert.deepEqual(unstored.ledger.events, []);
});

test("wrong options are refused by their codes", async () => {
  await assert.rejects(forgetLedger(), { code: "options-invalid-name" });
  await assert.rejects(forgetLedger({ name: "a:b" }), { code: "options-invalid-name", path: "options.name" });
  await assert.rejects(forgetLedger({ ...SHOP, storage: "session" }), { code: "options-invalid-storage" });
});

test("names are told apart by what is noted of them", async () => {
  const storage = new FakeStorage();
  const names = ["ana", "anb", "ab", "ba", "a", "é", "1", "2", "12", "21", ...Array.from({ length: 200 }, (_, number) => `customer-${number}`)];
  for (const name of names) await forgetLedger({ name, storage });
  assert.equal(Object.keys(JSON.parse(storage.getItem(OVER))).length, names.length);
});

const HOSTS = {
  "localStorage, locks": [{ navigator: { locks: fakeLocks() } }, () => "local"],
  "localStorage, nothing else": [{ BroadcastChannel: undefined }, () => "local"],
  "slow storage, nothing else": [{}, (below) => slowStorage(() => below(4))],
};

for (const [host, [globals, storageFor]] of Object.entries(HOSTS)) {
  test(`tabs in random interleavings write nothing back: ${host}`, async (t) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const below = random(seed * 104_729);
      const restore = withGlobals(t, { localStorage: new FakeStorage(), ...globals });
      const storage = storageFor(below);
      const tabs = [];
      for (let count = 0; count < 3; count += 1) tabs.push(await open(null, storage, { saveAfter: 1 }));
      const act = async (move) => {
        const kept = tabs[below(3)];
        const choice = below(8);
        if (choice < 4) kept.add(`before ${move}`);
        else if (choice < 6) kept.save();
        else if (choice < 7) await settle(below(6));
        else await pause(below(3));
      };
      for (let move = 0; move < 20; move += 1) await act(move);
      const forgetting = below(2) ? tabs[0].forget() : forgetLedger({ ...SHOP, storage });
      for (let move = 0; move < 5; move += 1) await act(move);
      await forgetting;
      for (let move = 0; move < 10; move += 1) await act(move);
      const next = await open(null, storage);
      next.add("anew");
      await next.save();
      for (const kept of tabs) await kept.close();
      await next.close();
      assert.deepEqual(await eventsIn(storage), ["anew"], `seed ${seed}`);
      restore();
    }
  });
}
