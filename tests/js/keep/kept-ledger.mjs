// One tab: what is kept is there again, whatever became of a write; what cannot be kept is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLedger } from "../../../pkg/keep/kept-ledger.js";
import { fakePage, FakeStorage, settle, slowStorage, throwing, withGlobals } from "./fake-host.mjs";
import { FakeLedger, snapshotOf } from "./fake-ledger.mjs";

const A = "starwise:shop:a";
const B = "starwise:shop:b";
const ASIDE = "starwise:shop:aside";

/** Opens a ledger that notes its troubles, and is closed with the test. */
async function open(t, storage, { model = "model", ...options } = {}) {
  const troubles = [];
  const kept = await openLedger(FakeLedger, model, { name: "shop", storage, saveAfter: 5, onTrouble: (trouble) => troubles.push(trouble), ...options });
  t.after(() => kept.close());
  return { kept, troubles, kinds: () => troubles.map(({ kind }) => kind) };
}

/** Puts events into a storage, as a session of their own. */
async function visit(storage, events, options) {
  const kept = await openLedger(FakeLedger, options?.model ?? "model", { name: "shop", storage, ...options });
  kept.add(events);
  await kept.close();
}

for (const [kind, storageFor] of Object.entries({
  "a listed storage": () => new FakeStorage(),
  "a storage that answers later": () => slowStorage(() => 2),
})) {
  test(`${kind}: what was added is there in the next session, written in turn`, async (t) => {
    const storage = storageFor();
    for (const event of ["one", "two", "three"]) await visit(storage, event);
    const { kept, troubles } = await open(t, storage);
    assert.deepEqual(kept.ledger.events, ["one", "three", "two"]);
    assert.equal(kept.score().points, 3);
    assert.deepEqual([...storage.values.keys()].sort(), [A, B]);
    assert.deepEqual([kept.trouble, troubles], [null, []]);
  });
}

test("a burst of events is one write, soon after the first; nothing new is no write", async (t) => {
  const storage = new FakeStorage();
  const { kept } = await open(t, storage);
  assert.equal(storage.writes, 0);
  for (let count = 0; count < 50; count += 1) kept.add(`event ${count}`);
  assert.equal(storage.writes, 0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(storage.writes, 1);
  await kept.close();
  assert.equal(storage.writes, 1);
});

test("save writes now, also what was done to the ledger itself", async (t) => {
  const storage = new FakeStorage();
  const { kept } = await open(t, storage);
  kept.ledger.add("behind its back");
  assert.equal(await kept.save(), true);
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["behind its back"]);
});

test("an add that throws changes nothing and tells nobody; those that count are told", async (t) => {
  const storage = new FakeStorage();
  const { kept } = await open(t, storage);
  const told = [];
  const off = kept.onChange((news) => told.push(news));
  assert.throws(() => kept.add(["fine", 5]), { code: "event-wrong-type" });
  await settle();
  assert.deepEqual([told, storage.writes], [[], 0]);
  kept.add("one");
  const other = new FakeLedger("model", { replica: "elsewhere" });
  other.add("two");
  kept.merge(other.toBytes());
  kept.merge(other.toBytes());
  assert.throws(() => kept.merge(new Uint8Array(3)), { code: "snapshot-damaged" });
  off();
  kept.add("three");
  assert.deepEqual(told, Array(3).fill({ from: "here" }));
  assert.equal(kept.score().points, 4);
});

test("a listener that throws is reported, and the others hear all the same", async (t) => {
  const reported = [];
  withGlobals(t, { reportError: ({ message }) => reported.push(message) });
  const { kept } = await open(t, new FakeStorage());
  let count = 0;
  kept.onChange(() => { throw new Error("mine"); });
  kept.onChange(() => { count += 1; });
  kept.add("one");
  assert.deepEqual([reported, count], [["mine"], 1]);
});

test("options: profile, zone and hour go to a new ledger; the profile also to one that is kept; replicas are fresh", async (t) => {
  const storage = new FakeStorage();
  const first = await open(t, storage, { profile: { plan: "free" }, replica: "phone" });
  first.kept.add("one");
  await first.kept.close();
  const second = await open(t, storage);
  assert.deepEqual(second.kept.ledger.profile, { plan: "free" });
  const third = await open(t, storage, { profile: { plan: "pro" }, replica: "phone" });
  assert.deepEqual(third.kept.ledger.profile, { plan: "pro" });
  const fourth = await open(t, storage, { replica: "phone" });
  const replicas = [second, third, fourth].map(({ kept }) => kept.ledger.replica);
  assert.match(replicas[0], /^[0-9a-z]{5,13}$/);
  assert.match(replicas[1], /^phone-[0-9a-z]{5,13}$/);
  assert.equal(new Set(replicas).size, 3);
});

