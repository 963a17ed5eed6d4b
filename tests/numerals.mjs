// Writes numerals.json: numbers and percentages as `Intl` of this Node writes them, in every language and region that starwise
// writes numbers in. `node tests/numerals.mjs` with a Node whose `process.versions.cldr` is 48.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("numerals.json", import.meta.url);
const NUMBERS = [-1234567.5, 12345, 1234.5, 999.96, -1.25, 0.04, 7];
const PERCENT = 45;
/** Tags that are spelt otherwise, have a script, or ask for digits. */
const SPELLINGS = ["EN-us", "sr-Latn-RS", "zh-Hant-TW", "ar-EG-u-nu-latn", "ur-IN-u-nu-latn", "mr-u-nu-latn"];

const table = readFileSync(new URL("../src/numeral.rs", import.meta.url), "utf8");
const tags = [...table.matchAll(/^([a-zA-Z0-9 -]+)\|/gm)].flatMap(([, row]) => row.split(" "));
const format = (tag, options) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1, ...options });
const expected = [...tags.sort(), ...SPELLINGS].map((tag) => [
  tag,
  NUMBERS.map((number) => format(tag).format(number)),
  format(tag, { style: "percent" }).format(PERCENT / 100),
]);
const lines = expected.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
writeFileSync(FILE, `{
  "source": "Intl.NumberFormat of ICU ${process.versions.icu}, CLDR ${process.versions.cldr}",
  "numbers": ${JSON.stringify(NUMBERS)},
  "percent": ${PERCENT},
  "expected": [
${lines}
  ]
}
`);
