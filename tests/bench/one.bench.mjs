// One customer: objects, JSON text and bytes, beside JavaScript written by hand and beside libraries.
import { assertAgree } from "./agree.mjs";
import * as expert from "./expert.mjs";
import { scoreWithOwnTable, scoreWithSet } from "./expert-ids.mjs";
import { prepare } from "./idiomatic.mjs";
import { interleave, isQuick } from "./interleave.mjs";
import { isolate } from "./isolate.mjs";
import { availableLibraries } from "./libraries/index.mjs";
import { conclude, printContenders } from "./report.mjs";
import { starwise } from "./starwise.mjs";
import { AT, makeHistory, model } from "./workload.mjs";

const idiomatic = prepare(model);
const options = { at: AT };
const LIBRARIES = ["lodash", "json-logic-js", "json-rules-engine", "@gorules/zen-engine-wasm"];
/** Event counts of the doubling. */
const DOUBLING = isQuick ? [1_000, 2_000, 4_000] : [1_000, 4_000, 16_000, 64_000, 250_000, 500_000, 1_000_000];

const results = await isolate(import.meta.url, {
  "objects, 1,000 events": () => objects(1_000),
  "objects, 100 events": () => objects(100),
  "objects, 10,000 events": () => objects(10_000),
  "objects, 1,000 events, in no order": () => objects(1_000, { shuffled: true }),
  "objects, 1,000 events with ids, one of a hundred twice": () => objectsWithIds(1_000),
  "objects, 100 events with ids, one of a hundred twice": () => objectsWithIds(100),
  "JSON text, 1,000 events": () => text(1_000),
  "JSON text, 100 events": () => text(100),
  "libraries, objects, 1,000 events": () => libraries(1_000),
  doubling,
});

console.log("One customer, 12 criteria over 10 types. Idiomatic: a Map of rules, Math.exp. Expert: written out for this model.");
console.log("Both check nothing and give no receipt; starwise does both. `beside` is how many times as fast as that one.");
for (const [title, result] of Object.entries(results)) {
  if (result.took) printContenders(title, result.events, result.took, result.rivals);
}
console.log("\nObjects, as events grow: ns an event");
console.table(results.doubling);

const { took: thousand } = results["objects, 1,000 events"];
const { took: hundred } = results["objects, 100 events"];
const { took: parsed } = results["JSON text, 1,000 events"];
conclude({
  "objects-1000": thousand.expert / thousand.starwise,
  "objects-1000-idiomatic": thousand.idiomatic / thousand.starwise,
  "objects-100": hundred.expert / hundred.starwise,
  "text-1000": parsed["JSON.parse + expert"] / parsed["starwise, text"],
});

async function objects(count, form) {
  const history = makeHistory(count, form);
  return compete(count, history, {
    starwise: () => starwise.score(history, options),
    expert: () => expert.score(history, AT),
    idiomatic: () => idiomatic.score(history, AT),
  });
}

async function objectsWithIds(count) {
  const history = makeHistory(count, { ids: true });
  const contenders = {
    starwise: () => starwise.score(history, options),
    expert: () => scoreWithSet(history, AT),
    "expert, table of its own": () => scoreWithOwnTable(history, AT),
    idiomatic: () => idiomatic.score(history, AT),
  };
  return compete(count, history, contenders, ["expert", "expert, table of its own", "idiomatic"]);
}

async function text(count) {
  const history = makeHistory(count);
  const json = JSON.stringify(history);
  const bytes = new TextEncoder().encode(json);
  const contenders = {
    "starwise, text": () => starwise.score(json, options),
    "starwise, bytes": () => starwise.score(bytes, options),
    "JSON.parse + expert": () => expert.score(JSON.parse(json), AT),
    "JSON.parse + idiomatic": () => idiomatic.score(JSON.parse(json), AT),
  };
  return compete(count, history, contenders, ["JSON.parse + expert", "JSON.parse + idiomatic"]);
}

async function libraries(count) {
  const history = makeHistory(count);
  const contenders = {
    starwise: () => starwise.score(history, options),
    expert: () => expert.score(history, AT),
  };
  for (const [name, { makeScore }] of await availableLibraries(LIBRARIES)) {
    const score = await makeScore(model);
    contenders[name] = () => score(history, AT);
  }
  return compete(count, history, contenders, ["expert", "starwise"]);
}

async function compete(events, history, contenders, rivals = ["expert", "idiomatic"]) {
  const expected = idiomatic.score(history, AT);
  for (const [name, score] of Object.entries(contenders)) assertAgree(name, await score(), expected);
  return { events, rivals, took: await interleave(contenders) };
}

async function doubling() {
  const rows = {};
  for (const count of DOUBLING) {
    const history = makeHistory(count);
    assertAgree(`${count} events`, starwise.score(history, options), idiomatic.score(history, AT));
    const took = await interleave({
      starwise: () => starwise.score(history, options),
      expert: () => expert.score(history, AT),
    });
    rows[count.toLocaleString("en")] = Object.fromEntries(
      Object.entries(took).map(([name, time]) => [name, Number((time / count).toPrecision(3))]),
    );
  }
  return rows;
}
