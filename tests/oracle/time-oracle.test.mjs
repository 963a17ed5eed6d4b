// Time, what-if, next star and audiences: the oracle anchored by worked examples.

import assert from "node:assert/strict";
import { test } from "node:test";

import { generateTimeCase } from "./generate-time.mjs";
import { keep, scoreLedger, unite } from "./ledger.mjs";
import { nextStarNaively } from "./next-star.mjs";
import { scoreNaively, whatIfNaively } from "./oracle.mjs";
import { findFault, findFaultOfNext } from "./settle.mjs";
import { parseTime } from "./time.mjs";
import { timelineNaively } from "./timeline.mjs";
import { nextChangeNaively, stateAt, transitionsNaively } from "./transitions.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;
const T = Date.UTC(2024, 5, 1);

const happened = (type, days = 0, more) => ({ type, time: T + days * DAY, ...more });
const modelOf = (criteria, more) => ({
  criteria: [criteria].flat().map((criterion, i) => ({ id: `c${i + 1}`, kind: "event", event: "*", points: 100, ...criterion })),
  ...more,
});
const starChanges = (model, events, fromDays, toDays, history) =>
  transitionsNaively(model, { events, ...history }, { from: T + fromDays * DAY, to: T + toDays * DAY })
    .filter(({ what }) => what === "stars")
    .map(({ at, from, to }) => [at, from, to]);
const halving = (halfLife) => ({ period: null, decay: { curve: "exponential", halfLife } });

test("section 6: 100 points with a half-life of 30 days fall through 80, 60, 40 and 20 at 30 x log2(100 / t) days", () => {
  const model = modelOf(halving("30d"));
  const at = (threshold) => Math.ceil(T + 30 * DAY * Math.log2(100 / threshold));
  // a score rounds up to 9 decimals: it is below 20 only from 19.9999999995 on, some hundredths of a ms later
  const below = (threshold) => Math.ceil(T + 30 * DAY * Math.log2(100 / (threshold - 5e-10)));
  const expected = [[80, 5, 4], [60, 4, 3], [40, 3, 2], [20, 2, 1]].map(([threshold, from, to]) => [below(threshold), from, to]);
  assert.deepEqual(starChanges(model, [happened("a")], 0, 200), expected);
  assert.ok(expected.every(([instant], i) => instant - at([80, 60, 40, 20][i]) <= 1));
  // 69.6578 days, and at most 2 ms
  assert.ok(Math.abs((expected[3][0] - T) / DAY - 30 * Math.log2(5)) <= 2 / DAY);
  const twenty = { events: [happened("a")] };
  assert.deepEqual(nextChangeNaively(model, twenty, { at: T + 60 * DAY }), { at: expected[3][0], stars: 1, segment: "very-disengaged" });
  assert.equal(nextChangeNaively(model, twenty, { at: T + 60 * DAY, horizon: expected[3][0] - T - 60 * DAY - 1 }), null);
  assert.equal(nextChangeNaively(model, twenty, { at: T + 60 * DAY, horizon: expected[3][0] - T - 60 * DAY }).stars, 1);
});

test("section 6: the last star goes when the score rounds to 0", () => {
  const [[at, from, to]] = starChanges(modelOf({ ...halving("1d"), points: 10 }), [happened("a")], 0, 60).slice(-1);
  assert.deepEqual([from, to], [1, 0]);
  assert.ok(Math.abs(at - (T + DAY * Math.log2(10 / 5e-10))) <= 1);
});

test("section 6: a step halves at half the period, and a period is left at once", () => {
  const step = modelOf({ period: "30d", decay: { curve: "step" } });
  assert.deepEqual(starChanges(step, [happened("a")], 0, 60), [[T + 15 * DAY, 5, 3], [T + 30 * DAY, 3, 0]]);
  const odd = modelOf({ period: "7ms", decay: { curve: "step" } }); // half of it is 3.5 ms
  assert.deepEqual(starChanges(odd, [happened("a")], -1, 1), [[T, 0, 5], [T + 4, 5, 3], [T + 7, 3, 0]]);
  const plain = modelOf({ points: 30, period: "10d" });
  assert.deepEqual(starChanges(plain, [happened("a"), happened("a", 3)], -1, 30), [
    [T, 0, 2],
    [T + 3 * DAY, 2, 4],
    [T + 10 * DAY, 4, 2],
    [T + 13 * DAY, 2, 0],
  ]);
});

test("section 6: from is outside, to is inside", () => {
  const model = modelOf({ period: "10d" });
  assert.deepEqual(starChanges(model, [happened("a")], 0, 10), [[T + 10 * DAY, 5, 0]]);
  assert.deepEqual(starChanges(model, [happened("a")], 10, 20), []);
});

