// The encoder of the face: what it writes for any value, and what it does about hostile ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { Model } from "../../pkg/index.node.js";
import { atDesk, bytesOf, layOptions, layText, packHistory, packModel, refresh } from "../../pkg/core.js";

const NOW = 1_700_000_000_000;
const MAX_HISTORY = 268_435_456;
const TORN = (text) => ({ torn: text });
const ALIEN = (name) => ({ alien: name });
const ABSENT = Symbol("absent");

/** The wire, read back: the twin of the core's reader. */
function decode({ bytes, form }) {
  assert.equal(form, 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const u32 = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const text = () => {
    const length = u32();
    at += length;
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at - length, at));
  };
  const list = () => Array.from({ length: u32() }, value);
  function value() {
    const tag = bytes[at++];
    switch (tag) {
      case 0:
        return null;
      case 1:
        return false;
      case 2:
        return true;
      case 3:
        at += 8;
        return view.getFloat64(at - 8, true);
      case 4:
        return text();
      case 5:
        return TORN(text());
      case 6:
        return list();
      case 7:
        return Object.fromEntries(Array.from({ length: u32() }, () => [text(), value()]));
      case 8:
        return ALIEN(["BigInt", "symbol", "function"][bytes[at++]]);
      case 9:
        return ABSENT;
      case 10:
        return { events: value(), profile: value() };
      case 11:
        return list();
      case 12:
        return { type: value(), time: value(), id: value(), data: value() };
      case 13:
        return { notAList: value() };
      default:
        throw new Error(`tag ${tag}`);
    }
  }
  const result = value();
  assert.equal(at, bytes.length, "every byte is read");
  return result;
}

const model = (json) => decode(packModel(json));
const history = (json) => decode(packHistory(json));
const options = (given) => atDesk((desk) => ({ ...layOptions(desk, given, NOW), at: desk.instant() }));
const data = (json) => history({ events: [{ type: "t", time: 0, data: json }] }).events[0].data;
const nested = (depth, leaf) => (depth === 0 ? leaf : { a: nested(depth - 1, leaf) });

/** What a call throws, which must be a StarwiseError with this code and path. */
function refused(call, code, path) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, "is refused");
  assert.equal(error.name, "StarwiseError", String(error?.stack));
  assert.deepEqual([error.code, error.path], [code, path]);
  assert.ok(error.message.startsWith(`\`${path}\` `), error.message);
  assert.deepEqual(error.faults, [{ code, path, message: error.message }]);
  return error;
}

test("values are what JSON.stringify would write", () => {
  const values = [
    null, true, false, 0, -1.5, 1e300, "", "a", "é€😀", "x".repeat(39), "x".repeat(40), "x".repeat(41), "ü".repeat(5000),
    [], {}, [[[]], [{}]], { a: { b: [1, "2", null] } }, { "": 1, "a.b": 2, 10: 3, 9: 4 },
    { constructor: 1, hasOwnProperty: 2, toString: "no" }, JSON.parse('{ "__proto__": { "x": 1 }, "y": 2 }'),
  ];
  for (const value of values) assert.deepEqual(model({ value }), JSON.parse(JSON.stringify({ value })));
});

test("random trees come back as they were", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const tree = (depth) => {
    const kind = random(depth > 5 ? 5 : 7);
    if (kind === 0) return null;
    if (kind === 1) return random(2) === 0;
    if (kind === 2) return random(1e9) / (1 + random(1000));
    if (kind < 5) return String.fromCodePoint(...Array.from({ length: random(60) }, () => 32 + random(0xd000)));
    if (kind === 5) return Array.from({ length: random(6) }, () => tree(depth + 1));
    return Object.fromEntries(Array.from({ length: random(6) }, () => [`k${random(99)}é`, tree(depth + 1)]));
  };
  for (let round = 0; round < 2000; round += 1) {
    const value = { tree: tree(0) };
    assert.deepEqual(model(value), value);
    assert.deepEqual(data(value), value);
  }
});

test("only own enumerable keys count, and undefined is absence", () => {
  const base = { inherited: 1, type: "inherited" };
  const object = Object.create(base, { own: { value: 1, enumerable: true }, hidden: { value: 2 } });
  object.gone = undefined;
  object[Symbol("s")] = 1;
  assert.deepEqual(model(object), { own: 1 });
  const event = Object.create(base, { time: { value: 1 } });
  assert.deepEqual(history({ events: [event] }).events, [{ type: ABSENT, time: ABSENT, id: ABSENT, data: ABSENT }]);
  assert.deepEqual(history(Object.create({ events: [], profile: {} })), { events: { notAList: ABSENT }, profile: ABSENT });
});

