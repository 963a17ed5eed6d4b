// The life of a ledger: profile, memory, and calls within calls.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../../pkg/index.node.js";
import { memory } from "../../../pkg/load.js";

const DAY = 86_400_000;
const AT = Date.UTC(2024, 2, 31);
const rules = {
  period: null,
  criteria: [
    { id: "visit", kind: "event", event: "visit", points: 1, perDay: 1 },
    { id: "pro", kind: "filter", where: { plan: "pro" }, points: 100 },
  ],
};
const model = new Model(rules);
const visit = { type: "visit", time: AT - DAY };

test("the profile is the one given, the one set, or for one call another", () => {
  const ledger = new Ledger(model, { profile: { plan: "pro", seats: [1, { a: null }] } });
  ledger.add(visit);
  assert.deepEqual(ledger.profile, { plan: "pro", seats: [1, { a: null }] });
  assert.equal(ledger.score({ at: AT }).points, 101);
  assert.equal(ledger.score({ at: AT, profile: { plan: "free" } }).points, 1);
  assert.equal(ledger.whatIf([visit], { at: AT, profile: {} }).points, 1);
  assert.equal(ledger.score({ at: AT, profile: null }).points, 101);
  ledger.profile = { plan: "free", createdAt: AT - 3 * DAY };
  assert.deepEqual(ledger.profile, { plan: "free", createdAt: AT - 3 * DAY });
  assert.deepEqual([ledger.score({ at: AT }).points, ledger.score({ at: AT }).tenureDays], [1, 3]);
  ledger.profile = null;
  assert.deepEqual(ledger.profile, {});
});

test("a snapshot carries profile, zone and beginning of days; a merge leaves them as they are", () => {
  const options = { profile: { plan: "pro" }, timeZone: "Asia/Kathmandu", dayStartHour: 4 };
  const one = new Ledger(model, options);
  const again = Ledger.fromBytes(model, one.toBytes());
  assert.deepEqual([again.profile, again.timeZone, again.dayStartHour], [options.profile, options.timeZone, options.dayStartHour]);
  const other = new Ledger(model, { profile: { plan: "free" } });
  other.merge(one);
  other.merge(one.toBytes());
  assert.deepEqual([other.profile, other.timeZone, other.dayStartHour], [{ plan: "free" }, "UTC", 0]);
});

test("bytes of equal ledgers are equal, and are the caller's own", () => {
  const [one, other] = ["a", "b"].map((replica) => new Ledger(model, { replica }));
  one.add(visit);
  other.merge(one);
  assert.deepEqual(one.toBytes(), other.toBytes());
  const bytes = one.toBytes();
  bytes.fill(0);
  assert.notDeepEqual(one.toBytes(), bytes);
  const snapshot = one.toBytes();
  const padded = new Uint8Array([9, 9, 9, ...snapshot, 9]);
  const views = [snapshot.buffer, new DataView(padded.buffer, 3, snapshot.length), padded.subarray(3, -1), Buffer.from(snapshot)];
  for (const view of views) assert.equal(Ledger.fromBytes(model, view).size, 1);
});

test("events that are merged again are the same events; events that are added again are others", () => {
  const ledger = new Ledger(model);
  const twin = { type: "visit", time: AT - DAY, id: "v1" };
  ledger.add([visit, visit, twin]);
  ledger.add(twin);
  const same = Ledger.fromBytes(model, ledger.toBytes());
  for (const other of [ledger, same, ledger.toBytes(), same.toBytes()]) ledger.merge(other);
  assert.equal(ledger.size, 3);
  assert.equal(ledger.score({ at: AT }).ignored.duplicate, 1);
});

test("a replica's name is its own: one that is known or that another records under is refused", () => {
  const phone = new Ledger(model, { replica: "phone" });
  phone.add(visit);
  const bytes = phone.toBytes();
  assert.throws(() => Ledger.fromBytes(model, bytes, { replica: "phone" }), { code: "options-invalid-replica", path: "options.replica" });
  assert.equal(Ledger.fromBytes(model, bytes, { replica: "laptop" }).size, 1);
  const impostor = new Ledger(model, { replica: "phone" });
  impostor.add([visit, visit]);
  for (const other of [impostor, impostor.toBytes()]) {
    assert.throws(() => phone.merge(other), { code: "options-invalid-replica", path: "options.replica" });
  }
  assert.deepEqual(phone.toBytes(), bytes);
});

test("a freed ledger says so wherever it is used, and freeing twice is nothing", () => {
  const ledger = new Ledger(model);
  const other = new Ledger(model);
  ledger.free();
  ledger.free();
  const span = { from: AT - DAY, to: AT, step: "1h" };
  const uses = {
    add: () => ledger.add(visit),
    score: () => ledger.score({ at: AT }),
    whatIf: () => ledger.whatIf([], { at: AT }),
    timeline: () => ledger.timeline(span),
    transitions: () => ledger.transitions(span),
    merge: () => ledger.merge(other),
    "merge into another": () => other.merge(ledger),
    compact: () => ledger.compact(AT),
    toBytes: () => ledger.toBytes(),
    profile: () => ledger.profile,
    "profile =": () => (ledger.profile = {}),
    dayStartHour: () => ledger.dayStartHour,
    size: () => ledger.size,
    completeFrom: () => ledger.completeFrom,
    compactedTo: () => ledger.compactedTo,
  };
  for (const [name, use] of Object.entries(uses)) {
    assert.throws(use, (error) => error instanceof StarwiseError && error.code === "ledger-freed" && error.path === "ledger", name);
  }
  assert.equal(other.score({ at: AT }).points, 0);
});

