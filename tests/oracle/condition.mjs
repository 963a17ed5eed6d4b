// The condition language (section 3 of the specification), read literally.

import { compareBytes } from "./text.mjs";
import { parseDuration, parseTime } from "./time.mjs";

/** The value at a dot-separated path over own properties, never through an array; or undefined. */
export function valueAt(root, path) {
  let value = root;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Section 3: whether a condition holds for the facts under `root` at the instant `now`. */
export function holds(condition, root, now) {
  return Object.entries(condition).every(([key, test]) => {
    if (key === "all") return test.every((inner) => holds(inner, root, now));
    if (key === "any") return test.some((inner) => holds(inner, root, now));
    if (key === "not") return !holds(test, root, now);
    return passes(test, valueAt(root, key), root, now);
  });
}

function passes(test, value, root, now) {
  if (isScalar(test)) return passesOne("eq", test, value, root, now);
  return Object.entries(test).every(([operator, operand]) => passesOne(operator, operand, value, root, now));
}

function passesOne(operator, operand, value, root, now) {
  // "A missing path fails every test except ne, notIn and exists: false"
  if (operator === "exists") return (value !== undefined) === operand;
  if (operator === "notIn") return !operand.some((member) => equal(value, member));
  if (operator === "ne") return !equal(value, resolve(operand, root));
  if (value === undefined) return false;

  switch (operator) {
    case "eq":
      return equal(value, resolve(operand, root));
    case "in":
      return operand.some((member) => equal(value, member));
    case "gt":
      return ordered(value, resolve(operand, root), (order) => order > 0);
    case "gte":
      return ordered(value, resolve(operand, root), (order) => order >= 0);
    case "lt":
      return ordered(value, resolve(operand, root), (order) => order < 0);
    case "lte":
      return ordered(value, resolve(operand, root), (order) => order <= 0);
    case "contains":
      if (typeof value === "string") return typeof operand === "string" && value.includes(operand);
      return Array.isArray(value) && value.some((member) => equal(member, operand));
    case "startsWith":
      return typeof value === "string" && value.startsWith(operand);
    case "olderThan":
    case "within":
    case "dueWithin":
      return passesByAge(operator, parseDuration(operand), value, now);
    default:
      throw new Error(`no such test: ${operator}`);
  }
}

function passesByAge(operator, duration, value, now) {
  const time = parseTime(value);
  if (time === null) return false;
  const age = now - time;
  if (operator === "olderThan") return age >= duration;
  if (operator === "within") return 0 <= age && age < duration;
  return 0 < -age && -age <= duration;
}

/** An operand may be another path under the same root: `{ "path": "seatsWarning" }`. */
function resolve(operand, root) {
  return isScalar(operand) ? operand : valueAt(root, operand.path);
}

/** Equal scalars of one type; a missing value, a list or an object equals nothing. */
function equal(left, right) {
  return isScalar(left) && isScalar(right) && left === right;
}

/** Numbers with numbers, strings with strings by code point; between different types false. */
function ordered(left, right, accepts) {
  if (typeof left === "number" && typeof right === "number") {
    return accepts(left < right ? -1 : left > right ? 1 : 0);
  }
  if (typeof left === "string" && typeof right === "string") return accepts(compareBytes(left, right));
  return false;
}

function isScalar(value) {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
