// A ledger whose past is folded: the same from that instant on, and nothing before it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../../pkg/index.node.js";
import { generateTimeCase } from "../../oracle/generate-time.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { scoreNaively } from "../../oracle/oracle.mjs";
import { parseDuration, parseTime } from "../../oracle/time.mjs";
import { timelineNaively } from "../../oracle/timeline.mjs";
import { Fleet, ledgerOptions, withLikeTies } from "./fleet.mjs";
import { differenceOf, differenceOfLines, holds } from "./likeness.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DEFAULT_TREND = "7d";

test("after compact, every instant from then on scores the same", () => holds(600, generate, faultOfCompacted));

test("of ledgers that all know the same, the latest compaction stands, in whatever order they merge", () =>
  holds(250, generate, faultOfManyCompacted));

test("what comes too late for a compaction is left out and counted, and may be the customer's start", () => {
  const model = new Model({ criteria: [{ id: "a", kind: "event", event: "a", points: 10 }] });
  const ledger = new Ledger(model);
  const day = (number) => Date.UTC(2024, 2, number);
  ledger.add({ type: "a", time: day(5) });
  ledger.compact(new Date(day(10)));
  assert.equal(ledger.compactedTo, day(10));
  assert.equal(ledger.size, 0);
  ledger.add([{ type: "a", time: day(2) }, { type: "a", time: day(10) }, { type: "a", time: day(10) - 1 }]);
  const { points, tenureDays, ignored } = ledger.score({ at: day(11) });
  assert.deepEqual([points, tenureDays, ignored.settled], [20, 9, 2]);
  ledger.compact(day(9));
  assert.equal(ledger.compactedTo, day(10), "an earlier compaction changes nothing");
});

test("an instant before the compaction is refused wherever one can be asked", () => {
  const model = new Model({ criteria: [{ id: "a", kind: "event", event: "a", points: 10 }], trend: { over: "2d" } });
  const ledger = new Ledger(model);
  const before = Date.UTC(2024, 2, 10);
  ledger.add({ type: "a", time: before - DAY });
  ledger.compact(before);
  const refusals = {
    "options.at": () => ledger.score({ at: before - 1 }),
    "options.from": () => ledger.timeline({ from: before - 1, to: before + DAY, step: "1h" }),
    "options.include": () => ledger.score({ at: before + 2 * DAY - 1, include: ["trend"] }),
  };
  const bytes = ledger.toBytes();
  for (const [path, refused] of Object.entries(refusals)) assert.throws(refused, { code: "options-at-settled", path });
  assert.throws(() => ledger.whatIf([], { at: before - 1 }), { code: "options-at-settled", path: "options.at" });
  assert.throws(() => ledger.transitions({ from: before - 1, to: before + DAY }), { code: "options-at-settled", path: "options.from" });
  assert.deepEqual(ledger.toBytes(), bytes);
  assert.equal(ledger.score({ at: before }).points, 10);
  assert.equal(ledger.score({ at: before + 2 * DAY, include: ["trend"] }).trend.direction, "steady");
});

function generate(seed) {
  const { options, ...one } = generateTimeCase(seed);
  return { ...one, options, history: { ...one.history, events: withLikeTies(one.history.events) } };
}

/** Some events come before the compaction, those of the time after it before or later; it may be compacted again. */
function faultOfCompacted({ model: json, history, options }, seed) {
  const random = new Random(seed);
  const model = new Model(json);
  let ledger = new Ledger(model, ledgerOptions({ history, options }));
  try {
    const at = parseTime(options.at);
    let before = at - random.integer(-2 * 24, 10 * 24) * HOUR + random.pick([0, 0, 1, -1]);
    const isEarly = ({ time }) => parseTime(time) < before || random.chance(50);
    const [early, late] = parted(random.shuffle(history.events), isEarly);
    for (const event of early) ledger.add(event);
    if (random.chance(30)) ledger.score(options);
    ledger.compact(before);
    if (random.chance(40)) ledger = reloaded(model, ledger);
    ledger.add(late);
    if (random.chance(40)) {
      before += random.integer(0, 5 * 24) * HOUR;
      if (random.chance(50)) ledger.score({ ...options, at: before });
      ledger.compact(before);
      ledger = reloaded(model, ledger);
    }
    const instants = [before, before + 1, Math.max(at, before), before + random.integer(0, 20 * 24) * HOUR];
    for (const instant of instants) {
      const fault = faultAt(json, history, ledger, { ...options, at: instant });
      if (fault !== null) return `at ${instant - before} ms after the compaction: ${fault}`;
    }
    assert.throws(() => ledger.score({ ...options, at: before - 1 }), { code: "options-at-settled", path: "options.at" });
    const span = { ...options, from: before, to: before + 3 * DAY, step: "7h" };
    return differenceOfLines(ledger.timeline(span), timelineNaively(json, history, span));
  } finally {
    ledger.free();
    model.free();
  }
}

/** The score, with a trend where it looks back to nothing that is folded. */
function faultAt(json, history, ledger, options) {
  const over = parseDuration(json.trend?.over ?? DEFAULT_TREND);
  const include = options.at - over >= ledger.compactedTo ? ["trend"] : [];
  const asked = { ...options, include };
  return differenceOf(ledger.score(asked), scoreNaively(json, history, asked));
}

function faultOfManyCompacted({ model: json, history, options }, seed) {
  const random = new Random(seed);
  const model = new Model(json);
  const fleet = new Fleet(model, ledgerOptions({ history, options }), random);
  try {
    const at = parseTime(options.at);
    fleet.liveThrough(history.events);
    const source = fleet.united();
    for (const device of fleet.devices) device.merge(source, random.chance(50));
    const befores = [];
    for (const { ledger } of random.sample(fleet.devices, random.integer(1, 4))) {
      const before = at - random.integer(0, 10 * 24) * HOUR;
      ledger.compact(before);
      befores.push(ledger.compactedTo);
    }
    // All of them, so that the latest compaction is among those that are merged.
    const united = fleet.united();
    const latest = Math.max(...befores);
    if (united.ledger.compactedTo !== latest) return `compacted to ${united.ledger.compactedTo}, not to ${latest}`;
    return faultAt(json, history, united.ledger, { ...options, at: latest + random.integer(0, 5 * 24) * HOUR });
  } finally {
    fleet.free();
    model.free();
  }
}

function reloaded(model, ledger) {
  const again = Ledger.fromBytes(model, ledger.toBytes());
  assert.deepEqual(again.toBytes(), ledger.toBytes());
  ledger.free();
  return again;
}

function parted(list, holds) {
  const parts = [[], []];
  for (const one of list) parts[holds(one) ? 0 : 1].push(one);
  return parts;
}
