// What is read while it is read: getters that throw, free, add and ask again; proxies and columns that lie.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as starwise from "../../pkg/index.node.js";
import { settle } from "./sound.mjs";

const { leaderboard, Ledger, Model, StarwiseError } = starwise;
const AT = Date.UTC(2024, 2, 31);
const rules = {
  criteria: [{ id: "a", kind: "event", event: "a", points: 1 }],
  streaks: [{ id: "s", event: "a", every: "day" }],
  levels: { curve: "triangular" },
  badges: [{ id: "b", label: "B", award: { stars: 1 } }],
  checklists: [{ id: "c", label: "C", steps: [{ id: "x", label: "X", done: { event: "a" } }] }],
  nudges: [{ id: "n", kind: "banner", when: {}, title: "{level}" }],
};
const history = { events: [{ type: "a", time: AT }] };
const entries = [{ id: 1, score: 1 }, { id: "1", score: 1 }];
const fresh = new Model(rules);
const boom = () => {
  throw new Error("boom");
};
const throwing = (key, rest = {}) => Object.defineProperty({ ...rest }, key, { enumerable: true, get: boom });
const trapping = () => new Proxy({}, { get: boom, ownKeys: boom, has: boom, getPrototypeOf: boom });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
};
const ODD = [undefined, null, 0, -0, NaN, Infinity, -1, 1e300, "", "n", true, [], {}, Symbol("x"), 1n, boom, revoked(), trapping(), new Date(NaN), new Map(), Object.create(null)];

afterEach(() => assert.equal(fresh.progress(history, { at: AT }).level.points, 1));

test("whatever stands in the place of options and histories, an answer or an error of ours", () => {
  const ledger = new Ledger(fresh);
  ledger.add(history.events);
  const names = ["at", "timeZone", "dayStartHour", "baseline", "onInvalid", "locale", "showing", "include", "horizon", "profile"];
  for (const what of ["progress", "nudge"]) {
    for (const odd of ODD) {
      settle(() => fresh[what](odd, { at: AT }));
      settle(() => fresh[what](history, odd));
      settle(() => ledger[what](odd));
      for (const name of names) {
        const { error } = settle(() => fresh[what](history, { at: AT, [name]: odd }));
        if (error) assert.ok(error.path.startsWith(`options.${name}`), error.message);
        settle(() => ledger[what]({ at: AT, [name]: odd }));
      }
    }
    assert.throws(() => fresh[what](history, throwing("at")), { code: "options-unreadable", path: "options.at" });
    assert.throws(() => fresh[what]({ events: [throwing("type")] }, { at: AT }), { code: "history-unreadable", path: "events[0].type" });
  }
});

test("a getter that asks again gets its answer, and so does who asked first", () => {
  for (const what of ["progress", "nudge"]) {
    const plain = fresh[what](history, { at: AT });
    let inner;
    const event = { type: "a", get time() { inner = fresh[what](history, { at: AT }); return AT; } };
    assert.deepEqual(fresh[what]({ events: [event] }, { get at() { fresh[what](history, { at: AT }); return AT; } }), plain);
    assert.deepEqual(inner, plain);
  }
});

test("a getter that frees leaves an error, one that adds is heard", () => {
  for (const what of ["progress", "nudge"]) {
    const model = new Model(rules);
    assert.throws(() => model[what]({ get events() { model.free(); return []; } }, { at: AT }), { code: "model-freed" });
    assert.throws(() => model[what](history, { at: AT }), { code: "model-freed" });
    const other = new Model(rules);
    assert.throws(() => other[what](history, { get at() { other.free(); return AT; } }), { code: "model-freed" });
    const ledger = new Ledger(fresh, { timeZone: "Europe/Berlin" });
    const options = { get at() { ledger.add({ type: "a", time: AT }); return AT; } };
    assert.deepEqual(ledger[what](options), fresh[what](history, { at: AT, timeZone: "Europe/Berlin" }));
    assert.throws(() => ledger[what]({ get at() { ledger.free(); return AT; } }), { code: "ledger-freed" });
    assert.throws(() => ledger[what]({ at: AT }), { code: "ledger-freed" });
  }
});

