// Every case of tests/cases in Node, with inputs as objects, as text and as bytes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as starwise from "../../pkg/index.node.js";
import { runCases } from "../cases/run.mjs";

const directory = new URL("../cases/", import.meta.url);

for (const file of readdirSync(directory).filter((name) => name.endsWith(".json"))) {
  test(`cases: ${file}`, () => {
    const { count, failures } = runCases(JSON.parse(readFileSync(new URL(file, directory), "utf8")), starwise);
    assert.ok(count > 0, "the file has no cases");
    assert.deepEqual(failures, []);
  });
}
