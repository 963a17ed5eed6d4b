// One customer's score: objects, JSON text and bytes, beside straightforward JavaScript over the same history.
import assert from "node:assert/strict";
import { Model } from "../../pkg/index.node.js";
import { interleave } from "./interleave.mjs";
import { prepare } from "./straightforward.mjs";
import { AT, makeHistory, model } from "./workload.mjs";

const starwise = new Model(model);
const scoreByHand = prepare(model);
const options = { at: AT };
const rows = [];

for (const count of [100, 1_000, 10_000]) {
  const history = makeHistory(count);
  const text = JSON.stringify(history);
  const bytes = new TextEncoder().encode(text);
  assertEqual(starwise.score(history, options), scoreByHand(history, AT));
  assertEqual(starwise.score(text, options), scoreByHand(history, AT));
  const took = interleave({
    objects: () => starwise.score(history, options),
    objectsByHand: () => scoreByHand(history, AT),
    text: () => starwise.score(text, options),
    bytes: () => starwise.score(bytes, options),
    textByHand: () => scoreByHand(JSON.parse(text), AT),
  });
  rows.push(
    row(count, "objects", took.objects, took.objectsByHand),
    row(count, "JSON text", took.text, took.textByHand),
    row(count, "UTF-8 bytes", took.bytes, took.textByHand),
  );
}

console.log("One customer, 12 criteria over 10 types. JavaScript: a Map of rules, Math.pow, JSON.parse for text;");
console.log("it checks nothing and gives no receipt. Above 1x starwise is the quicker.\n");
console.table(rows);

function row(events, input, own, other) {
  return {
    events,
    input,
    "starwise µs": micros(own),
    "JavaScript µs": micros(other),
    "ns an event": Math.round(own / events),
    "times as quick": `${(other / own).toFixed(2)}x`,
  };
}

function micros(nanoseconds) {
  return Number((nanoseconds / 1e3).toFixed(1));
}

function assertEqual(result, expected) {
  assert.ok(Math.abs(result.points - expected.points) <= 1e-9 * Math.abs(expected.points), "the contenders disagree");
  assert.equal(result.stars, expected.stars);
}