const NUMBERS = new Float64Array([1, 2]);
class Lying extends Float64Array {
  get length() {
    return -1;
  }
}
const UNREAD = {
  "a revoked proxy": [() => leaderboard(revoked()), "entries"],
  "a proxy that throws": [() => leaderboard(trapping()), "entries"],
  "a score that throws": [() => leaderboard(throwing("score")), "entries.score"],
  "subjects that throw": [() => leaderboard(throwing("subjects", { score: NUMBERS })), "entries.subjects"],
  "an id that throws": [() => leaderboard([{ get id() { return boom(); } }]), "entries[0].id"],
  "an option that throws": [() => leaderboard(entries, throwing("top")), "options.top"],
  "a column of choice that throws": [() => leaderboard(entries, throwing("by")), "options.by"],
  "options that are revoked": [() => leaderboard(entries, revoked()), "options"],
  "a length that lies": [() => leaderboard({ subjects: [1, 2, 3], score: new Lying(3) }), "entries"],
};
for (const [what, [call, path]] of Object.entries(UNREAD)) {
  test(`leaderboards: ${what}`, () => assert.throws(call, (error) => error instanceof StarwiseError && error.code === "options-unreadable" && error.path === path));
}

test("leaderboards: results that are none, and options that are none", () => {
  for (const scores of [{ score: NUMBERS }, { score: NUMBERS, subjects: 5 }, { score: new DataView(new ArrayBuffer(8)), subjects: [1] }]) {
    assert.throws(() => leaderboard(scores), { code: "entry-wrong-type", path: "entries" });
  }
  for (const options of [5, "top", true, [], Symbol("x")]) assert.throws(() => leaderboard(entries, options), { code: "options-wrong-type", path: "options" });
  for (const odd of ODD) {
    settle(() => leaderboard(odd));
    settle(() => leaderboard([odd]));
    for (const key of ["id", "score", "label"]) settle(() => leaderboard([{ ...entries[0], [key]: odd }]));
    for (const name of ["by", "ranking", "top", "around", "span", "previous", "labels"]) settle(() => leaderboard(entries, { [name]: odd }));
  }
});

test("leaderboards: numbers and their texts are two, and -0 is 0", () => {
  assert.deepEqual(leaderboard(entries).rows.map(({ id, rank }) => [id, rank]), [[1, 1], ["1", 1]]);
  assert.ok(Object.is(leaderboard([{ id: -0, score: -0 }]).rows[0].score, 0));
  assert.throws(() => leaderboard([{ id: -0, score: 1 }, { id: 0, score: 1 }]), { code: "entry-duplicate-id" });
});

test("leaderboards: hundreds of thousands with labels and former ranks, in time", () => {
  const many = Array.from({ length: 300_000 }, (_, id) => ({ id, score: (id * 7919) % 1000 }));
  const byId = (make) => Object.fromEntries(many.map(({ id }) => [id, make(id)]));
  const start = process.cpuUsage();
  const board = leaderboard(many, { top: 10, around: 5, labels: byId((id) => `L${id}`), previous: byId((id) => id + 1) });
  assert.ok(process.cpuUsage(start).user < 8e6);
  assert.deepEqual([board.size, board.rows.length, board.around.label, board.around.previousRank], [300_000, 15, "L5", 6]);
});

test("pictures of anything are a text, or an error of ours", () => {
  const progress = fresh.progress(history, { at: AT });
  const pictures = {
    starsSvg: 3.5,
    levelSvg: progress.level,
    streakSvg: progress.streaks[0],
    badgeSvg: progress.badges[0],
    sparklineSvg: fresh.timeline(history, { from: AT, to: AT + 86_400_000, step: "1h" }),
    checklistHtml: progress.checklists[0],
    nudgeHtml: fresh.nudge(history, { at: AT }).nudge,
    leaderboardHtml: leaderboard(entries),
  };
  const styles = ["size", "theme", "color", "label", "locale", "dir", "prefix", "words", "animated", "styles", "count", "width", "of", "now", "caption"];
  for (const [name, good] of Object.entries(pictures)) {
    const draw = (...given) => {
      const { answer, error } = settle(() => starwise[name](...given));
      if (error) assert.match(error.code, /^(picture|style)-/);
      else assert.doesNotMatch(answer, /NaN|undefined|Infinity/);
    };
    for (const odd of [...ODD, new Lying(3)]) {
      draw(odd);
      draw(good, odd);
      for (const style of styles) draw(good, { [style]: odd });
      if (typeof good === "object") for (const key of Object.keys(good)) draw({ ...good, [key]: odd });
    }
  }
});
