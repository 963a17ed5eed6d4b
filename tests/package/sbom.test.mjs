// The bill of materials: well-formed as CycloneDX 1.6 asks, closed in itself, and of the versions that are locked.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const bill = JSON.parse(read("pkg/sbom.cdx.json"));

test("it names what it is, and the package it is of", () => {
  const { name, version } = JSON.parse(read("pkg/package.json"));
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.metadata.component.name, bill.metadata.component.version], ["CycloneDX", "1.6", name, version]);
});

test("every component is one of Cargo.lock, with its licence", () => {
  const locked = new Map(Array.from(read("Cargo.lock").matchAll(/name = "(.+)"\nversion = "(.+)"/g), ([, name, version]) => [name, version]));
  assert.ok(bill.components.length > 3);
  for (const { name, version, purl, licenses } of bill.components) {
    assert.equal(locked.get(name), version, name);
    assert.equal(purl, `pkg:cargo/${name}@${version}`);
    assert.match(licenses[0].expression, /MIT|Apache-2\.0/, name);
  }
  for (const expected of ["wasm-bindgen", "libm", "dlmalloc", "serde"]) assert.ok(bill.components.some(({ name }) => name === expected), expected);
});

test("its graph leads nowhere else", () => {
  const known = new Set([bill.metadata.component.purl, ...bill.components.map((one) => one["bom-ref"])]);
  assert.equal(bill.dependencies.length, known.size);
  for (const { ref, dependsOn } of bill.dependencies) for (const one of [ref, ...dependsOn]) assert.ok(known.has(one), one);
});

test("nothing is installed beside, and nothing runs at installing", () => {
  const { dependencies, scripts } = JSON.parse(read("pkg/package.json"));
  assert.deepEqual([dependencies, scripts], [undefined, undefined]);
});
