// Objects laid straight into the core against the JSON text of the same, and what a hostile object may try meanwhile.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Model, StarwiseError } from "../../pkg/index.node.js";
import { memory } from "../../pkg/load.js";
import { generateCase } from "../oracle/generate.mjs";
import { Random } from "../oracle/generator/random.mjs";

/** So many times as many cases as usual. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const CASES = 5_000 * TIMES;
/** Another run, other cases; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 3_000_001);

const AT = Date.UTC(2024, 2, 31);
const TIME = Date.UTC(2024, 2, 30);
const rules = {
  period: null,
  criteria: [
    { id: "login", kind: "event", event: "login", points: 10 },
    { id: "spend", kind: "event", event: "purchase", points: 1, per: "order.total" },
    { id: "plans", kind: "event", event: "plan", points: 1_000, uniqueBy: "name" },
    { id: "all", kind: "frequency", event: "*", atLeast: 3, within: "30d", points: 0.5 },
    { id: "seats", kind: "filter", per: "seats", points: 100_000 },
  ],
};
const model = new Model(rules);
const login = { type: "login", time: TIME };
const PLAIN = { events: [login, { type: "purchase", time: TIME + 1, id: "p", data: { order: { total: 3 } } }, { type: "x", time: TIME }], profile: { seats: 2 } };

// After anything that was tried the module goes on working, and nothing of it is left.
afterEach(() => assert.equal(model.score(PLAIN, { at: AT }).points, 200_013.5));

test(`objects score as their JSON text on ${CASES} random histories, dressed up as objects may be`, () => {
  let refused = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += 1) {
    const { model: rules, history, options } = generateCase(seed);
    const random = new Random(seed);
    const one = new Model(rules);
    same(one, history, options, `seed ${seed}`);
    disturb(random, history);
    const dressed = dressHistory(random, history);
    if (same(one, dressed, options, `seed ${seed}, dressed`).code) refused += 1;
    one.free();
  }
  assert.ok(refused > CASES / 100 && refused < CASES / 2, `${refused} refused`);
});

test("one desk for all: huge histories after small ones, after refused ones, and small ones again", () => {
  const random = new Random(5);
  for (const count of [1, 60_000, 3, 0, 200_000, 2, 1_000]) {
    const events = Array.from({ length: count }, (_, index) => makeEvent(random, index));
    same(model, { events, profile: { seats: count } }, { at: AT }, `${count} events`);
    same(model, { events: [...events, { type: "login" }] }, { at: AT }, `${count} events, one without a time`);
  }
});

test("texts that ask for memory again and again: long, short, not ASCII", () => {
  for (const text of ["a", "é", "漢", "😀", "\ud800", "a\u0000"]) {
    const events = Array.from({ length: 300 }, (_, index) => {
      const name = text.repeat((index * index) % 5_000) + index;
      return { type: index % 3 ? "plan" : `other ${name.slice(0, 90)}`, time: TIME - index, id: index % 2 ? `${name.slice(-60)}` : undefined, data: { name, order: { name } } };
    });
    if (text === "\ud800") same(model, { events }, { at: AT, onInvalid: "skip" }, "torn, skipped");
    same(model, { events }, { at: AT }, JSON.stringify(text));
  }
});

test("ids of 256 bytes, and of 257", () => {
  const ids = ["x".repeat(256), "é".repeat(128), "漢".repeat(85) + "x", "😀".repeat(64), "", "\u0000", "é", "e\u0301"];
  const events = ids.flatMap((id) => [{ ...login, id }, { ...login, id, time: TIME - 1 }]);
  const { ignored } = same(model, { events }, { at: AT }, "ids of 256").result;
  assert.equal(ignored.duplicate, ids.length);
  for (const id of ["x".repeat(257), `${"é".repeat(128)}x`, "漢".repeat(86), `${"😀".repeat(64)}x`, "\ud800", "a\udc00"]) {
    const code = id.isWellFormed() ? "event-id-too-long" : "event-invalid-id";
    const found = same(model, { events: [...events, { ...login, id }] }, { at: AT }, id);
    assert.deepEqual([found.code, found.path], [code, `events[${events.length}].id`]);
    same(model, { events: [...events, { ...login, id }] }, { at: AT, onInvalid: "skip" }, id);
  }
});

test("times: numbers, fractions, Dates, texts, and what is none", () => {
  const times = [
    TIME, TIME + 0.75, -TIME, -TIME - 0.5, 1e11, -1e11, 8.64e15, -8.64e15, 1e11 - 1, 0, -0, 8.64e15 + 1, 1.7e9, "2024-03-30T00:00:00Z",
    "2024-03-30t00:00:00.5+01:00", "1970-01-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-03-30T00:00:00.123456789012345678901234567890123456789012345678901234567890Z",
    "", "é", "2024-03-30T00:00:00é", "\ud800", new Date(TIME), new Date(1e11), null, true, [TIME], {}, "1711756800000", Object(TIME), Object("2024-03-30T00:00:00Z"),
    new (class extends Date {})(TIME),
  ];
  for (const time of times) {
    for (const onInvalid of ["error", "skip"]) same(model, { events: [login, { type: "plan", time, data: { name: 1 } }] }, { at: AT, onInvalid }, `${typeof time} ${String(time)}`);
  }
});

test("a Date is its instant, whatever it says of itself", () => {
  const lying = Object.assign(new Date(TIME), { getTime: () => 5, valueOf: () => 6, toJSON: () => "no", toISOString: () => "no" });
  const foreign = runInNewContext(`new Date(${TIME})`);
  const early = new Date(5);
  const silent = Object.assign(new Date(TIME), { toJSON: undefined });
  for (const [time, start] of [[lying, TIME], [foreign, TIME], [silent, TIME], [early, 5]]) {
    assert.equal(model.score({ events: [{ type: "login", time }] }, { at: AT }).tenureDays, (AT - start) / 86_400_000);
  }
  const invalid = new Date(Number.NaN);
  refusedAs("event-invalid-time", "events[0].time", () => model.score({ events: [{ type: "login", time: invalid }] }, { at: AT }));
});

test("ties: events told apart by their data alone, of which the model reads something or nothing", () => {
  const first = new Model({ criteria: [{ id: "a", kind: "event", event: "plan", award: "first", per: "n", points: 1 }] });
  const unique = new Model({ criteria: [{ id: "a", kind: "event", event: "*", uniqueBy: "name", per: "n", points: 1 }] });
  const random = new Random(17);
  const some = () => random.pick([undefined, null, {}, { n: 1 }, { n: 2, x: 1 }, { n: 2, x: 0 }, { x: 0, n: 2 }, { name: "a", n: 3 }, { name: "a", n: 1, deep: { z: 1 } }, { name: ["a"], n: 7 }, { a: "é", n: 4 }, { z: 1, n: 5 }]);
  for (let round = 0; round < 3_000; round += 1) {
    const events = random.times(random.integer(2, 7), () => ({
      type: random.pick(["plan", "plan", "other"]), time: TIME + random.integer(0, 1), id: random.pick([undefined, undefined, null, "a", "b"]), data: some(),
    }));
    for (const one of [first, unique, model]) same(one, { events }, { at: AT }, JSON.stringify(events));
  }
});

test("data at read paths: every kind of value, and what stands beside it", () => {
  const one = new Model({ criteria: [
    { id: "a", kind: "event", event: "plan", points: 1, uniqueBy: "item" },
    { id: "b", kind: "event", event: "plan", points: 100, uniqueBy: "item.name" },
    { id: "c", kind: "event", event: "plan", points: 10_000, per: "item.name.length" },
    { id: "d", kind: "event", event: "*", points: 1e6, uniqueBy: "\ufffd" },
    { id: "e", kind: "event", event: "plan", points: 1e9, where: { "item.__proto__": { exists: true } } },
  ] });
  const values = [
    undefined, null, true, false, 0, -0, 1.5, 1e300, "", "a", "\ud83d", "\ufffd", [], {}, [1], { name: 1 }, { name: { length: 4 } }, { name: "four" }, { name: [1, 2] },
    { toJSON: () => "a" }, { toJSON: undefined, name: 1 }, { toJSON: 5 }, Object(1), Object("a"), Object(false), new Date(TIME), new Map([[1, 2]]), new Set([1]), new (class A { name = 3; })(),
    Object.create({ name: 9 }), Object.assign(Object.create(null), { name: 2 }), [undefined, , 1], Object.assign([1], { toJSON: () => 2 }), Object.assign([1], { name: 2 }), JSON.parse('{ "__proto__": 1 }'),
    new Proxy({ name: 1 }, {}), Object.freeze({ name: 1 }), { get name() { return "got"; } }, { name: undefined }, Buffer.from("ab"), new Uint8Array(2), /x/, new Error("e"),
  ];
  const spread = (value) => [{ item: value }, { item: { name: value } }, { "\ud800": value }, { "\ufffd": value }, { item: { name: { length: value } } }, { other: value, item: 1 }, { "item.name": value }, { other: { deep: [{ x: value }] } }];
  const events = values.flatMap((value) => spread(value).map((data) => ({ type: "plan", data })));
  for (const [index, { data }] of events.entries()) {
    const both = [{ type: "plan", time: TIME, data }, { type: "other", time: TIME, data }, { type: "plan", time: TIME + 1, data: events[(index * 7) % events.length].data }];
    same(one, { events: both }, { at: AT }, `value ${Math.floor(index / 8)}, place ${index % 8}`);
  }
  same(one, { events: events.map((event, index) => ({ ...event, time: TIME + index })) }, { at: AT }, "all at once");
});

test("values of different types are never one to uniqueBy", () => {
  const one = new Model({ period: null, criteria: [{ id: "a", kind: "event", event: "a", points: 1, uniqueBy: "x" }] });
  // Texts and lists that, as bytes, look like numbers.
  const texts = ['"abcdefg', '"1234567', '"aaaaaa"', "[1,2,34]", '{"a":12}', "[[],[],]"];
  const alike = texts.map((text) => Buffer.from(text, "latin1").readDoubleLE(0));
  const values = [...texts.map((text) => text.slice(1)), ...alike, null, "n", "-", "t", true, "true", 1, "1", [1], "[1]", {}, "{}", [1, 2, 34], { a: 12 }];
  const events = values.map((x, index) => ({ type: "a", time: TIME + index, data: { x } }));
  assert.equal(same(one, { events }, { at: AT }, "all different").result.points, values.length);
});

test("what JSON cannot carry is refused by its place, wherever it is", () => {
  for (const [value, at] of [[1n, ""], [Symbol("s"), ""], [() => 0, ""], [[0, 1n], "[1]"], [{ a: { b: () => 0 } }, ".a.b"]]) {
    for (const [data, place] of [[{ name: value }, ".name"], [{ other: value }, ".other"], [{ order: { x: value } }, ".order.x"]]) {
      for (const type of ["plan", "login", "unheard of"]) {
        refusedAs("event-invalid-data", `events[1].data${place}${at}`, () => model.score({ events: [login, { type, time: TIME, data }] }, { at: AT }));
      }
    }
  }
});

test("only own enumerable keys count, of the history, of data and of the profile", () => {
  const hidden = (object, key) => Object.defineProperty(object, key, { enumerable: false });
  const make = {
    "a key of data": () => ({ events: [{ type: "purchase", time: TIME, data: { order: hidden({ total: 7 }, "total") } }] }),
    events: () => hidden({ events: [login] }, "events"),
    profile: () => hidden({ events: [], profile: { seats: 1 } }, "profile"),
    "a key of the profile": () => ({ events: [], profile: hidden({ seats: 1 }, "seats") }),
    "an inherited type": () => ({ events: [Object.create({ type: "login" }, { time: { value: TIME, enumerable: true } })] }),
    "inherited events": () => Object.create({ events: [login] }),
    "a symbol": () => ({ events: [{ ...login, [Symbol("s")]: 1n }] }),
  };
  for (const [name, history] of Object.entries(make)) same(model, history(), { at: AT }, name);
});

test("a hidden key of a plain event counts as if it could be seen", () => {
  const hidden = Object.defineProperty({ ...login }, "type", { enumerable: false });
  assert.deepEqual(model.score({ events: [hidden] }, { at: AT }), model.score({ events: [login] }, { at: AT }));
});

for (const [name, value] of Object.entries({ type: "login", time: TIME, id: "a", data: { name: 1 }, events: [login], profile: { seats: 5 }, toJSON: () => ({}), at: 5, name: "n", order: { total: 4 }, "0": 1, other: 1n })) {
  for (const enumerable of [true, false]) {
    test(`a polluted Object.prototype changes nothing: ${enumerable ? "" : "hidden "}${name}`, () => {
      const histories = [{ ...PLAIN }, { events: [{}] }, { events: [{ type: "login" }] }, { events: [{ type: "plan", time: TIME, data: {} }] }, {}, { events: [] }];
      // JSON.stringify itself calls an inherited toJSON: that one is what it says.
      const before = name === "toJSON" ? undefined : histories.map((history) => place(outcome(() => model.score(history, { at: AT }))));
      Object.defineProperty(Object.prototype, name, { value, enumerable, configurable: true, writable: true });
      let found;
      try {
        found = histories.map((history) => place(outcome(() => model.score(history, { at: AT }))));
      } finally {
        delete Object.prototype[name];
      }
      if (before) assert.deepEqual(found, before);
    });
  }
}

test("Object.prototype polluted while a history is read", () => {
  for (const key of ["type", "id", "name", "toJSON"]) {
    const history = { events: [{ get type() { Object.prototype[key] = "polluted"; return "plan"; }, time: TIME, data: {} }, { time: TIME }] };
    try {
      refusedAs("event-missing-type", "events[1].type", () => model.score(history, { at: AT }));
    } finally {
      delete Object.prototype[key];
    }
  }
});

test("Array.prototype and Date.prototype tampered with: no trap, and all is well afterwards", () => {
  const tamper = [[Array.prototype, "toJSON", () => []], [Date.prototype, "getTime", () => 5], [Date.prototype, "toJSON", () => 5], [Array.prototype, "0", login], [String.prototype, "toJSON", () => 1], [Number.prototype, "toJSON", () => 1]];
  for (const [prototype, key, value] of tamper) {
    const old = Object.getOwnPropertyDescriptor(prototype, key);
    Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
    let found;
    try {
      found = outcome(() => model.score({ events: [login, { type: "plan", time: new Date(TIME), data: { list: [1] } }] }, { at: AT }));
    } finally {
      if (old) Object.defineProperty(prototype, key, old);
      else delete prototype[key];
    }
    assert.ok(found.result || found.code, key);
  }
});

test("getters, proxies and classes are read like any object", () => {
  class Event {
    #type = "login";
    get type() { return this.#type; }
    time = TIME;
    toJSON() { return { type: this.#type, time: this.time }; }
  }
  class Bare { type = "login"; time = TIME; id = "b"; }
  const given = [
    { get type() { return "login"; }, get time() { return TIME; }, get id() { return "g"; }, get data() { return { get name() { return "x"; } }; } },
    new Event(), new Bare(), new Proxy(new Bare(), {}), new Proxy({ type: "plan", time: TIME, data: new Proxy({ name: "y" }, {}) }, {}),
    Object.assign(Object.create(null), { type: "plan", time: TIME, data: Object.assign(Object.create(null), { name: "z" }) }),
    Object.freeze({ type: "purchase", time: TIME, data: Object.freeze({ order: Object.freeze({ total: 7 }) }) }),
    runInNewContext(`({ type: "plan", time: ${TIME}, data: { name: "foreign" } })`),
    { toJSON: () => ({ type: "purchase", time: TIME, data: { order: { total: 1 } } }) },
  ];
  for (const events of [given, Object.freeze(given), new Proxy(given, {}), runInNewContext("Array.from(given)", { given }), given.map((event) => [event]).flat(), Object.assign([...given], { extra: 1 })]) {
    same(model, { events }, { at: AT }, "all kinds");
  }
  for (const event of given) same(model, { events: [login, event] }, { at: AT }, "one kind");
  for (const history of [new (class { events = given; })(), new Proxy({ events: given }, {}), { toJSON: () => ({ events: given }) }, { get events() { return given; } }]) {
    same(model, history, { at: AT }, "a history of its own kind");
  }
  same(model, { events: Object.assign([login], { toJSON: () => [login, login] }) }, { at: AT }, "events with toJSON");
  same(model, { events: [login, , login] }, { at: AT }, "sparse");
  same(model, { events: [login, , login] }, { at: AT, onInvalid: "skip" }, "sparse, skipped");
});

test("profiles: of every kind", () => {
  const values = [undefined, null, {}, { seats: 3 }, [], 5, "x", new Map(), { toJSON: () => ({ seats: 4 }) }, new (class { seats = 5; })(), Object.create(null), { seats: Object(6) }, new Date(TIME), { createdAt: new Date(TIME) }, { seats: "\ud800" }];
  for (const profile of values) same(model, { events: [login], profile }, { at: AT }, String(typeof profile));
});

test("a getter that scores meanwhile, to any depth", () => {
  const deep = (depth) => ({
    get type() { if (depth > 0) assert.equal(model.score({ events: [deep(depth - 1)] }, { at: AT }).points, 10); return "login"; },
    time: TIME,
  });
  assert.equal(model.score({ events: [deep(20)] }, { at: AT }).points, 10);
  const busy = { get type() { return model.score({ events: Array(5_000).fill(login) }, { at: AT }).points > 0 ? "login" : ""; }, time: TIME };
  assert.equal(model.score({ events: [login, busy, busy, login] }, { at: AT }).points, 40.5);
});

// What the calls of a getter do now and then, done for sure: views of the memory no longer hold.
const grow = () => memory.grow(1);
const growing = (fields, key) => Object.defineProperty({ ...fields }, key, { enumerable: true, get() { grow(); return fields[key]; } });

test("memory that grows while an event is read", () => {
  const text = "x".repeat(3_000);
  const fields = { type: "plan", time: TIME + 5, id: "i", data: { name: "short", more: text, order: { name: text } } };
  const make = (key) => [login, { type: "other", time: TIME, id: "o", data: { name: "o" } }, growing(fields, key), { ...login, id: "é" }, { type: "purchase", time: TIME, data: { order: { total: 2 } } }];
  const plain = model.score({ events: make("none") }, { at: AT });
  for (const key of ["type", "time", "id", "data"]) {
    assert.deepEqual(model.score({ events: make(key) }, { at: AT }), plain, key);
    assert.deepEqual(model.score(Object.defineProperty({ profile: undefined }, "events", { enumerable: true, get() { grow(); return make(key); } }), { at: AT }), plain, key);
  }
  assert.equal(model.score(growing({ events: [login], profile: growing({ seats: 3 }, "seats") }, "profile"), { at: AT }).points, 300_010);
});

test("memory that grows amid the data: texts before and after it stay what they are", () => {
  const paths = ["a", "b", "c"].map((path, place) => ({ id: path, kind: "event", event: "plan", points: 10 ** place, where: { [path]: "short" } }));
  for (const also of [[], [{ id: "filler", kind: "event", event: "plan", points: 0, uniqueBy: "filler" }]]) {
    const one = new Model({ period: null, criteria: [...paths, ...also] });
    for (const filler of [0, 1, 900, 1_300, 3_000, 100_000]) {
      const data = growing({ a: "short", grow: 1, b: "short", filler: "f".repeat(filler), c: "short" }, "grow");
      const events = [{ type: "plan", time: TIME, data }, { type: "other", time: TIME - 1, id: "later" }];
      assert.equal(one.score({ events }, { at: AT }).points, 111, `filler ${filler}, ${also.length} besides`);
    }
    one.free();
  }
});

test("memory that grows anywhere in random histories", () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + 500; seed += 1) {
    const { model: rules, history, options } = generateCase(seed);
    const random = new Random(seed);
    const one = new Model(rules);
    const expected = place(outcome(() => one.score(JSON.stringify(history), options)));
    const grown = { ...history, events: history.events.map((event) => (isObject(event) && random.chance(3) ? growSomewhere(random, event) : event)) };
    assert.deepEqual(place(outcome(() => one.score(grown, options))), expected, `seed ${seed}`);
    one.free();
  }
});

test("a getter that frees the model", () => {
  for (const place of ["type", "time", "data", "profile", "options"]) {
    const doomed = new Model(rules);
    const free = (value) => ({ get() { doomed.free(); return value; }, enumerable: true });
    const event = { ...login };
    const history = { events: [login, event] };
    const options = { at: AT };
    if (place === "profile") Object.defineProperty(history, "profile", free({}));
    else if (place === "options") Object.defineProperty(options, "at", free(AT));
    else Object.defineProperty(event, place, free(place === "time" ? TIME : place === "data" ? { name: 1 } : "login"));
    refusedAs("model-freed", "model", () => doomed.score(history, options));
    refusedAs("model-freed", "model", () => doomed.score(PLAIN, { at: AT }));
    refusedAs("model-freed", "model", () => doomed.score(JSON.stringify(PLAIN), { at: AT }));
    doomed.free();
  }
});

test("a getter that throws: at once, or only the first time", () => {
  for (const key of ["type", "time", "id", "data"]) {
    const cause = new Error("no");
    const event = Object.defineProperty({ ...login }, key, { enumerable: true, get() { throw cause; } });
    const error = refusedAs("history-unreadable", `events[1].${key}`, () => model.score({ events: [login, event] }, { at: AT }));
    assert.equal(error.cause, cause);
    let count = 0;
    const shy = Object.defineProperty({ ...login }, key, { enumerable: true, get() { count += 1; if (count === 1) throw cause; return { ...login, id: "a", data: {} }[key]; } });
    const found = outcome(() => model.score({ events: [login, shy] }, { at: AT }));
    assert.ok(found.result?.points === 20 || found.code === "history-unreadable", key);
  }
});

test("16 MiB of text in one event's data is the most, in however many pieces", () => {
  const piece = "x".repeat(1_000_000);
  const data = (count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, piece]));
  for (const [count, type] of [[16, "plan"], [17, "plan"], [17, "login"], [17, "unheard of"]]) same(model, { events: [{ type, time: TIME, data: data(count) }] }, { at: AT }, `${count} million, ${type}`);
  const found = outcome(() => model.score({ events: [{ type: "plan", time: TIME, data: { list: Array(17).fill(piece) } }] }, { at: AT }));
  assert.equal(found.code, "event-invalid-data");
});

test("twenty million values are the most, in data too", () => {
  const list = new Array(20_000_001).fill(0);
  refusedAs("history-too-large", "history", () => model.score({ events: [{ type: "plan", time: TIME, data: { list } }] }, { at: AT }));
});

test("a million events, and one more", () => {
  const events = new Array(1_000_000).fill(login);
  assert.equal(model.score({ events }, { at: AT }).points, 10_000_000.5);
  refusedAs("history-too-many-events", "events", () => model.score({ events: [...events, login] }, { at: AT }));
});

test("depth: 64 containers, not 65", () => {
  const nest = (depth) => (depth === 0 ? 1 : { a: nest(depth - 1) });
  const list = (depth) => (depth === 0 ? 1 : [list(depth - 1)]);
  for (const make of [nest, list]) {
    for (const depth of [1, 45, 49, 50, 51, 52, 59, 60]) same(model, { events: [{ type: "plan", time: TIME, data: { x: make(depth) } }] }, { at: AT }, `${depth}`);
    for (const depth of [61, 62, 200]) {
      refusedAs("history-too-deep", "history", () => model.score({ events: [{ type: "plan", time: TIME, data: { x: make(depth) } }] }, { at: AT }));
    }
  }
});

test("lists of events that lie about their length", () => {
  const listOf = (length) => new Proxy([login, login], { get: (list, key) => (key === "length" ? length : list[key]) });
  for (const [length, points] of [[2, 20], [0, 0], [1, 10], ["2", 20], [Number.NaN, 0], [1.5, 10], [0.5, 0], ["x", 0], [null, 0], [true, 10], [undefined, 0]]) {
    assert.equal(model.score({ events: listOf(length) }, { at: AT }).points, points, String(length));
    assert.equal(model.score(PLAIN, { at: AT }).points, 200_013.5, `after ${String(length)}`);
  }
  for (const length of [-1, -0.5, -1e9, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Infinity, -Infinity, 1_000_001, 3, 1_000_000]) {
    const found = outcome(() => model.score({ events: listOf(length) }, { at: AT }));
    // What >>> 0 makes of it is fine, and any error that says so; a trap is not.
    assert.ok(found.result || /^(history-too-many-events|event-wrong-type|history-unreadable)$/.test(found.code), `${length}: ${found.code}`);
    assert.equal(model.score(PLAIN, { at: AT }).points, 200_013.5, `after ${length}`);
  }
});

test("lengths that change each time they are asked for do not write beyond their room", () => {
  let asked = 0;
  const growing = { valueOf: () => (asked += 1) < 4 ? 1 : 50_000, toString: () => "1" };
  const list = new Proxy([], { get: (_, key) => (key === "length" ? growing : key === "toJSON" ? undefined : login) });
  const found = outcome(() => model.score({ events: list }, { at: AT }));
  assert.ok(found.result || found.code);
  const bystander = new Model(rules);
  assert.equal(bystander.score(PLAIN, { at: AT }).points, 200_013.5);
  bystander.free();
});

/** Scores the object and its text, which must come to the same; gives the outcome. */
function same(model, history, options, what) {
  const found = outcome(() => model.score(history, options));
  const text = JSON.stringify(history);
  const expected = outcome(() => model.score(text, options));
  assert.deepEqual(place(found), place(expected), `${what}: ${(text ?? "").slice(0, 3_000)}`);
  return found;
}

