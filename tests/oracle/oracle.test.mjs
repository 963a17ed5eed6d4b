// The oracle anchored: worked examples of the specification, and laws over generated cases.

import assert from "node:assert/strict";
import { test } from "node:test";

import { compare, describeDifference } from "./compare.mjs";
import { holds } from "./condition.mjs";
import { coverage, generateCase, KEYS_TO_COVER } from "./generate.mjs";
import { scoreNaively } from "./oracle.mjs";
import { scoreOf, segmentOf, starsExactOf, starsOf } from "./scale.mjs";
import { shrink } from "./shrink.mjs";
import { compareBytes, pickText } from "./text.mjs";
import { civilDay, parseDuration, parseTime } from "./time.mjs";

const DAY = 86_400_000;
const AT = Date.UTC(2024, 5, 1);
const CASES = 2_000;

const login = (time, more) => ({ type: "login", time, ...more });
const byAge = (...days) => days.map((age) => login(AT - age * DAY));
const scoreOne = (criterion, events, options, model) =>
  scoreNaively({ criteria: [{ id: "c", kind: "event", event: "*", points: 1, ...criterion }], ...model }, { events, ...options?.history }, { at: AT, ...options });
const pointsOf = (...args) => scoreOne(...args).points;
const close = (left, right) => assert.ok(Math.abs(left - right) < 5e-5, `${left} is not ${right}`);

test("section 2: times are RFC 3339 texts or epoch ms, calendar dates checked", () => {
  const valid = [
    ["2024-06-01T00:00:00Z", AT],
    ["2024-06-01t02:00:00.0009+02:00", AT],
    ["2024-05-31T23:59:59.9999z", AT - 1],
    ["2024-05-31T18:30:00-05:30", AT],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["1969-12-31T23:59:59.9999Z", -1],
    ["0000-02-29T00:00:00Z", Date.parse("0000-02-29T00:00:00Z")],
    [AT + 0.9, AT],
    [1e11, 1e11],
    [-1e11, -1e11],
    [8.64e15, 8.64e15],
  ];
  for (const [value, ms] of valid) assert.equal(parseTime(value), ms, String(value));
  const invalid = ["2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-06-01", "2024-06-01 00:00:00Z", "2024-06-01T24:00:00Z"];
  invalid.push("2024-06-01T00:00:00", "2024-W22-6T00:00:00Z", "20240601T000000Z", "2024-06-01T00:00:00+0200", "2024-06-01T00:00:00+24:00");
  invalid.push(1e11 - 1, -1e11 + 1, 8.64e15 + 1, NaN, null, undefined, true, {}, "");
  for (const value of invalid) assert.equal(parseTime(value), null, String(value));
});

test("section 3: durations", () => {
  const valid = { "90s": 90_000, "30d": 30 * DAY, "1d12h": 1.5 * DAY, "1.5h": 5_400_000, "5ms": 5, "2m5ms": 120_005 };
  Object.assign(valid, { P30D: 30 * DAY, P2W: 14 * DAY, PT1H30M: 5_400_000, "PT0.5S": 500, "0.4ms": 0 });
  for (const [text, ms] of Object.entries(valid)) assert.equal(parseDuration(text), ms, text);
  for (const text of ["", "P", "PT", "30", "12h1d", "1d1d", "P1M", "P1Y", "-1d", "1 d", "1D", "P1DT"]) {
    assert.throws(() => parseDuration(text), text);
  }
});

test("section 2: civil days have the length their zone gives them", () => {
  const berlin = (text, hour = 0) => civilDay(Date.parse(text), "Europe/Berlin", hour);
  assert.equal(berlin("2024-03-30T22:59:59.999Z") + 1, berlin("2024-03-30T23:00:00Z"));
  assert.equal(berlin("2024-03-31T21:59:59.999Z"), berlin("2024-03-30T23:00:00Z")); // 23 hours
  assert.equal(berlin("2024-03-31T22:00:00Z"), berlin("2024-03-30T23:00:00Z") + 1);
  assert.equal(berlin("2024-03-31T01:59:59Z", 4) + 1, berlin("2024-03-31T02:00:00Z", 4)); // 04:00 by the clock
  assert.equal(civilDay(0, "UTC", 0), 0);
  const apia = (text) => civilDay(Date.parse(text), "Pacific/Apia", 0);
  assert.equal(apia("2011-12-30T09:59:59Z") + 2, apia("2011-12-30T10:00:00Z")); // 30 December was left out
});