test("wrong options are refused by their codes", async () => {
  const refused = {
    name: [undefined, "", "a:b", 7, "x".repeat(201)],
    storage: ["session", {}, 5, { getItem() {} }],
    "save-after": [-1, NaN, "soon", Infinity],
    listener: ["loud", null],
  };
  const keys = { name: "name", storage: "storage", "save-after": "saveAfter", listener: "onTrouble" };
  for (const [code, values] of Object.entries(refused)) {
    for (const value of values) {
      const options = { name: "shop", storage: new FakeStorage(), [keys[code]]: value };
      await assert.rejects(openLedger(FakeLedger, "model", options), { name: "StarwiseError", code: `options-invalid-${code}`, path: `options.${keys[code]}` });
    }
  }
  await assert.rejects(openLedger(FakeLedger, "model"), { code: "options-invalid-name" });
});

test("half a write, anywhere: the history is that of the write before, and the torn one is told", async (t) => {
  const whole = new FakeStorage();
  await visit(whole, "one");
  await visit(whole, "two");
  const newest = [A, B].find((key) => whole.getItem(key).startsWith("[2,"));
  const { length } = whole.getItem(newest);
  for (const cut of [0, 1, 5, 20, 40, length - 10, length - 1]) {
    const storage = new FakeStorage();
    for (const [key, value] of whole.values) storage.setItem(key, key === newest ? value.slice(0, cut) : value);
    const { kept, troubles } = await open(t, storage);
    assert.deepEqual(kept.ledger.events, ["one"], `cut at ${cut}`);
    assert.deepEqual(troubles.map(({ kind, key, value }) => [kind, key, value]), [["damaged", newest, storage.getItem(newest)]]);
    const torn = storage.getItem(newest);
    kept.add("three");
    await kept.save();
    assert.equal(storage.getItem(ASIDE), torn);
    assert.equal(troubles.length, 1);
    assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one", "three"]);
  }
});

test("a write that stores half and throws is written again", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  const { kept, kinds } = await open(t, storage);
  const { setItem } = storage;
  storage.setItem = function (key, value) {
    delete this.setItem;
    setItem.call(this, key, value.slice(0, -3));
    throw new Error("the disk went away");
  };
  kept.add("two");
  assert.equal(await kept.save(), false);
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one"]);
  assert.equal(await kept.save(), true);
  assert.deepEqual(kinds(), ["blocked", "damaged"]);
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one", "two"]);
});

test("any bytes in any place: opening never fails, and never loses what is sound", async (t) => {
  const whole = new FakeStorage();
  await visit(whole, "one");
  await visit(whole, "two");
  const junk = ["", "\n", "null\n", "[1]\nAAAA", '[1,{},0]\n', '[1,{"x":1},4]\nAAAA', '[9,{"x":"y"},4]\nAAAA', '[9,{"x":1},0]\n', "{", '["9",{"x":9},2]\n!!', '[-5,{"x":1},4]\nAAAA', '[1e999,{"x":1},0]\n', '[9,{"x":1e300},0]\n', '[9,{"__proto__":1},0]\n'];
  for (const value of junk) {
    for (const name of ["a", "b", "aside", "someone"]) {
      const storage = new FakeStorage();
      for (const entry of whole.values) storage.setItem(...entry);
      const before = storage.getItem(`starwise:shop:${name}`);
      storage.setItem(`starwise:shop:${name}`, value);
      const { kept } = await open(t, storage);
      // Half of this history is in each of the keys: the newer has both.
      if (!before?.startsWith("[2,")) assert.deepEqual(kept.ledger.events, ["one", "two"], `${value} at ${name}`);
      else assert.deepEqual(kept.ledger.events, ["one"]);
      kept.add("three");
      assert.equal(await kept.save(), true);
      assert.ok([...storage.values.values()].includes(value), "it is never simply deleted");
    }
  }
});

test("two sound snapshots of which neither includes the other are both taken", async (t) => {
  const [left, right, storage] = [new FakeStorage(), new FakeStorage(), new FakeStorage()];
  await visit(left, "left");
  await visit(right, "right");
  storage.setItem(A, left.getItem(A));
  storage.setItem(B, right.getItem(A));
  const { kept } = await open(t, storage);
  assert.deepEqual(kept.ledger.events, ["left", "right"]);
});