test("section 6: linear and cosine end where they say", () => {
  const linear = modelOf({ period: null, decay: { curve: "linear", over: "10d" } });
  const [, , , , last] = starChanges(linear, [happened("a")], 0, 20);
  assert.deepEqual(last, [T + 10 * DAY, 1, 0]);
  const cosine = modelOf({ period: null, decay: { curve: "cosine", cycle: "10d" } });
  const changes = starChanges(cosine, [happened("a")], 0, 30);
  // 50 at one cycle: 60 before it, 40 after it, evenly
  assert.deepEqual(changes.map(([, from, to]) => [from, to]), [[5, 4], [4, 3], [3, 2], [2, 1], [1, 0]]);
  assert.ok(Math.abs(changes[1][0] + changes[2][0] - 2 * (T + 10 * DAY)) <= 2);
  assert.ok(changes[4][0] <= T + 20 * DAY && changes[4][0] > T + 20 * DAY - HOUR); // it rounds to 0 a little earlier
});

test("section 6: inactivity sets in at exactly `for`, again with each, and ends with an event", () => {
  const often = { points: 100, period: null, event: "a", award: "first" };
  const idle = { kind: "inactivity", for: "7d", points: -30 };
  assert.deepEqual(starChanges(modelOf([often, idle]), [happened("a"), happened("b", 9)], 0, 40), [
    [T + 7 * DAY, 5, 4],
    [T + 9 * DAY, 4, 5],
    [T + 16 * DAY, 5, 4],
  ]);
  assert.deepEqual(starChanges(modelOf([often, { ...idle, repeat: true }]), [happened("a")], 0, 40), [
    [T + 7 * DAY, 5, 4],
    [T + 14 * DAY, 4, 3],
    [T + 21 * DAY, 3, 1],
    [T + 28 * DAY, 1, 0],
  ]);
});

test("section 6: a frequency's interval fills and empties", () => {
  const model = modelOf({ kind: "frequency", atLeast: 2, atMost: 2, within: "7d" });
  const events = [happened("a"), happened("a", 1), happened("a", 2)];
  assert.deepEqual(starChanges(model, events, -1, 20), [
    [T + DAY, 0, 5],
    [T + 2 * DAY, 5, 0],
    [T + 7 * DAY, 0, 5],
    [T + 8 * DAY, 5, 0],
  ]);
});

test("section 6: stages and tenure change at their edge; more than a bound is a millisecond later", () => {
  const model = (when) => modelOf({ points: 30, period: null }, { stages: [{ id: "young", when: { tenureDays: when }, points: { c1: 90 } }] });
  const profile = { createdAt: T - 3 * DAY };
  assert.deepEqual(starChanges(model({ lt: 7 }), [happened("a", -1)], 0, 9, { profile }), [[T + 4 * DAY, 5, 2]]);
  assert.deepEqual(starChanges(model({ lte: 7 }), [happened("a", -1)], 0, 9, { profile }), [[T + 4 * DAY + 1, 5, 2]]);
  const due = modelOf({ kind: "filter", where: { ends: { dueWithin: "2d" } } });
  const filter = modelOf({ kind: "filter", per: "tenureDays", curve: [[0, 0], [10, 1]], points: 50 });
  assert.deepEqual(starChanges(due, [], 0, 9, { profile: { ends: T + 5 * DAY } }), [[T + 3 * DAY, 0, 5], [T + 5 * DAY, 5, 0]]);
  assert.deepEqual(starChanges(filter, [], -4, 9, { profile }), [[T - 3 * DAY + 1, 0, 1], [T + DAY, 1, 2], [T + 5 * DAY, 2, 3]]);
});

test("section 6: a fading that restarts with every activity", () => {
  const model = modelOf({ event: "a", period: null, decay: { curve: "linear", over: "10d", from: "last-activity" } });
  const changes = starChanges(model, [happened("a"), happened("b", 9)], 8.5, 18);
  assert.deepEqual(changes, [[T + 9 * DAY, 1, 5], [T + 11 * DAY + 1, 5, 4], [T + 13 * DAY + 1, 4, 3], [T + 15 * DAY + 1, 3, 2], [T + 17 * DAY + 1, 2, 1]]);
});

