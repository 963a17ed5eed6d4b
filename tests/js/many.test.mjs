// Many customers at once against one by one: columns and NDJSON, whole and in chunks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Model, StarwiseError } from "../../pkg/index.node.js";
import { generateCase } from "../oracle/generate.mjs";
import { makeHistory } from "../oracle/generator/histories.mjs";
import { makeModel } from "../oracle/generator/models.mjs";
import { Random } from "../oracle/generator/random.mjs";
import { setScene } from "../oracle/generator/scene.mjs";
import { parseTime } from "../oracle/time.mjs";

/** So many times as many as usual. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const POPULATIONS = 500 * TIMES;
/** Another run, other populations; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 5_000_001);
const TOLERANCE = 1e-9;
const ABSENT = 0xffffffff;
const DAY = 86_400_000;
const AT = Date.UTC(2024, 2, 31);
const TIME = Date.UTC(2024, 2, 30);
const data = (name) => new URL(`../../www/playground/${name}`, import.meta.url);

const simple = new Model({ period: null, criteria: [
  { id: "a", kind: "event", event: "a", points: 1 },
  { id: "value", kind: "event", event: "b", points: 10, per: "value" },
  { id: "plan", kind: "event", event: "b", points: 100, uniqueBy: "item.plan" },
  { id: "seats", kind: "filter", points: 10_000, per: "seats" },
] });
const ONE = { subjects: Uint32Array.of(9, 4, 9), types: Uint8Array.of(0, 0, 1), typeNames: ["a", "b"], times: Float64Array.of(TIME, TIME, TIME) };

// After anything that was tried the module goes on working, and nothing of it is left.
afterEach(() => {
  const { subjects, points } = simple.scoreMany(ONE, { at: AT });
  assert.deepEqual([[...subjects], [...points]], [[4, 9], [1, 101]]);
  assert.equal(simple.score({ events: [{ type: "a", time: TIME }] }, { at: AT }).points, 1);
});

test(`columns score as one by one on ${POPULATIONS} random populations`, () => {
  let rows = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + POPULATIONS; seed += 1) {
    const random = new Random(seed);
    const { rules, options, histories } = populate(seed, random, false);
    const { columns, customers } = columnsOf(random, rules, histories, options);
    const one = new Model(rules);
    const what = `seed ${seed}`;
    agree(one.scoreMany(columns, options), oneByOne(one, customers, options), what);
    const batch = one.batch(options);
    for (const chunk of chunksOf(random, columns)) batch.push(chunk);
    agree(batch.finish(), oneByOne(one, customers, options), `${what}, in chunks`, "any order");
    one.free();
    rows += columns.subjects.length;
  }
  assert.ok(rows > 50 * POPULATIONS);
});

test(`NDJSON scores as one by one on ${POPULATIONS} random populations`, () => {
  let refused = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + POPULATIONS; seed += 1) {
    const random = new Random(seed);
    const { rules, options, histories } = populate(seed, random, true);
    const { lines, customers } = linesOf(random, histories);
    const one = new Model(rules);
    const what = `seed ${seed}`;
    const expected = oneByOne(one, customers, options);
    const text = spelledLines(random, random.shuffle(lines.flat()));
    const found = outcome(() => one.scoreMany(random.chance(50) ? text : Buffer.from(text), options));
    if (expected.codes.size > 0) {
      refused += 1;
      const codes = faultsOfEach(one, customers, options);
      assert.ok(codes.has(found.code), `${what}: ${found.code} is none of ${[...codes]}`);
      assert.match(found.path, /^lines\[\d+\]/, what);
    } else {
      agree(found.value ?? assert.fail(`${what}: ${found.error}`), expected, what, "any order");
      const batch = one.batch(options);
      for (const chunk of piecesOf(random, spelledLines(random, lines.flat()))) batch.push(chunk);
      agree(batch.finish(), expected, `${what}, in chunks`);
    }
    one.free();
  }
  assert.ok(refused > 0 && refused < POPULATIONS / 4, `${refused} refused`);
});

test("plain criteria, many on the same types: all at once, in any number of rows and customers", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = new Random(seed);
    const typeNames = ["a", "b", "c", "d", "nudge.e", "unheard of"];
    const of = () => random.pick(["*", random.pick(typeNames), random.sample(typeNames, random.integer(1, 4))]);
    const criteria = random.times(random.integer(1, 12), (index) => {
      const common = { id: `c${index}`, event: of(), points: random.pick([1, 2.5, -3, 100]), ...(random.chance(10) ? { enabled: false } : {}) };
      if (random.chance(20)) return { ...common, kind: "frequency", atLeast: random.integer(0, 3), ...(random.chance(50) ? { atMost: random.integer(3, 9) } : {}), within: random.pick(["1d", "7d", "1ms", "400d"]) };
      const criterion = { ...common, kind: "event", period: random.pick([null, "1d", "7d", "30d", "1ms"]) };
      if (random.chance(50)) criterion.decay = random.pick([{ curve: "exponential", halfLife: random.pick(["1ms", "1h", "7d", "999d"]) }, { curve: "linear", over: "9d" }, null]);
      if (random.chance(40)) criterion.per = random.pick(["x", "y", "deep.z", "missing", "word"]);
      if (random.chance(10)) criterion.limit = 20;
      if (random.chance(10)) criterion.perDay = 1;
      return criterion;
    });
    const parts = random.chance(50) ? { criteria } : { parts: criteria.map((criterion, index) => ({ id: `p${index}`, criteria: [criterion], ...(random.chance(10) ? { missing: "skip" } : {}) })), combine: "weighted" };
    const one = new Model(parts);
    const many = random.pick([1, 2, 5, 40]);
    // Which of two events at one time is the day's first depends on all of their data, and columns hold what they hold.
    const apart = criteria.some(({ perDay }) => perDay) ? 1_000 : 0;
    const rows = random.times(random.pick([1, 2, 3, 7, 64, 301]), (row) => ({
      subject: random.integer(1, many), type: random.integer(0, typeNames.length - 1), time: AT - row * apart - random.pick([0, 1, -1, DAY, 7 * DAY, 7 * DAY - 1, random.integer(-DAY, 40 * DAY), random.integer(0, 400) * DAY]),
      x: random.pick([NaN, 0, -0, 1, 2.5, -7]), y: random.pick([NaN, 1e12, 1e13, Infinity, 3]), z: random.pick([NaN, 4]), word: random.pick([undefined, "w"]),
    }));
    const columns = {
      subjects: Uint32Array.from(rows, ({ subject }) => subject), types: Uint8Array.from(rows, ({ type }) => type), typeNames, times: Float64Array.from(rows, ({ time }) => time),
      data: { x: Float64Array.from(rows, ({ x }) => x), y: Float64Array.from(rows, ({ y }) => (Math.abs(y) === 1e12 ? 1e6 : y)), "deep.z": Float64Array.from(rows, ({ z }) => z), word: { codes: Int32Array.from(rows, ({ word }) => (word ? 0 : -1)), dictionary: ["w"] } },
    };
    const customers = new Map([...new Set(columns.subjects)].sort((a, b) => a - b).map((subject) => [subject, { events: [] }]));
    for (const [row, { subject, type, time, word }] of rows.entries()) {
      const number = (path) => (Number.isNaN(columns.data[path][row]) ? undefined : columns.data[path][row]);
      customers.get(subject).events.push({ type: typeNames[type], time, data: { x: number("x"), y: number("y"), deep: { z: number("deep.z") }, word } });
    }
    const options = { at: AT };
    agree(one.scoreMany(columns, options), oneByOne(one, customers, options), `seed ${seed}`);
    const text = [...customers].flatMap(([subject, { events }]) => events.map((event) => JSON.stringify({ ...event, subject: `${subject}` }))).join("\n").replaceAll(":null", ":1e999");
    agree(one.scoreMany(text, options), oneByOne(one, new Map([...customers].map(([subject, history]) => [`${subject}`, history])), options), `seed ${seed}, lines`);
    one.free();
  }
});

test("the shop: whole and in chunks of every awkward size", (context) => {
  const model = new Model(readFileSync(data("shop-model.json"), "utf8"));
  const rows = gunzipSync(readFileSync(data("data/shop-events.csv.gz"))).toString("utf8").trimEnd().split("\n").slice(1).map((row) => row.split(","));
  const customers = new Map();
  for (const [user, type, time, value] of rows) {
    if (!customers.has(user)) customers.set(user, { events: [], profile: undefined });
    customers.get(user).events.push({ type, time: Number(time), ...(value ? { data: { value: Number(value) } } : {}) });
  }
  const options = { at: Math.max(...rows.map(([, , time]) => Number(time))) + 1, timeZone: "Europe/Berlin", dayStartHour: 4 };
  compareAllWays(model, customers, options, context);
});

test("a population with a power law and bursts: 5,000 customers, one with 14,000 events", (context) => {
  const random = new Random(99);
  const customers = new Map();
  const plans = ["free", "pro", "team", "é", "😀"];
  for (let number = 0; number < 5_000; number += 1) {
    const count = number === 1_234 ? 14_000 : Math.floor(2 / ((random.integer(1, 10_000) / 10_000) ** 0.8));
    let time = AT - random.integer(1, 400) * DAY;
    const events = [];
    while (events.length < count) {
      // A burst: some events within minutes, then silence of hours or weeks.
      for (let burst = random.integer(1, 12); burst > 0 && events.length < count; burst -= 1) {
        time += random.pick([0, 0, 1, 1_000, 60_000, 600_000]);
        const type = random.pick(["visit", "visit", "visit", "search", "buy", "help", `rare${random.integer(0, 40)}`]);
        const event = { type, time };
        if (random.chance(20)) event.id = random.chance(95) ? `${number}-${events.length}` : `${number}-same`;
        if (type === "buy") event.data = { value: random.integer(0, 50_000) / 100, item: { plan: random.pick(plans) }, lines: [1, { sku: "x" }] };
        events.push(event);
      }
      time += random.pick([1, 5, 24, 24 * 7, 24 * 30]) * 3_600_000;
      if (time > AT + DAY) time -= random.integer(10, 300) * DAY;
    }
    customers.set(`c${number}`, { events, profile: random.chance(60) ? { plan: random.pick(plans), seats: random.integer(1, 50), createdAt: AT - random.integer(1, 500) * DAY } : undefined });
  }
  assert.ok([...customers.values()].some(({ events }) => events.length === 14_000));
  const model = new Model({
    period: "90d",
    decay: { curve: "exponential", halfLife: "14d" },
    combine: "weighted",
    parts: [
      { id: "use", weight: 2, criteria: [
        { id: "visit", kind: "event", event: "visit", points: 2, limit: 300 },
        { id: "days", kind: "event", event: "*", points: 1, perDay: 1 },
        { id: "cool", kind: "event", event: ["visit", "search"], points: 1, cooldown: "1h", decay: { curve: "cosine", cycle: "7d" } },
        { id: "often", kind: "frequency", event: "*", perDay: 2, atLeast: 3, within: "30d", points: 10 },
      ] },
      { id: "money", weight: 1, missing: "skip", criteria: [
        { id: "spend", kind: "event", event: "buy", per: "value", curve: [[0, 0], [100, 5], [500, 20]], points: 1, where: { value: { gt: 1 } } },
        { id: "first", kind: "event", event: "buy", award: "first", period: null, points: 20 },
        { id: "last", kind: "event", event: "buy", award: "last", points: 7, decay: { curve: "linear", over: "60d", from: "last-activity" } },
        { id: "plans", kind: "event", event: "buy", uniqueBy: "item.plan", points: 3 },
      ] },
      { id: "trouble", criteria: [
        { id: "help", kind: "event", event: "help", points: -3 },
        { id: "gone", kind: "inactivity", for: "14d", repeat: true, points: -2 },
        { id: "size", kind: "filter", where: { plan: { in: ["pro", "team"] } }, per: "seats", points: 0.5 },
      ] },
    ],
    stages: [{ id: "new", when: { tenureDays: { lt: 60 } }, target: 50, weights: { money: 3 } }, { id: "pro", when: { "profile.plan": "pro" }, points: { visit: 3 } }],
  });
  compareAllWays(model, customers, { at: AT, timeZone: "America/New_York", dayStartHour: 5 }, context);
});

test("what comes out: arrays of these kinds, subjects in this order", () => {
  const result = simple.scoreMany({ ...ONE, subjects: Uint32Array.of(0xfffffffe, 4, 0), profiles: Object.assign([], { 4: { seats: 3 } }) }, { at: AT });
  assert.deepEqual(result.subjects, Uint32Array.of(0, 4, 0xfffffffe));
  assert.deepEqual(result.points, Float64Array.of(100, 30_001, 1));
  assert.deepEqual(result.score, Float64Array.of(100, 30_001, 1));
  assert.deepEqual(result.stars, Uint8Array.of(5, 5, 1));
  assert.deepEqual(result.segment, Uint8Array.of(2, 3, 0));
  assert.deepEqual(result.segmentNames, ["very-disengaged", "engaged", "highly-engaged", "power-user"]);
  assert.deepEqual(result.ignored, { invalid: 0, duplicate: 0, future: 0, noValue: 1 });
  assert.deepEqual(Object.keys(result).sort(), ["ignored", "points", "score", "segment", "segmentNames", "stars", "subjects"]);
  const lines = '{"subject":"z","type":"a","time":1711756800000}\n\n{"subject":"é","profile":{"seats":1}}\r\n{"subject":"a","type":"a","time":1711756800000}\n{"type":"a","subject":"z","time":"2024-03-29T00:00:00Z"}';
  const named = simple.scoreMany(lines, { at: AT });
  assert.deepEqual([named.subjects, [...named.points]], [["z", "é", "a"], [2, 10_000, 1]]);
});

test("nothing at all: no customers", () => {
  const none = { points: new Float64Array(0), score: new Float64Array(0), stars: new Uint8Array(0), segment: new Uint8Array(0), segmentNames: ["very-disengaged", "engaged", "highly-engaged", "power-user"], ignored: { invalid: 0, duplicate: 0, future: 0, noValue: 0 } };
  const empty = { subjects: new Uint32Array(0), types: new Uint8Array(0), typeNames: [], times: new Float64Array(0) };
  assert.deepEqual(simple.scoreMany(empty, { at: AT }), { subjects: new Uint32Array(0), ...none });
  for (const lines of ["", "\n", "\r\n \n\t\n", new Uint8Array(0)]) assert.deepEqual(simple.scoreMany(lines, { at: AT }), { subjects: [], ...none });
  assert.equal(simple.batch({ at: AT }).finish().points.length, 0);
  const batch = simple.batch({ at: AT });
  for (const piece of ["", "\n", "", new Uint8Array(0)]) batch.push(piece);
  assert.deepEqual(batch.finish(), { subjects: [], ...none });
});

test("times: fractions, before 1970, 64-bit integers, the ends of a Date", () => {
  const times = [TIME, TIME + 0.9, -TIME, -TIME - 0.5, 1e11, -1e11, 8.64e15, -8.64e15];
  const columns = { subjects: Uint32Array.from(times, (_, index) => index), types: new Uint8Array(times.length), typeNames: ["a"], times: Float64Array.from(times) };
  const model = new Model({ period: null, criteria: [{ id: "f", kind: "filter", per: "tenureDays", points: 1 }, { id: "a", kind: "event", event: "a", points: 1, decay: { curve: "exponential", halfLife: "9999d" } }] });
  const expected = times.map((time) => model.score({ events: [{ type: "a", time }] }, { at: AT }).points);
  close([...model.scoreMany(columns, { at: AT }).points], expected, "as numbers");
  const big = { ...columns, times: BigInt64Array.from(times, (time) => BigInt(Math.floor(time))) };
  close([...model.scoreMany(big, { at: AT }).points], expected, "as 64-bit integers");
});

test("ids in NDJSON: duplicates are of one customer, and the first in canonical order is kept", () => {
  const line = (subject, id, time, value) => JSON.stringify({ subject, type: "b", time, id, data: { value } });
  const lines = [line("x", "i", TIME, 5), line("y", "i", TIME, 3), line("x", "i", TIME - 1, 2), line("x", "i", TIME, 4), line("y", "j", TIME, 1), line("y", undefined, TIME, 1), line("y", null, TIME, 1)];
  for (const order of [lines, [...lines].reverse()]) {
    const { subjects, points, ignored } = simple.scoreMany(order.join("\n"), { at: AT });
    const by = Object.fromEntries(Array.from(subjects, (subject, place) => [subject, points[place]]));
    assert.deepEqual([by, ignored.duplicate], [{ x: 120, y: 160 }, 2]);
  }
});

test("of several profiles of a customer the last counts, wherever its lines stand", () => {
  const lines = ['{"subject":"a","profile":{"seats":1}}', '{"subject":"b","profile":null}', '{"subject":"a","type":"a","time":1711756800000}', '{"subject":"a","profile":{"seats":2}}', '{"subject":"c","profile":{"seats":7},"type":"a","time":1711756800000}'];
  assert.deepEqual([...simple.scoreMany(lines.join("\n"), { at: AT }).points], [20_001, 0, 70_001]);
});

test("a dictionary may say a word twice, one that is empty, one that is torn, or more than are used", () => {
  const dictionary = ["x", "x", "", "\ud800", "\ufffd", "unused", "é"];
  const codes = [0, 1, 2, 3, 4, 6, ABSENT, ABSENT];
  const rows = { subjects: new Uint32Array(8), types: new Uint8Array(8), typeNames: ["b", "b", "unused"], times: new Float64Array(8).fill(TIME) };
  for (const Kind of [Uint32Array, Int32Array]) {
    const found = simple.scoreMany({ ...rows, data: { "item.plan": { codes: Kind.from(codes, (code) => (Kind === Int32Array ? code | 0 : code)), dictionary } } }, { at: AT });
    // x, the empty one, the torn one, é, none.
    assert.equal(found.points[0], 500);
  }
});

test("columns that the model does not read are left alone, but checked for their length", () => {
  const extra = { ...ONE, data: { other: new Float64Array(3), "a.b.c": { codes: new Uint32Array(3), dictionary: ["x"] } } };
  assert.deepEqual([...simple.scoreMany(extra, { at: AT }).points], [1, 101]);
});

test("views into larger buffers are read where they stand", () => {
  const shift = (column) => new column.constructor(Array.from({ length: 5 }, (_, index) => column[index - 1] ?? column[0])).subarray(1, 4);
  const shifted = { ...ONE, subjects: shift(ONE.subjects), types: shift(ONE.types), times: shift(ONE.times), data: { value: shift(Float64Array.of(NaN, NaN, 7)) } };
  assert.deepEqual([...simple.scoreMany(shifted, { at: AT }).points], [1, 171]);
});

test("more than 256 types, in a Uint16Array", () => {
  const typeNames = Array.from({ length: 300 }, (_, index) => (index === 299 ? "a" : `t${index}`));
  const found = simple.scoreMany({ ...ONE, types: Uint16Array.of(299, 0, 299), typeNames }, { at: AT });
  assert.deepEqual([...found.points], [0, 2]);
});

const REFUSED_COLUMNS = {
  "nothing": [undefined, "columns-wrong-type", "columns"],
  "null": [null, "columns-wrong-type", "columns"],
  "a number": [5, "columns-wrong-type", "columns"],
  "a function": [() => ONE, "columns-wrong-type", "columns"],
  "no columns": [{}, "columns-wrong-type", "columns.subjects"],
  "a history": [{ events: [] }, "columns-wrong-type", "columns.subjects"],
  "subjects as a list": [{ ...ONE, subjects: [9, 4, 9] }, "columns-wrong-type", "columns.subjects"],
  "subjects that are signed": [{ ...ONE, subjects: Int32Array.of(9, 4, 9) }, "columns-wrong-type", "columns.subjects"],
  "subjects that only pretend": [{ ...ONE, subjects: Object.create(Uint32Array.prototype) }, "columns-wrong-type", "columns.subjects"],
  "types of 32 bits": [{ ...ONE, types: Uint32Array.of(0, 0, 1) }, "columns-wrong-type", "columns.types"],
  "no types": [{ ...ONE, types: undefined }, "columns-wrong-type", "columns.types"],
  "no names": [{ ...ONE, typeNames: undefined }, "columns-wrong-type", "columns.typeNames"],
  "names as an object": [{ ...ONE, typeNames: { 0: "a" } }, "columns-wrong-type", "columns.typeNames"],
  "an empty name": [{ ...ONE, typeNames: ["a", ""] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a name that is a number": [{ ...ONE, typeNames: ["a", 5] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a torn name": [{ ...ONE, typeNames: ["a", "\ud800"] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a missing name": [{ ...ONE, typeNames: [, "b"] }, "columns-invalid-name", "columns.typeNames[0]"],
  "32-bit times": [{ ...ONE, times: new Float32Array(3) }, "columns-wrong-type", "columns.times"],
  "unsigned 64-bit times": [{ ...ONE, times: new BigUint64Array(3) }, "columns-wrong-type", "columns.times"],
  "too few types": [{ ...ONE, types: new Uint8Array(2) }, "columns-length-mismatch", "columns.types"],
  "too many times": [{ ...ONE, times: new Float64Array(4) }, "columns-length-mismatch", "columns.times"],
  "a type without a name": [{ ...ONE, types: Uint8Array.of(0, 2, 0) }, "columns-unknown-code", "columns.types[1]"],
  "a time in seconds": [{ ...ONE, times: Float64Array.of(TIME, TIME, 1.7e9) }, "event-time-in-seconds", "columns.times[2]"],
  "a time that is NaN": [{ ...ONE, times: Float64Array.of(TIME, NaN, 1.7e9) }, "event-invalid-time", "columns.times[1]"],
  "an infinite time": [{ ...ONE, times: Float64Array.of(-Infinity, TIME, TIME) }, "event-time-out-of-range", "columns.times[0]"],
  "a 64-bit time in seconds": [{ ...ONE, times: BigInt64Array.of(BigInt(TIME), 5n, 5n) }, "event-time-in-seconds", "columns.times[1]"],
  "a 64-bit time out of range": [{ ...ONE, times: BigInt64Array.of(BigInt(TIME), -(2n ** 63n), 5n) }, "event-time-out-of-range", "columns.times[1]"],
  "data as a text": [{ ...ONE, data: "value" }, "columns-wrong-type", "columns.data"],
  "data of lists": [{ ...ONE, data: { value: [1, 2, 3] } }, "columns-wrong-type", "columns.data.value"],
  "data that is null": [{ ...ONE, data: { value: null } }, "columns-wrong-type", "columns.data.value"],
  "data of 32-bit numbers": [{ ...ONE, data: { value: new Float32Array(3) } }, "columns-wrong-type", "columns.data.value"],
  "data that is too short": [{ ...ONE, data: { value: new Float64Array(2) } }, "columns-length-mismatch", "columns.data.value"],
  "data that is too long, and not read": [{ ...ONE, data: { "not.read": new Float64Array(4) } }, "columns-length-mismatch", undefined],
  "codes that are too short": [{ ...ONE, data: { "item.plan": { codes: new Uint32Array(2), dictionary: ["x"] } } }, "columns-length-mismatch", undefined],
  "codes beyond the dictionary": [{ ...ONE, data: { value: { codes: Uint32Array.of(0, 1, 2), dictionary: ["x", "y"] } } }, "columns-unknown-code", "columns.data.value.codes[2]"],
  "codes below the dictionary": [{ ...ONE, data: { value: { codes: Int32Array.of(0, -2, 0), dictionary: ["x"] } } }, "columns-unknown-code", "columns.data.value.codes[1]"],
  "codes without a dictionary": [{ ...ONE, data: { value: { codes: new Uint32Array(3) } } }, "columns-wrong-type", "columns.data.value.dictionary"],
  "a dictionary of numbers": [{ ...ONE, data: { value: { codes: new Uint32Array(3), dictionary: [5] } } }, "columns-wrong-type", "columns.data.value.dictionary[0]"],
  "a dictionary with a hole": [{ ...ONE, data: { value: { codes: new Uint32Array(3), dictionary: [, "x"] } } }, "columns-wrong-type", "columns.data.value.dictionary[0]"],
  "16-bit codes": [{ ...ONE, data: { value: { codes: new Uint16Array(3), dictionary: ["x"] } } }, "columns-wrong-type", "columns.data.value"],
  "profiles as an object": [{ ...ONE, profiles: { 4: {} } }, "columns-wrong-type", "columns.profiles"],
  "a profile that is a list": [{ ...ONE, profiles: Object.assign([], { 9: [] }) }, "profile-wrong-type", "columns.profiles[9]"],
  "a profile with a BigInt": [{ ...ONE, profiles: Object.assign([], { 9: { a: { b: 1n } } }) }, "profile-invalid-value", "columns.profiles[9].a.b"],
};

for (const [name, [columns, code, path]] of Object.entries(REFUSED_COLUMNS)) {
  test(`columns are refused: ${name}`, () => {
    refused(() => simple.scoreMany(columns, { at: AT }), code, path);
    refused(() => simple.batch({ at: AT }).push(columns), code, path);
  });
}

test("columns that throw when they are read: an error of starwise, with the cause", () => {
  const cause = new Error("no entry");
  const throwing = (object, key) => Object.defineProperty({ ...object }, key, { enumerable: true, get() { throw cause; } });
  const profile = throwing({}, "seats");
  const cases = [
    ...["subjects", "types", "typeNames", "times", "data", "profiles"].map((key) => throwing(ONE, key)),
    { ...ONE, data: throwing({}, "value") }, { ...ONE, data: { value: throwing({}, "codes") } }, { ...ONE, profiles: Object.assign([], { 4: profile }) },
    new Proxy(ONE, { get() { throw cause; } }), { ...ONE, typeNames: new Proxy(["a", "b"], { get() { throw cause; } }) }, { ...ONE, subjects: new Proxy(ONE.subjects, {}) },
  ];
  for (const [index, columns] of cases.entries()) {
    const error = refused(() => simple.scoreMany(columns, { at: AT }));
    assert.match(error.path, /^columns/, `case ${index}`);
  }
});

test("buffers that are detached are refused", () => {
  const make = () => ({ subjects: Uint32Array.from(ONE.subjects), types: Uint8Array.from(ONE.types), times: Float64Array.from(ONE.times) });
  for (const key of ["subjects", "types", "times"]) {
    const columns = { ...ONE, ...make() };
    structuredClone(columns[key].buffer, { transfer: [columns[key].buffer] });
    refused(() => simple.scoreMany(columns, { at: AT }), "columns-length-mismatch");
  }
});

test("with onInvalid skip, rows and lines that are invalid are left out and counted", () => {
  const columns = { subjects: Uint32Array.of(1, 1, 1, 2, 2, 1), types: Uint8Array.of(0, 7, 1, 0, 1, 0), typeNames: ["a", "b"], times: Float64Array.of(TIME, TIME, TIME, NaN, TIME, 5), data: { value: Float64Array.of(NaN, NaN, 3, NaN, 2, NaN), "item.plan": { codes: Uint32Array.of(0, 0, 1, 0, 0, 0), dictionary: ["x", "y"] } } };
  const found = simple.scoreMany(columns, { at: AT, onInvalid: "skip" });
  assert.deepEqual([[...found.subjects], [...found.points], found.ignored.invalid], [[1, 2], [131, 120], 3]);
  refused(() => simple.scoreMany(columns, { at: AT }), "columns-unknown-code", "columns.types[1]");
  const lines = ["x", "5", "null", "[]", '{"type":"a"}', '{"subject":"s","type":"a","time":1711756800000}', '{"subject":7,"type":"a","time":1711756800000}', '{"subject":"","type":"a","time":1711756800000}', '{"subject":"s","type":"","time":1711756800000}', '{"subject":"s","profile":5}', '{"subject":"\\ud800","profile":{}}', '{"subject":"s"}', '{"subject":"s","type":"a","time":1711756800000,"type":"a"}', `${"[".repeat(70)}`];
  const skipped = simple.scoreMany(lines.join("\n"), { at: AT, onInvalid: "skip" });
  assert.deepEqual([skipped.subjects, [...skipped.points], skipped.ignored.invalid], [["s"], [1], lines.length - 1]);
  for (const [place, line] of lines.entries()) {
    if (place === 5) continue;
    const error = refused(() => simple.scoreMany(`\n${lines[5]}\n${line}\n`, { at: AT }));
    assert.match(error.path, /^lines\[2\]/, line);
    assert.match(error.code, /^(line|event|profile|history)-/, line);
  }
});

test("lines that are refused are named by their number, wherever chunks end", () => {
  const good = (subject, escaped) => `{"subject":"${subject}","${escaped ? "ty\\u0070e" : "type"}":"a","time":1711756800000}`;
  const random = new Random(41);
  for (let round = 0; round < 300; round += 1) {
    const lines = random.times(random.integer(1, 12), (index) => (random.chance(15) ? "" : random.chance(20) ? `{"subject":"s${Math.floor(index / 3)}","profile":{}}` : good(`s${Math.floor(index / 3)}`, random.chance(40))));
    lines.push('{"subject":"bad","type":"a"}', good("z"));
    const text = lines.join("\n");
    const path = `lines[${lines.length - 2}].time`;
    refused(() => simple.scoreMany(text, { at: AT }), "event-missing-time", path);
    const batch = simple.batch({ at: AT });
    refused(() => {
      for (const piece of piecesOf(random, text)) batch.push(piece);
      batch.finish();
    }, "event-missing-time", path);
  }
});

test("a batch: a customer that comes again later is an error, in columns and in lines", () => {
  const again = simple.batch({ at: AT });
  again.push(ONE);
  assert.match(refused(() => again.push({ ...ONE, subjects: Uint32Array.of(5, 6, 4) })).message, /`4`/);
  const line = (subject) => `{"subject":"${subject}","type":"a","time":1711756800000}\n`;
  for (const size of [1, 50, 100, 1_000]) {
    const batch = simple.batch({ at: AT });
    const text = [..."aabbccadd"].map(line).join("");
    const error = refused(() => {
      for (let from = 0; from < text.length; from += size) batch.push(text.slice(from, from + size));
      // Lines of one chunk may stand in any order: then it is no error.
      batch.finish();
      if (size === 1_000) refuse();
    });
    if (size < 1_000) assert.match(error.message, /`a`/);
  }
  function refuse() {
    throw new StarwiseError([{ code: "x", path: "x", message: "x" }]);
  }
});

test("a batch: nothing after finish, which may be asked for again; freed models; the same instant for all", () => {
  const batch = simple.batch({ at: AT });
  batch.push(ONE);
  const first = batch.finish();
  assert.deepEqual(batch.finish(), first);
  refused(() => batch.push(ONE), "batch-finished", "batch");
  const doomed = new Model({ criteria: [] });
  const late = doomed.batch();
  doomed.free();
  refused(() => late.push(ONE), "model-freed", "model");
  refused(() => doomed.scoreMany(ONE), "model-freed", "model");
  refused(() => doomed.scoreMany("{}"), "model-freed", "model");
  const decaying = new Model({ criteria: [{ id: "a", kind: "event", event: "a", points: 1e9, decay: { curve: "linear", over: "1d" } }] });
  const now = Date.now();
  const slow = decaying.batch();
  const push = (subject) => slow.push({ subjects: Uint32Array.of(subject), types: Uint8Array.of(0), typeNames: ["a"], times: Float64Array.of(now - 1_000) });
  push(1);
  for (const until = performance.now() + 20; performance.now() < until; );
  push(2);
  const { points } = slow.finish();
  assert.equal(points[0], points[1]);
});

test("a batch: what is wrong with its options is told before anything is pushed", () => {
  for (const wrong of [5, "at", true, [], () => ({ at: AT })]) refused(() => simple.batch(wrong), "options-wrong-type", "options");
  refused(() => simple.batch({ at: "soon" }), "options-invalid-at", "options.at");
  refused(() => simple.batch({ timeZone: "Mars/Olympus" }), "options-invalid-time-zone", "options.timeZone");
});

test("a batch of texts that end within a surrogate pair, or of bytes within a character", () => {
  const text = ["é", "😀", "漢", "a\\ud83d\\ude00"].map((name) => `{"subject":"${name}","type":"a","time":1711756800000,"id":"${name}"}\n`).join("");
  const expected = simple.scoreMany(text, { at: AT });
  for (const whole of [text, Buffer.from(text)]) {
    for (let size = 1; size < 9; size += 1) {
      const batch = simple.batch({ at: AT });
      for (let from = 0; from < whole.length; from += size) batch.push(whole.slice(from, from + size));
      assert.deepEqual(batch.finish(), expected, `${typeof whole}, ${size}`);
    }
  }
});

test("options: refused as for one, and target baseline", () => {
  refused(() => simple.scoreMany(ONE, { at: "soon" }), "options-invalid-at", "options.at");
  refused(() => simple.scoreMany("", { timeZone: "Mars/Olympus" }), "options-invalid-time-zone", "options.timeZone");
  const model = new Model({ target: "baseline", period: null, criteria: [{ id: "a", kind: "event", event: "a", points: 1 }] });
  refused(() => model.scoreMany(ONE, { at: AT }), "options-missing-baseline");
  assert.deepEqual([...model.scoreMany(ONE, { at: AT, baseline: 4 }).score], [25, 25]);
});

test("progress rises to the whole, and a signal stops it", () => {
  const line = (index) => `{"subject":"s${index % 1_000}","type":"a","time":1711756800000,"more":"${"x".repeat(100)}"}\n`;
  const lines = Buffer.from(Array.from({ length: 100_000 }, (_, index) => line(index)).join(""));
  for (const [input, total] of [[lines, lines.length], [ONE, 3]]) {
    const seen = [];
    simple.scoreMany(input, { at: AT, onProgress: (...numbers) => seen.push(numbers) });
    assert.deepEqual(seen.at(-1), [total, total]);
    assert.ok(seen.every(([done, all], place) => all === total && done > (seen[place - 1]?.[0] ?? 0)), JSON.stringify(seen));
    if (input === lines) assert.ok(seen.length > 2);
    const aborted = AbortSignal.abort(new Error("stop"));
    assert.throws(() => simple.scoreMany(input, { at: AT, signal: aborted }), /stop/);
    assert.throws(() => simple.batch({ at: AT, signal: aborted }).push(input), /stop/);
  }
  const controller = new AbortController();
  let calls = 0;
  assert.throws(() => simple.scoreMany(lines, { at: AT, signal: controller.signal, onProgress: () => ((calls += 1), controller.abort()) }), { name: "AbortError" });
  assert.equal(calls, 1);
  assert.throws(() => simple.scoreMany(lines, { at: AT, onProgress() { throw new RangeError("mine"); } }), RangeError);
});

test("progress may score meanwhile, free the model, or make the memory grow", () => {
  const text = Array.from({ length: 60_000 }, (_, index) => `{"subject":"s${index % 100}","type":"a","time":1711756800000,"more":"${"x".repeat(100)}"}`).join("\n");
  const found = simple.scoreMany(text, { at: AT, onProgress() { simple.score({ events: Array(200_000).fill({ type: "a", time: TIME }) }, { at: AT }); } });
  assert.deepEqual(new Set(found.points), new Set([600]));
  const doomed = new Model({ criteria: [] });
  refused(() => doomed.scoreMany(text, { at: AT, onProgress: () => doomed.free() }), "model-freed", "model");
});

/** Model and options as the oracle's cases have them, and histories of many customers in the same scene. */
function populate(seed, random, hasInvalid) {
  const own = new Random(seed);
  const scene = setScene(own);
  const rules = makeModel(own, scene);
  const { options } = generateCase(seed);
  delete options.include;
  const skipping = hasInvalid && options.onInvalid === "skip";
  const histories = random.times(random.integer(1, 12), () => makeHistory(random, scene, skipping || (hasInvalid && random.chance(0.3))));
  return { rules, options, histories };
}