test("another model: the snapshot is carried over and told; one that cannot be is set aside, and taken when it can be again", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one", { model: "old" });
  const { kept, troubles } = await open(t, storage, { model: "new" });
  assert.deepEqual(kept.ledger.events, ["one"]);
  assert.deepEqual(troubles.map(({ kind, isRebased, error }) => [kind, isRebased, error.code]), [["foreign", true, "snapshot-foreign"]]);
  kept.add("two");
  await kept.close();
  assert.equal(storage.getItem(ASIDE), null);

  const stubborn = new FakeStorage();
  await visit(stubborn, "one", { model: "beyond rebasing" }).catch(() => {});
  const old = stubborn.getItem(A);
  for (const event of ["two", "three", "four"]) {
    const { kept, kinds } = await open(t, stubborn, { model: "new" });
    kept.add(event);
    await kept.close();
    assert.deepEqual(kinds(), event === "two" ? ["foreign"] : []);
  }
  assert.equal(stubborn.getItem(ASIDE), old);
  const content = { version: 1, model: "new", profile: null, events: [["x/0", "one"]] };
  const record = old.split("\n")[0].replace(/\d+\]$/, "");
  const body = Buffer.from(snapshotOf(content)).toString("base64");
  stubborn.setItem(ASIDE, `${record}${body.length}]\n${body}`);
  const again = await open(t, stubborn, { model: "new" });
  assert.deepEqual(again.kept.ledger.events, ["four", "one", "three", "two"]);
  await again.kept.save();
  assert.equal(stubborn.getItem(ASIDE), null);
  assert.deepEqual((await open(t, stubborn, { model: "new" })).kept.ledger.events, ["four", "one", "three", "two"]);
});

test("a snapshot of a newer starwise is told, and set aside before its place is taken", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  const [header] = storage.getItem(A).split("\n");
  const body = Buffer.from(snapshotOf({ version: 2 })).toString("base64");
  const newer = `${header.replace(/\d+\]$/, `${body.length}]`)}\n${body}`;
  storage.setItem(A, newer);
  const { kept, kinds } = await open(t, storage);
  assert.deepEqual(kinds(), ["newer"]);
  kept.add("two");
  await kept.save();
  kept.add("three");
  await kept.save();
  assert.equal(storage.getItem(ASIDE), newer);
  assert.deepEqual(kinds(), ["newer"]);
});

test("a storage that is full: it is told once, the page goes on in memory, and saves when there is room", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  storage.quota = 0;
  const { kept, kinds } = await open(t, storage);
  kept.add("two");
  assert.equal(await kept.save(), false);
  kept.add("three");
  assert.equal(await kept.save(), false);
  assert.equal(kept.trouble.kind, "full");
  assert.equal(kept.trouble.error.name, "QuotaExceededError");
  assert.deepEqual(kinds(), ["full"]);
  assert.deepEqual(kept.ledger.events, ["one", "three", "two"]);
  storage.quota = Infinity;
  assert.equal(await kept.save(), true);
  assert.equal(kept.trouble, null);
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one", "three", "two"]);
});

test("a storage that may not be used, is not there, or is null: said, and gone without", async (t) => {
  const refused = new DOMException("the operation is insecure", "SecurityError");
  const hosts = [
    [{ indexedDB: undefined, localStorage: throwing(refused) }, undefined, "blocked"],
    [{ localStorage: throwing(refused) }, "local", "blocked"],
    [{ indexedDB: undefined, localStorage: undefined }, undefined, "unavailable"],
    [{ localStorage: null }, "local", "unavailable"],
    [{ indexedDB: undefined }, "indexed", "unavailable"],
    [{ indexedDB: { open() { throw refused; } } }, undefined, "blocked"],
    [{ indexedDB: { open: () => request((one) => { one.error = refused; one.onerror(); }) } }, undefined, "blocked"],
  ];
  for (const [globals, storage, kind] of hosts) {
    const restore = withGlobals(t, globals);
    const { kept, kinds } = await open(t, storage);
    kept.add("one");
    assert.equal(await kept.save(), false);
    assert.deepEqual([kept.trouble.kind, kinds(), kept.score().points], [kind, [kind], 1]);
    await kept.close();
    restore();
  }
});