test("section 6: a sum of rising and falling may dip and recover", () => {
  // 100 x 2^(-a/10d) - 80 x 2^(-a/40d), with x = 2^(-a/40d): 100x^4 - 80x
  const criteria = [
    { ...halving("10d"), event: "a", points: 100 },
    { ...halving("40d"), event: "a", points: -80 },
  ];
  const score = (days) => 100 * 2 ** (-days / 10) - 80 * 2 ** (-days / 40);
  const lowest = 40 * Math.log2(5 ** (1 / 3)); // 400x^3 = 80
  assert.ok(Math.abs(score(lowest) - -35.088) < 1e-3);
  const at = (threshold) => ({ stars: { at: [threshold] } });
  const roots = (threshold) => starChanges(modelOf(criteria, at(threshold)), [happened("a")], 0, 400).map(([instant, from, to]) => [(instant - T) / DAY, from, to]);

  const deep = roots(-30);
  assert.deepEqual(deep.map(([, from, to]) => [from, to]), [[1, 0], [0, 1]]);
  for (const [days] of deep) assert.ok(Math.abs(score(days) + 30) < 1e-6);

  // a dip of some seconds: a millionth of a millionth below is as deep as it goes there
  const bottom = score(lowest);
  const near = roots(bottom + 1e-9 * 3);
  assert.deepEqual(near.map(([, from, to]) => [from, to]), [[1, 0], [0, 1]]);
  assert.ok(near[0][0] < lowest && near[1][0] > lowest && near[1][0] - near[0][0] < 0.01);
  // and a miss that is as near
  assert.deepEqual(roots(bottom - 1e-9 * 3), []);
});

test("section 6: a timeline knows at each instant only what had happened", () => {
  const model = modelOf({ points: 30, period: "2d", award: "last" });
  const line = timelineNaively(model, { events: [happened("a"), happened("a", 1)] }, { from: T - DAY, to: T + 3.5 * DAY, step: "1d" });
  assert.deepEqual(line, {
    times: [-1, 0, 1, 2, 3].map((day) => T + day * DAY),
    points: [0, 30, 30, 30, 0],
    score: [0, 30, 30, 30, 0],
    stars: [0, 2, 2, 2, 0],
  });
  const timesOf = (options) => timelineNaively(model, { events: [] }, options).times;
  assert.deepEqual(timesOf({ from: T, to: T, step: 1 }), [T]);
  assert.deepEqual(timesOf({ from: new Date(T).toISOString(), to: T + 1, step: 1 }), [T, T + 1]);
});

test("section 6: events after `at` do not make the next change", () => {
  const model = modelOf({ period: "2d" });
  const events = [happened("a"), happened("a", 1)];
  assert.deepEqual(nextChangeNaively(model, { events }, { at: T }), { at: T + 2 * DAY, stars: 0, segment: "very-disengaged" });
  assert.equal(nextChangeNaively(model, { events }, { at: T - DAY }), null);
  assert.deepEqual(scoreNaively(model, { events }, { at: T, include: ["nextChange"] }).nextChange.at, T + 2 * DAY);
  assert.equal(nextChangeNaively(model, { events }, { at: T, horizon: "1d" }), null);
});

test("section 9: audiences and their facts", () => {
  const model = {
    combine: "weighted",
    parts: [
      { id: "p", weight: 3, target: 200, criteria: [{ id: "c", kind: "event", event: "a", points: 100 }] },
      { id: "q", criteria: [{ id: "d", kind: "event", event: "b", points: 10 }, { id: "e", kind: "filter", points: 1, enabled: false }] },
    ],
    stages: [{ id: "s", when: { tenureDays: { gte: 1 } } }],
  };
  const events = [happened("a"), happened("nudge.shown", 0.5)];
  const isIn = (when, days = 2, history = {}) => {
    const audiences = [{ id: "x", when: {} }, { id: "y", when }, { id: "z", when: { any: [] } }];
    const state = stateAt({ ...model, audiences }, { events, profile: { plan: "pro" }, ...history }, T + days * DAY);
    assert.equal(state.audiences[0], "x");
    return state.audiences.includes("y");
  };
  // (3 x 50 + 1 x 0) / 4
  const yes = [
    { points: 37.5 }, { score: 37.5 }, { stars: 2 }, { starsExact: 1.875 }, { segment: "very-disengaged" }, { stage: "s" },
    { "parts.p": 50 }, { "parts.q": 0 }, { "counts.c": 1 }, { "counts.d": 0 }, { daysSinceLast: 2 }, { tenureDays: 2 },
    { "profile.plan": "pro" }, { score: { gt: { path: "parts.q" } } }, { "counts.e": { exists: false } }, { plan: { exists: false } },
    { all: [{ stars: { gte: 2 } }, { not: { "profile.plan": "free" } }] },
  ];
  for (const when of yes) assert.equal(isIn(when), true, JSON.stringify(when));
  assert.equal(isIn({ stage: { exists: false } }, 0.5), true);
  assert.equal(isIn({ daysSinceLast: { exists: true } }, -1), false);
  assert.equal(isIn({ tenureDays: { exists: true } }, -1), false);

  const summed = { parts: [{ id: "p", max: 30, criteria: model.parts[0].criteria }], audiences: [{ id: "y", when: { "parts.p": 30 } }] };
  assert.deepEqual(scoreNaively(summed, { events }, { at: T }).audiences, ["y"]);
  assert.deepEqual(scoreNaively(modelOf({}), { events }, { at: T }).audiences, []);
});