/** Columns of the histories in shuffled rows, and the customers as the columns tell of them. */
function columnsOf(random, rules, histories) {
  const paths = random.shuffle(columnPaths(rules));
  const kinds = new Map(paths.map((path) => [path, /value|most|price|size|extreme/.test(path) || (path === "due" && random.chance(50)) ? "number" : "word"]));
  const numbers = random.shuffle([0, 1, 2, 3, 5, 8, 13, 21, 34, 70_000, 0xfffffffe, 0xffffffff]);
  const rows = random.shuffle(histories.flatMap(({ events }, index) => events.map((event) => rowOf(event, numbers[index], kinds))));
  const names = random.shuffle([...new Set(rows.map(({ type }) => type)), "never seen"]);
  // Some names stand twice.
  const typeNames = [...names, ...random.sample(names, random.integer(0, 2))];
  const codeOf = (list, value) => random.pick(list.flatMap((one, place) => (one === value ? [place] : [])));
  const columns = {
    subjects: Uint32Array.from(rows, ({ subject }) => subject),
    types: (random.chance(50) ? Uint8Array : Uint16Array).from(rows, ({ type }) => codeOf(typeNames, type)),
    typeNames,
    times: random.chance(50) ? BigInt64Array.from(rows, ({ time }) => BigInt(time)) : Float64Array.from(rows, ({ time }) => time + (random.chance(5) ? 0.25 : 0)),
  };
  if (paths.length > 0 || random.chance(50)) columns.data = {};
  for (const path of paths) {
    const values = rows.map(({ data }) => data.get(path));
    if (kinds.get(path) === "number") {
      columns.data[path] = Float64Array.from(values, (value) => value ?? Number.NaN);
      continue;
    }
    const words = random.shuffle([...new Set(values.filter((value) => value !== undefined)), "unused"]);
    const dictionary = [...words, ...random.sample(words, random.integer(0, 2))];
    const codes = values.map((value) => (value === undefined ? ABSENT : codeOf(dictionary, value)));
    columns.data[path] = { codes: random.chance(50) ? Uint32Array.from(codes) : Int32Array.from(codes, (code) => code | 0), dictionary };
  }
  const customers = new Map();
  if (histories.some(({ profile }) => profile) || random.chance(50)) columns.profiles = [];
  for (const [index, { events, profile }] of histories.entries()) {
    if (columns.profiles && profile !== undefined) columns.profiles[numbers[index]] = profile;
    if (events.length > 0) customers.set(numbers[index], { events: [], profile });
  }
  for (const { subject, type, time, data } of rows) customers.get(subject).events.push({ type, time, data: objectOf(data) });
  return { columns, customers: new Map([...customers].sort(([a], [b]) => a - b)) };
}

