// What the pages of hostile texts need. Runs in the page, before anything else.
/* global isCleanError */
export function hostileHelpers() {
  /** Every place where a text may stand: the texts of the data, the settings, the words; `put` gives data and style. */
  globalThis.placesOf = (data, settings, words = []) => [
    ...leavesOf(data).map((path) => ({ place: path.join("."), put: (text) => ({ data: withLeaf(data, path, text), style: {} }) })),
    ...settings.map((setting) => ({ place: `style.${setting}`, put: (text) => ({ data, style: text === undefined ? {} : { [setting]: text } }) })),
    ...words.map((word) => ({ place: `style.words.${word}`, put: (text) => ({ data, style: text === undefined ? {} : { words: { [word]: text } } }) })),
  ];

  /** The paths to all texts. */
  function leavesOf(value, path = []) {
    if (typeof value === "string") return [path];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]));
  }

  function withLeaf(value, [key, ...rest], text) {
    if (text === undefined) return value;
    if (key === undefined) return text;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key] = withLeaf(value[key], rest, text);
    return copy;
  }

  /** Which elements are there, with which attributes; links that lead where they must not are told apart. */
  globalThis.censusOf = (root) => Array.from(root.querySelectorAll("*"), (element) => {
    const attributes = element.getAttributeNames().join(" ");
    const isLink = element.localName === "a" && !element.getAttribute("href").startsWith("#");
    // That of an address that is none, which leads nowhere, is a colon.
    const leads = isLink && !["http:", "https:", "mailto:", ":"].includes(element.protocol) ? ` leads to ${element.href}` : "";
    return `<${element.localName} ${attributes}${leads}>`;
  }).join("");

  globalThis.isCleanError = (found) => /^(style|picture|element)-[a-z-]+$/.test(found);

  /** Holds what every hostile text gives, or every third of them, against what a harmless one does, and what stands there usually. */
  globalThis.compared = (places, hostile, drawn, { ways, way }) => {
    const faults = [];
    for (const { place, put } of places) {
      // The names of places are the same in every way, their numbers are not.
      const own = place.length + way;
      // A text for which there is no room may be left out.
      const long = "plain".repeat(20);
      const harmless = [drawn(put("plain"), "plain", 0), drawn(put(undefined), "plain", 0), drawn(put(long), long, 0)];
      hostile.forEach((text, number) => {
        if ((number + own) % ways !== 0) return;
        const found = drawn(put(text), text, number);
        if (!harmless.includes(found) && !isCleanError(found)) faults.push([place, text.slice(0, 80), found.slice(0, 100)]);
      });
    }
    return { faults: faults.slice(0, 5), count: faults.length, hit: globalThis.hit };
  };
}
