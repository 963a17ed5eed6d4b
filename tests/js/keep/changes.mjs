// followChanges: told at once, at each change, after updates; whatever throws, it goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { followChanges } from "../../../pkg/keep/changes.js";
import { wallClock } from "./fake-clock.mjs";
import { withGlobals } from "./fake-host.mjs";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A source whose stars fall one by one at the given instants. */
function falling(instants, { fault } = {}) {
  const asked = [];
  const score = (options) => {
    asked.push(options);
    if (fault?.()) throw new Error("no score");
    const later = instants.filter((instant) => instant > options.at);
    return { at: options.at, stars: later.length, nextChange: later.length ? { at: later[0], stars: later.length - 1, segment: "any" } : null };
  };
  return { asked, ledger: { score }, source: (at) => score({ at }) };
}

test("the listener has the score at once, and at each change", (t) => {
  const clock = wallClock(t);
  const told = [];
  const { ledger, asked } = falling([clock.start + MINUTE, clock.start + 50 * DAY]);
  const { stop } = followChanges(ledger, ({ stars }) => told.push([stars, clock.now() - clock.start]), { now: clock.now });
  assert.deepEqual(told, [[2, 0]]);
  clock.pass(60 * DAY);
  assert.deepEqual(told, [[2, 0], [1, MINUTE], [0, 50 * DAY]]);
  assert.deepEqual(asked[0], { at: clock.start, include: ["nextChange"] });
  stop();
});

test("a function is a source; options that are not its own go to the score of a ledger", (t) => {
  const clock = wallClock(t);
  const told = [];
  const { source, ledger, asked } = falling([clock.start + MINUTE]);
  followChanges(source, ({ stars }) => told.push(stars), { now: clock.now });
  followChanges(ledger, () => {}, { now: clock.now, include: ["trend"], locale: "pt" });
  followChanges(ledger, () => {}, { now: clock.now, include: "all" });
  clock.pass(MINUTE);
  assert.deepEqual(told, [1, 0]);
  assert.deepEqual(asked[1], { at: clock.start, include: ["trend", "nextChange"], locale: "pt" });
  assert.equal(asked[2].include, "all");
});

test("update tells the score of now and waits for what changes next from then on", (t) => {
  const clock = wallClock(t);
  const told = [];
  const instants = [clock.start + 10 * MINUTE];
  const following = followChanges(falling(instants).ledger, ({ stars }) => told.push([stars, clock.now() - clock.start]), { now: clock.now });
  clock.pass(MINUTE);
  instants.unshift(clock.start + 5 * MINUTE);
  following.update();
  clock.pass(DAY);
  assert.deepEqual(told, [[1, 0], [2, MINUTE], [1, 5 * MINUTE], [0, 10 * MINUTE]]);
  following.stop();
  following.update();
  assert.equal(told.length, 4);
});

test("a kept ledger says itself when it has changed", (t) => {
  const clock = wallClock(t);
  const listeners = new Set();
  const kept = { ...falling([]).ledger, onChange: (listener) => { listeners.add(listener); return () => listeners.delete(listener); } };
  let count = 0;
  const { stop } = followChanges(kept, () => { count += 1; }, { now: clock.now });
  for (const listener of listeners) listener({ from: "elsewhere" });
  assert.equal(count, 2);
  stop();
  assert.equal(listeners.size, 0);
});

test("the clock put back: within the hour the score is told anew, and the change when it comes again", (t) => {
  const clock = wallClock(t);
  const told = [];
  followChanges(falling([clock.start + MINUTE]).ledger, ({ stars }) => told.push(stars), { now: clock.now });
  clock.pass(2 * MINUTE);
  clock.jump(-DAY);
  clock.pass(60 * MINUTE);
  assert.deepEqual(told, [1, 0, 1]);
  clock.pass(DAY);
  assert.deepEqual(told, [1, 0, 1, 0]);
});

test("what the listener or the source throws goes to onError, and the following goes on", (t) => {
  const clock = wallClock(t);
  const errors = [];
  const told = [];
  let isFaulty = false;
  const { ledger } = falling([clock.start + MINUTE, clock.start + 2 * MINUTE], { fault: () => isFaulty });
  followChanges(ledger, ({ stars }) => { told.push(stars); if (stars === 2) throw new Error("mine"); }, { now: clock.now, onError: ({ message }) => errors.push(message) });
  assert.deepEqual([told, errors], [[2], ["mine"]]);
  isFaulty = true;
  clock.pass(MINUTE);
  assert.deepEqual(errors, ["mine", "no score"]);
  isFaulty = false;
  clock.pass(MINUTE);
  assert.deepEqual([told, errors], [[2, 0], ["mine", "no score"]]);
});

test("without an onError, errors are reported to the host; one that throws itself ends nothing", (t) => {
  const clock = wallClock(t);
  const reported = [];
  withGlobals(t, { reportError: ({ message }) => reported.push(message) });
  let isFaulty = true;
  followChanges(falling([clock.start + 5 * MINUTE], { fault: () => isFaulty }).ledger, () => {}, { now: clock.now });
  assert.deepEqual(reported, ["no score"]);
  const told = [];
  isFaulty = false;
  followChanges(falling([clock.start + 5 * MINUTE], { fault: () => isFaulty }).ledger, ({ stars }) => told.push(stars), { now: clock.now, onError: (error) => { throw error; } });
  isFaulty = true;
  assert.throws(() => clock.pass(5 * MINUTE), { message: "no score" });
  isFaulty = false;
  clock.pass(5 * MINUTE);
  assert.deepEqual(told, [1, 0]);
});

test("changes that are foretold for now, or follow faster than anybody sees, do not hold the page", (t) => {
  const clock = wallClock(t);
  let count = 0;
  followChanges((at) => { count += 1; return { nextChange: { at: at - 5 } }; }, () => {}, { now: clock.now });
  clock.pass(1000);
  assert.ok(count >= 10 && count <= 11, `${count} scores in a second`);
});

test("a score without a change to come, or with one that is none, is worked out anew after the horizon", (t) => {
  const clock = wallClock(t);
  for (const nextChange of [null, undefined, { at: NaN }, { at: clock.start + 9 * DAY }]) {
    const told = [];
    const from = clock.now();
    const { stop } = followChanges(() => ({ nextChange }), () => told.push(clock.now() - from), { now: clock.now, horizon: DAY });
    clock.pass(2 * DAY);
    assert.deepEqual(told, [0, DAY, 2 * DAY]);
    stop();
  }
});

test("arguments that are none are refused before anything is told", () => {
  const source = () => assert.fail("not to be asked");
  const refused = [
    [[undefined, () => {}], "source", "source"],
    [[{ score: 5 }, () => {}], "source", "source"],
    [[source, {}], "listener", "listener"],
    [[source, () => {}, { onError: 5 }], "listener", "options.onError"],
    [[source, () => {}, { horizon: "1d" }], "horizon", "options.horizon"],
    [[source, () => {}, { horizon: 0 }], "horizon", "options.horizon"],
  ];
  for (const [args, code, path] of refused) assert.throws(() => followChanges(...args), { code: `options-invalid-${code}`, path });
});
