/* Numbers, instants and names as the page says them. All times are UTC, as the data's are. */

export const LOCALE = "en";
/** The day stands before the month. */
export const DATES = "en-GB";
const MINUS = "\u2212";
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const instants = new Intl.DateTimeFormat(DATES, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: "UTC" });
const days = new Intl.DateTimeFormat(DATES, { dateStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto", style: "short" });

/** 1,234.5: scores and points. */
export function number(value) {
  return tidy(plain.format(value));
}

/** 1,234: counts. */
export function count(value) {
  return tidy(whole.format(value));
}

/** As many decimals as are needed, two at most: a model's settings. */
export function setting(value) {
  return tidy(short.format(value));
}

/** +1.5, −1.5, 0.0 */
export function signed(value) {
  const text = number(value);
  return /[1-9]/.test(text) && value > 0 ? `+${text}` : text;
}

/** 1.8: milliseconds that something took. */
export function milliseconds(value) {
  return value < 9.95 ? number(value) : count(value);
}

/** 1 customer, 2 customers */
export function plural(amount, one, many = `${one}s`) {
  return `${Number.isInteger(amount) ? count(amount) : setting(amount)} ${amount === 1 ? one : many}`;
}

/** 29 Jun 2024, 22:02 */
export function instant(ms) {
  return instants.format(ms);
}

/** 29 Jun 2024 */
export function day(ms) {
  return days.format(ms);
}

/** 3 days ago, 20 min. ago */
export function ago(ms, at) {
  const age = at - ms;
  if (age < MINUTE_MS) return "just now";
  if (age < HOUR_MS) return relative.format(-Math.floor(age / MINUTE_MS), "minute");
  if (age < DAY_MS) return relative.format(-Math.floor(age / HOUR_MS), "hour");
  return relative.format(-Math.floor(age / DAY_MS), "day");
}

/** A duration of a model, spelled out where it is a single whole unit: 14d is "14 days". */
export function duration(text) {
  const units = { w: "week", d: "day", h: "hour", m: "minute", s: "second" };
  const [, amount, unit] = /^(\d+)([wdhms])$/.exec(text) ?? [];
  return unit ? plural(Number(amount), units[unit]) : text;
}

/** product_view is "Product view". */
export function titled(id) {
  const words = id.replaceAll(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A text of a model: a string, or one of its languages. */
export function text(value) {
  return typeof value === "object" && value !== null ? (value[LOCALE] ?? Object.values(value)[0]) : value;
}

/** A true minus sign, and never a negative nothing. */
function tidy(formatted) {
  return formatted.replace(/^-(?=[0.]*$)/, "").replace("-", MINUS);
}