test("section 3: conditions", () => {
  const facts = { a: 1, s: "pro", n: null, list: ["x", 1], deep: { er: 2 }, t: AT - DAY, torn: {}, other: 1 };
  const yes = [
    {}, { all: [] }, { a: 1 }, { n: null }, { "deep.er": 2 }, { a: { gte: 1, lt: 2 } }, { missing: { ne: 1 } }, { missing: { notIn: [1] } },
    { missing: { exists: false } }, { n: { exists: true } }, { s: { contains: "r" } }, { list: { contains: 1 } }, { s: { startsWith: "p" } },
    { a: { eq: { path: "other" } } }, { a: { ne: { path: "missing" } } }, { missing: { ne: { path: "missing" } } }, { t: { olderThan: "1d" } },
    { t: { within: "1d1ms" } }, { list: { ne: 1 } }, { missing: {} }, { s: { gt: "plo" } }, { not: { any: [] } }, { any: [{ a: 2 }, { s: "pro" }], a: 1 },
  ];
  const no = [
    { any: [] }, { a: "1" }, { a: true }, { missing: null }, { missing: { eq: null } }, { "list.0": { exists: true } }, { "list.length": { exists: true } },
    { constructor: { exists: true } }, { a: { gt: "0" } }, { list: { contains: "1" } }, { s: { contains: 1 } }, { a: { lte: { path: "missing" } } },
    { t: { within: "1d" } }, { t: { dueWithin: "9d" } }, { a: { olderThan: "1d" } }, { list: { eq: 1 } }, { not: {} }, { a: 1, s: "free" },
  ];
  for (const condition of yes) assert.equal(holds(condition, facts, AT), true, JSON.stringify(condition));
  for (const condition of no) assert.equal(holds(condition, facts, AT), false, JSON.stringify(condition));
  assert.equal(holds({ t: { dueWithin: "1d" } }, { t: AT + DAY }, AT), true);
  assert.equal(holds({ t: { dueWithin: "1d" } }, { t: AT }, AT), false);
  assert.equal(holds({ s: { lt: "\u{1F600}" } }, { s: "\uFF5E" }, AT), true); // by code point
});

test("section 2: byte order is not that of UTF-16, and null ids are none", () => {
  assert.ok(compareBytes("\uFF5E", "\u{1F600}") < 0);
  assert.ok(compareBytes("a", "ab") < 0);
  const events = [login(AT, { id: "b", data: { v: 3 } }), login(AT, { id: null, data: { v: 2 } }), login(AT, { data: { v: 10 } })];
  assert.equal(pointsOf({ award: "first", per: "v" }, events), 10); // none first, then {"v":10} before {"v":2}
  assert.equal(pointsOf({ award: "last", per: "v" }, events), 3);
});

test("section 2: duplicates, future, invalid and missing values are counted", () => {
  const events = [
    login(AT - 1, { id: "a", data: { v: 1 } }),
    login(AT - 2, { id: "a", data: { v: 7 } }),
    login(AT + 1, { id: "b" }),
    login(AT + 2, { id: "b" }),
    login(AT - 3),
    login(AT - 3),
    { type: "", time: AT },
    login(1_700_000_000),
    login(AT, { id: 5 }),
  ];
  const criteria = [
    { id: "c", kind: "event", event: "*", points: 1, per: "v" },
    { id: "d", kind: "event", event: "login", points: 1, per: "v" },
  ];
  const result = scoreNaively({ criteria }, { events }, { at: AT, onInvalid: "skip" });
  assert.deepEqual(result.ignored, { invalid: 3, duplicate: 2, future: 1, noValue: 2 });
  assert.equal(result.points, 14);
  assert.throws(() => scoreNaively({ criteria }, { events }, { at: AT }), /events\[6\]\.type/);
});

test("section 2: nudge.* is matched by name alone and is no activity", () => {
  const events = [{ type: "nudge.shown", time: AT - 9 * DAY }, login(AT - 2 * DAY), { type: "nudge.shown", time: AT }];
  assert.equal(pointsOf({}, events), 1);
  assert.equal(pointsOf({ event: ["nudge.shown"] }, events), 2);
  assert.equal(scoreOne({}, events).tenureDays, 2);
  assert.equal(pointsOf({ decay: { curve: "exponential", halfLife: "1d", from: "last-activity" } }, events), 0.25);
});

