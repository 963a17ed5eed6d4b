// The playbook as it ships: every play is a sound model, and says of its customers what tests/playbook expects, which was
// derived from the specification by hand. Expectations are partial: what they leave out is not compared.
//
//   score, progress, nudge, candidates   parts of the results of `score`, `progress` and `nudge` at an instant
//   a text where a number comes out      an RFC 3339 time
//   an object where a list comes out     entries by their id
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Ledger, Model } from "../../pkg/index.node.js";
import { expand } from "../cases/expand.mjs";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const filesIn = (path) => readdirSync(new URL(`../../${path}`, import.meta.url)).filter((file) => file.endsWith(".json"));
const plays = filesIn("www/playbook");

test("every play has expectations, ships, and stands in the docs", () => {
  assert.deepEqual(filesIn("tests/playbook"), plays);
  assert.deepEqual(filesIn("pkg/playbook"), plays);
  const docs = read("www/docs/playbook.md");
  for (const file of plays) assert.ok(docs.includes(`starwise/playbook/${file}`), `${file} is not in the docs`);
  for (const [, file] of docs.matchAll(/starwise\/playbook\/([\w-]+\.json)/g)) assert.ok(plays.includes(file), `${file} is in the docs only`);
});

for (const file of plays) {
  const text = read(`www/playbook/${file}`);
  const json = JSON.parse(text);
  const { play, customers } = expand(JSON.parse(read(`tests/playbook/${file}`)));

  test(`${file}: is sound, and nothing in it looks wrong`, () => {
    assert.equal(play, json.id);
    assert.equal(`${json.id}.json`, file);
    assert.deepEqual(Model.check(json), []);
    assert.deepEqual(Model.check(text), []);
    assert.deepEqual(Model.lint(json), []);
  });

  test(`${file}: every text that customers read is there in English and German`, () => {
    for (const [place, value] of textsOf(json, "model")) assert.deepEqual(Object.keys(value), ["en", "de"], place);
  });

  test(`${file}: every nudge is chosen, and is kept back, in some expectation`, () => {
    const moments = customers.flatMap(({ moments }) => moments);
    for (const { id } of json.nudges) {
      assert.ok(moments.some(({ nudge }) => nudge?.id === id), `${id} is never chosen`);
      assert.ok(moments.some(({ candidates }) => candidates?.[id] && candidates[id][0].reason !== "chosen"), `${id} is never kept back`);
    }
  });

  for (const { name, history, moments, transitions } of customers) {
    for (const moment of moments) {
      test(`${file}: ${name}, ${moment.at}: ${moment.why}`, () => {
        const model = new Model(json);
        const ledger = ledgerOf(model, history, moment.options);
        compareAt(moment, {
          score: (options) => model.score(history, options),
          progress: (options) => model.progress(history, options),
          nudge: (options) => model.nudge(history, options),
        });
        compareAt(moment, {
          score: (options) => ledger.score(options),
          progress: (options) => ledger.progress(options),
          nudge: (options) => ledger.nudge(options),
        });
      });
    }
    if (!transitions) continue;
    test(`${file}: ${name}, transitions: ${transitions.why}`, () => {
      const { from, to, expect } = transitions;
      // The segments of these days are not what the play is about.
      const found = new Model(json).transitions(history, { from, to }).filter(({ what }) => what !== "segment");
      assertHolds(found, expect, "transitions");
    });
  }
}

/** A ledger of the events; those later than an instant do not count there, as in a history. */
function ledgerOf(model, { events, profile }, options = {}) {
  const ledger = new Ledger(model, { profile, timeZone: options.timeZone, dayStartHour: options.dayStartHour });
  ledger.add(events);
  return ledger;
}

/** Whether what is said at an instant holds what is expected there. */
function compareAt({ at, options, score, progress, nudge, candidates }, ask) {
  const how = { at, ...options };
  if (score) assertHolds(ask.score(how), score, "score");
  if (progress) assertHolds(ask.progress(how), progress, "progress");
  if (nudge === undefined && !candidates) return;
  const decision = ask.nudge(how);
  if (nudge !== undefined) assertHolds(decision.nudge, nudge, "nudge");
  for (const [id, reasons] of Object.entries(candidates ?? {})) {
    const candidate = decision.candidates.find((one) => one.id === id);
    assertHolds(candidate, { chosen: decision.nudge?.id === id, reasons }, `candidates.${id}`);
    for (const { message } of candidate.reasons) assert.match(message, /\S/, `candidates.${id}: a reason without a message`);
  }
}

/** Compares what is expected with what is found, as the head of this file says. */
function assertHolds(found, expected, place) {
  if (expected === null || typeof expected !== "object") {
    if (typeof found === "number" && typeof expected === "string") return assert.equal(new Date(found).toISOString(), new Date(expected).toISOString(), place);
    if (typeof found === "number" && typeof expected === "number") return assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${place}: ${found}, expected ${expected}`);
    return assert.equal(found, expected, place);
  }
  assert.ok(found !== null && typeof found === "object", `${place}: ${found}`);
  if (Array.isArray(expected)) {
    assert.equal(found.length, expected.length, `${place}: ${JSON.stringify(found)}`);
    return expected.forEach((one, index) => assertHolds(found[index], one, `${place}[${index}]`));
  }
  for (const [key, one] of Object.entries(expected)) {
    assertHolds(Array.isArray(found) ? found.find(({ id }) => id === key) : found[key], one, `${place}.${key}`);
  }
}

/** Every text of a model that has a language, and every text that should have one. */
function* textsOf(node, place) {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const isText = ["name", "label", "description", "title", "body", "low", "high"].includes(key) && !place.includes(".when");
    if (isText && (typeof value === "string" || !Object.hasOwn(value, "exists"))) yield [`${place}.${key}`, value];
    else if (key === "names") for (const [index, one] of value.entries()) yield [`${place}.names[${index}]`, one];
    else yield* textsOf(value, `${place}.${key}`);
  }
}
