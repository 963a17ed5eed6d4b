// The JSON Schema of the model, over the models of all case files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { expand } from "../cases/expand.mjs";

const CASES = new URL("../cases/", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("../../www/package/model.schema.json", import.meta.url), "utf8"));
/** Faults of shape, which a schema can see. Others (references, rising numbers, conflicts, depth) are the core's. */
const SHAPE = new Set(
  ["wrong-type", "missing-key", "unknown-key", "unsupported-key", "unknown-value", "invalid-id"].map((fault) => `model-${fault}`),
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