/** What enabled criteria read, as far as columns can hold it: no path below which there is another. */
function columnPaths(rules) {
  const found = new Set();
  const addCondition = (condition) => {
    for (const [key, test] of Object.entries(condition)) {
      if (key === "all" || key === "any") test.forEach(addCondition);
      else if (key === "not") addCondition(test);
      else {
        found.add(key);
        if (typeof test === "object" && test !== null) for (const operand of Object.values(test)) if (operand?.path) found.add(operand.path);
      }
    }
  };
  const criteria = rules.criteria ?? rules.parts.flatMap((part) => part.criteria);
  for (const criterion of criteria) {
    if (criterion.enabled === false || criterion.kind === "filter") continue;
    if (criterion.where) addCondition(criterion.where);
    if (criterion.per && criterion.kind === "event") found.add(criterion.per);
    if (criterion.uniqueBy) found.add(criterion.uniqueBy);
  }
  const known = ["plan", "note", "value", "most", "item.sku", "item.price", "item.spec.size", "extreme", "due"];
  return known.filter((path) => found.has(path) && ![...found].some((other) => path.startsWith(`${other}.`)));
}

function rowOf(event, subject, kinds) {
  const data = new Map();
  for (const [path, kind] of kinds) {
    const value = path.split(".").reduce((object, key) => (typeof object === "object" && object !== null && Object.hasOwn(object, key) ? object[key] : undefined), event.data);
    if (kind === "number" ? typeof value === "number" : typeof value === "string") data.set(path, value);
  }
  return { subject, type: event.type, time: parseTime(event.time), data };
}