test("__proto__ and constructor are keys like any other", () => {
  const event = JSON.parse('{ "type": "__proto__", "time": 1, "id": "constructor", "data": { "__proto__": 1, "constructor": 2 } }');
  const [read] = history({ events: [event] }).events;
  assert.equal(read.type, "__proto__");
  assert.equal(read.id, "constructor");
  assert.deepEqual(Object.entries(read.data), [["__proto__", 1], ["constructor", 2]]);
});

test("what JSON cannot carry is written down as what it is", () => {
  const given = { a: 1n, b: Symbol("s"), c: () => {}, d: [undefined, , 1n], e: Number.NaN, f: -Infinity };
  const read = model(given);
  assert.deepEqual(read, {
    a: ALIEN("BigInt"), b: ALIEN("symbol"), c: ALIEN("function"), d: [ABSENT, ABSENT, ALIEN("BigInt")], e: Number.NaN, f: -Infinity,
  });
  assert.deepEqual(model(undefined), ABSENT);
  assert.deepEqual(model(Symbol.iterator), ALIEN("symbol"));
});

test("lone surrogates mark a text as torn", () => {
  assert.deepEqual(model({ a: "\ud83d", b: "x\udc00y", c: "😀", d: `${"z".repeat(99)}\ud800` }), {
    a: TORN("\ufffd"), b: TORN("x\ufffdy"), c: "😀", d: TORN(`${"z".repeat(99)}\ufffd`),
  });
  assert.deepEqual(data({ "\ud800": 1 }), { "\ufffd": 1 });
  refused(() => packModel({ a: { "\ud800": 1 } }), "model-invalid-text", "model");
});

test("toJSON is called with its key, boxed values are opened", () => {
  const keys = [];
  const speaking = { toJSON: (key) => (keys.push(key), { said: key }) };
  assert.deepEqual(model([{ x: speaking }, speaking]), [{ x: { said: "x" } }, { said: "1" }]);
  assert.deepEqual(keys, ["x", "1"]);
  assert.deepEqual(model({ a: Object(1), b: Object("s"), c: Object(true), d: Object(1n), e: { toJSON() {} } }), {
    a: 1, b: "s", c: true, d: ALIEN("BigInt"),
  });
  assert.deepEqual(model(speaking), { said: "" });
  const event = { toJSON: () => ({ type: "t", time: 5 }) };
  assert.deepEqual(history({ toJSON: () => ({ events: [event] }) }).events, [{ type: "t", time: 5, id: ABSENT, data: ABSENT }]);
});

test("a Date is its milliseconds as a time, and its text elsewhere", () => {
  const date = new Date(NOW);
  const foreign = runInNewContext(`new Date(${NOW})`);
  const events = [date, foreign, new Date(Number.NaN)].map((time) => ({ type: "t", time }));
  assert.deepEqual(history({ events }).events.map(({ time }) => time), [NOW, NOW, Number.NaN]);
  assert.deepEqual(data({ date }), { date: date.toISOString() });
  assert.deepEqual(history({ events: [], profile: { createdAt: date } }).profile, { createdAt: date.toISOString() });
  const instant = { toJSON: () => "2024-01-01T00:00:00Z" };
  assert.equal(history({ events: [{ type: "t", time: instant }] }).events[0].time, "2024-01-01T00:00:00Z");
});

test("histories and events that are none keep what they are", () => {
  for (const value of [null, 5, [1], true]) assert.deepEqual(history(value), value);
  assert.deepEqual(history(undefined), ABSENT);
  assert.deepEqual(history({}), { events: { notAList: ABSENT }, profile: ABSENT });
  assert.deepEqual(history({ events: { 0: 1 }, profile: null }), { events: { notAList: { 0: 1 } }, profile: null });
  assert.deepEqual(history({ events: [null, 5, "x", [1], , undefined] }).events, [null, 5, "x", [1], ABSENT, ABSENT]);
  assert.deepEqual(history({ events: runInNewContext("[{ type: 't', time: 1 }]") }).events[0].type, "t");
});

test("nesting: 64 containers, not 65", () => {
  assert.deepEqual(model(nested(64, 1)), nested(64, 1));
  refused(() => packModel(nested(65, 1)), "model-too-deep", "model");
  // history, events and event are three of them
  assert.deepEqual(data(nested(61, 1)), nested(61, 1));
  refused(() => data(nested(62, 1)), "history-too-deep", "history");
  assert.doesNotThrow(() => packHistory({ events: [], profile: nested(63, 1) }));
  refused(() => packHistory({ events: [], profile: nested(64, 1) }), "history-too-deep", "history");
});

