/* Texts as markup has them, for the little that elements write themselves. */

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;" };

/** A text that means nothing but itself; what no page can hold is U+FFFD. */
export function escaped(text) {
  return String(text)
    .replace(/[\p{Surrogate}\0]/gu, "\ufffd")
    .replace(/[&<>"'\r\n\t]/g, (character) => ENTITIES[character]);
}

/** Attributes as they stand in a tag; those without a value are left out. */
export function attributesOf(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
}
