// starwise/watch: what is known of a ledger, worked out anew at events and by time, and only while somebody listens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../pkg/index.node.js";
import { starwise } from "../../pkg/svelte.js";
import { watchLedger } from "../../pkg/watch.js";
import { wallClock } from "./keep/fake-clock.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RULES = { criteria: [{ id: "visit", kind: "event", event: "visit", points: 25, period: "1d" }] };

function ledgerOf(rules = RULES) {
  return new Ledger(new Model(rules));
}

/** How many timers run: those of the mocked clock are counted as they are set and cleared. */
function countTimers(t) {
  const running = new Set();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = (call, ms) => {
    const timer = set(() => { running.delete(timer); call(); }, ms);
    running.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => { running.delete(timer); clear(timer); };
  t.after(() => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear }));
  return () => running.size;
}

test("events change what is known at once, and time when it comes; then nothing waits", (t) => {
  const clock = wallClock(t);
  const timers = countTimers(t);
  const watch = watchLedger(ledgerOf(), { now: clock.now });
  const told = [];
  const off = watch.subscribe(({ result }) => told.push([result.stars, clock.now() - clock.start]));
  assert.deepEqual([told, watch.getSnapshot().result.stars], [[], 0]);
  watch.add({ type: "visit", time: clock.now() });
  assert.deepEqual(told, [[2, 0]]);
  clock.pass(2 * DAY);
  // The first millisecond that is longer ago than the period.
  assert.equal(told.length, 2);
  assert.equal(told[1][0], 0);
  assert.ok(told[1][1] >= DAY && told[1][1] <= DAY + 1000, `${told[1][1]}`);
  assert.equal(timers(), 1);
  off();
  off();
  assert.equal(timers(), 0);
  clock.pass(DAY);
  assert.equal(told.length, 2);
});

test("a score that only fades changes by itself, at its nextChange", (t) => {
  const clock = wallClock(t);
  const rules = { criteria: [{ id: "visit", kind: "event", event: "visit", points: 30, period: null, decay: { curve: "exponential", halfLife: "1h" } }] };
  const watch = watchLedger(ledgerOf(rules), { now: clock.now });
  watch.add({ type: "visit", time: clock.now() });
  const { stars, nextChange } = watch.getSnapshot().result;
  const told = [];
  watch.subscribe(({ result }) => told.push([result.stars, clock.now()]));
  clock.pass(nextChange.at - clock.now() - 1);
  assert.deepEqual(told, []);
  clock.pass(1000);
  assert.equal(told[0][0], nextChange.stars);
  assert.ok(nextChange.stars < stars && told[0][1] >= nextChange.at);
});

test("the snapshot is one object until it changes, though somebody begins to listen", (t) => {
  const clock = wallClock(t);
  const watch = watchLedger(ledgerOf(), { now: clock.now, progress: true });
  const first = watch.getSnapshot();
  assert.equal(watch.getSnapshot(), first);
  clock.pass(20);
  const off = watch.subscribe(() => {});
  assert.equal(watch.getSnapshot(), first, "drawn a moment before");
  off();
  const again = watch.subscribe(() => {});
  assert.equal(watch.getSnapshot(), first, "as strict mode does");
  watch.add({ type: "visit", time: clock.now() });
  const second = watch.getSnapshot();
  assert.notEqual(second, first);
  assert.equal(watch.getSnapshot(), second);
  again();
});

test("between drawing and listening, what happened to the ledger itself is seen", (t) => {
  const clock = wallClock(t);
  const ledger = ledgerOf();
  const watch = watchLedger(ledger, { now: clock.now });
  assert.equal(watch.getSnapshot().result.stars, 0);
  ledger.add({ type: "visit", time: clock.now() });
  const off = watch.subscribe(() => {});
  assert.equal(watch.getSnapshot().result.stars, 2);
  off();
});

test("while nobody listens, what is known is a second old at most", (t) => {
  const clock = wallClock(t);
  const timers = countTimers(t);
  const watch = watchLedger(ledgerOf(), { now: clock.now });
  watch.add({ type: "visit", time: clock.now() });
  assert.equal(watch.getSnapshot().result.stars, 2);
  clock.jump(2 * DAY);
  assert.equal(watch.getSnapshot().result.stars, 0);
  clock.jump(-2 * DAY);
  assert.equal(watch.getSnapshot().result.stars, 2, "a clock that was put back");
  assert.equal(timers(), 0);
});

