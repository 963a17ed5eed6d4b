/* Durations of a model as days: read from any of its forms, written in the shortest. */

const DAY_MS = 86_400_000;
const UNIT_MS = { w: 7 * DAY_MS, d: DAY_MS, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
/** A day has this many milliseconds, and a written fraction of one no more digits than tell them apart. */
const DIGITS = 9;

/** The days in a sound duration: "1d12h" and "P1DT12H" are 1.5. */
export function durationDays(text) {
  const units = /^P/i.test(text) ? isoUnits(text) : text;
  const sum = Array.from(units.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g), ([, amount, unit]) => Number(amount) * UNIT_MS[unit]);
  return sum.reduce((total, part) => total + part, 0) / DAY_MS;
}

/** "14d", "1.5d" */
export function daysText(days) {
  return `${Number(days.toFixed(DIGITS))}d`;
}

/** "PT1H30M" as "1h30m": its letters mean the same where months cannot occur. */
function isoUnits(text) {
  return text.slice(1).replace("T", "").replaceAll(",", ".").toLowerCase();
}
