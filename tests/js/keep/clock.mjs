// wakeAt: never early, whatever the clock does meanwhile.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { wakeAt } from "../../../pkg/keep/clock.js";
import { fakePage } from "./fake-host.mjs";
import { wallClock } from "./fake-clock.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("wakeAt calls once, when the instant has come and not before", (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now() + 90_000, () => calls.push(clock.now() - clock.start), clock);
  clock.pass(89_999);
  assert.deepEqual(calls, []);
  clock.pass(1);
  clock.pass(DAY);
  assert.deepEqual(calls, [90_000]);
});

test("wakeAt waits longer than a timer can, to the millisecond", (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now() + 100 * DAY, () => calls.push(clock.now() - clock.start), clock);
  clock.pass(100 * DAY - 1);
  assert.deepEqual(calls, []);
  clock.pass(1);
  assert.deepEqual(calls, [100 * DAY]);
});

test("wakeAt takes every form of an instant", (t) => {
  const clock = wallClock(t);
  const calls = [];
  const due = clock.now() + 60_000.9;
  const inLisbon = new Date(due + HOUR).toISOString().replace("Z", "+01:00");
  for (const at of [due, new Date(due), new Date(due).toISOString(), inLisbon, inLisbon.toLowerCase()]) wakeAt(at, () => calls.push(at), clock);
  clock.pass(59_999);
  assert.equal(calls.length, 0);
  clock.pass(1);
  assert.equal(calls.length, 5);
});

test("what is no instant, no listener or no clock is refused", () => {
  const wrong = [undefined, null, NaN, Infinity, 1717277400, "2024-02-30T00:00:00Z", "2024-02-03", "2024-02-03T00:00:00", "2024-02-03T24:00:00Z", "soon", new Date(NaN), 10n ** 12n, {}];
  for (const at of wrong) assert.throws(() => wakeAt(at, () => {}), { name: "StarwiseError", code: "options-invalid-at", path: "at" }, String(at));
  assert.throws(() => wakeAt(Date.now()), { code: "options-invalid-listener", path: "listener", message: "`listener` must be a function, found `undefined`" });
  assert.throws(() => wakeAt(Date.now(), () => {}, { now: 5 }), { code: "options-invalid-listener", path: "options.now" });
});

test("an instant that is past is told at once, but not before the caller has gone on", async (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now(), () => calls.push("now"), clock);
  const stop = wakeAt(clock.now() - DAY, () => calls.push("called off"), clock);
  stop();
  assert.deepEqual(calls, []);
  await null;
  assert.deepEqual(calls, ["now"]);
});

test("a wait that is called off stays silent, also from within a listener", (t) => {
  const clock = wallClock(t);
  const calls = [];
  const stop = wakeAt(clock.now() + 2 * DAY, () => calls.push("late"), clock);
  const stopSelf = wakeAt(clock.now() + DAY, () => { calls.push("early"); stop(); stopSelf(); }, clock);
  clock.pass(3 * DAY);
  assert.deepEqual(calls, ["early"]);
});

test("a clock that is put forward is noticed within the hour", (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now() + 30 * DAY, () => calls.push(clock.now()), clock);
  clock.pass(10 * DAY);
  clock.jump(25 * DAY);
  clock.pass(HOUR);
  assert.equal(calls.length, 1);
});

test("a clock that is put back is waited for anew", (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now() + DAY, () => calls.push(clock.now() - clock.start), clock);
  clock.pass(DAY - 1000);
  clock.jump(-7 * DAY);
  clock.pass(7 * DAY + 999);
  assert.deepEqual(calls, []);
  clock.pass(1);
  assert.deepEqual(calls, [DAY]);
});

test("timers that fire a little early do not make it early", (t) => {
  const clock = wallClock(t);
  const calls = [];
  wakeAt(clock.now() + 10_000, () => calls.push(clock.now() - clock.start), clock);
  clock.jump(-2);
  clock.pass(10_000);
  assert.deepEqual(calls, []);
  clock.pass(2);
  assert.deepEqual(calls, [10_000]);
});

for (const waking of ["visibilitychange", "pageshow", "focus", "resume"]) {
  test(`after a sleep, "${waking}" makes a page look at its clock`, (t) => {
    const page = fakePage(t);
    const clock = wallClock(t);
    const calls = [];
    wakeAt(clock.now() + DAY, () => calls.push(waking), clock);
    page.dispatch(waking);
    clock.jump(2 * DAY); // the timers slept as well
    assert.deepEqual(calls, []);
    page.dispatch(waking);
    page.dispatch(waking);
    assert.deepEqual(calls, [waking]);
  });
}

test("a listener that throws is over, and its error is the host's, as with any timer", (t) => {
  const clock = wallClock(t);
  let count = 0;
  wakeAt(clock.now() + 1000, () => { count += 1; throw new Error("mine"); }, clock);
  assert.throws(() => clock.pass(1000), { message: "mine" });
  clock.pass(2 * HOUR);
  assert.equal(count, 1);
});

test("a program of Node ends while it waits, unless it is to be kept alive; what is past it is told in any case", async () => {
  const module = fileURLToPath(new URL("../../../pkg/keep/clock.js", import.meta.url));
  const printed = async (source) => {
    const program = `import { wakeAt } from ${JSON.stringify(module)}; ${source}`;
    return (await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program])).stdout;
  };
  const [idle, kept, past] = await Promise.all([
    printed('wakeAt(Date.now() + 60_000, () => console.log("woken"))'),
    printed('wakeAt(Date.now() + 50, () => console.log("woken"), { keepAlive: true })'),
    printed('wakeAt(Date.now() - 50, () => console.log("woken"))'),
  ]);
  assert.deepEqual([idle, kept, past], ["", "woken\n", "woken\n"]);
});