/** Data as the columns of a row tell of it; none where all are absent. */
function objectOf(values) {
  if (values.size === 0) return undefined;
  const data = {};
  for (const [path, value] of values) {
    const keys = path.split(".");
    const last = keys.pop();
    keys.reduce((object, key) => (object[key] ??= {}), data)[last] = value;
  }
  return data;
}

/** The same rows in some chunks, all of a customer together. */
function chunksOf(random, columns) {
  const chunks = random.integer(1, 4);
  const home = new Map();
  for (const subject of columns.subjects) if (!home.has(subject)) home.set(subject, random.integer(1, chunks));
  return random.times(chunks, (index) => {
    const isIn = (_, row) => home.get(columns.subjects[row]) === index + 1;
    const data = columns.data && Object.fromEntries(Object.entries(columns.data).map(([path, column]) => [path, column.codes ? { ...column, codes: column.codes.filter(isIn) } : column.filter(isIn)]));
    return { ...columns, subjects: columns.subjects.filter(isIn), types: columns.types.filter(isIn), times: columns.times.filter(isIn), data };
  });
}

/** Lines of each customer, and the customers as the lines tell of them. */
function linesOf(random, histories) {
  const names = random.shuffle(["ann", "bob", "é", "😀", "\uff5e", "a\"b\\c\n", "constructor", "__proto__", "1", "x".repeat(300), "ann ", "\u0000"]);
  const customers = new Map();
  const lines = histories.map(({ events, profile }, index) => {
    const subject = names[index];
    const objects = events.filter((event) => typeof event === "object" && event !== null && !Array.isArray(event));
    if (objects.length > 0 || profile !== undefined) customers.set(subject, { events: objects, profile });
    const own = objects.map((event) => ({ ...event, subject }));
    if (profile !== undefined) own.splice(random.integer(0, own.length), 0, { subject, profile });
    return own;
  });
  return { lines, customers };
}