test("an IndexedDB that never answers holds nobody up for long; when it does answer, nothing was lost", async (t) => {
  let late;
  withGlobals(t, { indexedDB: { open: () => request((one) => { late = one; }) } });
  const started = performance.now();
  const { kept, kinds } = await open(t);
  assert.ok(performance.now() - started < 5000);
  assert.deepEqual(kinds(), ["blocked"]);
  kept.add("one");
  late.error = new Error("after all");
  late.onerror();
  await settle();
  assert.equal(kept.score().points, 1);
});

test("a storage that was blocked while opening is read later, and both histories are one", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  const blocked = throwing(new DOMException("no", "SecurityError"));
  const restore = withGlobals(t, { indexedDB: undefined, localStorage: blocked });
  const { kept } = await open(t, "local");
  const { ledger } = kept;
  kept.add("two");
  restore();
  withGlobals(t, { localStorage: storage });
  const told = [];
  kept.onChange(({ from }) => told.push(from));
  assert.equal(await kept.save(), true);
  await settle();
  assert.deepEqual([kept.ledger.events, told, kept.trouble], [["one", "two"], ["elsewhere"], null]);
  assert.equal(kept.ledger, ledger);
});

test("a page that goes leaves what is not saved at once, under a key of its own, and the next one takes it over", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  const page = fakePage(t);
  const { kept } = await open(t, storage, { saveAfter: 100_000 });
  // Another tab has the lock for as long as this one lives.
  const release = withGlobals(t, { navigator: { locks: { request: () => new Promise(() => {}) } } });
  page.hide();
  assert.equal(storage.writes, 1);
  kept.add("two");
  page.hide();
  const left = [...storage.values.keys()].filter((key) => ![A, B].includes(key));
  assert.equal(left.length, 1);
  page.dispatch("pagehide");
  assert.equal(storage.writes, 2, "it is not left twice");
  release();
  const next = await open(t, storage);
  assert.deepEqual(next.kept.ledger.events, ["one", "two"]);
  assert.equal(storage.getItem(left[0]), null);
  assert.deepEqual([...storage.values.keys()].sort(), [A, B]);
});

test("what a page left stays where it is until another write has it", async (t) => {
  const storage = new FakeStorage();
  await visit(storage, "one");
  await visit(storage, "two");
  await visit(storage, "three");
  // As a page would have left it: the newest, under another key.
  const left = "starwise:shop:left0by0a0page";
  storage.setItem(left, storage.getItem(A));
  storage.removeItem(A);
  storage.quota = 0;
  const { kept, kinds } = await open(t, storage);
  assert.deepEqual(kept.ledger.events, ["one", "three", "two"]);
  assert.deepEqual(kinds(), ["full"]);
  assert.ok(storage.getItem(left));
  storage.quota = Infinity;
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one", "three", "two"]);
  assert.deepEqual([...storage.values.keys()].sort(), [A, B]);
});

test("a page that is hidden and stays has saved, and leaves nothing behind", async (t) => {
  const storage = new FakeStorage();
  const page = fakePage(t);
  const { kept } = await open(t, storage, { saveAfter: 100_000 });
  kept.add("one");
  page.hide();
  await settle();
  assert.deepEqual([...storage.values.keys()], [A]);
  assert.deepEqual((await open(t, storage)).kept.ledger.events, ["one"]);
});

test("close saves, frees the ledger, and may be called again; `await using` closes", async (t) => {
  const storage = new FakeStorage();
  const { kept } = await open(t, storage, { saveAfter: 100_000 });
  kept.add("one");
  const closing = kept.close();
  kept.add("two");
  await closing;
  assert.equal(kept.close(), closing);
  assert.throws(() => kept.add("three"), { code: "ledger-freed" });
  await kept.save();
  const next = await open(t, storage);
  assert.deepEqual(next.kept.ledger.events, ["one", "two"]);
  if (Symbol.asyncDispose) assert.equal(next.kept[Symbol.asyncDispose], next.kept.close);
});

test("two names in one storage have nothing to do with each other", async (t) => {
  const storage = new FakeStorage();
  for (const name of ["shop", "sho", "shop-2"]) await visit(storage, name, { name });
  for (const name of ["shop", "sho", "shop-2"]) assert.deepEqual((await open(t, storage, { name })).kept.ledger.events, [name]);
});

test("large snapshots go through text unharmed", async (t) => {
  const storage = new FakeStorage();
  const events = Array.from({ length: 40_000 }, (_, number) => `event ${number} \u{1f600}`);
  await visit(storage, events);
  assert.equal((await open(t, storage)).kept.score().points, 40_000);
});

/** A request of IndexedDB that `answer` is to answer. */
function request(answer) {
  const one = {};
  queueMicrotask(() => answer(one));
  return one;
}
