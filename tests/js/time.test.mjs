// Questions about time and what-if, as only JavaScript can ask them: faults with code and place, and hostile options.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../pkg/index.node.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2024, 2, 1);
const TO = Date.UTC(2024, 2, 31);
const rules = {
  decay: { curve: "linear", over: "30d" },
  criteria: [
    { id: "login", kind: "event", event: "login", points: 30, perDay: 2 },
    { id: "spend", kind: "event", event: "purchase", points: 1, per: "amount" },
  ],
  audiences: [{ id: "active", when: { daysSinceLast: { lt: 7 } } }],
};
const model = new Model(rules);
const events = [
  { type: "login", time: FROM + DAY },
  { type: "login", time: FROM + 9 * DAY, id: "l2" },
  { type: "purchase", time: FROM + 12 * DAY, data: { amount: 25 } },
];
const history = { events, profile: { createdAt: FROM } };
const span = { from: FROM, to: TO, step: "6h" };
const expected = { timeline: model.timeline(history, span), transitions: model.transitions(history, span) };

// After any error the module goes on working, and nothing of the refused call is left.
afterEach(() => {
  assert.deepEqual(model.timeline(history, span), expected.timeline);
  assert.deepEqual(model.transitions(history, span), expected.transitions);
});

const throwing = (key, error = new Error("no entry")) => Object.defineProperty({ ...span }, key, { enumerable: true, get: () => { throw error; } });

/** Options that both refuse, then those that only a timeline does. */
const REFUSED = {
  "nothing": [undefined, "options-invalid-from", "options.from"],
  "null": [null, "options-invalid-from", "options.from"],
  "a text": ["2024", "options-wrong-type", "options"],
  "a number": [5, "options-wrong-type", "options"],
  "a list": [[FROM, TO], "options-wrong-type", "options"],
  "from is missing": [{ ...span, from: undefined }, "options-invalid-from", "options.from"],
  "from is null": [{ ...span, from: null }, "options-invalid-from", "options.from"],
  "from is NaN": [{ ...span, from: NaN }, "options-invalid-from", "options.from"],
  "from is a text": [{ ...span, from: "March" }, "options-invalid-from", "options.from"],
  "from is in seconds": [{ ...span, from: 1_709_251_200 }, "options-invalid-from", "options.from"],
  "from is an invalid Date": [{ ...span, from: new Date(NaN) }, "options-invalid-from", "options.from"],
  "from is a BigInt": [{ ...span, from: BigInt(FROM) }, "options-invalid-from", "options.from"],
  "from is after to": [{ ...span, from: TO + 1 }, "options-invalid-from", "options.from"],
  "to is missing": [{ from: FROM, step: 1 }, "options-invalid-to", "options.to"],
  "to is Infinity": [{ ...span, to: Infinity }, "options-invalid-to", "options.to"],
  "to is 30 February": [{ ...span, to: "2024-02-30T00:00:00Z" }, "options-invalid-to", "options.to"],
  "to is beyond all dates": [{ ...span, to: 8.64e15 + 1 }, "options-invalid-to", "options.to"],
  "an unknown zone": [{ ...span, timeZone: "Mars/Base" }, "options-invalid-time-zone", "options.timeZone"],
  "an hour of 24": [{ ...span, dayStartHour: 24 }, "options-invalid-day-start-hour", "options.dayStartHour"],
  "onInvalid is unknown": [{ ...span, onInvalid: "ignore" }, "options-invalid-on-invalid", "options.onInvalid"],
  "from throws": [throwing("from"), "options-unreadable", "options.from"],
  "to throws": [throwing("to"), "options-unreadable", "options.to"],
  "the zone throws": [throwing("timeZone"), "options-unreadable", "options.timeZone"],
  "a proxy refuses": [new Proxy({}, { get() { throw "no"; } }), "options-unreadable", undefined],
  "a revoked proxy": [revoked(), "options-unreadable", undefined],
};

const REFUSED_STEPS = {
  "missing": undefined,
  "null": null,
  "0": 0,
  "half a millisecond": 0.5,
  "negative": -HOUR,
  "not a number": NaN,
  "infinite": Infinity,
  "a year": "1y",
  "a month": "P1M",
  "nothing as a duration": "0d",
  "a word": "day",
  "empty": "",
  "an object": {},
  "a list": [HOUR],
  "a BigInt": 1n,
  "true": true,
};

for (const [name, [options, code, path]] of Object.entries(REFUSED)) {
  test(`options of a span are refused: ${name}`, () => {
    const ledger = new Ledger(model);
    // Zone, hour and judgement of events are settled in a ledger: it does not look at these.
    const isSettled = /timeZone|dayStartHour|onInvalid/.test(path);
    const asks = ["timeline", "transitions"].flatMap((name) => [() => model[name](history, options), ...(isSettled ? [] : [() => ledger[name](options)])]);
    for (const ask of asks) {
      const error = errorOf(ask);
      assert.equal(error.code, code);
      if (path !== undefined) assert.equal(error.path, path);
    }
    ledger.free();
  });
}