test("section 4: the decays' example values", () => {
  const exponential = { points: 100, period: null, decay: { curve: "exponential", halfLife: "30d" } };
  for (const [age, points] of [[0, 100], [15, 70.7107], [30, 50], [45, 35.3553], [60, 25]]) close(pointsOf(exponential, byAge(age)), points);
  const step = { points: 250, period: "30d", decay: { curve: "step" } };
  for (const [age, points] of [[2, 250], [15, 125], [21, 125], [30, 0]]) assert.equal(pointsOf(step, byAge(age)), points);
  const cosine = { period: null, decay: { curve: "cosine", cycle: "30d" } };
  for (const [age, points] of [[0, 1], [15, 0.8536], [30, 0.5], [45, 0.1464], [60, 0]]) close(pointsOf(cosine, byAge(age)), points);
  const linear = { points: 100, period: null, decay: { curve: "linear", over: "40d" } };
  for (const [age, points] of [[0, 100], [10, 75], [40, 0], [50, 0]]) assert.equal(pointsOf(linear, byAge(age)), points);
});

test("section 4: the rules filter in turn, and the period comes after them", () => {
  assert.equal(pointsOf({}, byAge(0, 29, 30)), 2); // [0, 30d) by default
  assert.equal(pointsOf({ period: null }, byAge(0, 29, 300)), 3);
  assert.equal(pointsOf({ award: "first" }, byAge(0, 31)), 0); // the first has expired
  assert.deepEqual(scoreOne({ award: "first" }, byAge(0, 31)).contributions[0].lost, { decay: 0, limit: 0, expired: 1 });
  assert.equal(pointsOf({ cooldown: "2d" }, byAge(5, 4, 3, 2, 1)), 3);
  assert.equal(pointsOf({ perDay: 2 }, byAge(1, 0.9, 0.8, 0.5, 0)), 3);
  assert.equal(pointsOf({ cooldown: "6h", perDay: 1 }, byAge(1, 0.8, 0.01, 0)), 2);
  const viewed = ["a", "b", "a", undefined, null, undefined, 1, "1"].map((page, i) => login(AT - i * 1000, { data: { page } }));
  assert.equal(pointsOf({ uniqueBy: "page" }, viewed), 6);
  assert.equal(pointsOf({ points: 10, limit: 25 }, byAge(0, 1, 2)), 25);
  assert.equal(pointsOf({ points: -10, limit: 25 }, byAge(0, 1, 2)), -25);
  const curve = [[0, 0], [10, 5], [20, 6]];
  for (const [v, points] of [[-5, 0], [4, 2], [10, 5], [15, 5.5], [99, 6]]) {
    assert.equal(pointsOf({ per: "v", curve }, [login(AT, { data: { v } })]), points);
  }
  assert.equal(pointsOf({ per: "v" }, [1e12, -1e12, 1e12 + 1, "5"].map((v, i) => login(AT, { id: `${i}`, data: { v } }))), 0);
});

test("section 4: frequency, inactivity and filter", () => {
  const often = { kind: "frequency", atLeast: 6, within: "7d" };
  assert.equal(pointsOf(often, byAge(0, 1, 2, 3, 4, 5)), 1);
  assert.equal(pointsOf(often, byAge(0, 1, 2, 3, 4, 7)), 0);
  assert.equal(pointsOf({ ...often, atLeast: 0, atMost: 2 }, byAge(0, 1, 2)), 0);
  const idle = { kind: "inactivity", event: undefined, for: "7d", points: -10 };
  assert.equal(pointsOf(idle, []), 0);
  assert.equal(pointsOf(idle, byAge(6)), 0);
  assert.equal(pointsOf(idle, byAge(30, 7)), -10);
  assert.equal(pointsOf({ ...idle, repeat: true }, byAge(30)), -40);
  assert.equal(pointsOf({ ...idle, event: "order" }, byAge(1, 20)), -10); // since the start
  const history = { profile: { seats: 4, createdAt: AT - 10 * DAY } };
  assert.equal(pointsOf({ kind: "filter", where: { seats: { gt: 3 } }, per: "tenureDays" }, [], { history }), 10);
  assert.equal(pointsOf({ kind: "filter", where: { seats: { gt: 4 } } }, [], { history }), 0);
  assert.equal(pointsOf({ kind: "filter", per: "nothing" }, [], { history }), 0);
});

test("section 4: period and decay are inherited, null being all time and no decay", () => {
  const half = { curve: "exponential", halfLife: "20d" };
  const criterion = (more) => ({ id: `c${JSON.stringify(more).length}`, kind: "event", event: "*", points: 1, ...more });
  const run = (part, model, more) =>
    scoreNaively({ ...model, parts: [{ id: "p", ...part, criteria: [criterion(more)] }] }, { events: byAge(40) }, { at: AT }).points;
  assert.equal(run({}, {}, {}), 0);
  assert.equal(run({ period: null }, { period: "1d" }, {}), 1);
  assert.equal(run({ decay: half }, { period: "60d" }, {}), 0.25);
  assert.equal(run({ decay: null }, { period: null, decay: half }, {}), 1);
  assert.equal(run({ period: "1d" }, { decay: half }, { period: "50d" }), 0.25);
});

