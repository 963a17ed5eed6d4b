// Every code of the worker stands in its document and is provoked by a test, and the document has no others.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const textOf = (folder, ending) => readdirSync(root + folder).filter((name) => name.endsWith(ending)).map((name) => readFileSync(`${root}${folder}/${name}`, "utf8")).join("\n");
const IN_SOURCE = [/Fault\(\d+, "([a-z-]+)"/g, /unauthorized\("([a-z-]+)"/g, /\bcode: "([a-z-]+)"/g, /refus(?:e|al)\((?:\w+, )?"([a-z-]+)"/g, /\? "(event-[a-z-]+)" :/g, /: "(event-[a-z-]+)"/g];

test("codes", () => {
  const source = ["www/edge", "www/edge/core", "www/edge/durable"].map((folder) => textOf(folder, ".js")).join("\n");
  const used = new Set(IN_SOURCE.flatMap((pattern) => Array.from(source.matchAll(pattern), ([, code]) => code)));
  const told = new Set(Array.from(readFileSync(`${root}www/docs/edge.md`, "utf8").matchAll(/^\| `([a-z-]+)` \| (?:[45]\d\d|by index)/gm), ([, code]) => code));
  assert.deepEqual([...used].filter((code) => !told.has(code)), [], "not in the document");
  assert.deepEqual([...told].filter((code) => !used.has(code)), [], "in the document only");
  const tests = textOf("tests/edge", ".mjs") + textOf("tests/edge/attacks", ".mjs");
  assert.deepEqual([...told].filter((code) => !tests.includes(`"${code}"`)), [], "never provoked");
});