test("a cycle ends in an error, not in a full stack", () => {
  const cycle = { list: [] };
  cycle.list.push(cycle);
  refused(() => packModel(cycle), "model-too-deep", "model");
  const endless = { toJSON: () => ({ endless }) };
  refused(() => packModel(endless), "model-too-deep", "model");
});

test("a getter that throws: the place, and the cause", () => {
  const boom = new Error("boom\nand more");
  const throwing = (key) => Object.defineProperty({}, key, { enumerable: true, get() { throw boom; } });
  const cases = [
    [() => packModel({ criteria: [{}, throwing("points")] }), "model-unreadable", "model.criteria[1].points"],
    [() => packHistory(throwing("events")), "history-unreadable", "events"],
    [() => packHistory({ events: [], ...{ profile: throwing("x") } }), "history-unreadable", "profile.x"],
    [() => packHistory({ events: [{ type: "t" }, throwing("time")] }), "history-unreadable", "events[1].time"],
    [() => data({ list: [0, throwing("x")] }), "history-unreadable", "events[0].data.list[1].x"],
    [() => options(throwing("at")), "options-unreadable", "options.at"],
    [() => options(throwing("timeZone")), "options-unreadable", "options.timeZone"],
    [() => packModel({ toJSON() { throw boom; } }), "model-unreadable", "model"],
    [() => packModel({ a: { toJSON() { throw boom; } } }), "model-unreadable", "model.a"],
  ];
  for (const [call, code, path] of cases) {
    const error = refused(call, code, path);
    assert.equal(error.cause, boom);
    assert.match(error.message, /`boom\\u\{a\}and more`$/);
  }
});

test("proxies: every trap may throw anything", () => {
  const traps = ["ownKeys", "get", "getOwnPropertyDescriptor", "getPrototypeOf"];
  for (const trap of traps) {
    for (const thrown of ["text", null, undefined, { toString() { throw 1; } }, Symbol("s")]) {
      const proxy = new Proxy({ a: 1 }, { [trap]() { throw thrown; } });
      const error = refused(() => packModel({ proxy }), "model-unreadable", "model.proxy");
      assert.equal(error.cause, thrown);
    }
  }
  const closed = new Proxy({}, { ownKeys() { throw new Error("closed"); } });
  refused(() => packModel({ a: { b: 1 }, c: closed }), "model-unreadable", "model.c");
  refused(() => packHistory({ events: [{ type: "t", time: 1, data: {} }, closed] }), "history-unreadable", "events[1]");
  refused(() => packHistory({ events: [{ type: "t", time: 1 }], profile: { a: 1, b: [closed] } }), "history-unreadable", "profile.b[0]");
  refused(() => packHistory(new Proxy({}, { getOwnPropertyDescriptor() { throw 1; } })), "history-unreadable", "events");
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  refused(() => packHistory({ events: proxy }), "history-unreadable", "events");
  assert.deepEqual(model(new Proxy([1, { a: 2 }], {})), [1, { a: 2 }]);
  assert.deepEqual(history(new Proxy({ events: new Proxy([new Proxy({ type: "t", time: 1 }, {})], {}) }, {})).events, [
    { type: "t", time: 1, id: ABSENT, data: ABSENT },
  ]);
});

test("lists that lie about their length", () => {
  const lying = (length) => new Proxy([], { get: (list, key) => (key === "length" ? length : list[key]) });
  refused(() => packHistory({ events: lying(1_000_001) }), "history-too-many-events", "events");
  refused(() => packModel({ list: lying(2 ** 32 - 1) }), "model-too-large", "model");
  refused(() => packHistory({ events: [], profile: { list: new Array(2 ** 32 - 1) } }), "history-too-large", "history");
  assert.deepEqual(model(lying(2)), [ABSENT, ABSENT]);
  assert.deepEqual(model(lying(Number.NaN)), []);
});

test("what is read may change what is being read", () => {
  const events = [{ get type() { events.length = 1; return "t"; }, time: 1 }, { type: "t", time: 2 }];
  assert.deepEqual(history({ events }).events, [{ type: "t", time: 1, id: ABSENT, data: ABSENT }, ABSENT]);
  const object = { get a() { delete object.b; object.c = 1; return 1; }, b: 2 };
  assert.deepEqual(model(object), { a: 1 });
});

