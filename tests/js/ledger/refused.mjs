// What a ledger refuses: with the code and the place, and as if nothing had been asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../../pkg/index.node.js";

const AT = Date.UTC(2024, 2, 31);
const TIME = Date.UTC(2024, 2, 30);
const rules = {
  criteria: [
    { id: "login", kind: "event", event: "login", points: 10 },
    { id: "spend", kind: "event", event: "purchase", points: 1, per: "amount" },
  ],
};
const model = new Model(rules);
const login = { type: "login", time: TIME };
const throwing = (key, error = new Error("no entry")) => Object.defineProperty({}, key, { enumerable: true, get: () => { throw error; } });
const cyclic = {};
cyclic.self = cyclic;

/** What is wrong with an event, by the place within it. */
const BAD_EVENTS = {
  "time is NaN": [{ ...login, time: NaN }, "event-invalid-time", ".time"],
  "time is in seconds": [{ ...login, time: 1_711_756_800 }, "event-time-in-seconds", ".time"],
  "time is an invalid Date": [{ ...login, time: new Date(NaN) }, "event-invalid-time", ".time"],
  "time is 30 February": [{ ...login, time: "2024-02-30T00:00:00Z" }, "event-invalid-time", ".time"],
  "time is missing": [{ type: "login" }, "event-missing-time", ".time"],
  "type is missing": [{ time: TIME }, "event-missing-type", ".type"],
  "type is empty": [{ ...login, type: "" }, "event-invalid-type", ".type"],
  "id is a number": [{ ...login, id: 7 }, "event-invalid-id", ".id"],
  "id is too long": [{ ...login, id: "x".repeat(257) }, "event-id-too-long", ".id"],
  "data is a list": [{ ...login, data: [] }, "event-invalid-data", ".data"],
  "data holds a BigInt": [{ ...login, type: "purchase", data: { amount: 1n } }, "event-invalid-data", ".data.amount"],
  "data throws": [{ ...login, type: "purchase", data: throwing("amount") }, "history-unreadable", ".data.amount"],
  "its type throws": [throwing("type"), "history-unreadable", ".type"],
  "it is a function": [() => login, "event-wrong-type", ""],
  "it is null": [null, "event-wrong-type", ""],
  "it is a text": ["login", "event-wrong-type", ""],
  "it is undefined": [undefined, "event-wrong-type", ""],
};

for (const [name, [bad, code, place]] of Object.entries(BAD_EVENTS)) {
  test(`an event is refused, alone and in a list, and nothing is added: ${name}`, () => {
    const ledger = ledgerOf(login);
    refuses(ledger, () => ledger.add(bad), code, `event${place}`);
    refuses(ledger, () => ledger.add([login, login, login, bad]), code, `events[3]${place}`);
    refuses(ledger, () => ledger.whatIf([login, bad], { at: AT }), code, `extra[1]${place}`);
    ledger.add(login);
    assert.equal(ledger.score({ at: AT }).points, 20);
  });
}

test("what nests without end is refused", () => {
  const ledger = ledgerOf(login);
  refuses(ledger, () => ledger.add({ type: "purchase", time: TIME, data: cyclic }), "history-too-deep", "history");
});

test("what a getter of an event threw is the cause", () => {
  const reason = new RangeError("not today");
  assert.equal(errorOf(() => ledgerOf().add(throwing("time", reason))).cause, reason);
});

const BAD_LISTS = [undefined, null, 5, "[]", {}, login, new Set([login]), new Map()];

test("a what-if wants a list", () => {
  const ledger = ledgerOf(login);
  for (const extra of BAD_LISTS) refuses(ledger, () => ledger.whatIf(extra, { at: AT }), "history-wrong-type", "extra");
});

/** Options of a ledger: the code, and the place. */
const BAD_OPTIONS = {
  "a text": ["x", "options-wrong-type", "options"],
  "a list": [[], "options-wrong-type", "options"],
  "a number": [5, "options-wrong-type", "options"],
  "an unknown zone": [{ timeZone: "Europe/Nowhere" }, "options-invalid-time-zone", "options.timeZone"],
  "a zone that is no name": [{ timeZone: 5 }, "options-invalid-time-zone", "options.timeZone"],
  "an hour of 24": [{ dayStartHour: 24 }, "options-invalid-day-start-hour", "options.dayStartHour"],
  "an hour as text": [{ dayStartHour: "3" }, "options-invalid-day-start-hour", "options.dayStartHour"],
  "a profile that is a list": [{ profile: [] }, "profile-wrong-type", "profile"],
  "a profile that holds a function": [{ profile: { a: () => 0 } }, "profile-invalid-value", "profile.a"],
  "an empty replica": [{ replica: "" }, "options-invalid-replica", "options.replica"],
  "a replica that is a number": [{ replica: 5 }, "options-invalid-replica", "options.replica"],
  "a replica of 257 bytes": [{ replica: "x".repeat(257) }, "options-invalid-replica", "options.replica"],
  "a replica with a lone surrogate": [{ replica: "\ud800" }, "options-invalid-replica", "options.replica"],
  "a getter that throws": [throwing("timeZone"), "options-unreadable", "options.timeZone"],
  "a profile's getter that throws": [{ profile: throwing("plan") }, "options-unreadable", "options.profile.plan"],
};

for (const [name, [options, code, path]] of Object.entries(BAD_OPTIONS)) {
  test(`options of a ledger are refused: ${name}`, () => {
    const error = errorOf(() => new Ledger(model, options));
    assert.deepEqual([error.code, error.path], [code, path]);
  });
}