test("section 5: weighted parts, missing parts and the receipt", () => {
  const part = (id, event, points, more) => ({ id, criteria: [{ id: `${id}c`, kind: "event", event, points }], ...more });
  const parts = [part("a", "login", 50, { weight: 3, target: 40 }), part("b", "order", 10), part("c", "call", 1, { weight: 6, missing: "skip" })];
  const result = scoreNaively({ combine: "weighted", parts }, { events: byAge(0) }, { at: AT });
  assert.equal(result.points, 75); // (3 x 100 + 1 x 0) / 4
  assert.deepEqual(result.parts[0], { id: "a", points: 50, score: 100, weight: 3, effect: 75, missing: false });
  assert.deepEqual(result.parts[2], { id: "c", points: 0, score: 0, weight: 6, effect: 0, missing: true });
  const [line, clamped] = result.contributions;
  assert.deepEqual([line.criterion, line.effect], ["ac", 93.75]);
  assert.deepEqual([clamped.criterion, clamped.part, clamped.points, clamped.effect], [null, "a", -10, -18.75]);
});

test("section 5: stages replace weights, targets and points", () => {
  const model = {
    criteria: [{ id: "c", kind: "event", event: "*", points: 1 }],
    stages: [
      { id: "trial", when: { tenureDays: { lt: 7 } }, points: { c: 20 }, target: 50 },
      { id: "vip", when: { "profile.plan": "vip" }, points: { c: 5 } },
    ],
  };
  const score = (age, profile) => scoreNaively(model, { events: byAge(age), profile }, { at: AT });
  assert.deepEqual([score(1).stage, score(1).points, score(1).score], ["trial", 20, 40]);
  assert.deepEqual([score(8, { plan: "vip" }).stage, score(8, { plan: "vip" }).score], ["vip", 5]);
  assert.equal(score(8).stage, null);
});

test("section 5: score, stars, the picture's real number, segments", () => {
  assert.equal(scoreOf(1, 3), 33.333333333);
  const model = { target: "baseline" };
  assert.equal(scoreOne({ points: 30 }, byAge(0), { baseline: 60 }, model).score, 50);
  assert.throws(() => scoreOne({}, [], {}, model), /baseline/);
  const stars = [[-5, 0], [0, 0], [1e-9, 1], [19.999999999, 1], [20, 2], [79, 4], [80, 5], [100, 5], [900, 5]];
  for (const [score, number] of stars) assert.equal(starsOf(score), number, String(score));
  const own = { at: [10, 20, 60] };
  for (const [score, number, exact] of [[9, 0, 0], [10, 1, 0], [15, 1, 0.5], [40, 2, 1.5], [60, 3, 2], [80, 3, 2.5], [100, 3, 3], [200, 3, 3]]) {
    assert.deepEqual([starsOf(score, own), starsExactOf(score, own)], [number, exact], String(score));
  }
  for (const [score, exact] of [[20, 0], [60, 0.5], [100, 1]]) assert.equal(starsExactOf(score, { at: [20] }), exact);
  assert.equal(starsExactOf(200.5, { at: [200] }), 0.5);
  assert.equal(starsExactOf(100, { at: [0, 80] }), 1.25);
  assert.equal(starsExactOf(50), 2.5);
  const segments = [[-1, "very-disengaged"], [40, "very-disengaged"], [40.000000001, "engaged"], [70, "engaged"], [100, "highly-engaged"], [101, "power-user"]];
  for (const [score, id] of segments) assert.equal(segmentOf(score), id);
});

test("section 5: trend", () => {
  const trend = (ages, more, profile) => {
    const model = { criteria: [{ id: "c", kind: "event", event: "*", points: 2, period: "10d" }], ...more };
    return scoreNaively(model, { events: byAge(...ages), profile }, { at: AT, include: ["trend"] }).trend;
  };
  assert.deepEqual(trend([1, 8]), { delta: 2, direction: "rising" });
  assert.deepEqual(trend([8, 12]), { delta: -2, direction: "falling" });
  assert.deepEqual(trend([8]), { delta: 0, direction: "steady" });
  assert.deepEqual(trend([1]), { delta: 2, direction: "new" });
  assert.deepEqual(trend([1], {}, { createdAt: AT - 7 * DAY }), { delta: 2, direction: "rising" });
  assert.deepEqual(trend([1, 8], { trend: { deadBand: 2 } }), { delta: 2, direction: "steady" });
  assert.deepEqual(trend([]), { delta: 0, direction: "steady" });
});