test("all watches of a ledger hear what one of them adds", (t) => {
  const clock = wallClock(t);
  const ledger = ledgerOf();
  const [one, other, silent] = [0, 1, 2].map(() => watchLedger(ledger, { now: clock.now }));
  const stars = [];
  silent.getSnapshot();
  other.subscribe(({ result }) => stars.push(result.stars));
  one.add([{ type: "visit", time: clock.now() }]);
  assert.deepEqual([stars, silent.getSnapshot().result.stars], [[2], 2]);
  ledger.add({ type: "visit", time: clock.now() });
  one.update();
  assert.equal(silent.getSnapshot().result.stars, stars[1]);
  assert.ok(stars[1] > 2);
});

test("a kept ledger says itself what was added, here and elsewhere, once", (t) => {
  const clock = wallClock(t);
  const inner = ledgerOf();
  const listeners = new Set();
  const add = (events) => {
    inner.add(events);
    for (const listener of listeners) listener();
  };
  const onChange = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const kept = { ledger: inner, score: (options) => inner.score(options), add, onChange };
  const watch = watchLedger(kept, { now: clock.now, progress: true });
  let count = 0;
  const off = watch.subscribe(() => { count += 1; });
  watch.add({ type: "visit", time: clock.now() });
  assert.equal(count, 1);
  kept.add({ type: "visit", time: clock.now() });
  assert.equal(count, 2);
  off();
  assert.equal(listeners.size, 0);
  watch.add({ type: "visit", time: clock.now() });
  assert.deepEqual([count, watch.getSnapshot().result.points], [2, 75]);
});

test("progress: a streak is at risk from the day's beginning on, and ends by itself", (t) => {
  const clock = wallClock(t);
  const watch = watchLedger(ledgerOf({ ...RULES, streaks: [{ id: "daily", event: "visit", every: "day" }] }), { now: clock.now, progress: true });
  watch.add({ type: "visit", time: clock.now() });
  const told = [];
  watch.subscribe(({ progress }) => {
    const { current, atRisk } = progress.streaks[0];
    const state = `${current} ${atRisk}`;
    if (told.at(-1)?.[0] !== state) told.push([state, Math.round((clock.now() - clock.start) / HOUR)]);
  });
  watch.update();
  clock.pass(2 * DAY);
  assert.deepEqual(told, [["1 false", 0], ["1 true", 12], ["0 false", 36]]);
});

const NUDGES = {
  ...RULES,
  nudges: [
    { id: "hello", kind: "banner", when: {}, cooldown: "1h", again: "2h", title: "Hello" },
    { id: "news", kind: "banner", when: { stars: { gte: 2 } }, priority: 5, title: "News" },
  ],
};

test("a nudge that was told stays until it is dismissed, and comes when it may again", (t) => {
  const clock = wallClock(t);
  const watch = watchLedger(ledgerOf(NUDGES), { now: clock.now, nudge: true });
  const told = [];
  watch.subscribe(({ nudge }) => told.push([nudge?.id ?? null, clock.now() - clock.start]));
  assert.equal(watch.getSnapshot().nudge.id, "hello");
  watch.add({ type: "nudge.shown", time: clock.now(), data: { nudge: "hello" } });
  assert.equal(told.at(-1)[0], "hello", "not gone with its cooldown");
  watch.add({ type: "visit", time: clock.now() });
  assert.equal(told.at(-1)[0], "hello", "not pushed away");
  watch.add({ type: "nudge.dismissed", time: clock.now(), data: { nudge: "hello" } });
  assert.equal(told.at(-1)[0], "news");
  watch.add({ type: "nudge.dismissed", time: clock.now(), data: { nudge: "news" } });
  assert.equal(told.at(-1)[0], null);
  clock.pass(3 * HOUR);
  const back = told.find(([id, after]) => id === "hello" && after > 0);
  assert.ok(back[1] >= 2 * HOUR && back[1] <= 2 * HOUR + 1000, `${back[1]}`);
});