test("a ledger outlives its model", () => {
  const short = new Model(rules);
  const ledger = new Ledger(short);
  short.free();
  ledger.add(visit);
  assert.equal(ledger.score({ at: AT, locale: "de" }).points, 1);
  assert.throws(() => new Ledger(short), { code: "model-freed" });
  assert.throws(() => Ledger.fromBytes(short, ledger.toBytes()), { code: "model-freed" });
});

test("a ledger is disposed of at the end of its block, where the host can", { skip: !Symbol.dispose }, () => {
  const ledger = new Ledger(model);
  ledger[Symbol.dispose]();
  assert.throws(() => ledger.toBytes(), { code: "ledger-freed" });
  assert.equal(Object.getOwnPropertyDescriptor(Ledger.prototype, Symbol.dispose).enumerable, false);
});

test("memory is given back", () => {
  const events = Array.from({ length: 10_000 }, (_, index) => ({ ...visit, time: AT - index * 60_000 }));
  const once = () => {
    const ledger = new Ledger(model);
    ledger.add(events);
    ledger.score({ at: AT });
    Ledger.fromBytes(model, ledger.toBytes()).free();
    ledger.free();
  };
  once();
  const { byteLength } = memory.buffer;
  for (let round = 0; round < 20; round += 1) once();
  assert.equal(memory.buffer.byteLength, byteLength);
});

test("a getter may free the ledger, or the model, that is at work", () => {
  const freeing = (key, ledger, value) => {
    const get = () => (ledger.free(), value);
    return Object.defineProperty({ type: "visit", time: AT, at: AT }, key, { enumerable: true, get });
  };
  for (const [key, use] of Object.entries({
    time: (ledger) => ledger.add([visit, freeing("time", ledger, AT)]),
    type: (ledger) => ledger.whatIf([visit, freeing("type", ledger, "visit")], { at: AT }),
    at: (ledger) => ledger.score(freeing("at", ledger, AT)),
    profile: (ledger) => ledger.score(freeing("profile", ledger, { plan: "pro" })),
  })) {
    assert.throws(() => use(new Ledger(model)), { code: "ledger-freed" }, key);
  }
});

test("a getter may free the model that a ledger is being made of", () => {
  const bytes = new Ledger(model).toBytes();
  for (const make of [
    (short) => new Ledger(short, { get profile() { short.free(); return {}; } }),
    (short) => Ledger.fromBytes(short, bytes, { get replica() { short.free(); return "one"; } }),
  ]) {
    assert.throws(() => make(new Model(rules)), { code: "model-freed", path: "model" });
  }
});

test("a getter may add, merge, compact and ask within a call", () => {
  const ledger = new Ledger(model);
  const extra = new Ledger(model);
  extra.add({ ...visit, time: AT - 5 * DAY });
  const meanwhile = {
    type: "visit",
    get time() {
      ledger.add({ ...visit, time: AT - 3 * DAY });
      ledger.merge(extra);
      ledger.score({ at: AT });
      return AT - 2 * DAY;
    },
  };
  ledger.add([visit, meanwhile]);
  assert.equal(ledger.score({ at: AT }).points, 4);
});

test("a getter that adds while the profile is read leaves the civil days of the zone right", () => {
  const early = [12, 22.5].map((hour) => ({ type: "visit", time: Date.UTC(2020, 0, 1) + hour * 3_600_000 }));
  const adds = {
    "options.profile": (ledger) => ({ at: AT, get profile() { ledger.add(early); return {}; } }),
    "a key of the profile": (ledger) => ({ at: AT, profile: { get plan() { ledger.add(early); return "free"; } } }),
  };
  for (const [where, options] of Object.entries(adds)) {
    const ledger = new Ledger(model, { timeZone: "Europe/Berlin" });
    ledger.add(visit);
    ledger.score(options(ledger));
    assert.equal(ledger.score({ at: AT }).points, 2, where);
  }
});

test("options are read once", () => {
  const zones = ["Europe/Berlin", "Asia/Tokyo", "America/New_York"];
  let reads = 0;
  const ledger = new Ledger(model, { get timeZone() { return zones[reads++]; } });
  assert.equal(reads, 1);
  assert.equal(ledger.timeZone, "Europe/Berlin");
  assert.equal(Ledger.fromBytes(model, ledger.toBytes()).timeZone, "Europe/Berlin");
});

test("the civil day of the instant itself is known to the next star", () => {
  // Clocks on Lord Howe went back on the day after the last one that the event needs.
  const zone = { timeZone: "Australia/Lord_Howe", dayStartHour: 10 };
  const events = [{ type: "visit", time: Date.UTC(2025, 3, 4, 23, 30) }];
  const ledger = new Ledger(model, zone);
  ledger.add(events);
  const asked = { at: Date.UTC(2025, 3, 5, 23, 15), include: ["nextStar"] };
  const stars = new Model({ ...rules, stars: { at: [1, 2] } });
  const starred = new Ledger(stars, zone);
  starred.add(events);
  assert.deepEqual(starred.score(asked).nextStar, stars.score({ events }, { ...asked, ...zone }).nextStar);
});
