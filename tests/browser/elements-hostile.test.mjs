// Hostile texts in every place of every element and every renderer: they stay texts, or are refused.
/* global show, heard, placesOf, compared, censusOf, isCleanError */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { SHOWN } from "./element-data.mjs";
import { elementPages } from "./elements.mjs";
import { hostileHelpers as helpers } from "./hostile-page.mjs";
import { HOSTILE as hostile } from "./hostile-texts.mjs";
import { IS_LONG } from "./playground.mjs";

/**
 * Every text comes into every text of the data by one of three ways: an element, a renderer, the server. Places that only a
 * renderer has, the words, take a third of the texts each, not all the same ones. All by all in `make soak`.
 */
const WAYS = IS_LONG ? 1 : 3;
const NOTHING = { faults: [], count: 0, hit: undefined };
const SETTINGS = ["label", "locale", "theme", "color", "trackColor"];
const OWN_SETTINGS = { leaderboard: ["caption"], sparkline: ["of"] };
const RENDERERS = {
  stars: "starsSvg", level: "levelSvg", streak: "streakSvg", badges: "badgeSvg", checklist: "checklistHtml", nudge: "nudgeHtml", leaderboard: "leaderboardHtml", sparkline: "sparklineSvg",
};
const words = Array.from(readFileSync(new URL("../../src/render/words.rs", import.meta.url), "utf8").matchAll(/^ {4}\("(\w+)", "/gm), ([, word]) => word);

/** What is shown, with every text that there may be. */
const FULL = {
  ...SHOWN,
  stars: ["value", { starsExact: 3.5, stars: 3 }],
  nudge: ["nudge", { ...SHOWN.nudge[1], survey: { from: 0, to: 3, low: "Never", high: "Always" }, checklist: SHOWN.checklist[1] }],
};

let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

test("there are 300 hostile texts, and the words of the pictures", () => {
  assert.ok(hostile.length >= 300);
  assert.ok(words.length > 30);
});

for (const [name, [property, data]] of Object.entries(FULL)) {
  const settings = [...SETTINGS, ...(OWN_SETTINGS[name] ?? [])];

  test(`<starwise-${name}>: hostile texts stay texts`, async (t) => {
    const page = await pages.open(t, { helpers });
    const faults = await page.evaluate(async ({ name, property, data, settings, hostile, WAYS }) => {
      globalThis.isQuiet = true;
      const element = await show(name, { [property]: data });
      return compared(placesOf(data, settings), hostile, ({ data: own, style }, _, number) => {
        for (const setting of settings) element[setting] = style[setting];
        if (number % 2) element.setAttribute("data", JSON.stringify(own));
        else element.data = own;
        heard.length = 0;
        element.render();
        const error = heard.find(({ type }) => type === "error");
        return error ? error.code ?? error.error : censusOf(element.shadowRoot);
      }, { ways: WAYS, way: 0 });
    }, { name, property, data, settings, hostile, WAYS });
    assert.deepEqual(faults, NOTHING);
  });

  test(`<starwise-${name}>: hostile attributes are refused, or stay texts`, async (t) => {
    const page = await pages.open(t, { helpers });
    const faults = await page.evaluate(async ({ name, property, data, hostile }) => {
      globalThis.isQuiet = true;
      const element = await show(name, { [property]: data });
      const faults = [];
      for (const attribute of element.constructor.observedAttributes) {
        const usual = () => {
          element.data = data;
          element.render();
          return censusOf(element.shadowRoot);
        };
        element.setAttribute(attribute, "plain");
        element.render();
        const harmless = [censusOf(element.shadowRoot)];
        element.removeAttribute(attribute);
        harmless.push(usual());
        for (const text of hostile) {
          heard.length = 0;
          element.setAttribute(attribute, text);
          element.render();
          const error = heard.find(({ type }) => type === "error");
          const found = error ? error.code ?? error.error : censusOf(element.shadowRoot);
          // A text of JSON, or a number, that happens to be what the attribute takes.
          const isTaken = /^(null|true|-?\d.*|{})$/.test(text.trim());
          if (!isCleanError(found) && !harmless.includes(found) && !isTaken) faults.push([attribute, text.slice(0, 80), found.slice(0, 300)]);
        }
        element.removeAttribute(attribute);
        usual();
      }
      return { faults: faults.slice(0, 5), count: faults.length, hit: globalThis.hit };
    }, { name, property, data, hostile });
    assert.deepEqual(faults, NOTHING);
  });

  test(`${RENDERERS[name]}: hostile texts stay texts, in HTML and in XML`, async (t) => {
    const page = await pages.open(t, { script: null, helpers });
    const faults = await page.evaluate(async ({ renderer, data, settings, words, hostile, WAYS }) => {
      const { [renderer]: draw } = await import("/node_modules/starwise/index.browser.js");
      const policy = trustedTypes.createPolicy("starwise", { createHTML: (markup) => markup });
      const place = document.querySelector("main");
      // A picture has no use for most words.
      const used = words.filter((word) => draw(data, { actions: true, words: { [word]: "plain" } }) !== draw(data, { actions: true }));
      return compared(placesOf(data, settings, used), hostile, ({ data: own, style }) => {
        let markup;
        try {
          markup = policy.createHTML(draw(own, { ...style, actions: true }));
        } catch (error) {
          return error.code ?? String(error);
        }
        place.innerHTML = markup;
        const fault = new DOMParser().parseFromString(markup, "application/xml").querySelector("parsererror");
        return fault ? `not well-formed: ${fault.textContent}` : censusOf(place);
      }, { ways: WAYS, way: 1 });
    }, { renderer: RENDERERS[name], data: name === "badges" ? data[0] : data, settings: [...settings, "prefix", "dir"], words, hostile, WAYS });
    assert.deepEqual(faults, NOTHING);
  });

  test(`renderElement of starwise-${name}: hostile texts stay texts, and arrive as they were`, async (t) => {
    const page = await pages.open(t, { script: null, helpers });
    const faults = await page.evaluate(async ({ name, data, settings, hostile, WAYS }) => {
      await import("/node_modules/starwise/index.browser.js");
      const { renderElement } = await import("/node_modules/starwise/elements.js");
      const policy = trustedTypes.createPolicy("starwise", { createHTML: (markup) => markup });
      const usual = { fallback: "plain", stylesheet: "/x.css", nonce: "plain", attributes: { title: "plain" } };
      const option = { place: "options", put: () => ({ data, style: {}, isOption: true }) };
      return compared([option, ...placesOf(data, settings)], hostile, ({ data: own, style, isOption }, text) => {
        const options = isOption ? { fallback: text, stylesheet: `/x.css?${text}`, nonce: text, attributes: { title: text } } : usual;
        let markup;
        try {
          markup = renderElement(`starwise-${name}`, { data: own, ...style }, options);
        } catch (error) {
          return error.code ?? String(error);
        }
        const { body } = Document.parseHTMLUnsafe(policy.createHTML(markup));
        const [element] = body.children;
        const isSame = JSON.stringify(JSON.parse(element.getAttribute("data"))) === JSON.stringify(own);
        return [body.childNodes.length, element.children.length, isSame, element.getAttributeNames().length, element.shadowRoot && censusOf(element.shadowRoot)].join(" ");
      }, { ways: WAYS, way: 2 });
    }, { name, data, settings, hostile, WAYS });
    assert.deepEqual(faults, NOTHING);
  });
}