for (const [name, step] of Object.entries(REFUSED_STEPS)) {
  test(`a step is refused: ${name}`, () => {
    refuses(() => model.timeline(history, { ...span, step }), "options-invalid-step", "options.step");
  });
}

test("transitions have no step, and do not look at one", () => {
  assert.deepEqual(model.transitions(history, { from: FROM, to: TO, step: "1y" }), expected.transitions);
});

test("a hundred thousand steps are taken, and one more is too many", () => {
  const { times, points, score, stars } = model.timeline(history, { from: FROM, to: FROM + 100_000, step: 1 });
  assert.deepEqual([times, points, score, stars].map((column) => column.length), new Array(4).fill(100_001));
  assert.deepEqual([times[0], times.at(-1)], [FROM, FROM + 100_000]);
  for (const to of [FROM + 100_001, FROM + 1_000_000, 8.64e15]) {
    refuses(() => model.timeline(history, { from: FROM, to, step: 1 }), "options-too-many-steps", "options.step");
  }
});

test("a span of one instant is one step, whatever the step", () => {
  for (const step of [1, "1d", 1e15]) assert.deepEqual([...model.timeline(history, { from: TO, to: TO, step }).times], [TO]);
  assert.deepEqual(model.transitions(history, { from: TO, to: TO }), []);
});

test("a horizon is refused that is none", () => {
  for (const horizon of [0, -1, NaN, Infinity, "1y", "0d", {}, 1n]) {
    refuses(() => model.score(history, { at: TO, include: ["nextChange"], horizon }), "options-invalid-horizon", "options.horizon");
  }
  assert.equal(model.score(history, { at: FROM - DAY, include: ["nextChange"], horizon: 1 }).nextChange, null);
});

test("from and to take every form of time, a step and a horizon both of theirs", () => {
  const forms = [FROM, FROM + 0.75, new Date(FROM), "2024-03-01T00:00:00Z", "2024-03-01T05:30:00.000+05:30"];
  for (const from of forms) {
    for (const step of ["6h", "PT6H", 6 * HOUR, 6 * HOUR + 0.9, "0.25d"]) {
      assert.deepEqual(model.timeline(history, { from, to: new Date(TO), step }), expected.timeline);
    }
    assert.deepEqual(model.transitions(history, { from, to: "2024-03-31T00:00:00Z" }), expected.transitions);
  }
  const next = (horizon) => model.score(history, { at: FROM + 13 * DAY, include: ["nextChange"], horizon }).nextChange;
  assert.notEqual(next("365d"), null);
  assert.deepEqual(next(365 * DAY), next("365d"));
  assert.deepEqual(next(undefined), next("365d"), "the default");
});

test("texts and bytes are histories like any other", () => {
  const text = JSON.stringify(history);
  for (const form of [text, new TextEncoder().encode(text), Buffer.from(`\n${text} `), new TextEncoder().encode(text).buffer]) {
    assert.deepEqual(model.timeline(form, span), expected.timeline);
    assert.deepEqual(model.transitions(form, span), expected.transitions);
    const [first, ...extra] = events;
    const known = JSON.stringify({ ...history, events: [first] });
    assert.deepEqual(model.whatIf(known, extra, { at: TO }), model.score(form, { at: TO }));
    assert.deepEqual(model.whatIf(form, [], { at: TO }), model.score(history, { at: TO }));
  }
  refuses(() => model.timeline("{", span), "history-invalid-json");
  refuses(() => model.transitions("[]", span), "history-wrong-type", "history");
  refuses(() => model.timeline({ events: [{ type: "login", time: NaN }] }, span), "event-invalid-time", "events[0].time");
});

test("an event that cannot be read is left out where that is asked for", () => {
  const broken = { ...history, events: [...events, { type: "login" }, null] };
  assert.deepEqual(model.timeline(broken, { ...span, onInvalid: "skip" }), expected.timeline);
  assert.deepEqual(model.transitions(JSON.stringify(broken), { ...span, onInvalid: "skip" }), expected.transitions);
  const { ignored } = model.whatIf(broken, [{ type: 5 }], { at: TO, onInvalid: "skip" });
  assert.equal(ignored.invalid, 3);
});

test("the columns are the caller's own", () => {
  const { times, points, score, stars } = model.timeline(history, span);
  for (const column of [times, points, score]) assert.ok(column instanceof Float64Array);
  assert.ok(stars instanceof Uint8Array);
  for (const column of [times, points, score, stars]) {
    assert.equal(column.buffer.byteLength, column.byteLength, "no view of the core's memory");
    column.fill(7);
  }
});

