// What only JavaScript can hand over: through the whole product, with the code and the place, and the module going on.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Model, StarwiseError } from "../../pkg/index.node.js";

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

// After any error the module goes on working, and nothing of the refused call is left.
afterEach(() => assert.equal(model.score({ events: [login] }, { at: AT }).points, 10));

const throwing = (key, error = new Error("no entry")) => Object.defineProperty({}, key, { enumerable: true, get: () => { throw error; } });
const event = (fields) => ({ events: [login, { ...login, ...fields }] });
const cyclic = {};
cyclic.self = cyclic;

const REFUSED_HISTORIES = {
  "time is NaN": [event({ time: NaN }), "event-invalid-time", "events[1].time"],
  "time is Infinity": [event({ time: Infinity }), "event-time-out-of-range", "events[1].time"],
  "time is an invalid Date": [event({ time: new Date(NaN) }), "event-invalid-time", "events[1].time"],
  "time is a BigInt": [event({ time: 1_700_000_000_000n }), "event-invalid-time", "events[1].time"],
  "time is undefined": [event({ time: undefined }), "event-missing-time", "events[1].time"],
  "time is an object": [event({ time: { epoch: TIME } }), "event-invalid-time", "events[1].time"],
  "type is a Symbol": [event({ type: Symbol("login") }), "event-invalid-type", "events[1].type"],
  "type has a lone surrogate": [event({ type: "log\ud800in" }), "event-invalid-type", "events[1].type"],
  "id has a lone surrogate": [event({ id: "\udc00" }), "event-invalid-id", "events[1].id"],
  "id is a BigInt": [event({ id: 12n }), "event-invalid-id", "events[1].id"],
  "data holds a BigInt": [event({ data: { amount: 1n } }), "event-invalid-data", "events[1].data.amount"],
  "data holds a function": [event({ data: { list: [0, () => 0] } }), "event-invalid-data", "events[1].data.list[1]"],
  "data holds a Symbol": [event({ data: { tag: Symbol("x") } }), "event-invalid-data", "events[1].data.tag"],
  "data is cyclic": [event({ data: cyclic }), "history-too-deep", "history"],
  "data throws": [event({ data: throwing("amount") }), "history-unreadable", "events[1].data.amount"],
  "an event throws": [{ events: [login, throwing("type")] }, "history-unreadable", "events[1].type"],
  "an event is a function": [{ events: [login, () => login] }, "event-wrong-type", "events[1]"],
  "events are sparse": [{ events: [login, , login] }, "event-wrong-type", "events[1]"],
  "events are a Set": [{ events: new Set([login]) }, "history-wrong-type", "events"],
  "events throw": [throwing("events"), "history-unreadable", "events"],
  "a proxy refuses": [new Proxy({}, { get() { throw "no"; } }), "history-unreadable", "history"],
  "a revoked proxy": [revoked(), "history-unreadable", "history"],
  "the profile is a list": [{ events: [], profile: [] }, "profile-wrong-type", "profile"],
  "the profile holds a function": [{ events: [], profile: { a: [Symbol.iterator] } }, "profile-invalid-value", "profile.a[0]"],
  "the history is undefined": [undefined, "history-wrong-type", "history"],
  "the history is a BigInt": [1n, "history-wrong-type", "history"],
  "the history is a list": [[login], "history-wrong-type", "history"],
};

for (const [name, [history, code, path]] of Object.entries(REFUSED_HISTORIES)) {
  test(`a history is refused: ${name}`, () => {
    const error = errorOf(() => model.score(history, { at: AT }));
    assert.deepEqual([error.code, error.path], [code, path]);
    assert.ok(error.message.startsWith(`\`${path}\` `), error.message);
    assert.deepEqual(error.faults, [{ code, path, message: error.message }]);
  });
}

test("what a getter threw is the cause", () => {
  const reason = new RangeError("not today");
  assert.equal(errorOf(() => model.score({ events: [throwing("time", reason)] })).cause, reason);
});

test("with onInvalid skip, every event that is refused by its fields is left out and counted", () => {
  const bad = Object.values(REFUSED_HISTORIES).filter(([, code]) => code.startsWith("event-"));
  assert.ok(bad.length >= 12);
  const events = bad.flatMap(([history]) => Array.from(history.events));
  const { points, ignored } = model.score({ events }, { at: AT, onInvalid: "skip" });
  const logins = events.filter((one) => one === login).length;
  assert.deepEqual([points, ignored.invalid], [10 * logins, events.length - logins]);
});