function place({ result, code, path }) {
  return result ?? { code, path };
}

function outcome(score) {
  try {
    return { result: score() };
  } catch (error) {
    if (!(error instanceof StarwiseError)) throw error;
    return { code: error.code, path: error.path, error };
  }
}

function refusedAs(code, path, score) {
  const found = outcome(score);
  assert.deepEqual([found.code, found.path], [code, path]);
  return found.error;
}

/** Adds to a history what the generator does not know. */
function disturb(random, { events }) {
  for (let times = random.integer(0, 3); times > 0 && events.length > 0; times -= 1) {
    const event = structuredClone(random.pick(events));
    if (typeof event !== "object" || event === null) continue;
    random.pick([
      () => (event.type = random.pick(["constructor", "__proto__", "nudge.other", "unheard of", "\ufffd", "x".repeat(5_000)])),
      () => (event.id = random.pick(["x".repeat(256), "é".repeat(128), "\u0000", "\ufffd", "x".repeat(random.chance(20) ? 257 : 255)])),
      () => (event.data = random.pick([{ deep: { list: [{ a: [1] }] } }, { "": 1, "a.b": 2 }, JSON.parse('{ "__proto__": { "plan": "pro" } }'), { item: [] }])),
      () => (event.time = new Date(Date.parse(event.time) || 1.7e12).toISOString()),
    ])();
    events.splice(random.integer(0, events.length), 0, event);
  }
}

