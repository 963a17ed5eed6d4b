// How the elements are read out and how they look: accessible names, an accessibility checker, pictures to look at.
/* global show */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { nudges, SHOWN } from "./element-data.mjs";
import { elementPages } from "./elements.mjs";
import { faultsOf, SCREENSHOTS } from "./playground.mjs";

const ALL = [...Object.entries(SHOWN), ["nudge", ["nudge", nudges.survey]], ["nudge", ["nudge", nudges.checklist]]];
const SURROUNDINGS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  rtl: { dir: "rtl" },
  "rtl-dark": { dir: "rtl", colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 640 } },
  contrast: { forcedColors: "active" },
};

let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

for (const [surroundings, options] of Object.entries(SURROUNDINGS)) {
  test(`an accessibility checker finds nothing: ${surroundings}`, async (t) => {
    const page = await pages.open(t, { ...options, body: "<h1>Elements</h1>" });
    await page.evaluate(async (all) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":root { color-scheme: light dark; font-family: sans-serif } main > * { margin-block: 1rem }");
      document.adoptedStyleSheets = [sheet];
      for (const [name, [property, data]] of all) await show(name, { [property]: data });
    }, ALL);
    await page.screenshot({ path: new URL(`elements-${surroundings}.png`, SCREENSHOTS).pathname, fullPage: true });
    assert.deepEqual(await faultsOf(page), []);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(excess, 0, "something is wider than the page");
  });
}

for (const [name, [property, data]] of ALL) {
  test(`what is read out of ${name} ${data.kind ?? ""}`, async (t) => {
    const page = await pages.open(t);
    await page.evaluate(async ([name, property, data]) => void (await show(name, { [property]: data })), [name, property, data]);
    const heardOf = await page.locator(`starwise-${name}`).ariaSnapshot();
    console.log(heardOf);
  });
}
