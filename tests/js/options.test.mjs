// Each call refuses what is wrong among its own options, and never looks at those that it does not use.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leaderboard, Ledger, Model } from "../../pkg/index.node.js";

const model = new Model({
  criteria: [{ id: "visit", kind: "event", event: "visit", points: 5 }],
  streaks: [{ id: "daily", event: "visit", every: "day" }],
  nudges: [{ id: "hello", kind: "banner", when: {}, title: "Hello" }],
});
const ledger = new Ledger(model);
const history = { events: [] };
const RANGE = { from: 1e12, to: 1e12 + 1000 };
const STEPS = { ...RANGE, step: 1000 };

/** Each is wrong in every call that uses it. */
const WRONG = {
  at: "x", timeZone: "Mars", dayStartHour: 99, baseline: "x", onInvalid: "x", include: "x", horizon: "x", locale: 5, showing: "nobody",
  profile: 5, from: "x", to: "x", step: "x", replica: 5, ranking: "x",
};
const HISTORY = "at timeZone dayStartHour baseline onInvalid";
/** What each call uses, and the call. */
const CALLS = {
  "model.score": [`${HISTORY} include horizon locale`, (options) => model.score(history, options)],
  "model.whatIf": [`${HISTORY} include horizon locale`, (options) => model.whatIf(history, [], options)],
  "model.progress": [`${HISTORY} locale`, (options) => model.progress(history, options)],
  "model.nudge": [`${HISTORY} locale showing`, (options) => model.nudge(history, options)],
  "model.timeline": ["timeZone dayStartHour baseline onInvalid from to step", (options) => model.timeline(history, { ...STEPS, ...options })],
  "model.transitions": ["timeZone dayStartHour baseline onInvalid from to", (options) => model.transitions(history, { ...RANGE, ...options })],
  "model.scoreMany": [HISTORY, (options) => model.scoreMany("", options)],
  "ledger.score": ["at baseline include horizon locale profile", (options) => ledger.score(options)],
  "ledger.whatIf": ["at baseline include horizon locale profile", (options) => ledger.whatIf([], options)],
  "ledger.progress": ["at baseline locale profile", (options) => ledger.progress(options)],
  "ledger.nudge": ["at baseline locale showing profile", (options) => ledger.nudge(options)],
  "ledger.timeline": ["baseline from to step", (options) => ledger.timeline({ ...STEPS, ...options })],
  "ledger.transitions": ["baseline from to", (options) => ledger.transitions({ ...RANGE, ...options })],
  leaderboard: ["ranking", (options) => leaderboard([], options)],
};

for (const [name, [used, call]] of Object.entries(CALLS)) {
  test(`${name} looks at ${used.replaceAll(" ", ", ")}, and at nothing else`, () => {
    const refused = Object.entries(WRONG).filter(([option, value]) => {
      try {
        call({ [option]: value });
        return false;
      } catch (error) {
        assert.equal(error.name, "StarwiseError", `${option}: ${error.stack}`);
        return true;
      }
    });
    assert.deepEqual(refused.map(([option]) => option).sort(), used.split(" ").sort());
    const unread = Object.fromEntries(Object.keys(WRONG).filter((option) => !used.split(" ").includes(option)).map((option) => [option, 5]));
    for (const option in unread) Object.defineProperty(unread, option, { get: () => assert.fail(`${option} was read`), enumerable: false });
    call(unread);
  });
}

test("what are no options is told by one code", () => {
  for (const wrong of [5, "x", [], true]) {
    for (const call of [() => model.score(history, wrong), () => model.progress(history, wrong), () => ledger.nudge(wrong), () => leaderboard([], wrong)]) {
      assert.throws(call, { code: "options-wrong-type", path: "options" });
    }
  }
});