test("section 4: texts by language: exact, then language, then the first", () => {
  const text = { fr: "F", de: "D", "de-AT": "A" };
  const picked = ["de-AT", "de-CH", "it", undefined].map((locale) => pickText(text, locale));
  assert.deepEqual(picked, ["A", "D", "F", "F"]);
  assert.equal(pickText("plain", "de"), "plain");
});

test("generated cases: pure JSON, the same for the same seed, finite, the receipt adding up, every key used", (context) => {
  const began = performance.now();
  const cases = Array.from({ length: CASES }, (_, seed) => generateCase(seed));
  const generated = performance.now();
  const results = cases.map(({ model, history, options }) => scoreNaively(model, history, options));
  const scored = performance.now();
  const per1000 = (ms) => `${Math.round((ms * 1000) / CASES)} ms per 1,000 cases`;
  context.diagnostic(`generating ${per1000(generated - began)}, scoring ${per1000(scored - generated)}`);

  results.forEach((result, seed) => {
    assertPure(cases[seed], `case ${seed}`);
    assertPure(result, `result ${seed}`);
    const effects = result.contributions.reduce((sum, { effect }) => sum + effect, 0);
    const size = result.contributions.reduce((sum, { effect }) => sum + Math.abs(effect), 1);
    assert.ok(Math.abs(effects - result.points) <= 1e-9 * size, `case ${seed}: ${effects} is not ${result.points}`);
  });
  assert.deepEqual(generateCase(7), cases[7]);

  const used = coverage(cases);
  assert.deepEqual(KEYS_TO_COVER.filter((key) => !used.has(key)), []);
  assert.deepEqual([...used].filter((key) => !KEYS_TO_COVER.includes(key)), []);
});

test("generated cases: event criteria mostly give points", (context) => {
  let lines = 0;
  let giving = 0;
  for (let seed = 0; seed < CASES; seed++) {
    const { model, history, options } = generateCase(seed);
    const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
    const kinds = new Map(criteria.map(({ id, kind }) => [id, kind]));
    for (const { criterion, points } of scoreNaively(model, history, options).contributions) {
      if (kinds.get(criterion) !== "event") continue;
      lines += 1;
      if (points !== 0) giving += 1;
    }
  }
  context.diagnostic(`${giving} of ${lines} event criteria give points`);
  assert.ok(giving / lines > 0.7);
});

test("generated cases: neither the order of events nor their JSON text changes a result", () => {
  for (let seed = 0; seed < 300; seed++) {
    const { model, history, options } = generateCase(seed);
    const turned = { ...history, events: [...history.events].reverse() };
    const told = JSON.parse(JSON.stringify({ model, turned, options }));
    assert.deepEqual(scoreNaively(told.model, told.turned, told.options), scoreNaively(model, history, options), `case ${seed}`);
  }
});

test("compare tells the first difference", () => {
  const result = { at: AT, points: 50, parts: [{ id: "a", effect: 1 }], stars: 3 };
  assert.equal(compare(result, { ...result, points: 50 + 1e-8 }), null);
  assert.equal(compare(result, { ...result, points: 50 + 1e-7 }), "points");
  assert.equal(compare(result, { ...result, at: AT + 1 }), "at");
  assert.equal(compare(result, { ...result, parts: [{ id: "a", effect: 1, more: 0 }] }), "parts[0].more");
  assert.equal(compare({ a: 0 }, { a: -0 }), "a");
  assert.equal(compare({ a: NaN }, { a: NaN }), "a");
  assert.equal(describeDifference(result, { ...result, stars: 4 }), "stars: 3 is not 4");
});

test("shrink keeps what makes a case fail and drops the rest", () => {
  const fails = ({ model, history }) => {
    if (model.criteria.length === 0) throw new Error("invalid");
    return history.events.some(({ type }) => type === "b");
  };
  const history = { events: ["a", "b", "c", "b"].map((type) => login(AT, { type, data: { x: [1, 2] } })), profile: { a: 1 } };
  const smallest = shrink({ model: { criteria: [{ id: "c" }, { id: "d" }], name: "n" }, history }, fails);
  assert.deepEqual(smallest, { model: { criteria: [{}] }, history: { events: [{ type: "b" }] } });
});

/** Only what JSON carries unchanged: no NaN, infinity, -0 or undefined anywhere. */
function assertPure(value, place) {
  if (typeof value === "number") assert.ok(Number.isFinite(value) && !Object.is(value, -0), `${place}: ${value}`);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) assertPure(inner, `${place}.${key}`);
  } else assert.ok(["string", "boolean"].includes(typeof value) || value === null, `${place}: ${value}`);
}