test("options behind a proxy are read by name alone", () => {
  const keys = [];
  assert.equal(new Ledger(model, new Proxy({}, { get: (_, key) => void keys.push(key) })).size, 0);
  assert.deepEqual(keys.filter((key) => typeof key !== "string"), []);
  assert.equal(errorOf(() => new Ledger(model, new Proxy({}, { get() { throw "no"; } }))).code, "options-unreadable");
});

test("options of fromBytes are refused", () => {
  const bytes = ledgerOf(login).toBytes();
  const refusals = [
    ["x", "options-wrong-type", "options"],
    [{ replica: "" }, "options-invalid-replica", "options.replica"],
    [{ replica: 5 }, "options-invalid-replica", "options.replica"],
    [{ replica: Symbol("x") }, "options-invalid-replica", "options.replica"],
    [throwing("replica"), "options-unreadable", "options.replica"],
    [throwing("rebase"), "options-unreadable", "options.rebase"],
  ];
  for (const [options, code, path] of refusals) {
    const error = errorOf(() => Ledger.fromBytes(model, bytes, options));
    assert.deepEqual([error.code, error.path], [code, path]);
  }
  for (const options of [undefined, null, {}, { rebase: false, replica: null }]) assert.equal(Ledger.fromBytes(model, bytes, options).size, 1);
});

test("options of a question are refused", () => {
  const ledger = ledgerOf(login);
  const refusals = {
    "options-invalid-at": [() => ledger.score({ at: "today" }), "options.at"],
    "options-wrong-type": [() => ledger.score("now"), "options"],
    "options-invalid-include": [() => ledger.score({ include: ["points"] }), "options.include[0]"],
    "options-invalid-horizon": [() => ledger.score({ at: AT, include: "all", horizon: 0 }), "options.horizon"],
    "options-invalid-from": [() => ledger.timeline({ from: AT, to: TIME, step: "1h" }), "options.from"],
    "options-invalid-to": [() => ledger.transitions({ from: TIME }), "options.to"],
    "options-invalid-step": [() => ledger.timeline({ from: TIME, to: AT, step: 0 }), "options.step"],
    "options-too-many-steps": [() => ledger.timeline({ from: TIME, to: AT, step: 1 }), "options.step"],
    "profile-wrong-type": [() => ledger.score({ at: AT, profile: [] }), "profile"],
    "options-unreadable": [() => ledger.score(Object.assign(throwing("profile"), { at: AT })), "options.profile"],
  };
  for (const [code, [refused, path]] of Object.entries(refusals)) refuses(ledger, refused, code, path);
  for (const before of [undefined, null, NaN, "today", 5, {}]) refuses(ledger, () => ledger.compact(before), "options-invalid-at", "before");
});

test("a baseline that is needed is asked for at every question", () => {
  const ledger = new Ledger(new Model({ ...rules, target: "baseline" }));
  ledger.add(login);
  const span = { from: TIME, to: AT, step: "1h" };
  for (const [baseline, code] of [[undefined, "options-missing-baseline"], [0, "options-invalid-baseline"]]) {
    refuses(ledger, () => ledger.score({ at: AT, baseline }), code, "options.baseline");
    refuses(ledger, () => ledger.whatIf([], { at: AT, baseline }), code, "options.baseline");
    refuses(ledger, () => ledger.timeline({ ...span, baseline }), code, "options.baseline");
    refuses(ledger, () => ledger.transitions({ ...span, baseline }), code, "options.baseline");
  }
  assert.equal(ledger.score({ at: AT, baseline: 20 }).score, 50);
});

test("a profile that cannot be one is refused, and the old one stays", () => {
  const ledger = new Ledger(model, { profile: { plan: "pro" } });
  const refusals = [
    [[], "profile-wrong-type", "profile"],
    ["pro", "profile-wrong-type", "profile"],
    [{ a: [1n] }, "profile-invalid-value", "profile.a[0]"],
    [throwing("plan"), "history-unreadable", "profile.plan"],
  ];
  for (const [profile, code, path] of refusals) refuses(ledger, () => (ledger.profile = profile), code, path);
  assert.deepEqual(ledger.profile, { plan: "pro" });
});

test("a model that is none is refused", () => {
  for (const none of [undefined, null, {}, rules, Object.create(Model.prototype)]) {
    for (const make of [() => new Ledger(none), () => Ledger.fromBytes(none, new Uint8Array(8))]) {
      assert.deepEqual([errorOf(make).code, errorOf(make).path], ["model-wrong-type", "model"]);
    }
  }
});

test("proxies that refuse are unreadable", () => {
  const ledger = ledgerOf(login);
  for (const make of [() => revoked({}), () => revoked([]), () => new Proxy({}, { get() { throw "no"; } })]) {
    refuses(ledger, () => ledger.add(make()), "history-unreadable");
    refuses(ledger, () => ledger.whatIf(make(), { at: AT }), "history-unreadable");
    refuses(ledger, () => ledger.merge(make()), "snapshot-damaged", "bytes");
  }
});

function ledgerOf(...events) {
  const ledger = new Ledger(model);
  ledger.add(events);
  return ledger;
}

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** A call is refused and leaves the ledger as it was, to the byte. */
function refuses(ledger, call, code, path) {
  const bytes = ledger.toBytes();
  const error = errorOf(call);
  assert.equal(error.code, code, error.message);
  if (path !== undefined) {
    assert.equal(error.path, path);
    assert.ok(error.message.startsWith(`\`${path}\` `), error.message);
  }
  assert.deepEqual(ledger.toBytes(), bytes);
}

function errorOf(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, String(error?.stack));
    return error;
  }
  return assert.fail("nothing was thrown");
}
