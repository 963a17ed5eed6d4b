// Civil days of a ledger's own zone: the offsets reach as far as its events, whenever those come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model } from "../../../pkg/index.node.js";
import { Random } from "../../oracle/generator/random.mjs";
import { scoreNaively } from "../../oracle/oracle.mjs";
import { differenceOf, differenceOfLines } from "./likeness.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"];
const CASES = 150;

const rules = {
  period: null,
  criteria: [
    { id: "once", kind: "event", event: "visit", points: 1, perDay: 1 },
    { id: "twice", kind: "event", event: "*", points: 100, perDay: 2, cooldown: "3h" },
    { id: "often", kind: "frequency", event: "visit", perDay: 1, atLeast: 3, within: "10d", points: 10_000 },
  ],
};
const model = new Model(rules);

test("events that reach earlier and later than those before are counted by the civil days of the zone", () => {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const random = new Random(seed);
    const timeZone = random.pick(ZONES);
    const dayStartHour = random.pick([0, 0, 4, 22]);
    const ledgers = [0, 1].map(() => new Ledger(model, { timeZone, dayStartHour }));
    const events = [];
    for (const year of random.sample([1985, 1999, 2010, 2011, 2017, 2018, 2023, 2024, 2025], random.integer(2, 6))) {
      const chunk = makeChunk(random, year);
      events.push(...chunk);
      // In any order, looked at in between: what is known of the zone has to grow with each of them.
      for (const event of chunk) random.pick(ledgers).add(event);
      if (random.chance(70)) for (const ledger of ledgers) ledger.score({ at: Date.UTC(year, random.integer(0, 11), 1) });
    }
    const [one, other] = ledgers;
    one.merge(random.chance(50) ? other : other.toBytes());
    const restored = Ledger.fromBytes(model, one.toBytes());
    assert.deepEqual([restored.timeZone, restored.dayStartHour], [timeZone, dayStartHour]);
    for (let tries = 0; tries < 4; tries += 1) {
      const at = random.pick(events).time + random.integer(0, 20) * HOUR;
      const expected = scoreNaively(rules, { events }, { at, timeZone, dayStartHour });
      for (const ledger of [one, restored]) assert.equal(differenceOf(ledger.score({ at }), expected), null, `seed ${seed}`);
    }
    for (const ledger of [one, other, restored]) ledger.free();
  }
});

test("what is asked for reaches beyond the events: a what-if, a timeline, the next star", () => {
  const random = new Random(7);
  const stars = new Model({ ...rules, target: 1_000_000, stars: { at: [0, 5, 500, 800, 1_000, 30_000] } });
  const timeZone = "Europe/Berlin";
  for (let tries = 0; tries < 40; tries += 1) {
    const events = makeChunk(random, 2018);
    const extra = [...makeChunk(random, 2010), ...makeChunk(random, 2024)];
    const ledger = new Ledger(stars, { timeZone });
    ledger.add(events);
    const at = Date.UTC(2025, 0, 1);
    const expected = scoreNaively(rules, { events: [...events, ...extra] }, { at, timeZone });
    assert.equal(ledger.whatIf(extra, { at }).points, expected.points);
    const options = { timeZone, from: Date.UTC(2018, 0, 1), to: Date.UTC(2018, 11, 31), step: "5d" };
    assert.equal(differenceOfLines(ledger.timeline(options), stars.timeline({ events }, options)), null);
    for (const { time } of random.sample(events, 5)) {
      const asked = { at: time + random.integer(0, 30) * HOUR, timeZone, include: ["nextStar"] };
      assert.equal(differenceOf(ledger.score(asked), stars.score({ events }, asked)), null);
    }
    ledger.free();
  }
});

test("what was folded stays counted by the civil days that it was folded by", () => {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const random = new Random(seed);
    const timeZone = random.pick(ZONES);
    const events = [2017, 2018, 2019].flatMap((year) => makeChunk(random, year));
    const ledger = new Ledger(model, { timeZone });
    const [before, later] = [random.pick(events).time + random.integer(0, 30) * HOUR, Date.UTC(2019, 11, 31)];
    for (const event of events) if (event.time < before) ledger.add(event);
    ledger.compact(before);
    const again = Ledger.fromBytes(model, ledger.toBytes());
    again.add(events.filter(({ time }) => time >= before));
    for (const at of [before, before + DAY, Math.max(before, later)]) {
      const expected = scoreNaively(rules, { events }, { at, timeZone });
      assert.equal(differenceOf(again.score({ at }), expected), null, `seed ${seed}`);
    }
    ledger.free();
    again.free();
  }
});

/** Events of some days of a year, most of them about midnight somewhere, and about the changes of clocks. */
function makeChunk(random, year) {
  const day = random.pick([Date.UTC(year, 2, 28), Date.UTC(year, 9, 25), Date.UTC(year, 0, 1), Date.UTC(year, 11, 29)]);
  return random.times(random.integer(3, 12), () => ({
    type: random.pick(["visit", "visit", "other"]),
    time: day + random.integer(0, 5) * DAY + random.integer(0, 95) * (HOUR / 4) + random.pick([0, -1]),
  }));
}
