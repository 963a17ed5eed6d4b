// Where two results differ: numbers within 1e-9 relative (absolute below 1), all else exactly.

const TOLERANCE = 1e-9;
const COUNTS = ["stars", "count", "invalid", "duplicate", "future", "noValue", "current", "longest", "freezesLeft", "level", "rank"];
const INSTANTS = ["at", "until", "start", "earnedAt", "doneAt"];
const EXACT_KEYS = new Set([...COUNTS, ...INSTANTS]);

/** The path of the first difference, such as `contributions[2].lost.decay`, or null for none. */
export function compare(left, right) {
  return findDifference(left, right, "", "")?.path ?? null;
}

/** As `compare`, as a line for a reader: the path and what stands there on either side. */
export function describeDifference(left, right) {
  const difference = findDifference(left, right, "", "");
  if (difference === null) return null;
  return `${difference.path || "the result"}: ${show(difference.left)} is not ${show(difference.right)}`;
}

function findDifference(left, right, path, key) {
  const difference = { path, left, right };
  if (typeof left === "number" && typeof right === "number") {
    return areClose(left, right, EXACT_KEYS.has(key)) ? null : difference;
  }
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return left === right ? null : difference;
  }
  if (Array.isArray(left) !== Array.isArray(right)) return difference;

  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const inner of keys) {
    const place = Array.isArray(left) ? `${path}[${inner}]` : path === "" ? inner : `${path}.${inner}`;
    if (!Object.hasOwn(left, inner) || !Object.hasOwn(right, inner)) {
      return { path: place, left: left[inner], right: right[inner] };
    }
    const found = findDifference(left[inner], right[inner], place, inner);
    if (found !== null) return found;
  }
  return null;
}

/** NaN, infinity and -0 stand in no result, so they are close to nothing. */
function areClose(left, right, exactly) {
  if (![left, right].every((number) => Number.isFinite(number) && !Object.is(number, -0))) return false;
  if (exactly) return left === right;
  // a hair more than the tolerance: two numbers rounded to 9 decimals may lie one step apart
  return Math.abs(left - right) <= TOLERANCE * 1.001 * Math.max(1, Math.abs(left), Math.abs(right));
}

function show(value) {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return value === undefined ? "nothing" : JSON.stringify(value);
}
