// Models that are nearly right, and histories for them: an answer that is sound, or an error with its place; never a trap.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Model } from "../../pkg/index.node.js";
import { generateProgressCase } from "../oracle/generate-progress.mjs";
import { Random } from "../oracle/generator/random.mjs";
import { parseTime } from "../oracle/time.mjs";
import { settle } from "./sound.mjs";

const MUTANTS = 1_200 * Number(process.env.STARWISE_TIMES ?? 1);
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
const DAY = 86_400_000;
const TIMES = [8.64e15, -8.64e15, 1e11, -1e11, "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", Date.UTC(2024, 2, 31, 1)];
const ALIENS = [
  ...[null, true, false, 0, -0, 1, -1, 0.5, 1e12, -1e12, 1e6, 4_294_967_295, 4_294_967_296, 1e300, NaN, Infinity, 5e-324],
  ...["", " ", "*", "day", "1d", "36500d", "0ms", "23:00", "24:00", "{level}", "{", "{{}}", "javascript:x", "\ud800", "__proto__", "x".repeat(300)],
  ...[[], {}, [[]], [1, 2, 3], { all: [] }, { any: [] }, { not: {} }, { thresholds: [0, 1e12] }, { toString: null }],
];
Error.stackTraceLimit = 8;

const folder = new URL("../../www/playbook/", import.meta.url);
const plays = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const shop = JSON.parse(readFileSync(new URL("../../www/playground/shop-model.json", import.meta.url), "utf8"));

test(`${MUTANTS} models that something was done to`, (context) => {
  const seen = { models: 0, refused: 0, answers: 0, errors: 0 };
  for (let seed = FIRST_SEED; seed < FIRST_SEED + MUTANTS; seed += 1) {
    const random = new Random(seed);
    const one = random.chance(60) ? { model: random.pick([...plays, shop]), history: { events: [] } } : generateProgressCase(seed % 997);
    const json = structuredClone(one.model);
    for (let changes = random.integer(1, 3); changes > 0; changes -= 1) mutate(random, json);
    try {
      use(random, json, one.history, seen);
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(json)}`, { cause: error });
    }
  }
  context.diagnostic(JSON.stringify(seen));
  assert.ok(seen.models > MUTANTS / 10 && seen.refused > MUTANTS / 10);
});

function use(random, json, history, seen) {
  const faults = Model.check(json);
  const { error } = settle(() => {
    new Model(json).free();
    return null;
  });
  assert.deepEqual(error?.faults ?? [], faults);
  for (const { code, path, message } of faults) {
    assert.ok(/^model-/.test(code) && /^model(?![\w])/.test(path) && message.startsWith(`\`${path}\` `), `${code} ${message}`);
  }
  if (error) return (seen.refused += 1);
  seen.models += 1;
  const model = new Model(json);
  for (let asked = 0; asked < 3; asked += 1) {
    const given = { profile: profileOf(random, history), events: [...history.events, ...eventsOf(random, json)] };
    const options = { at: random.pick(TIMES), timeZone: random.pick([undefined, "UTC", "Europe/Berlin", "Pacific/Apia", "America/St_Johns"]) };
    options.dayStartHour = random.pick([undefined, 0, 4, 23]);
    options.baseline = random.pick([undefined, 1e-9, 100, 1e12]);
    options.locale = random.pick([undefined, "de", "x", "en-US"]);
    if (typeof options.at === "string") options.at = new Date(options.at);
    for (const call of [() => model.progress(given, options), () => model.nudge(given, { ...options, showing: random.pick([undefined, json.nudges?.[0]?.id]) })]) {
      const { error: fault } = settle(call);
      if (fault) assert.ok(/^(options|history|event|events|profile)/.test(fault.path), fault.message);
      seen[fault ? "errors" : "answers"] += 1;
    }
  }
  model.free();
}

/** Something somewhere is swapped, taken out, put in or put deeper. */
function mutate(random, json) {
  const places = [];
  const visit = (container) => {
    for (const key of Object.keys(container)) {
      places.push([container, key]);
      if (typeof container[key] === "object" && container[key] !== null) visit(container[key]);
    }
  };
  visit(json);
  if (places.length === 0) return;
  const [container, key] = random.pick(places);
  const [other, otherKey] = random.pick(places);
  random.pick([
    () => (container[key] = structuredClone(random.pick(ALIENS))),
    () => (typeof container[key] === "number" ? (container[key] = random.pick(ALIENS.slice(3, 17))) : (container[key] = random.pick(ALIENS))),
    () => (Array.isArray(container) ? container.splice(Number(key), 1) : delete container[key]),
    () => (container[key] = structuredClone(other[otherKey])),
    () => (container[Array.isArray(container) ? container.length : otherKey] = structuredClone(other[otherKey])),
    () => (container[key] = Array.from({ length: random.pick([2, 60, 70]) }).reduce((inside) => random.pick([[inside], { not: inside }, { all: [inside] }]), container[key])),
  ])();
}

function eventsOf(random, json) {
  const types = [...JSON.stringify(json).matchAll(/"event":"([^"]+)"/g)].map(([, type]) => type).filter((type) => type !== "*");
  const nudges = (Array.isArray(json.nudges) ? json.nudges : []).map((nudge) => nudge?.id).filter((id) => typeof id === "string");
  const amounts = [0, 1, -1, 1e12, -1e12, 0.1, 7];
  return random.times(random.integer(0, 30), () => {
    const isExposure = random.chance(30);
    const type = isExposure ? random.pick(["nudge.shown", "nudge.dismissed", "nudge.answered"]) : random.pick([...types, "x"]);
    const time = random.chance(40) ? random.pick(TIMES) : Date.UTC(2024, 2, 31, 1) - random.integer(0, 90) * DAY;
    const amount = random.pick(amounts);
    return { type, time, data: isExposure ? { nudge: random.pick([...nudges, "gone", 5, null]) } : { amount, value: amount, n: amount, name: random.pick(["a", null, 1]) } };
  });
}

function profileOf(random, history) {
  const createdAt = random.pick([undefined, null, ...TIMES.map((time) => new Date(typeof time === "string" ? parseTime(time) : time).toISOString())]);
  return { ...history.profile, ...(createdAt === undefined ? {} : { createdAt }), name: random.pick(["Ana", 5, null, ["x"], "{level}"]) };
}