/** Each line with its keys in some order; empty ones now and then, and either end of line. */
function spelledLines(random, lines) {
  return lines.map((line) => {
    const keys = random.shuffle(Object.keys(line));
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, line[key]])));
    const spaced = random.chance(10) ? ` ${text.replaceAll(/(?<=^\{|,)(?="subject")/g, " \t")} ` : text;
    return `${random.chance(3) ? "\n" : ""}${spaced}${random.chance(10) ? "\r" : ""}`;
  }).join("\n") + (random.chance(50) ? "\n" : "");
}

/** A text in pieces that end anywhere. */
function* piecesOf(random, text) {
  const most = random.pick(text.length < 3_000 ? [1, 3, 40] : [200, 1_000, 20_000, 1_000_000]);
  const bytes = random.chance(70) ? Buffer.from(text) : text;
  for (let from = 0; from < bytes.length; ) {
    const to = from + random.integer(most === 1 ? 1 : 0, most);
    yield bytes.slice(from, to);
    from = to;
  }
}

function oneByOne(model, customers, options) {
  const expected = { subjects: [], points: [], score: [], stars: [], segments: [], ignored: { invalid: 0, duplicate: 0, future: 0, noValue: 0 }, codes: new Set() };
  for (const [subject, history] of customers) {
    const found = outcome(() => model.score(history, options));
    if (found.code) {
      expected.codes.add(found.code);
      continue;
    }
    const { points, score, stars, segment, ignored } = found.value;
    for (const key in ignored) expected.ignored[key] += ignored[key];
    // Nothing is known of a customer all of whose lines were left out.
    if (history.profile === undefined && ignored.invalid === history.events.length) continue;
    expected.subjects.push(subject);
    expected.points.push(points);
    expected.score.push(score);
    expected.stars.push(stars);
    expected.segments.push(segment);
  }
  return expected;
}

