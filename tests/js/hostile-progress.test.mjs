// Progress and nudges at the ends of what can be said: instants, counts, points, sizes; and in how much time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../pkg/index.node.js";
import { settle } from "./sound.mjs";

const LAST = 8.64e15;
const MOST = 4_294_967_295;
const AT = Date.UTC(2024, 5, 1);
/** Milliseconds of a processor: far more than any of these takes, since machines differ. */
const SLOW = 6_000;

const counts = { id: "a", kind: "event", event: "a", points: 1, per: "n" };
const rules = {
  criteria: [counts, { id: "f", kind: "frequency", event: "a", atLeast: 1, within: "36500d", points: 1 }],
  streaks: ["day", "week", "month"].flatMap((every) => [
    { id: every, event: "a", every, freezes: MOST },
    { id: `${every}-never`, event: "*", every, atLeast: MOST },
    { id: `${every}-plain`, event: "a", every },
  ]),
  levels: { curve: "habitica", base: 0.001 },
  badges: [{ count: MOST, event: "a" }, { streak: "day", length: MOST }, { level: 1_000_000 }, { level: 1 }, { stars: 5 }].map((award, index) => ({ id: `b${index}`, label: "B", award })),
  checklists: [{ id: "c", label: "C", steps: [{ event: "a", count: MOST }, { criterion: "f" }, { profile: { n: 1 } }].map((done, index) => ({ id: `s${index}`, label: "S", done })) }],
  nudges: [
    { id: "n", kind: "banner", when: {}, title: "{level} {points} {trend.delta} {nextStar.points|x} {checklists.c.share} {streaks.day.current}", cooldown: "36500d", maxShown: MOST },
    { id: "m", kind: "survey", when: {}, title: "T", again: "36500d", survey: { from: 0, to: 1 } },
  ],
  nudgePolicy: { maxPerDay: 1, minGap: "36500d", quietHours: ["23:59", "23:58"] },
};

const INSTANTS = [LAST, LAST - 1, 1e11, new Date(1), new Date(0), new Date(-1), -1e11, 1 - LAST, -LAST];
const ZONES = ["UTC", "Pacific/Apia", "America/St_Johns", "Africa/Monrovia", "Australia/Lord_Howe"];

test("at the first, the last and any odd instant all answers are sound", () => {
  const model = new Model(rules);
  for (const timeZone of ZONES) {
    for (const dayStartHour of [0, 23]) {
      for (const at of INSTANTS) {
        for (const times of [[], [-LAST, LAST], [new Date(-1), new Date(0)], [at, at]]) {
          const types = ["a", "nudge.shown", "nudge.dismissed", "nudge.answered"];
          const events = times.flatMap((time) => types.map((type) => ({ type, time, data: { n: 1e12, nudge: type.endsWith("d") ? "m" : "n" } })));
          const createdAt = INSTANTS[events.length % INSTANTS.length];
          for (const what of ["progress", "nudge"]) {
            const { error } = settle(() => model[what]({ events, profile: { n: 1, createdAt } }, { at, timeZone, dayStartHour }));
            assert.equal(error, undefined, `${what} ${error?.message}`);
          }
        }
      }
    }
  }
});

test("what lies beyond the last instant is never said", () => {
  const model = new Model({ ...rules, nudgePolicy: { maxPerDay: 1, quietHours: ["23:59", "23:58"] } });
  const shown = { type: "nudge.shown", time: LAST, data: { nudge: "n" } };
  const reasons = model.nudge({ events: [shown] }, { at: LAST }).candidates[1].reasons;
  assert.deepEqual(reasons.map(({ reason, until }) => [reason, until]), [["max-per-day", undefined], ["quiet-hours", undefined]]);
  const [day] = model.progress({ events: [] }, { at: -LAST }).streaks;
  assert.deepEqual(day.recent.map(({ start }) => start), new Array(7).fill(-LAST));
});

test("levels at the end of a curve: the last of Habitica's, and points beyond any", () => {
  const model = new Model(rules);
  const of = (n, count) => model.progress({ events: Array.from({ length: count }, () => ({ type: "a", time: AT, data: { n } })) }, { at: AT });
  const { level, badges } = of(1e12, 1000);
  assert.deepEqual([level.level, level.next, level.share, badges[2].earned], [1_000_000, null, 1, true]);
  const loss = of(-1e12, 1000).level;
  assert.deepEqual([loss.level, loss.from, loss.points, loss.share], [1, 0, -1e15, 0]);
  const plain = new Model({ ...rules, levels: { curve: "habitica" } });
  // The steps of Habitica, one after the other.
  let total = 0;
  for (let level = 1; level < 300; level += 1) {
    total += level < 5 ? 25 * level : level === 5 ? 150 : Math.round((0.25 * level * level + 10 * level + 139.75) / 10) * 10;
    const found = plain.progress({ events: [{ type: "a", time: AT, data: { n: total } }] }, { at: AT }).level;
    assert.deepEqual([found.level, found.from], [level + 1, total]);
  }
});