/** The same history as objects of other kinds; their text says what they are. */
function dressHistory(random, history) {
  if (random.chance(20)) return history;
  const few = random.chance(50) ? 3 : 40;
  const events = history.events.map((event) => (random.chance(few) && isObject(event) ? dressEvent(random, event) : event));
  const dressed = { ...history, events };
  if (isObject(history.profile) && random.chance(30)) dressed.profile = dress(random, history.profile);
  return dressed;
}

function dressEvent(random, event) {
  const copy = { ...event };
  if (typeof copy.time === "number" && Number.isInteger(copy.time) && Math.abs(copy.time) >= 1e11 && random.chance(60)) copy.time = new Date(copy.time);
  if (isObject(copy.data) && random.chance(60)) copy.data = dressDeeply(random, copy.data);
  if (random.chance(20)) copy[random.pick(["id", "data", "extra", "source"])] ??= undefined;
  return random.chance(50) ? dress(random, copy) : copy;
}

function dressDeeply(random, value) {
  if (Array.isArray(value)) return value.map((item) => (random.chance(5) ? undefined : dressDeeply(random, item)));
  if (!isObject(value)) return random.chance(5) && value !== null && typeof value !== "object" ? Object(value) : value;
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: dressDeeply(random, item), enumerable: true, writable: true, configurable: true });
  }
  return random.chance(30) ? dress(random, copy) : copy;
}

