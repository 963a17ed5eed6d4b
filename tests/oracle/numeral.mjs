// Numbers and percentages as people of a language write them: by `Intl`, whose words are CLDR's too. The languages that are
// written in, and the tags on which this host and the product rest on the same CLDR, are those of tests/numerals.json.

import { readFileSync } from "node:fs";

const { numbers, percent, expected } = JSON.parse(readFileSync(new URL("../numerals.json", import.meta.url), "utf8"));

const LANGUAGES = new Set(expected.map(([tag]) => languageOf(tag)));
const PLAIN = "en"; // without groups

/** Tags of languages that are written in, in which this host's `Intl` writes what stands in the fixture. */
export const WRITTEN_TAGS = expected.filter(isAsHere).map(([tag]) => tag);

/** A number with one decimal at most, half away from zero; plain without a tag, or where its language is not known. */
export function writeNumber(number, tag, isGrouped = true) {
  const known = isKnown(tag);
  const useGrouping = known && isGrouped ? "auto" : false;
  const format = new Intl.NumberFormat(known ? tag : PLAIN, { maximumFractionDigits: 1, signDisplay: "negative", useGrouping });
  return format.format(number.toFixed(9)); // as text it is exact: digits beyond the ninth are noise
}

/** A whole percentage. */
export function writePercent(whole, tag) {
  return new Intl.NumberFormat(isKnown(tag) ? tag : PLAIN, { style: "percent", useGrouping: false }).format(whole / 100);
}

/** The language of a tag, as it is compared. */
export function languageOf(tag) {
  return tag.split("-")[0].toLowerCase();
}

function isKnown(tag) {
  return tag !== null && LANGUAGES.has(languageOf(tag));
}

function isAsHere([tag, written, share]) {
  const isWritten = numbers.every((number, index) => writeNumber(number, tag) === written[index]);
  return isWritten && writePercent(percent, tag) === share;
}