test("numbers that are not finite are no amount, and no NaN comes out", () => {
  const amounts = [NaN, Infinity, -Infinity, 1e13, 5];
  const events = amounts.map((amount, index) => ({ type: "purchase", time: TIME + index, data: { amount } }));
  const { points, ignored } = model.score({ events }, { at: AT });
  assert.deepEqual([points, ignored.noValue], [5, 4]);
});

test("a Date cannot be seconds, and nothing within a list is null, as in JSON", () => {
  const start = model.score({ events: [{ type: "login", time: new Date(0) }] }, { at: AT });
  assert.equal(start.tenureDays, AT / 86_400_000);
  const one = new Model({ criteria: [{ id: "a", kind: "filter", points: 1, where: { tags: { contains: null } } }] });
  assert.equal(one.score({ events: [], profile: { tags: [undefined] } }, { at: AT }).points, 1);
  assert.equal(one.score({ events: [], profile: { tags: [, 1] } }, { at: AT }).points, 1);
});

test("an object holds at most twenty million values, and refusing more is no trap", () => {
  const error = errorOf(() => model.score({ events: [], profile: { list: new Array(20_000_001) } }, { at: AT }));
  assert.deepEqual([error.code, error.path], ["history-too-large", "history"]);
});

test("__proto__ and constructor are names like any other", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const criteria = names.map((name, index) => ({ id: `c${index}`, kind: "event", event: name, points: 1, where: { [`${name}.deep`]: 1 } }));
  const events = names.map((type) => ({ type, id: type, time: TIME, data: JSON.parse(`{ "${type}": { "deep": 1 } }`) }));
  const one = new Model(JSON.stringify({ criteria }));
  assert.equal(one.score({ events }, { at: AT }).points, names.length);
  assert.equal(one.score({ events: events.map(({ type, time }) => ({ type, time, data: {} })) }, { at: AT }).points, 0);
  assert.equal({}.deep, undefined);
});

const REFUSED_MODELS = {
  undefined: [undefined, "model-wrong-type", "model"],
  "a number": [5, "model-wrong-type", "model"],
  "a function": [() => rules, "model-wrong-type", "model"],
  "points that are NaN": [withCriterion({ points: NaN }), "model-out-of-range", "model.criteria[0].points"],
  "points that are a BigInt": [withCriterion({ points: 1n }), "model-wrong-type", "model.criteria[0].points"],
  "a label with a lone surrogate": [withCriterion({ label: "\ud800" }), "model-invalid-text", "model.criteria[0].label"],
  "a getter that throws": [{ criteria: [throwing("id")] }, "model-unreadable", "model.criteria[0].id"],
  "a cycle": [{ criteria: [{ id: "a", kind: "filter", points: 1, where: cyclicCondition() }] }, "model-too-deep", "model"],
};

for (const [name, [input, code, path]] of Object.entries(REFUSED_MODELS)) {
  test(`a model is refused: ${name}`, () => {
    const error = errorOf(() => new Model(input));
    assert.deepEqual([error.code, error.path], [code, path]);
    assert.deepEqual(Model.check(input).map((fault) => fault.code), error.faults.map((fault) => fault.code));
    assert.throws(() => Model.lint(input), { code });
  });
}

test("all faults of a model come in one pass", () => {
  const faulty = { perod: "30d", criteria: [{ id: "a b", kind: "event", event: "x", points: "5" }, { kind: "evnt" }], target: -1 };
  const faults = Model.check(faulty);
  assert.deepEqual(faults.map(({ code, path }) => [code, path]), [
    ["model-unknown-key", "model.perod"],
    ["model-invalid-id", "model.criteria[0].id"],
    ["model-wrong-type", "model.criteria[0].points"],
    ["model-unknown-value", "model.criteria[1].kind"],
    ["model-missing-key", "model.criteria[1].id"],
    ["model-missing-key", "model.criteria[1].points"],
    ["model-out-of-range", "model.target"],
  ]);
  assert.match(faults[0].message, /did you mean `period`\?$/);
  assert.match(faults[3].message, /did you mean `event`\?$/);
  assert.deepEqual(errorOf(() => new Model(faulty)).faults, faults);
});

const REFUSED_OPTIONS = {
  "at is NaN": [{ at: NaN }, "options-invalid-at", "options.at"],
  "at is an invalid Date": [{ at: new Date(NaN) }, "options-invalid-at", "options.at"],
  "at is in seconds": [{ at: 1_711_843_200 }, "options-invalid-at", "options.at"],
  "the zone is unknown": [{ timeZone: "Mars/Olympus" }, "options-invalid-time-zone", "options.timeZone"],
  "the zone is a Symbol": [{ timeZone: Symbol("UTC") }, "options-invalid-time-zone", "options.timeZone"],
  "the day starts at 24": [{ dayStartHour: 24 }, "options-invalid-day-start-hour", "options.dayStartHour"],
  "a getter throws": [throwing("at"), "options-unreadable", "options.at"],
};