test("what is found in a profile is told only where it is short, and texts stay within bounds", () => {
  const nudges = Array.from({ length: 400 }, (_, index) => ({ id: `n${index}`, kind: "banner", when: { "profile.big": { eq: "y" } }, title: "T" }));
  const told = new Model({ criteria: [counts], nudges });
  const found = (big) => told.nudge({ events: [], profile: { big } }, { at: AT }).candidates[399].reasons[0];
  assert.equal(found("x".repeat(4_000)).found.length, 4_000);
  assert.deepEqual(found([1, { a: null }]).found, [1, { a: null }]);
  const long = quick(() => found("x".repeat(1 << 20)));
  assert.equal(long.found, null);
  assert.ok(!long.message.includes("missing"));
  assert.equal(quick(() => found(Array.from({ length: 100_000 }, () => [0]))).found, null);
  const filled = new Model({ criteria: [counts], nudges: [{ id: "n", kind: "banner", when: {}, title: "{profile.big|-}".repeat(10_000) }] });
  const { title } = quick(() => filled.nudge({ events: [], profile: { big: "x".repeat(1 << 18) } }, { at: AT })).nudge;
  assert.ok(title.length <= (1 << 20) + 10_000 && title.endsWith("-"));
});

const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const steady = { events: many(50_000, (index) => ({ type: "a", time: AT - index * 600_000, data: { n: index % 7 } })) };
const LARGE = {
  "500 badges of the last levels": { levels: rules.levels, badges: many(500, (index) => ({ id: `b${index}`, label: "B", award: { level: 1_000_000 - index } })) },
  "1,000 thresholds up to the last": { levels: { curve: { thresholds: many(1_000, (index) => (index + 1) * 1e9) }, base: 1e6 } },
  "200 streaks": { streaks: many(200, (index) => ({ id: `s${index}`, event: index % 3 ? "a" : "*", every: ["day", "week", "month"][index % 3], atLeast: 1 + (index % 4), freezes: index % 5 })) },
  "500 badges of a streak": { streaks: [{ id: "s", event: "a", every: "day" }], badges: many(500, (index) => ({ id: `b${index}`, label: "B", award: { streak: "s", length: index + 1 } })) },
  "3,000 steps": { checklists: [{ id: "c", label: "C", steps: many(3_000, (index) => ({ id: `s${index}`, label: "S", done: { event: index % 9 ? "b" : "a" } })) }] },
  "12,000 facts that fail": { nudges: [{ id: "n", kind: "banner", when: { any: many(12_000, (index) => ({ [`profile.${index.toString(36)}`]: 1 })) }, title: "T" }] },
};
for (const [what, json] of Object.entries(LARGE)) {
  test(`in time: ${what}`, () => {
    const model = new Model({ criteria: [counts], ...json });
    for (const ask of ["progress", "nudge"]) quick(() => settle(() => model[ask](steady, { at: AT, timeZone: "Europe/Berlin" })).answer ?? assert.fail());
    model.free();
  });
}

test("a million events, and a ledger of many", () => {
  const model = new Model({ ...rules, badges: rules.badges.slice(0, 4) });
  const events = many(1_000_000, (index) => ({ type: index % 5 ? "a" : "nudge.shown", time: AT - index * 1_000, data: { n: 1, nudge: "n" } }));
  quick(() => model.progress({ events }, { at: AT }));
  quick(() => model.nudge({ events }, { at: AT }));
  const ledger = new Ledger(model, { timeZone: "Europe/Berlin" });
  ledger.add(events.slice(0, 100_000));
  const before = quick(() => ledger.progress({ at: AT }));
  ledger.compact(AT - 86_400_000);
  assert.deepEqual(quick(() => ledger.progress({ at: AT })), before);
  assert.deepEqual(Ledger.fromBytes(model, ledger.toBytes()).progress({ at: AT }), before);
  ledger.free();
});

function quick(call) {
  const start = process.cpuUsage();
  const answer = call();
  const took = process.cpuUsage(start).user / 1_000;
  assert.ok(took < SLOW, `${Math.round(took)} ms`);
  return answer;
}