test("section 6: at one instant stars stand before segment before audiences", () => {
  const audiences = [
    { id: "low", when: { stars: { lt: 2 } } },
    { id: "paying", when: { "profile.plan": "pro" } },
    { id: "active", when: { daysSinceLast: { lt: 2 } } },
    { id: "gone", when: { daysSinceLast: { gt: 2 } } },
  ];
  const model = modelOf({ period: "2d" }, { audiences });
  const transitions = transitionsNaively(model, { events: [happened("a")], profile: { plan: "pro" } }, { from: T, to: T + 3 * DAY });
  const at = T + 2 * DAY;
  assert.deepEqual(transitions, [
    { at, what: "stars", from: 5, to: 0 },
    { at, what: "segment", from: "highly-engaged", to: "very-disengaged" },
    { at, what: "audience", id: "low", from: false, to: true },
    { at, what: "audience", id: "active", from: true, to: false },
    { at: at + 1, what: "audience", id: "gone", from: false, to: true },
  ]);
});

test("section 7: the next star", () => {
  const next = (criteria, events = [], more = {}, options = {}) => nextStarNaively(modelOf(criteria, more), { events }, { at: T, ...options });
  const a = { event: "a", points: 3 };
  assert.deepEqual(next(a, [happened("a")]), { stars: 2, points: 17, actions: [{ criterion: "c1", count: 6 }] });
  assert.deepEqual(next(a), { stars: 1, points: 0, actions: [{ criterion: "c1", count: 1 }] });
  assert.deepEqual(next([a, { event: "b", points: -10 }], [happened("b")]), { stars: 1, points: 10, actions: [{ criterion: "c1", count: 4 }] });
  assert.equal(next({ points: 80 }, [happened("a")]), null);
  assert.equal(next(a, [happened("a")], { stars: { at: [1, 3] } }), null);
  // thresholds of a model's own, a target, and stars that are leapt over
  assert.deepEqual(next({ ...a, points: 100 }, [], { stars: { at: [1, 30, 50, 101] }, target: 200 }), { stars: 1, points: 2, actions: [{ criterion: "c1", count: 1 }] });

  // what is no action: disabled, not above 0, several types, all types, with `where` or `per`, or never enough
  const none = [{ enabled: false }, { points: 0 }, { event: ["a", "b"] }, { event: "*" }, { where: {} }, { per: "v" }, { limit: 1 }, { award: "first" }, { cooldown: "1h" }, { perDay: 6 }];
  for (const more of none) assert.deepEqual(next({ ...a, ...more }, [happened("a")]).actions, [], JSON.stringify(more));
  assert.deepEqual(next({ event: ["a"], points: 0.02 }, []).actions, [{ criterion: "c1", count: 1 }]);
  assert.deepEqual(next({ ...a, points: 0.02 }, [], { stars: { at: [20] } }).actions, [{ criterion: "c1", count: 1_000 }]);
  assert.deepEqual(next({ ...a, points: 0.019 }, [], { stars: { at: [20] } }).actions, []);

  // fresh values where they are asked for; other criteria on the type have their say
  const seen = [happened("a", -1, { data: { deep: { er: "x" } } })];
  assert.deepEqual(next({ ...a, uniqueBy: "deep.er" }, seen), { stars: 2, points: 17, actions: [{ criterion: "c1", count: 6 }] });
  const others = [a, { event: "a", points: 40, kind: "frequency", atLeast: 3, within: "1d" }, { event: "b", points: 15, effort: 3 }, { event: "b", points: -5 }];
  assert.deepEqual(next(others, [], { stars: { at: [20] } }).actions, [{ criterion: "c1", count: 3 }, { criterion: "c3", count: 2 }]);
  // more need not be better: 2 are enough, 3 too many
  const dear = [{ event: "a", points: 10 }, { event: "a", points: -100, kind: "frequency", atLeast: 3, within: "1d" }];
  assert.deepEqual(next(dear, [], { stars: { at: [20] } }).actions, [{ criterion: "c1", count: 2 }]);

  // by effort x count, then as the model has them; labels in the language asked for
  const efforts = [
    { event: "a", points: 5, label: { en: "A", de: "Ah" } },
    { event: "b", points: 10, effort: 2 },
    { event: "c", points: 20, effort: 0.5 },
  ];
  const { actions } = next(efforts, [], { stars: { at: [20] } }, { locale: "de" });
  assert.deepEqual(actions, [{ criterion: "c3", count: 1 }, { criterion: "c1", label: "Ah", count: 4 }, { criterion: "c2", count: 2 }]);
  // points as the stage has them
  const stages = [{ id: "s", when: {}, points: { c1: 0, c2: 20 } }];
  assert.deepEqual(next([{ event: "a" }, { event: "b", points: -1 }], [], { stages }).actions, [{ criterion: "c2", count: 1 }]);
});

