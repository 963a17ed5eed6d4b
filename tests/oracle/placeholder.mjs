// Texts with placeholders (section 9 of the specification): `{fact}`, `{fact|otherwise}`, `{{` and `}}`.

import { valueAt } from "./condition.mjs";

const PIECE = /\{\{|\}\}|\{([^{}|]+)(?:\|([^{}]*))?\}/g;

/** The text with every placeholder filled; what is missing, or neither text nor number, is its `otherwise` or nothing. */
export function fillText(text, facts) {
  return text.replace(PIECE, (piece, path, otherwise = "") => {
    if (piece === "{{") return "{";
    if (piece === "}}") return "}";
    return show(path, valueAt(facts, path)) ?? otherwise;
  });
}

function show(path, value) {
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  if (path.startsWith("checklists.") && path.endsWith(".share")) return `${percentOf(value)}%`;
  if (path === "nextStar.points") return writeTenths(value, "up");
  return writeTenths(value, "half away from zero");
}

/** A whole percentage, rounded down; a share is a fraction of few steps, whose digits beyond the ninth are noise. */
function percentOf(share) {
  return Math.floor(Number((share * 100).toFixed(9)));
}

/** At most one decimal, by the decimal digits of the number, of which 9 stand behind the point. */
function writeTenths(value, rounding) {
  const digits = BigInt(Math.round(Math.abs(value))) > 10n ** 15n ? null : Math.abs(value).toFixed(9).replace(".", "");
  if (digits === null) return String(value);
  const billionths = BigInt(digits);
  const step = 100_000_000n; // a tenth
  const more = rounding === "up" ? step - 1n : step / 2n;
  const tenths = (billionths + more) / step;
  const sign = value < 0 && tenths > 0n ? "-" : "";
  return `${sign}${tenths / 10n}${tenths % 10n === 0n ? "" : `.${tenths % 10n}`}`;
}
