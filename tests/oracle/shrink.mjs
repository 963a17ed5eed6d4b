// A failing case made small enough to read: parts are taken away as long as it still fails.

/**
 * A smaller JSON value for which `fails` still returns true. Candidates for which it returns false
 * or throws (a model that is no longer valid, say) are passed over. `fails` must hold for `value`.
 * At most `tries` candidates are looked at.
 */
export function shrink(value, fails, tries = 20_000) {
  let smallest = value;
  let left = tries;
  let shrunk = true;
  while (shrunk && left > 0) {
    shrunk = false;
    for (const candidate of candidatesOf(smallest)) {
      if (left-- <= 0) break;
      if (!stillFails(candidate, fails)) continue;
      smallest = candidate;
      shrunk = true;
      break;
    }
  }
  return smallest;
}

function stillFails(candidate, fails) {
  try {
    return fails(structuredClone(candidate)) === true;
  } catch {
    return false;
  }
}

/** Every value that is one step smaller, the big steps first. */
function* candidatesOf(value) {
  if (Array.isArray(value)) yield* smallerLists(value);
  else if (typeof value === "object" && value !== null) yield* smallerObjects(value);
  else yield* simplerScalars(value);
}

function* smallerLists(list) {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < list.length; from += size) {
      yield [...list.slice(0, from), ...list.slice(from + size)];
    }
  }
  for (let i = 0; i < list.length; i++) {
    for (const inner of candidatesOf(list[i])) yield list.with(i, inner);
  }
}

function* smallerObjects(object) {
  const keys = Object.keys(object);
  for (const key of keys) {
    const { [key]: removed, ...rest } = object;
    yield rest;
  }
  // the largest first: it is there that most can be taken away
  const sizes = new Map(keys.map((key) => [key, JSON.stringify(object[key]).length]));
  for (const key of keys.sort((a, b) => sizes.get(b) - sizes.get(a))) {
    for (const inner of candidatesOf(object[key])) yield { ...object, [key]: inner };
  }
}

/** Short integers are easier to read than fractions; texts and flags stay as they are. */
function* simplerScalars(value) {
  if (typeof value !== "number" || (Number.isInteger(value) && Math.abs(value) <= 1)) return;
  yield 1;
  yield 0;
  if (!Number.isInteger(value)) yield Math.floor(value);
}