test("section 7: next star and what-if agree", () => {
  const model = modelOf([{ event: "a", points: 7, perDay: 20 }, { event: "b", points: 11, limit: 70 }]);
  const history = { events: [happened("a")] };
  const { stars, actions } = scoreNaively(model, history, { at: T, include: ["nextStar"] }).nextStar;
  assert.deepEqual(actions.map(({ count }) => count), [2, 2]);
  for (const { criterion, count } of actions) {
    const type = { c1: "a", c2: "b" }[criterion];
    const after = (number) => whatIfNaively(model, history, Array.from({ length: number }, () => happened(type)), { at: T }).stars;
    assert.ok(after(count) >= stars && after(count - 1) < stars);
  }
});

test("section 11: a ledger is the score of the united history", () => {
  const model = modelOf({ points: 1 });
  const [first, second, third] = [[happened("a", -1), happened("a", -1)], [happened("a", 0, { id: "x" })], [happened("a", 0, { id: "x" }), happened("a")]].map(keep);
  const points = (...ledgers) => scoreLedger(model, unite(...ledgers), {}, { at: T }).points;
  assert.equal(points(first), 2); // alike, and two all the same
  assert.equal(points(first, first, second), 3);
  assert.equal(points(third, second, first, third), 4);
});

test("generated cases: the same for the same seed, changes of every kind, and a closer look finds no more", (context) => {
  const kinds = { stars: 0, segment: 0, audience: 0 };
  for (let seed = 0; seed < 30; seed++) {
    const one = generateTimeCase(seed);
    assert.deepEqual(generateTimeCase(seed), one);
    assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
    const { model, history, span } = one;
    const options = { ...one.options, ...span };
    const transitions = transitionsNaively(model, history, options);
    for (const { what } of transitions) kinds[what] += 1;
    assert.equal(findFault(model, history, options, transitions, transitions), null);
    if (seed % 3 !== 0) continue;
    const grid = (parseTime(span.to) - parseTime(span.from)) / 2_500;
    assert.deepEqual(transitionsNaively(model, history, { ...options, grid }), transitions, `case ${seed}`);
  }
  context.diagnostic(JSON.stringify(kinds));
  assert.ok(Object.values(kinds).every((number) => number > 20));
});

test("a fault in an account of changes is found", () => {
  const model = modelOf(halving("1d"), { audiences: [{ id: "x", when: { score: { lt: 50 } } }] });
  const history = { events: [happened("a")] };
  const options = { at: T, from: T, to: T + 9 * DAY };
  const right = transitionsNaively(model, history, options);
  const faultOf = (claimed) => findFault(model, history, options, claimed, right);
  assert.equal(faultOf(right), null);
  right.forEach((entry, i) => {
    for (const wrong of [[], [{ ...entry, at: entry.at + 1 }], [{ ...entry, at: entry.at - 1 }], [{ ...entry, to: entry.from }], [entry, entry]]) {
      assert.notEqual(faultOf(right.toSpliced(i, 1, ...wrong)), null, JSON.stringify(wrong));
    }
  });
  // and what the oracle itself had overlooked is no fault
  assert.equal(findFault(model, history, options, right, right.slice(1)), null);

  const next = nextChangeNaively(model, history, options);
  const faultOfNext = (claimed, expected = next) => findFaultOfNext(model, history, options, claimed, expected, T + 365 * DAY);
  assert.equal(faultOfNext(next), null);
  assert.equal(faultOfNext(next, { ...next, at: next.at + HOUR }), null);
  for (const wrong of [null, { ...next, at: next.at + 1 }, { ...next, at: next.at - 1 }, { ...next, stars: 3 }, { ...next, segment: "engaged" }]) {
    assert.notEqual(faultOfNext(wrong), null, JSON.stringify(wrong));
  }
});