test("a getter may encode something else meanwhile", () => {
  const inner = { events: [{ type: "inner", time: 2, data: { text: "é".repeat(70_000) } }] };
  const outer = {
    events: [
      { type: "outer", time: 1, get data() { const read = history(inner); return { inner: read.events[0].type }; } },
      { type: "last", time: 3 },
    ],
  };
  assert.deepEqual(history(outer).events.map(({ type }) => type), ["outer", "last"]);
  const throwing = { get events() { packModel({ get a() { throw new Error("inner"); } }); } };
  const error = refused(() => packHistory(throwing), "history-unreadable", "events");
  assert.equal(error.cause.code, "model-unreadable", "an error of an inner call is a cause, not an answer");
});

test("buffers are given back and used again", () => {
  const first = packHistory({ events: [{ type: "first", time: 1 }] });
  const second = packHistory({ events: [{ type: "second", time: 2 }] });
  assert.equal(decode(first).events[0].type, "first");
  assert.equal(decode(second).events[0].type, "second");
  const { buffer } = second.bytes;
  second.release();
  assert.equal(packHistory({ events: [] }).bytes.buffer, buffer);
});

test("limits: a million events", () => {
  const event = { type: "t", time: 1 };
  const list = new Array(1_000_000).fill(event);
  assert.equal(packHistory({ events: list }).bytes.length, 1 + 5 + list.length * (1 + 6 + 9 + 1 + 1) + 1);
  list.push(event);
  refused(() => packHistory({ events: list }), "history-too-many-events", "events");
});

test("limits: 256 KB of model text, 1 MiB of encoded model", () => {
  const text = (length) => `"${"x".repeat(length - 2)}"`;
  assert.equal(packModel(text(262_144)).bytes.length, 262_144);
  refused(() => packModel(text(262_145)), "model-too-large", "model");
  refused(() => packModel(`"${"é".repeat(131_072)}"`), "model-too-large", "model");
  refused(() => packModel(new Uint8Array(262_145)), "model-too-large", "model");
  assert.equal(packModel("x".repeat(10)).form, 0);
  assert.doesNotThrow(() => packModel({ a: "x".repeat(1_048_576 - 15) }));
  refused(() => packModel({ a: "x".repeat(1_048_576 - 14) }), "model-too-large", "model");
  refused(() => packModel({ a: "x".repeat(1_048_577) }), "model-too-large", "model");
  refused(() => options({ locale: "x".repeat(100_000) }), "options-unreadable", "options");
});

test("limits: 256 MiB of history text", () => {
  const lay = (input) => atDesk((desk) => layText(desk, "history", input, MAX_HISTORY));
  assert.equal(bytesOf("history", new Uint8Array(MAX_HISTORY), MAX_HISTORY).length, MAX_HISTORY);
  refused(() => lay(new Uint8Array(MAX_HISTORY + 1)), "history-too-large", "history");
  refused(() => lay("x".repeat(MAX_HISTORY + 1)), "history-too-large", "history");
  const refusedIn = (text, limit) => refused(() => atDesk((desk) => layText(desk, "history", text, limit)), "history-too-large", "history");
  for (const text of ["é", "漢", "😀", "\ud800"]) {
    const bytes = Buffer.byteLength(text === "\ud800" ? "\\ud800" : text);
    for (const count of [1, 7, 5_000]) {
      assert.equal(atDesk((desk) => layText(desk, "history", text.repeat(count), count * bytes)), count * bytes);
      refusedIn(text.repeat(count), count * bytes - 1);
    }
  }
});

test("text and bytes are handed on as they are", () => {
  const text = '{ "events": [] }';
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array([0, 0, ...bytes, 0]);
  const inputs = [
    text, bytes, Buffer.from(text), bytes.buffer, padded.subarray(2, -1), new DataView(padded.buffer, 2, bytes.length),
    runInNewContext("new Uint8Array(bytes)", { bytes: [...bytes] }), runInNewContext("new Uint8Array(bytes).buffer", { bytes: [...bytes] }),
    new Uint16Array(bytes.buffer),
  ];
  const one = new Model({ criteria: [] });
  for (const input of inputs) {
    assert.equal(laid(input), text);
    assert.equal(one.score(input, { at: NOW }).points, 0);
  }
  for (const input of [undefined, null, 5, {}, [text], Object(text), { byteLength: 3 }]) assert.equal(laid(input), undefined);
});

