// The JSON Schema of the model, over the models of all case files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { Model } from "../../pkg/index.node.js";
import { expand } from "../cases/expand.mjs";

const CASES = new URL("../cases/", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("../../www/package/model.schema.json", import.meta.url), "utf8"));
/** Faults of shape, which a schema can see. Others (references, rising numbers, conflicts, depth) are the core's. */
const SHAPE = new Set(
  ["wrong-type", "missing-key", "unknown-key", "unknown-value", "invalid-id"].map((fault) => `model-${fault}`),
);
/** Save that every segment but the last needs its end. */
const isShape = ({ code, path }) => SHAPE.has(code) && !path?.endsWith(".upTo");

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
const validate = ajv.compile(schema);

const cases = readdirSync(CASES)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, CASES), "utf8")).cases.map((entry) => ({ file, ...expand(entry) })));

test("the schema is a sound one, and every key has a description", () => {
  assert.ok(ajv.validateSchema(schema));
  for (const [place, properties] of propertiesOf(schema, "")) {
    for (const [key, value] of Object.entries(properties)) {
      const described = value.description ?? value.$ref;
      assert.ok(described, `${place}.${key} has no description`);
    }
  }
});

test("every model that a case scores is valid", () => {
  let checked = 0;
  for (const { file, name, model, history, error } of cases) {
    if (model === undefined || (error && history === undefined)) continue;
    assert.ok(validate(model), `${file}: ${name}: ${ajv.errorsText(validate.errors)}`);
    checked += 1;
  }
  assert.ok(checked >= 50, `${checked} models`);
});

test("every play of the playbook is valid", () => {
  const plays = new URL("../../www/playbook/", import.meta.url);
  for (const file of readdirSync(plays)) {
    assert.ok(validate(JSON.parse(readFileSync(new URL(file, plays), "utf8"))), `${file}: ${ajv.errorsText(validate.errors)}`);
  }
});

test("links and times of the day: the schema takes what the core takes", () => {
  const isLink = ajv.compile({ ...schema.$defs.link });
  for (const link of ["https://example.com/a?b#c", "HTTP://example.com", "mailto:ana@example.com", "/a:b", "a/b:c", "?a=b:c", "#a", "..", "plan"]) {
    assert.ok(isLink(link), link);
    assert.deepEqual(Model.check(withLink(link)), [], link);
  }
  for (const link of ["", "javascript:alert(1)", "data:text/html,x", "//example.com", " /a", "/a b", "\\\\example.com", "https:example.com", "/a\u0001", "a:b"]) {
    assert.ok(!isLink(link), link);
    assert.deepEqual(Model.check(withLink(link)).map(({ code }) => code), ["model-invalid-link"], link);
  }
  const isClock = ajv.compile({ ...schema.$defs.clock });
  for (const [clock, good] of [["00:00", true], ["23:59", true], ["24:00", true], ["24:01", false], ["7:00", false], ["12:60", false], ["12:00:00", false]]) {
    assert.equal(isClock(clock), good, clock);
    const other = clock === "00:00" ? "01:00" : "00:00";
    assert.equal(Model.check({ criteria: [], nudgePolicy: { quietHours: [clock, other] } }).length === 0, good, clock);
  }
});

function withLink(href) {
  return { criteria: [], nudges: [{ id: "a", kind: "message", when: {}, title: "A", cta: { label: "B", href } }] };
}

test("models with faults of shape are not", () => {
  let checked = 0;
  for (const { file, name, model, history, error } of cases) {
    if (model === undefined || history !== undefined || !error || !isShape(error)) continue;
    assert.ok(!validate(model), `${file}: ${name}: the core says ${error.code}, the schema nothing`);
    checked += 1;
  }
  assert.ok(checked >= 10, `${checked} models`);
});

test("durations: the schema takes what the core takes", () => {
  const isDuration = ajv.compile({ ...schema.$defs.duration });
  for (const text of ["90s", "30d", "1d12h", "1.5h", "250ms", "1w2d3h4m5s6ms", "P30D", "P2W", "PT1H30M", "P1DT12H", "PT0.5S", "0d"]) {
    assert.ok(isDuration(text), text);
  }
  for (const text of ["", "P", "PT", "P1DT", "30", "d", "1h1d", "1d1d", "P1M", "P1Y", "1 d", "-1d", "1e3s", ".5h", "1.h", "30D"]) {
    assert.ok(!isDuration(text), text);
  }
});

function* propertiesOf(node, place) {
  if (typeof node !== "object" || node === null) return;
  if (node.properties && !Array.isArray(node)) yield [place, node.properties];
  for (const [key, value] of Object.entries(node)) yield* propertiesOf(value, `${place}/${key}`);
}
