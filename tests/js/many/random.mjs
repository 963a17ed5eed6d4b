// Many customers at once against one by one, at random: columns and NDJSON, whole and in chunks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../../pkg/index.node.js";
import { Random } from "../../oracle/generator/random.mjs";
import { AT, agree, faultsOfEach, oneByOne, outcome } from "./agree.mjs";
import { chunksOf, columnsOf, linesOf, piecesOf, populate, spelledLines } from "./populations.mjs";

/** So many times as many as usual. */
const TIMES = Number(process.env.STARWISE_TIMES ?? 1);
const POPULATIONS = 500 * TIMES;
/** Another run, other populations; a failure names its seed. */
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 5_000_001);
const DAY = 86_400_000;

test(`columns score as one by one on ${POPULATIONS} random populations`, () => {
  let rows = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + POPULATIONS; seed += 1) {
    const random = new Random(seed);
    const { rules, options, histories } = populate(seed, random, false);
    const { columns, customers } = columnsOf(random, rules, histories, options);
    const one = new Model(rules);
    const what = `seed ${seed}`;
    agree(one.scoreMany(columns, options), oneByOne(one, customers, options), what);
    const batch = one.batch(options);
    for (const chunk of chunksOf(random, columns)) batch.push(chunk);
    agree(batch.finish(), oneByOne(one, customers, options), `${what}, in chunks`, "any order");
    one.free();
    rows += columns.subjects.length;
  }
  assert.ok(rows > 50 * POPULATIONS);
});

test(`NDJSON scores as one by one on ${POPULATIONS} random populations`, () => {
  let refused = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + POPULATIONS; seed += 1) {
    const random = new Random(seed);
    const { rules, options, histories } = populate(seed, random, true);
    const { lines, customers } = linesOf(random, histories);
    const one = new Model(rules);
    const what = `seed ${seed}`;
    const expected = oneByOne(one, customers, options);
    const text = spelledLines(random, random.shuffle(lines.flat()));
    const found = outcome(() => one.scoreMany(random.chance(50) ? text : Buffer.from(text), options));
    if (expected.codes.size > 0) {
      refused += 1;
      const codes = faultsOfEach(one, customers, options);
      assert.ok(codes.has(found.code), `${what}: ${found.code} is none of ${[...codes]}`);
      assert.match(found.path, /^lines\[\d+\]/, what);
    } else {
      agree(found.value ?? assert.fail(`${what}: ${found.error}`), expected, what, "any order");
      const batch = one.batch(options);
      for (const chunk of piecesOf(random, spelledLines(random, lines.flat()))) batch.push(chunk);
      agree(batch.finish(), expected, `${what}, in chunks`);
    }
    one.free();
  }
  assert.ok(refused > 0 && refused < POPULATIONS / 4, `${refused} refused`);
});

test("plain criteria, many on the same types: all at once, in any number of rows and customers", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = new Random(seed);
    const typeNames = ["a", "b", "c", "d", "nudge.e", "unheard of"];
    const of = () => random.pick(["*", random.pick(typeNames), random.sample(typeNames, random.integer(1, 4))]);
    const criteria = random.times(random.integer(1, 12), (index) => {
      const common = { id: `c${index}`, event: of(), points: random.pick([1, 2.5, -3, 100]), ...(random.chance(10) ? { enabled: false } : {}) };
      if (random.chance(20)) return { ...common, kind: "frequency", atLeast: random.integer(0, 3), ...(random.chance(50) ? { atMost: random.integer(3, 9) } : {}), within: random.pick(["1d", "7d", "1ms", "400d"]) };
      const criterion = { ...common, kind: "event", period: random.pick([null, "1d", "7d", "30d", "1ms"]) };
      if (random.chance(50)) criterion.decay = random.pick([{ curve: "exponential", halfLife: random.pick(["1ms", "1h", "7d", "999d"]) }, { curve: "linear", over: "9d" }, null]);
      if (random.chance(40)) criterion.per = random.pick(["x", "y", "deep.z", "missing", "word"]);
      if (random.chance(10)) criterion.limit = 20;
      if (random.chance(10)) criterion.perDay = 1;
      return criterion;
    });
    const parts = random.chance(50) ? { criteria } : { parts: criteria.map((criterion, index) => ({ id: `p${index}`, criteria: [criterion], ...(random.chance(10) ? { missing: "skip" } : {}) })), combine: "weighted" };
    const one = new Model(parts);
    const many = random.pick([1, 2, 5, 40]);
    // Which of two events at one time is the day's first depends on all of their data, and columns hold what they hold.
    const apart = criteria.some(({ perDay }) => perDay) ? 1_000 : 0;
    const rows = random.times(random.pick([1, 2, 3, 7, 64, 301]), (row) => ({
      subject: random.integer(1, many), type: random.integer(0, typeNames.length - 1), time: AT - row * apart - random.pick([0, 1, -1, DAY, 7 * DAY, 7 * DAY - 1, random.integer(-DAY, 40 * DAY), random.integer(0, 400) * DAY]),
      x: random.pick([NaN, 0, -0, 1, 2.5, -7]), y: random.pick([NaN, 1e12, 1e13, Infinity, 3]), z: random.pick([NaN, 4]), word: random.pick([undefined, "w"]),
    }));
    const columns = {
      subjects: Uint32Array.from(rows, ({ subject }) => subject), types: Uint8Array.from(rows, ({ type }) => type), typeNames, times: Float64Array.from(rows, ({ time }) => time),
      data: { x: Float64Array.from(rows, ({ x }) => x), y: Float64Array.from(rows, ({ y }) => (Math.abs(y) === 1e12 ? 1e6 : y)), "deep.z": Float64Array.from(rows, ({ z }) => z), word: { codes: Int32Array.from(rows, ({ word }) => (word ? 0 : -1)), dictionary: ["w"] } },
    };
    const customers = new Map([...new Set(columns.subjects)].sort((a, b) => a - b).map((subject) => [subject, { events: [] }]));
    for (const [row, { subject, type, time, word }] of rows.entries()) {
      const number = (path) => (Number.isNaN(columns.data[path][row]) ? undefined : columns.data[path][row]);
      customers.get(subject).events.push({ type: typeNames[type], time, data: { x: number("x"), y: number("y"), deep: { z: number("deep.z") }, word } });
    }
    const options = { at: AT };
    agree(one.scoreMany(columns, options), oneByOne(one, customers, options), `seed ${seed}`);
    const text = [...customers].flatMap(([subject, { events }]) => events.map((event) => JSON.stringify({ ...event, subject: `${subject}` }))).join("\n").replaceAll(":null", ":1e999");
    agree(one.scoreMany(text, options), oneByOne(one, new Map([...customers].map(([subject, history]) => [`${subject}`, history])), options), `seed ${seed}, lines`);
    one.free();
  }
});