test("a what-if names its own events", () => {
  const bad = { type: "login", time: "yesterday" };
  for (const known of [history, JSON.stringify(history)]) {
    refuses(() => model.whatIf(known, [events[0], bad], { at: TO }), "event-invalid-time", "extra[1].time");
    refuses(() => model.whatIf(known, [{ ...events[2], data: { amount: 1n } }], { at: TO }), "event-invalid-data", "extra[0].data.amount");
    refuses(() => model.whatIf(known, [null], { at: TO }), "event-wrong-type", "extra[0]");
    for (const none of [undefined, null, 5, "[]", {}, events[0], new Set(events)]) {
      refuses(() => model.whatIf(known, none, { at: TO }), "history-wrong-type", "extra");
    }
  }
  refuses(() => model.whatIf({ events: [bad] }, [bad], { at: TO }), "event-invalid-time", "events[0].time");
});

test("the same id in the history and on top of it is one event", () => {
  const [, second] = events;
  const { points, ignored } = model.whatIf(history, [second, { ...second, time: second.time + HOUR }], { at: TO });
  assert.deepEqual([points, ignored.duplicate], [model.score(history, { at: TO }).points, 2]);
  // The one that comes first stands, wherever it is.
  const earlier = { ...second, time: second.time - DAY };
  const instead = { ...history, events: [events[0], earlier, events[2]] };
  const expectedPoints = model.score(instead, { at: TO }).points;
  assert.equal(model.whatIf(history, [earlier], { at: TO }).points, expectedPoints);
  assert.equal(model.whatIf(JSON.stringify(history), [earlier], { at: TO }).points, expectedPoints);
});

test("events that differ only in what nothing reads are two, in the history and on top of it", () => {
  const twins = ["a", "b"].map((note) => ({ type: "login", time: FROM + DAY, data: { note } }));
  const both = model.score({ events: twins }, { at: TO });
  assert.deepEqual(model.whatIf({ events: [twins[0]] }, [twins[1]], { at: TO }), both);
  assert.deepEqual(model.whatIf({ events: [twins[1]] }, [twins[0]], { at: TO }), both);
});

test("a getter that frees the model is told so", () => {
  for (const ask of [
    (one) => one.timeline(history, freeing(one, "from", FROM)),
    (one) => one.transitions(history, freeing(one, "to", TO)),
    (one) => one.timeline({ get events() { one.free(); return events; } }, span),
    (one) => one.whatIf(history, [{ type: "login", get time() { one.free(); return FROM; } }], { at: TO }),
    (one) => one.whatIf(history, [], freeing(one, "at", TO)),
  ]) {
    refuses(() => ask(new Model(rules)), "model-freed", "model");
  }
});

test("a getter may ask everything within a call", () => {
  const ledger = new Ledger(model);
  ledger.add(events);
  const askAll = () => {
    assert.deepEqual(model.timeline(history, span), expected.timeline);
    assert.deepEqual(model.transitions(history, span), expected.transitions);
    assert.deepEqual(ledger.timeline({ ...span, from: TO - DAY }), model.timeline({ events }, { ...span, from: TO - DAY }));
    errorOf(() => model.timeline(history, { ...span, step: 0 }));
  };
  const nosy = { type: "login", get time() { askAll(); return FROM + DAY; } };
  const nosyHistory = { ...history, events: [nosy, ...events.slice(1)] };
  const nosySpan = { get from() { askAll(); return FROM; }, get to() { askAll(); return TO; }, get step() { askAll(); return "6h"; } };
  assert.deepEqual(model.score(nosyHistory, { at: TO }), model.score(history, { at: TO }));
  assert.deepEqual(model.timeline(nosyHistory, nosySpan), expected.timeline);
  assert.deepEqual(model.transitions(nosyHistory, nosySpan), expected.transitions);
  const nosyOptions = { get at() { askAll(); return TO; } };
  assert.deepEqual(model.whatIf({ ...history, events: [] }, nosyHistory.events, nosyOptions), model.score(history, { at: TO }));
});

test("options that a call does not use are not read", () => {
  const unread = { ...span };
  for (const key of ["at", "include", "locale", "horizon", "colour"]) {
    Object.defineProperty(unread, key, { enumerable: true, get: () => assert.fail(key) });
  }
  assert.deepEqual(model.timeline(history, unread), expected.timeline);
  assert.deepEqual(model.transitions(history, unread), expected.transitions);
});

test("options may be inherited, frozen, without a prototype, or behind a proxy", () => {
  const forms = [Object.create(span), Object.freeze({ ...span }), Object.assign(Object.create(null), span), new Proxy(span, {})];
  for (const form of forms) assert.deepEqual(model.timeline(history, form), expected.timeline);
});

function freeing(one, key, value) {
  return Object.defineProperty({ ...span, at: TO }, key, { enumerable: true, get: () => (one.free(), value) });
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function refuses(ask, code, path) {
  const error = errorOf(ask);
  assert.equal(error.code, code, error.message);
  if (path === undefined) return;
  assert.equal(error.path, path);
  assert.ok(error.message.startsWith(`\`${path}\` `), error.message);
}

function errorOf(ask) {
  try {
    ask();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, String(error?.stack));
    return error;
  }
  return assert.fail("nothing was thrown");
}
