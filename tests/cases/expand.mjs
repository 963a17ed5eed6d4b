// Expands the generator notation of the case files. README.md next to this file is its specification.

/** A copy of `json` with every generator replaced by what it stands for. */
export function expand(json) {
  if (Array.isArray(json)) return json.flatMap(elements);
  if (json === null || typeof json !== "object") return json;
  if (isGenerator(json, "$text")) return text(json.$text);
  if (isGenerator(json, "$nest")) return nest(json.$nest);
  return mapValues(json, expand);
}

/** What one element of a list stands for: `times` elements for a `$repeat`, else itself. */
function elements(json) {
  if (!isGenerator(json, "$repeat")) return [expand(json)];
  const { times, item } = json.$repeat;
  return Array.from({ length: times }, (_, index) => expand(numbered(item, index)));
}

function text({ before = "", repeat, times, after = "" }) {
  return before + repeat.repeat(times) + after;
}

function nest({ depth, key, leaf }) {
  let inner = expand(leaf);
  for (let level = 0; level < depth; level += 1) inner = Object.fromEntries([[key, inner]]);
  return inner;
}

/** `item` with every `$i` inside its strings (not its keys) replaced by `index`. */
function numbered(item, index) {
  if (typeof item === "string") return item.replaceAll("$i", String(index));
  if (Array.isArray(item)) return item.map((element) => numbered(element, index));
  if (item === null || typeof item !== "object") return item;
  return mapValues(item, (value) => numbered(value, index));
}

function isGenerator(json, name) {
  return json !== null && typeof json === "object" && Object.keys(json).length === 1 && Object.hasOwn(json, name);
}

/** `Object.fromEntries` keeps a key named `__proto__` an ordinary key. */
function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
