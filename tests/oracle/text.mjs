// Text: byte order, canonical JSON text, texts by language (sections 2 and 4 of the specification).

const encoder = new TextEncoder();
const ASCII = /^[\x00-\x7f]*$/;

/** Section 2: byte order is that of UTF-8 (the order of code points), not that of UTF-16 units. */
export function compareBytes(left, right) {
  if (left === right) return 0;
  if (ASCII.test(left) && ASCII.test(right)) return left < right ? -1 : 1; // a unit is a byte
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return a.length - b.length;
}

export function byteLength(text) {
  return encoder.encode(text).length;
}

/** Section 2: JSON text with the keys of every object sorted in byte order. */
export function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort(compareBytes);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Section 2: inside `data` and the profile a lone surrogate is read as U+FFFD. A deep copy. */
export function readTornText(value) {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(readTornText);
  if (value !== null && typeof value === "object") {
    const copy = Object.create(null);
    for (const key of Object.keys(value)) copy[key.toWellFormed()] = readTornText(value[key]);
    return copy;
  }
  return value;
}

/** Section 4: a text is a string, or an object by language: exact, then language, then the first. */
export function pickText(text, locale) {
  const tag = pickTag(text, locale);
  return tag === null ? text : text[tag];
}

/** The tag of the language that is picked, as the text spells it; null for a text without languages. */
export function pickTag(text, locale) {
  if (typeof text === "string") return null;
  const tags = Object.keys(text);
  const spelt = (wanted) => tags.find((tag) => tag.toLowerCase() === wanted.toLowerCase());
  const found = typeof locale === "string" ? (spelt(locale) ?? spelt(locale.split("-")[0])) : undefined;
  return found ?? tags[0];
}
