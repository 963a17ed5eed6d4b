// A ledger that is used for years: adds, scores, snapshots, merges and compactions without end, and the memory stays.
// STARWISE_SOAK=1 makes it a million of them; without it, a few seconds' worth.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../pkg/index.node.js";
import { memory } from "../../pkg/load.js";
import { Random } from "../oracle/generator/random.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROUNDS = process.env.STARWISE_SOAK ? 1_000_000 : 20_000;
/** After the first tenth, and once there is as much as there will ever be. */
const SETTLED_AFTER = Math.max(ROUNDS / 10, 10_000);
/** Rounds of the second test. */
const WHOLE_ROUNDS = Math.min(ROUNDS / 10, 10_000);
/** So many rounds, and the two devices hear of each other; the past is folded; everything is scored afresh. */
const MERGE_EVERY = 10;
const SNAPSHOT_EVERY = 25;
const COMPACT_EVERY = 100;
const CHECK_EVERY = 1_000;
/** What is kept unfolded: longer than any civil day is open. */
const KEPT = 3 * DAY;
const PERIOD = 30 * DAY;
/** From one event to the next, in ms: a tenth of the short form lasts two periods, the long form 85 years. */
const MOST_BETWEEN = 90 * 60_000;
const BEGINNING = Date.UTC(2010, 0, 1);

// Sections 4 and 11 of the specification: what a ledger folds is bounded for these rules, whatever comes.
const model = new Model({
  period: "30d",
  decay: { curve: "exponential", halfLife: "7d" },
  target: 400,
  criteria: [
    { id: "login", kind: "event", event: "login", points: 2, perDay: 1 },
    { id: "view", kind: "event", event: "view", points: 0.5, limit: 60 },
    { id: "order", kind: "event", event: "order", points: 4, per: "amount" },
    { id: "plan", kind: "event", event: "order", points: 3, where: { plan: "pro" }, cooldown: "1h" },
    { id: "often", kind: "frequency", event: "login", atLeast: 5, within: "7d", points: 25 },
    { id: "silent", kind: "inactivity", for: "2d", points: -30 },
  ],
});

test(`${ROUNDS.toLocaleString("en")} rounds in the life of two ledgers leave the memory as it is`, { timeout: 1_200_000 }, (context) => {
  const random = new Random(11);
  const options = { timeZone: "Europe/Lisbon", profile: { createdAt: BEGINNING } };
  const ledgers = [new Ledger(model, options), new Ledger(model, options)];
  let now = BEGINNING;
  let recent = [];
  let early = 0;
  const sizes = [];
  const start = process.hrtime.bigint();
  for (let round = 1; round <= ROUNDS; round += 1) {
    now += random.integer(1, MOST_BETWEEN);
    const event = makeEvent(random, now);
    recent.push(event);
    const [one, other] = random.chance(50) ? ledgers : ledgers.toReversed();
    one.add(event);
    one.score({ at: now });
    if (round % MERGE_EVERY === 0) {
      one.merge(other);
      other.merge(one.toBytes());
    }
    if (round % SNAPSHOT_EVERY === 0) {
      // It records nothing: its name leaves no trace.
      const again = Ledger.fromBytes(model, one.toBytes());
      assert.equal(again.size, one.size);
      again.free();
    }
    if (round % COMPACT_EVERY === 0) {
      for (const ledger of ledgers) ledger.compact(now - KEPT);
      recent = recent.filter(({ time }) => time > now - PERIOD - 2 * DAY);
    }
    if (round % CHECK_EVERY === 0) {
      const expected = model.score({ events: recent, profile: options.profile }, { at: now, timeZone: options.timeZone });
      one.merge(other);
      assert.ok(Math.abs(one.score({ at: now }).points - expected.points) < 1e-6, `round ${round}`);
      sizes.push(one.toBytes().length);
    }
    if (round === SETTLED_AFTER) early = memory.buffer.byteLength;
  }
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  const late = memory.buffer.byteLength;
  context.diagnostic(
    `${took.toFixed(1)} s; memory ${early} bytes after ${SETTLED_AFTER} rounds, ${late} at the end; ` +
      `snapshots of ${sizes[0]} bytes in the beginning, ${sizes.at(-1)} in the end, ${Math.max(...sizes)} at most`,
  );
  assert.equal(late, early, "memory has grown");
  assert.ok(Math.max(...sizes.slice(sizes.length / 10)) < 1.5 * Math.max(...sizes.slice(0, Math.ceil(sizes.length / 10))), "snapshots have grown");
  for (const ledger of ledgers) ledger.free();
});

test("ledgers, models and refused calls by the thousand leave the memory as it is", () => {
  const events = Array.from({ length: 200 }, (_, index) => makeEvent(new Random(index), BEGINNING + index * HOUR));
  let early = 0;
  for (let round = 1; round <= WHOLE_ROUNDS; round += 1) {
    const ledger = new Ledger(model);
    ledger.add(events);
    const bytes = ledger.toBytes();
    assert.throws(() => ledger.add([...events, { type: "login" }]));
    assert.throws(() => ledger.merge(bytes.subarray(1)));
    Ledger.fromBytes(model, bytes).free();
    ledger.free();
    if (round === WHOLE_ROUNDS / 10) early = memory.buffer.byteLength;
  }
  assert.equal(memory.buffer.byteLength, early);
});

function makeEvent(random, time) {
  const type = random.pick(["login", "view", "view", "order", "unread"]);
  return type === "order" ? { type, time, data: { amount: random.integer(1, 9), plan: random.pick(["free", "pro"]) } } : { type, time };
}
