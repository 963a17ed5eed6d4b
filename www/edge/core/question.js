/* The options of a question, from the query of an address. The core checks them; here they only get their types. */
import { Fault } from "./fault.js";

const NUMBERS = ["size", "count", "value"];
const STYLES = ["theme", "color", "trackColor", "label", "locale", "size", "count", "animated", "id", "dir"];

/** @param {string} what the question @param {URLSearchParams} query @param {number} nowMs the instant asked about by default */
export function optionsOf(what, query, nowMs) {
  const at = query.has("at") ? instantOf(query.get("at"), "at") : nowMs;
  if (what === "score") return { at, include: includeOf(query.get("include")) };
  if (what === "nudge") return { at, locale: query.get("locale") ?? undefined, showing: query.get("showing") ?? undefined };
  if (what === "stars") return { at, style: styleOf(query) };
  if (what === "timeline") return { at, from: requiredOf(query, "from"), to: requiredOf(query, "to"), step: stepOf(query.get("step") ?? "1d") };
  return { at };
}

const RFC_3339 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/i;

/** Milliseconds, or RFC 3339: a day, or an instant with its offset. */
function instantOf(text, name) {
  // A plus in an address is a space, and few remember.
  const instant = text.replace(" ", "+");
  const at = /^-?\d+$/.test(text) ? Number(text) : RFC_3339.test(instant) ? Date.parse(instant) : NaN;
  if (!Number.isFinite(at)) throw new Fault(400, "query-invalid-instant", `\`${name}\` must be milliseconds or an RFC 3339 text`, { path: name });
  return at;
}

/** Milliseconds, or a duration such as `6h`. */
function stepOf(text) {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function requiredOf(query, name) {
  if (!query.has(name)) throw new Fault(400, "query-missing", `\`${name}\` is missing`, { path: name });
  return instantOf(query.get(name), name);
}

/** The next change is always worked out: answers are kept until then. */
function includeOf(text) {
  if (!text) return ["nextChange"];
  if (text === "all") return "all";
  return [...new Set([...text.split(","), "nextChange"])];
}

function styleOf(query) {
  const style = {};
  for (const name of STYLES) {
    if (query.has(name)) style[name] = NUMBERS.includes(name) ? Number(query.get(name)) : name === "animated" ? query.get(name) === "true" : query.get(name);
  }
  return style;
}