test("showing is what was on the screen to begin with; from the first answer on it is what was told", (t) => {
  const clock = wallClock(t);
  const ledger = ledgerOf(NUDGES);
  const became = (type, nudge) => ledger.add({ type: `nudge.${type}`, time: clock.now(), data: { nudge } });
  became("shown", "hello");
  const idOf = (showing) => watchLedger(ledger, { now: clock.now, nudge: true, showing }).getSnapshot().nudge?.id ?? null;
  assert.deepEqual([idOf(undefined), idOf(null), idOf("hello")], [null, null, "hello"], "on the next page");
  ledger.add({ type: "visit", time: clock.now() });
  const watch = watchLedger(ledger, { now: clock.now, nudge: true, showing: "hello" });
  const told = [];
  watch.subscribe(({ nudge }) => told.push(nudge?.id ?? null));
  assert.equal(watch.getSnapshot().nudge.id, "hello", "not pushed away by news");
  watch.add({ type: "nudge.dismissed", time: clock.now(), data: { nudge: "hello" } });
  watch.add({ type: "nudge.shown", time: clock.now(), data: { nudge: "news" } });
  watch.add({ type: "visit", time: clock.now() });
  clock.pass(20 * MINUTE);
  assert.deepEqual([...new Set(told)], ["news"], "the next one stays too");
});

test("what was on a page before, and is no nudge any more, is no longer on the screen", (t) => {
  const clock = wallClock(t);
  for (const showing of ["gone with the last release", ""]) {
    assert.equal(watchLedger(ledgerOf(NUDGES), { now: clock.now, nudge: true, showing }).getSnapshot().nudge.id, "hello");
  }
});

test("a watch that takes the place of another, or stands beside it, leaves the nudge where it is", (t) => {
  const clock = wallClock(t);
  const ledger = ledgerOf({ ...NUDGES, nudges: [{ id: "once", kind: "banner", when: {}, maxShown: 1, title: "Once" }, ...NUDGES.nudges] });
  const watchIn = (locale) => watchLedger(ledger, { now: clock.now, nudge: true, showing: null, locale });
  const idOf = (watch) => watch.getSnapshot().nudge?.id;
  const first = watchIn("en");
  const off = first.subscribe(() => {});
  first.add({ type: "nudge.shown", time: clock.now(), data: { nudge: "once" } });
  assert.deepEqual([idOf(first), idOf(watchIn("de"))], ["once", "once"], "beside it");
  off();
  clock.jump(20);
  const second = watchIn("de");
  assert.equal(idOf(second), "once", "in its place");
  second.subscribe(() => {})();
  clock.jump(MINUTE);
  assert.equal(idOf(watchIn("de")), "hello", "what nobody has watched for a while is not on the screen");
});

test("without a ledger it answers what was handed over, and adds nothing", () => {
  const initial = { result: { stars: 3 } };
  const watch = watchLedger(null, { initial });
  assert.deepEqual([watch.getSnapshot(), watch.getServerSnapshot(), watchLedger(undefined).getSnapshot()], [initial, initial, {}]);
  assert.equal(watchLedger(undefined).getSnapshot(), watchLedger(null).getSnapshot());
  watch.subscribe(() => assert.fail())();
  watch.update();
  assert.throws(() => watch.add({ type: "visit", time: 0 }), { code: "options-invalid-source" });
  const there = watchLedger(ledgerOf(), { initial });
  assert.deepEqual([there.getServerSnapshot(), there.getSnapshot().result.stars], [initial, 0]);
});

test("what cannot be watched or asked is refused; what a listener throws ends nothing", (t) => {
  const clock = wallClock(t);
  assert.throws(() => watchLedger({}), { code: "options-invalid-source", path: "ledger" });
  assert.throws(() => watchLedger(ledgerOf(), { include: ["nothing"] }).getSnapshot(), { code: "options-invalid-include" });
  const errors = [];
  const { reportError } = globalThis;
  globalThis.reportError = (error) => errors.push(error.message);
  t.after(() => Object.assign(globalThis, { reportError }));
  const ledger = ledgerOf();
  const watch = watchLedger(ledger, { now: clock.now, onError: ({ code }) => errors.push(code) });
  const told = [];
  watch.subscribe(() => { throw new Error("mine"); });
  watch.subscribe(({ result }) => told.push(result.stars));
  watch.add({ type: "visit", time: clock.now() });
  assert.deepEqual([told, errors], [[2], ["mine"]]);
  ledger.free();
  clock.pass(2 * DAY);
  assert.equal(errors[1], "ledger-freed");
  assert.equal(watch.getSnapshot().result.stars, 2, "what was known last");
});

test("a store of Svelte tells at once, and when it changes", (t) => {
  const clock = wallClock(t);
  const timers = countTimers(t);
  const store = starwise(ledgerOf(), { now: clock.now });
  const told = [];
  const off = store.subscribe(({ result }) => told.push(result.stars));
  store.add({ type: "visit", time: clock.now() });
  assert.deepEqual(told, [0, 2]);
  off();
  assert.equal(timers(), 0);
});
