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
      sheet.replaceSync(":root { color-scheme: light dark; background: Canvas; font-family: sans-serif } main > * { margin-block: 1rem }");
      document.adoptedStyleSheets = [sheet];
      for (const [name, [property, data]] of all) await show(name, { [property]: data });
    }, ALL);
    await page.screenshot({ path: new URL(`elements-${surroundings}.png`, SCREENSHOTS).pathname, fullPage: true });
    assert.deepEqual(await faultsOf(page), []);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(excess, 0, "something is wider than the page");
  });
}

/** What each is read out as, whole. */
const READ = {
  stars: `- img "3.5 of 5 stars"`,
  level: `- 'img "Explorer: Level 4, 375 of 500 points"': LEVEL 4`,
  streak: `- 'img "Daily visits: 5-day streak, at risk"': "5"`,
  badges: `- list:
  - listitem:
    - img "Regular, earned": 🏅
  - listitem:
    - img "Big buyer, 3 of 10": 🛒 3/10`,
  "nudge banner": `- region "Nice to see you":
  - paragraph:
    - strong: Nice to see you
  - paragraph: Two more visits and you have a third star.
  - link "Look around":
    - /url: /shop
  - button "Dismiss"`,
  sparkline: `- img "Score 82.9, lowest 10, highest 89.9"`,
};
/** The names of everything in them with one. */
const NAMED = {
  checklist: [
    "region Getting started", "progressbar Getting started", "img Done", "img Next", "link Invite a colleague", "img To do", "button Create a project", "img To do", "link Take the tour",
  ],
  leaderboard: [
    "table Leaderboard", "columnheader Rank", "columnheader Name", "columnheader Score", "columnheader Change", "rowheader Ana", "img Up 1", "rowheader Bo", "img Down 1", "rowheader cy", "img New",
  ],
  "nudge survey": [
    "region Would you recommend us?", "group Would you recommend us?", "button 0: Never", ...Array.from({ length: 9 }, (_, answer) => `button ${answer + 1}`), "button 10: Certainly", "button Dismiss",
  ],
};

for (const [name, [property, data]] of ALL) {
  const key = `${name} ${data.kind ?? ""}`.trim();
  if (!(key in READ) && !(key in NAMED)) continue;
  test(`what is read out of ${key}`, async (t) => {
    const page = await pages.open(t);
    await page.evaluate(async ([name, property, data]) => void (await show(name, { [property]: data })), [name, property, data]);
    const tree = await page.locator(`starwise-${name}`).ariaSnapshot();
    if (key in READ) return assert.equal(tree, READ[key]);
    const named = Array.from(tree.matchAll(/- '?(\w+) "([^"]+)"/g), ([, role, text]) => `${role} ${text}`);
    assert.deepEqual(named.filter((line) => !/^(row|cell) /.test(line)), NAMED[key]);
  });
}
