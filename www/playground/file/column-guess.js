/* Which column of a file is which: by its name, and by what stands in it. */
import { isTime } from "./time.js";

export const ROLES = ["customer", "type", "time", "value"];
const NAMES = {
  customer: /^(subject|user|customer|client|visitor|member|person|account|shopper|contact|player|anonymous|distinct|session)?[ _-]?(id|uid|key|no|number|email)?$|^(email|name of customer|who)$/i,
  type: /^(event|action|activity)?[ _-]?(type|name|kind|action)?$|^(event|verb|what)$/i,
  time: /^(event|created|occurred|server|client|order|sent)?[ _-]?(time|timestamp|ts|date|datetime|at|on)([ _-]?(ms|utc))?$|^when$/i,
  value: /^(event|order)?[ _-]?(value|amount|price|revenue|total|quantity|qty|sum)$/i,
};
/** A name says more than what stands below it. */
const NAMED = 10;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Whether the first line names the columns: it does unless something in it is a number or a time. */
export function isHeader(cells) {
  return cells.every((cell) => !NUMBER.test(cell.trim()) && !isTime(cell));
}

/**
 * `{ chosen, fitting }` from names and some rows: by role, the number of the likeliest column and of all that fit,
 * likeliest first. `value` may be null; another role is undefined where nothing fits.
 */
export function guessColumns(names, rows) {
  const kinds = names.map((_, position) => kindOf(rows.map((cells) => cells[position] ?? "")));
  const fitting = Object.fromEntries(ROLES.map((role) => [role, ranked(role, names, kinds)]));
  const chosen = {};
  // A time is recognised best and a type worse; each column has one role.
  for (const role of ["time", "type", "customer", "value"]) {
    const free = fitting[role].filter((position) => !Object.values(chosen).includes(position));
    const named = free.find((position) => isNamed(role, names[position]));
    chosen[role] = role === "value" ? (named ?? null) : free[0];
  }
  return { chosen, fitting };
}

/** What is in a column, going by most of its cells: one that is wrong is to be named with its line later. */
function kindOf(cells) {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return {
    isFilled: filled.length > cells.length / 2,
    isTimes: filled.filter(isTime).length > cells.length / 2,
    isNumbers: filled.length === 0 || filled.filter((cell) => NUMBER.test(cell.trim())).length > filled.length / 2,
    distinct: new Set(filled).size,
    rows: cells.length,
  };
}

function ranked(role, names, kinds) {
  const scores = kinds.map((kind, position) => {
    const content = fit(role, kind);
    return content > 0 && isNamed(role, names[position]) ? content + NAMED : content;
  });
  const fitting = names.map((_, position) => position).filter((position) => scores[position] > 0);
  // A time that cannot be read is a fault to be told by its line, not a column that is not there.
  if (role === "time" && fitting.length === 0) return names.flatMap((name, position) => (isNamed(role, name) ? [position] : []));
  // The customer mostly stands before what they did.
  const side = role === "type" ? -1 : 1;
  return fitting.sort((one, other) => scores[other] - scores[one] || side * (one - other));
}

function isNamed(role, name) {
  return name !== "" && NAMES[role].test(name);
}

/** 0 where a column cannot be it; else the more, the likelier. */
function fit(role, { isFilled, isTimes, isNumbers, distinct, rows }) {
  const spread = rows === 0 ? 0 : distinct / rows;
  if (role === "time") return isTimes && isFilled ? 5 : 0;
  if (role === "value") return isNumbers && !isTimes ? 1 : 0;
  if (!isFilled) return 0;
  if (isTimes) return 0.1;
  // Few types, told in words; rather more customers.
  if (role === "type") return (isNumbers ? 0.5 : 2) + (1 - spread);
  return 1 + spread;
}