/** The codes of whatever is wrong with any event alone: lines may be met in any order. */
function faultsOfEach(model, customers, options) {
  const events = [...customers.values()].flatMap(({ events }) => events);
  return new Set(events.map((event) => outcome(() => model.score({ events: [event] }, options)).code));
}

/** Scores of many are those of each. */
function agree(found, expected, what, order = "the same order") {
  const place = new Map(Array.from(found.subjects, (subject, at) => [subject, at]));
  assert.equal(place.size, found.subjects.length, `${what}: a subject twice`);
  if (order === "the same order") assert.deepEqual([...found.subjects], expected.subjects, what);
  else assert.deepEqual(new Set(found.subjects), new Set(expected.subjects), what);
  for (const [at, subject] of expected.subjects.entries()) {
    const here = place.get(subject);
    close(found.points[here], expected.points[at], `${what}: points of ${subject}`);
    close(found.score[here], expected.score[at], `${what}: score of ${subject}`);
    assert.equal(found.stars[here], expected.stars[at], `${what}: stars of ${subject}`);
    assert.equal(found.segmentNames[found.segment[here]], expected.segments[at], `${what}: segment of ${subject}`);
  }
  assert.deepEqual(found.ignored, expected.ignored, what);
}

function close(found, expected, what) {
  if (Array.isArray(expected)) {
    assert.equal(found.length, expected.length, what);
    expected.forEach((number, at) => close(found[at], number, `${what} [${at}]`));
    return;
  }
  const is = Number.isFinite(found) && !Object.is(found, -0) && Math.abs(found - expected) <= TOLERANCE * 1.001 * Math.max(1, Math.abs(found), Math.abs(expected));
  assert.ok(is, `${what}: ${found} is not ${expected}`);
}

