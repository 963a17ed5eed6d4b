// The same with many events: a shop, and a population with a power law.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Model } from "../../../pkg/index.node.js";
import { Random } from "../../oracle/generator/random.mjs";
import { AT, agree, oneByOne } from "./agree.mjs";
import { chunksOf } from "./populations.mjs";

const DAY = 86_400_000;
const data = (name) => new URL(`../../../www/playground/${name}`, import.meta.url);

test("the shop: whole and in chunks of every awkward size", (context) => {
  const model = new Model(readFileSync(data("shop-model.json"), "utf8"));
  const rows = gunzipSync(readFileSync(data("data/shop-events.csv.gz"))).toString("utf8").trimEnd().split("\n").slice(1).map((row) => row.split(","));
  const customers = new Map();
  for (const [user, type, time, value] of rows) {
    if (!customers.has(user)) customers.set(user, { events: [], profile: undefined });
    customers.get(user).events.push({ type, time: Number(time), ...(value ? { data: { value: Number(value) } } : {}) });
  }
  const options = { at: Math.max(...rows.map(([, , time]) => Number(time))) + 1, timeZone: "Europe/Berlin", dayStartHour: 4 };
  compareAllWays(model, customers, options, context);
});

test("a population with a power law and bursts: 5,000 customers, one with 14,000 events", (context) => {
  const random = new Random(99);
  const customers = new Map();
  const plans = ["free", "pro", "team", "é", "😀"];
  for (let number = 0; number < 5_000; number += 1) {
    const count = number === 1_234 ? 14_000 : Math.floor(2 / ((random.integer(1, 10_000) / 10_000) ** 0.8));
    let time = AT - random.integer(1, 400) * DAY;
    const events = [];
    while (events.length < count) {
      // A burst: some events within minutes, then silence of hours or weeks.
      for (let burst = random.integer(1, 12); burst > 0 && events.length < count; burst -= 1) {
        time += random.pick([0, 0, 1, 1_000, 60_000, 600_000]);
        const type = random.pick(["visit", "visit", "visit", "search", "buy", "help", `rare${random.integer(0, 40)}`]);
        const event = { type, time };
        if (random.chance(20)) event.id = random.chance(95) ? `${number}-${events.length}` : `${number}-same`;
        if (type === "buy") event.data = { value: random.integer(0, 50_000) / 100, item: { plan: random.pick(plans) }, lines: [1, { sku: "x" }] };
        events.push(event);
      }
      time += random.pick([1, 5, 24, 24 * 7, 24 * 30]) * 3_600_000;
      if (time > AT + DAY) time -= random.integer(10, 300) * DAY;
    }
    customers.set(`c${number}`, { events, profile: random.chance(60) ? { plan: random.pick(plans), seats: random.integer(1, 50), createdAt: AT - random.integer(1, 500) * DAY } : undefined });
  }
  assert.ok([...customers.values()].some(({ events }) => events.length === 14_000));
  const model = new Model({
    period: "90d",
    decay: { curve: "exponential", halfLife: "14d" },
    combine: "weighted",
    parts: [
      { id: "use", weight: 2, criteria: [
        { id: "visit", kind: "event", event: "visit", points: 2, limit: 300 },
        { id: "days", kind: "event", event: "*", points: 1, perDay: 1 },
        { id: "cool", kind: "event", event: ["visit", "search"], points: 1, cooldown: "1h", decay: { curve: "cosine", cycle: "7d" } },
        { id: "often", kind: "frequency", event: "*", perDay: 2, atLeast: 3, within: "30d", points: 10 },
      ] },
      { id: "money", weight: 1, missing: "skip", criteria: [
        { id: "spend", kind: "event", event: "buy", per: "value", curve: [[0, 0], [100, 5], [500, 20]], points: 1, where: { value: { gt: 1 } } },
        { id: "first", kind: "event", event: "buy", award: "first", period: null, points: 20 },
        { id: "last", kind: "event", event: "buy", award: "last", points: 7, decay: { curve: "linear", over: "60d", from: "last-activity" } },
        { id: "plans", kind: "event", event: "buy", uniqueBy: "item.plan", points: 3 },
      ] },
      { id: "trouble", criteria: [
        { id: "help", kind: "event", event: "help", points: -3 },
        { id: "gone", kind: "inactivity", for: "14d", repeat: true, points: -2 },
        { id: "size", kind: "filter", where: { plan: { in: ["pro", "team"] } }, per: "seats", points: 0.5 },
      ] },
    ],
    stages: [{ id: "new", when: { tenureDays: { lt: 60 } }, target: 50, weights: { money: 3 } }, { id: "pro", when: { "profile.plan": "pro" }, points: { visit: 3 } }],
  });
  compareAllWays(model, customers, { at: AT, timeZone: "America/New_York", dayStartHour: 5 }, context);
});

/** Columns and lines, whole and in chunks, against one by one. */
function compareAllWays(model, customers, options, context) {
  const start = performance.now();
  const expected = oneByOne(model, customers, options);
  const middle = performance.now();
  const names = [...customers.keys()];
  const lines = names.map((subject) => {
    const { events, profile } = customers.get(subject);
    return [...(profile ? [{ subject, profile }] : []), ...events.map((event) => ({ subject, ...event }))].map((line) => JSON.stringify(line));
  });
  const random = new Random(3);
  const text = lines.flat().join("\n");
  agree(model.scoreMany(text, options), expected, "text");
  agree(model.scoreMany(Buffer.from(text), options), expected, "bytes");
  agree(model.scoreMany(random.shuffle(lines.flat()).join("\n"), options), expected, "shuffled lines", "any order");
  const bytes = Buffer.from(text);
  for (const size of [331, 997, 4_099, 65_537, 1_000_003, bytes.length - 1]) {
    const batch = model.batch(options);
    for (let from = 0; from < bytes.length; from += size) batch.push(bytes.subarray(from, from + size));
    agree(batch.finish(), expected, `chunks of ${size} bytes`);
  }
  // Columns have no ids: those who told an event twice are scored anew.
  const plain = new Map(names.map((subject, number) => {
    const { events, profile } = customers.get(subject);
    return [number, { events: events.map(({ type, time, data }) => ({ type, time, data: data && { value: data.value, ...(data.item ? { item: data.item } : {}) } })), profile }];
  }));
  const columnsExpected = oneByOne(model, plain, options);
  const rows = random.shuffle([...plain].flatMap(([subject, { events }]) => events.map((event) => ({ subject, ...event }))));
  const typeNames = [...new Set(rows.map(({ type }) => type))];
  const plans = [...new Set(rows.flatMap(({ data }) => data?.item?.plan ?? []))];
  const columns = {
    subjects: Uint32Array.from(rows, ({ subject }) => subject),
    types: Uint8Array.from(rows, ({ type }) => typeNames.indexOf(type)),
    typeNames,
    times: Float64Array.from(rows, ({ time }) => time),
    data: { value: Float64Array.from(rows, ({ data }) => data?.value ?? Number.NaN), "item.plan": { codes: Int32Array.from(rows, ({ data }) => plans.indexOf(data?.item?.plan)), dictionary: plans } },
    profiles: names.map((subject) => customers.get(subject).profile),
  };
  agree(model.scoreMany(columns, options), columnsExpected, "columns");
  for (let round = 0; round < 5; round += 1) {
    const batch = model.batch(options);
    for (const chunk of chunksOf(random, columns)) batch.push(chunk);
    agree(batch.finish(), columnsExpected, "columns in chunks", "any order");
  }
  context.diagnostic(`${names.length} customers, ${rows.length} events; one by one ${Math.round(middle - start)} ms`);
}