for (const [name, [options, code, path]] of Object.entries(REFUSED_OPTIONS)) {
  test(`options are refused: ${name}`, () => {
    const error = errorOf(() => model.score({ events: [login] }, options));
    assert.deepEqual([error.code, error.path], [code, path]);
  });
}

test("text with lone surrogates is read in linear time", () => {
  const spoilt = (count) => `{"a":"${"\\\\".repeat(count)}","b":"\ud800"}`;
  const time = (count) => {
    const start = performance.now();
    Model.check(spoilt(count));
    return performance.now() - start;
  };
  time(1_000);
  assert.ok(time(100_000) < 20_000);
});

test("more faults than memory end in errors, not in a trap", () => {
  const key = "k".repeat(500_000);
  const model = { criteria: [{ id: "a", kind: "filter", points: 1, where: { [key]: { in: Array(100_000).fill({}) } } }] };
  const faults = Model.check(model);
  assert.equal(faults.length, 1_000);
  assert.ok(faults.every(({ path }) => path.length < 200));
});

test("many unknown references are told in time", () => {
  const id = (index) => `${"x".repeat(55)}${String(index).padStart(5, "0")}`;
  const criteria = Array.from({ length: 500 }, (_, index) => ({ id: id(index), kind: "filter", points: 1 }));
  const points = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [id(index + 50_000), 1]));
  const start = performance.now();
  const faults = Model.check({ criteria, stages: [{ id: "s", when: {}, points }] });
  assert.equal(faults.length, 1_000);
  // Squares of these would take an hour.
  assert.ok(performance.now() - start < 60_000);
});

test("data of many control characters is refused before it is compared", () => {
  const one = new Model({ criteria: [{ id: "a", kind: "event", event: "login", points: 1, uniqueBy: "x" }] });
  const data = { x: "\x01".repeat(17 << 20) };
  const error = errorOf(() => one.score({ events: [{ ...login, data }] }, { at: AT }));
  assert.deepEqual([error.code, error.path], ["event-invalid-data", "events[0].data"]);
  assert.equal(one.score({ events: [{ ...login, data: { x: "\x01".repeat(16 << 20 - 1) } }] }, { at: AT }).points, 1);
});

test("buffers: detached, lying and pretended ones", () => {
  const detached = new ArrayBuffer(8);
  const view = new Uint8Array(detached);
  structuredClone(detached, { transfer: [detached] });
  assert.equal(errorOf(() => new Model(detached)).code, "model-unreadable");
  assert.equal(Model.check(view)[0].code, "model-unreadable");
  const pretended = { [Symbol.toStringTag]: "ArrayBuffer", length: 1e15, criteria: [] };
  assert.deepEqual(Model.check(pretended).map(({ code, path }) => [code, path]), [["model-unknown-key", "model.length"]]);
  class Throwing extends Uint8Array {
    get byteLength() {
      throw new Error("no");
    }
  }
  assert.equal(Model.check(new Throwing(4))[0].code, "model-unreadable");
});

test("paths are on one line, and of whatever holds the place", () => {
  const inList = errorOf(() => model.score([throwing("a")]));
  assert.equal(inList.path, "history[0].a");
  const profile = { "first\nname": () => 0 };
  assert.equal(errorOf(() => model.score({ events: [], profile })).path, 'profile["first\\nname"]');
  const unreadable = errorOf(() => model.score({ events: [], profile: throwing("first name") }));
  assert.equal(unreadable.path, 'profile["first name"]');
  assert.ok(!errorOf(() => model.score({ events: [] }, { timeZone: `A\n${"b".repeat(1_000)}` })).message.includes("\n"));
});

test("a Date is a time for `at` alone", () => {
  assert.equal(errorOf(() => model.score({ events: [] }, { baseline: new Date(1e12) })).code, "options-invalid-baseline");
});

function errorOf(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof StarwiseError && error instanceof Error, `${error?.stack ?? error}`);
    return error;
  }
  assert.fail("nothing was thrown");
}

function withCriterion(fields) {
  return { criteria: [{ ...rules.criteria[0], ...fields }] };
}

function cyclicCondition() {
  const condition = {};
  condition.not = condition;
  return condition;
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