/** Columns and lines, whole and in chunks, against one by one. */
function compareAllWays(model, customers, options, context) {
  const start = performance.now();
  const expected = oneByOne(model, customers, options);
  const middle = performance.now();
  const names = [...customers.keys()];
  const lines = names.map((subject) => {
    const { events, profile } = customers.get(subject);
    return [...(profile ? [{ subject, profile }] : []), ...events.map((event) => ({ subject, ...event }))].map((line) => JSON.stringify(line));
  });
  const random = new Random(3);
  const text = lines.flat().join("\n");
  agree(model.scoreMany(text, options), expected, "text");
  agree(model.scoreMany(Buffer.from(text), options), expected, "bytes");
  agree(model.scoreMany(random.shuffle(lines.flat()).join("\n"), options), expected, "shuffled lines", "any order");
  const bytes = Buffer.from(text);
  for (const size of [331, 997, 4_099, 65_537, 1_000_003, bytes.length - 1]) {
    const batch = model.batch(options);
    for (let from = 0; from < bytes.length; from += size) batch.push(bytes.subarray(from, from + size));
    agree(batch.finish(), expected, `chunks of ${size} bytes`);
  }
  // Columns have no ids: those who told an event twice are scored anew.
  const plain = new Map(names.map((subject, number) => {
    const { events, profile } = customers.get(subject);
    return [number, { events: events.map(({ type, time, data }) => ({ type, time, data: data && { value: data.value, ...(data.item ? { item: data.item } : {}) } })), profile }];
  }));
  const columnsExpected = oneByOne(model, plain, options);
  const rows = random.shuffle([...plain].flatMap(([subject, { events }]) => events.map((event) => ({ subject, ...event }))));
  const typeNames = [...new Set(rows.map(({ type }) => type))];
  const plans = [...new Set(rows.flatMap(({ data }) => data?.item?.plan ?? []))];
  const columns = {
    subjects: Uint32Array.from(rows, ({ subject }) => subject),
    types: Uint8Array.from(rows, ({ type }) => typeNames.indexOf(type)),
    typeNames,
    times: Float64Array.from(rows, ({ time }) => time),
    data: { value: Float64Array.from(rows, ({ data }) => data?.value ?? Number.NaN), "item.plan": { codes: Int32Array.from(rows, ({ data }) => plans.indexOf(data?.item?.plan)), dictionary: plans } },
    profiles: names.map((subject) => customers.get(subject).profile),
  };
  agree(model.scoreMany(columns, options), columnsExpected, "columns");
  for (let round = 0; round < 5; round += 1) {
    const batch = model.batch(options);
    for (const chunk of chunksOf(random, columns)) batch.push(chunk);
    agree(batch.finish(), columnsExpected, "columns in chunks", "any order");
  }
  context.diagnostic(`${names.length} customers, ${rows.length} events; one by one ${Math.round(middle - start)} ms`);
}

function outcome(call) {
  try {
    return { value: call() };
  } catch (error) {
    if (!(error instanceof StarwiseError)) throw error;
    return { code: error.code, path: error.path, error };
  }
}

/** What a call throws: a StarwiseError with this code and path, where they are given. */
function refused(call, code, path) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, "is refused");
  assert.ok(error instanceof StarwiseError, String(error?.stack));
  assert.ok(error.code && error.path, error.message);
  if (code !== undefined) assert.equal(error.code, code, error.message);
  if (path !== undefined) assert.equal(error.path, path);
  return error;
}