function dress(random, object) {
  class Some {}
  return random.pick([
    () => Object.freeze(object),
    () => Object.defineProperties(Object.create(null), Object.getOwnPropertyDescriptors(object)),
    () => Object.defineProperties(new Some(), Object.getOwnPropertyDescriptors(object)),
    () => new Proxy(object, {}),
    () => ({ toJSON: () => object }),
    () => Object.defineProperties({}, Object.fromEntries(Object.keys(object).map((key) => [key, { get: () => object[key], enumerable: true }]))),
    () => Object.defineProperty(object, "hidden", { value: 1n, enumerable: false }),
    () => Object.setPrototypeOf(object, { inherited: 1n, type: "inherited", data: {} }),
  ])();
}

function growSomewhere(random, object) {
  const keys = Object.keys(object);
  if (keys.length === 0) return object;
  const key = random.pick(keys);
  return growing(isObject(object[key]) ? { ...object, [key]: growSomewhere(random, object[key]) } : object, key);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function makeEvent(random, index) {
  const event = { type: random.pick(["login", "plan", "purchase", "other", `rare${index % 50}`]), time: TIME - random.integer(0, 1e9) };
  if (random.chance(30)) event.id = random.chance(90) ? `id${index}` : "same";
  if (random.chance(30)) event.data = { order: { total: random.integer(0, 9) }, name: `n${random.integer(0, 99)}`, other: [1, { a: "b" }] };
  return event;
}