test("text of any mixture is encoded as the host encodes it, piece by piece", () => {
  const pieces = ["a", "x".repeat(1_000), "é", "é".repeat(999), "漢".repeat(500), "😀", "😀".repeat(300), "\u0000"];
  let seed = 3;
  const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 1_000; round += 1) {
    const text = Array.from({ length: random(9) }, () => pieces[random(pieces.length)]).join("");
    assert.equal(laid(text), text);
  }
});

test("lone surrogates in text reach the core as escapes, and nothing becomes JSON by it", () => {
  const decoded = (text) => new TextDecoder().decode(packModel(text).bytes);
  for (const sent of [decoded, laid]) {
    assert.equal(sent('{"a":"\ud83d"}'), '{"a":"\\ud83d"}');
    assert.equal(sent('"\\\\\udfff 😀"'), '"\\\\\\udfff 😀"');
    assert.equal(sent('"\\\ud800"'), '"\\\ufffd"', "after a lone backslash it stays an invalid escape");
    for (const text of ['"\ud83d"', '"\\\\\ud83d"', '"a\ud83d\\ude00"', '"\\\ud83d"', "\ud83d"]) {
      assert.equal(parse(sent(text)), parse(text));
    }
  }
});

test("options: only those known, each read once, now where no instant is given", () => {
  const read = [];
  const given = new Proxy({ timeZone: "Europe/Lisbon", at: new Date(5e11), unknown: 1n, include: ["trend"], locale: "pt" }, {
    get: (target, key) => (read.push(key), target[key]),
  });
  assert.deepEqual(options(given), { at: 5e11, timeZone: "Europe/Lisbon", locale: "pt" });
  assert.equal(new Set(read).size, read.length, read.join());
  assert.ok(!read.includes("unknown"));
  const plain = { timeZone: undefined, locale: undefined };
  for (const nothing of [undefined, null, {}, { at: null }, { at: undefined }]) assert.deepEqual(options(nothing), { ...plain, at: NOW });
  for (const at of [5e11, 5e11 + 0.5, new Date(5e11), new Date(5e11).toISOString()]) assert.deepEqual(options({ at }), { ...plain, at: 5e11 });
  for (const at of [1e11, -1e11, 8.64e15, -8.64e15]) assert.equal(options({ at }).at, at);
  assert.equal(options({ at: new Date(7) }).at, 7, "a Date is never seconds");
  for (const at of [0, 1e11 - 1, Number.NaN, new Date(Number.NaN), Infinity, 8.64e15 + 1, 5n, "soon", {}]) {
    refused(() => options({ at }), "options-invalid-at", "options.at");
  }
  for (const wrong of [5, "x", true, [1], () => {}, 5n, Symbol("s")]) refused(() => options(wrong), "options-wrong-type", "options");
  assert.deepEqual(options({ timeZone: "UTC", at: NOW }), { ...plain, at: NOW });
});

test("an instant alone is read once too, whatever it is", () => {
  for (const value of [5e11, new Date(5e11), "2001-01-01T00:00:00Z", null]) {
    let read = 0;
    options({ get at() { read += 1; return value; } });
    assert.equal(read, 1, String(value));
  }
});

test("options of one call leave nothing behind for the next", () => {
  const one = new Model({ criteria: [{ id: "a", kind: "event", event: "a", points: 1, perDay: 1, period: null, label: { en: "One", de: "Eins" } }] });
  const events = [{ type: "a", time: NOW - 1 }, { type: "a", time: NOW - 6 * 3_600_000 }, 5];
  const full = { at: NOW, timeZone: "Pacific/Apia", dayStartHour: 3, baseline: 5, onInvalid: "skip", include: "all", locale: "de" };
  const first = one.score({ events }, full);
  assert.deepEqual([first.ignored.invalid, first.contributions[0].label, first.trend.direction], [1, "Eins", "new"]);
  const plain = one.score({ events: events.slice(0, 2) }, { at: NOW });
  assert.deepEqual([plain.contributions[0].label, plain.trend], ["One", undefined]);
  refused(() => one.score({ events }, { at: NOW }), "event-wrong-type", "events[2]");
  assert.deepEqual(one.score({ events }, full), first);
});

/** What `layText` put into the memory of the core, read back; none where it takes nothing. */
function laid(input) {
  return atDesk((desk) => {
    const length = layText(desk, "history", input, MAX_HISTORY);
    if (length === undefined) return undefined;
    const at = desk.room(length);
    return new TextDecoder().decode(refresh().u8.slice(at, at + length));
  });
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return ABSENT;
  }
}
