// A snapshot carried over to a changed model: complete from an instant on, and from then on the united history, scored.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../../pkg/index.node.js";
import { compare } from "../../oracle/compare.mjs";
import { generateTimeCase } from "../../oracle/generate-time.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { scoreNaively } from "../../oracle/oracle.mjs";
import { parseTime } from "../../oracle/time.mjs";
import { ledgerOptions, withLikeTies } from "./fleet.mjs";
import { holds } from "./likeness.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AT = Date.UTC(2024, 2, 31);
const events = [
  { type: "hello", time: AT - 30 * DAY },
  { type: "login", time: AT - 20 * DAY, data: { plan: "pro" } },
  { type: "login", time: AT - 2 * DAY },
  { type: "order", time: AT - DAY, data: { amount: 5 } },
];
const login = { id: "login", kind: "event", event: "login", points: 10 };
const order = { id: "order", kind: "event", event: "order", points: 7, period: "10d" };

test("with other points it is complete from the beginning", () => {
  const { ledger, score } = rebased([login], [{ ...login, points: 3 }, { id: "idle", kind: "inactivity", event: "login", for: "1d", points: -1 }]);
  assert.equal(ledger.completeFrom, -Infinity);
  assert.equal(score(AT).points, 5);
});

test("with a type that was not kept it is complete once none of those before can count", () => {
  const { ledger, score } = rebased([login], [login, order]);
  assert.equal(ledger.completeFrom, AT - DAY + 10 * DAY);
  assert.equal(score(AT).points, 20, "the order was not kept");
  ledger.add({ type: "order", time: AT + DAY });
  assert.equal(score(ledger.completeFrom).points, 27, "the later order is known");
});

test("with a rule that looks back for ever it is never complete", () => {
  const { ledger } = rebased([login], [login, { ...order, award: "first" }]);
  assert.equal(ledger.completeFrom, Infinity);
});

test("a label or a disabled criterion makes no other model", () => {
  const { ledger } = rebased([login], [{ ...login, label: "Signed in" }, { ...order, enabled: false }], false);
  assert.equal(ledger.completeFrom, -Infinity);
});

test("completeFrom goes along with snapshots and merges", () => {
  const { ledger, model } = rebased([login], [login, order]);
  const { completeFrom } = ledger;
  assert.equal(Ledger.fromBytes(model, ledger.toBytes()).completeFrom, completeFrom);
  const other = new Ledger(model);
  assert.equal(other.completeFrom, -Infinity);
  other.merge(ledger);
  assert.equal(other.completeFrom, completeFrom);
});

test("without rebase the snapshot of another model is refused, and so is its ledger", () => {
  const snapshot = ledgerOf([login]).toBytes();
  const model = new Model({ criteria: [{ ...login, points: 3 }] });
  for (const options of [undefined, null, {}, { rebase: false }]) {
    assert.throws(() => Ledger.fromBytes(model, snapshot, options), { code: "snapshot-foreign", path: "bytes" });
  }
  const own = new Ledger(model);
  const before = own.toBytes();
  assert.throws(() => own.merge(snapshot), { code: "snapshot-foreign", path: "bytes" });
  assert.throws(() => own.merge(ledgerOf([login])), { code: "snapshot-foreign", path: "ledger" });
  assert.deepEqual(own.toBytes(), before);
  assert.throws(() => Ledger.fromBytes(model, snapshot.with(40, snapshot[40] ^ 1), { rebase: true }), { code: "snapshot-damaged" });
});

test("from completeFrom on, a rebased ledger scores the united history", () =>
  holds(500, generate, ({ model, changed, history, options }, seed) => {
    const random = new Random(seed);
    const [old, young] = [new Model(model), new Model(changed)];
    const one = new Ledger(old, ledgerOptions({ history, options }));
    const at = parseTime(options.at);
    const split = random.integer(0, history.events.length);
    one.add(history.events.slice(0, split));
    let settled = -Infinity;
    if (random.chance(40)) one.compact((settled = at - random.integer(-2, 8) * DAY));
    const two = Ledger.fromBytes(young, one.toBytes(), { rebase: true });
    const later = history.events.slice(split).filter(({ time }) => parseTime(time) >= settled);
    two.add(later);
    const known = [...history.events.slice(0, split), ...later];
    const first = Math.max(two.completeFrom, settled);
    const instants = [first, Math.max(at, first), Math.max(at, first) + random.integer(0, 90) * HOUR];
    let fault = null;
    for (const instant of instants.filter(Number.isFinite)) {
      const asked = { ...options, at: instant };
      const found = two.score(asked);
      const expected = scoreNaively(changed, { ...history, events: known }, asked);
      for (const key of ["points", "score", "stars", "segment", "stage", "tenureDays", "audiences"]) {
        if (compare(found[key], expected[key]) !== null) fault ??= `${key}: ${JSON.stringify(found[key])} is not ${JSON.stringify(expected[key])}`;
      }
    }
    for (const each of [one, two, old, young]) each.free();
    return fault;
  }));

function ledgerOf(criteria) {
  const ledger = new Ledger(new Model({ criteria }));
  ledger.add(events);
  return ledger;
}

function rebased(criteria, changed, rebase = true) {
  const model = new Model({ criteria: changed });
  const ledger = Ledger.fromBytes(model, ledgerOf(criteria).toBytes(), { rebase });
  return { ledger, model, score: (at) => ledger.score({ at }) };
}

/** A case whose model has changed: other points, periods and types, criteria that came and went. */
function generate(seed) {
  const one = generateTimeCase(seed);
  const random = new Random(seed + 1);
  const types = [...new Set(one.history.events.map(({ type }) => type))];
  const change = (criterion) =>
    random.weighted([
      [40, () => ({ ...criterion })],
      [20, () => ({ ...criterion, points: criterion.points + 1 })],
      [20, () => ("event" in criterion && types.length > 0 ? { ...criterion, event: random.pick(types) } : { ...criterion })],
      [10, () => (criterion.kind === "event" && criterion.decay?.curve !== "step" ? { ...criterion, period: "3d" } : { ...criterion })],
      [10, () => (criterion.kind === "event" ? { ...criterion, perDay: 1, cooldown: "2h" } : { ...criterion })],
    ])();
  const changed = structuredClone(one.model);
  for (const holder of changed.parts ?? [changed]) holder.criteria = holder.criteria.map(change);
  return { ...one, changed, history: { ...one.history, events: withLikeTies(one.history.events) } };
}
