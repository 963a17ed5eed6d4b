// Texts with placeholders (section 9 of the specification): `{fact}`, `{fact|otherwise}`, `{{` and `}}`.

import { valueAt } from "./condition.mjs";
import { languageOf, writeNumber, writePercent } from "./numeral.mjs";
import { pickTag, pickText } from "./text.mjs";

const PIECE = /\{\{|\}\}|\{([^{}|]+)(?:\|([^{}]*))?\}/g;

/** The text with every placeholder filled; what is missing, or neither text nor number, is its `otherwise` or nothing. */
export function fillText(text, facts, locale) {
  const tag = tagOfNumbers(pickTag(text, locale), locale ?? null);
  return pickText(text, locale).replace(PIECE, (piece, path, otherwise = "") => {
    if (piece === "{{") return "{";
    if (piece === "}}") return "}";
    return show(path, valueAt(facts, path), facts, tag) ?? otherwise;
  });
}

/** Those of the locale, where the text is in its language or in none; else those of the text. */
function tagOfNumbers(tag, locale) {
  if (tag === null || locale === null) return tag ?? locale;
  return languageOf(tag) === languageOf(locale) ? locale : tag;
}

function show(path, value, facts, tag) {
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  if (path.startsWith("checklists.") && path.endsWith(".share")) return writePercent(percentOf(value), tag);
  if (path === "nextStar.points") return writeNumber(enoughPoints(facts.nextStar), tag);
  return writeNumber(value, tag, !path.startsWith("profile.")); // no groups: it may be a year
}

/** Points that are enough: the first star of the default scale wants more than the distance. */
function enoughPoints({ points, isFirstOfDefault }) {
  if (isFirstOfDefault) return Math.floor(points) + 1;
  return Math.max(1, Math.ceil(Number((points * 10).toFixed(8)))) / 10;
}

/** A whole percentage, rounded down; a share is a fraction of few steps, whose digits beyond the ninth are noise. */
function percentOf(share) {
  return Math.floor(Number((share * 100).toFixed(9)));
}
