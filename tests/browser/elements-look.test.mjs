// How the elements look where pages are as they are: light only, with a dark switch, with colours of their own, narrow, printed.
/* global show */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { badges, leaderboard, nudges, SHOWN } from "./element-data.mjs";
import { DEFINE, elementPages, STYLESHEET } from "./elements.mjs";
import { PACKAGE } from "./playground.mjs";

const { renderElement } = await import(pathToFileURL(`${PACKAGE}/elements.node.js`));
const LIGHT = "rgb(27, 31, 39)";
const DARK = "rgb(243, 244, 246)";
let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

/** What the page says of its colours -> the colour of numbers, in a light system and in a dark one. */
const SCHEMES = {
  "nothing, so it is light": ["", LIGHT, LIGHT],
  "as the system": [":root { color-scheme: light dark }", LIGHT, DARK],
  "dark by a switch": [":root { color-scheme: dark }", DARK, DARK],
  "dark in one place": ["main { color-scheme: dark }", DARK, DARK],
};
for (const [about, [css, ...expected]] of Object.entries(SCHEMES)) {
  test(`elements look as their page does: ${about}`, async (t) => {
    const found = [];
    for (const colorScheme of ["light", "dark"]) {
      const page = await pages.open(t, { colorScheme });
      found.push(await page.evaluate(styled, [css, SHOWN.level[1], badges]));
    }
    assert.deepEqual(found, expected.map((color) => Array(2).fill(color)));
  });
}

test("names of badges follow theme, language and custom properties as their pictures do", async (t) => {
  const page = await pages.open(t);
  const seen = await page.evaluate(async (data) => {
    const found = [];
    for (const attributes of [{}, { theme: "dark" }, { locale: "ar" }, { dir: "rtl" }, { style: "--starwise-text: rgb(1, 2, 3)" }]) {
      const { style, ...rest } = attributes;
      const element = await show("badges", {}, { ...rest, data: JSON.stringify(data) });
      if (style) element.style.setProperty("--starwise-text", "rgb(1, 2, 3)");
      const list = element.shadowRoot.querySelector("ul");
      found.push([list.dir, list.lang, getComputedStyle(list.querySelector("span")).color]);
    }
    return found;
  }, badges);
  assert.deepEqual(seen, [["ltr", "", LIGHT], ["ltr", "", DARK], ["rtl", "ar", LIGHT], ["rtl", "", LIGHT], ["ltr", "", "rgb(1, 2, 3)"]]);
});

test("badges are as large as their size says, and long names stay below them, cut at their end", async (t) => {
  const page = await pages.open(t);
  const widths = await page.evaluate(async (data) => {
    const found = [];
    const named = data.map((badge) => ({ ...badge, label: "Conversation starter of the whole wide world" }));
    for (const size of [24, 96, 160]) {
      const { shadowRoot } = await show("badges", { badges: named, size });
      const [item] = shadowRoot.querySelectorAll("li");
      found.push([item.getBoundingClientRect().width, item.querySelector("svg").getBoundingClientRect().width, item.querySelector("span").getBoundingClientRect().width]);
    }
    const [name] = (await show("badges", { badges: named, dir: "rtl" })).shadowRoot.querySelectorAll("span");
    return [...found, getComputedStyle(name).direction];
  }, badges);
  assert.deepEqual(widths, [[84, 24, 84], [96, 96, 96], [160, 160, 160], "ltr"]);
});

/** Custom properties of a page -> what is to be read on what: the words of a button, a check mark, a note, "next". */
for (const [name, properties] of Object.entries({
  "no properties": {},
  "a yellow accent": { accent: "#facc15", color: "#facc15" },
  "a transparent ground": { background: "transparent" },
  "a dark ground": { background: "#101216", text: "#fff" },
  "a property of its own": { accent: "#facc15", "on-accent": "#310" },
})) {
  test(`texts can be read: ${name}`, async (t) => {
    const page = await pages.open(t);
    const contrasts = await page.evaluate(async ([data, board, given, fallback]) => {
      for (const [key, value] of Object.entries(given)) document.documentElement.style.setProperty(`--starwise-${key}`, value);
      const { shadowRoot } = await show("nudge", { nudge: { ...data, cta: { label: "Go" }, body: "Why" } });
      const rows = (await show("leaderboard", { leaderboard: board })).shadowRoot;
      const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const over = (color, ground) => {
        pixel.fillStyle = ground;
        pixel.fillRect(0, 0, 1, 1);
        pixel.fillStyle = color;
        pixel.fillRect(0, 0, 1, 1);
        return `rgb(${[...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).join(" ")})`;
      };
      const light = (color) => {
        const [red, green, blue] = color.match(/\d+/g).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const contrast = (color, ground) => {
        const [low, high] = [light(over(color, ground)), light(ground)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
      };
      const style = (root, selector) => getComputedStyle(root.querySelector(selector));
      const ground = over(style(shadowRoot, "section").backgroundColor, fallback);
      const next = over(style(shadowRoot, ".starwise-next").backgroundColor, ground);
      const button = style(shadowRoot, ".starwise-button");
      const accent = over(button.backgroundColor, ground);
      return {
        button: contrast(button.color, accent),
        mark: contrast(style(shadowRoot, ".starwise-done svg path").stroke, accent),
        body: contrast(style(shadowRoot, ".starwise-body").color, ground),
        note: contrast(style(shadowRoot, ".starwise-head .starwise-note").color, ground),
        next: contrast(style(shadowRoot, ".starwise-next .starwise-label").color, next),
        rank: contrast(style(rows, "tbody tr:last-child .starwise-rank span").color, ground),
        up: contrast(style(rows, ".starwise-up").color, ground),
        down: contrast(style(rows, ".starwise-down").color, ground),
      };
    }, [nudges.checklist, leaderboard, properties, properties.text ? "rgb(0 0 0)" : "rgb(255 255 255)"]);
    for (const [what, contrast] of Object.entries(contrasts)) assert.ok(contrast >= 4.5, `${what}: ${contrast}`);
  });
}

for (const parent of ["block", "grid", "flex"]) {
  test(`a leaderboard in a narrow ${parent}: names are whole, and the page does not grow`, async (t) => {
    const page = await pages.open(t, { viewport: { width: 320, height: 640 } });
    const seen = await page.evaluate(async ([data, display]) => {
      document.querySelector("main").style.display = display;
      const words = { rank: "Rang", name: "Name", total: "Punkte", movement: "Veränderung" };
      const rows = data.rows.map((row) => ({ ...row, label: "Lovelace" }));
      const { shadowRoot } = await show("leaderboard", { leaderboard: { rows }, words });
      await show("leaderboard", { leaderboard: { rows: [{ id: "a", label: "x".repeat(90), score: 1234567890123, rank: 123456, previousRank: 1, movement: -123455 }] } });
      const lines = shadowRoot.querySelector("th[scope=row] bdi").getClientRects().length;
      const excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return { lines, excess, heading: shadowRoot.querySelector("thead th:last-child").getBoundingClientRect().width < 60 };
    }, [leaderboard, parent]);
    assert.deepEqual(seen, { lines: 1, excess: 0, heading: true });
    assert.match(await page.locator("starwise-leaderboard").first().ariaSnapshot(), /columnheader "Veränderung"/);
  });
}

test("the ends of a survey stand below its first answer and its last, and six answers fit beside each other on a phone", async (t) => {
  for (const width of [320, 800]) {
    const page = await pages.open(t, { viewport: { width, height: 640 } });
    const seen = await page.evaluate(async (data) => {
      const boxes = async (from, to) => {
        const { shadowRoot } = await show("nudge", { nudge: { ...data, survey: { ...data.survey, from, to } } });
        const boxOf = (node) => node.getBoundingClientRect();
        const answers = [...shadowRoot.querySelectorAll(".starwise-answer")].map(boxOf);
        const ends = [...shadowRoot.querySelectorAll(".starwise-ends bdi")].map(boxOf);
        const inRow = answers.filter(({ top }) => top === answers[0].top).length;
        return { inRow, low: Math.round(ends[0].left - answers[0].left), high: Math.round(Math.abs(answers[inRow - 1].right - ends[1].right)) };
      };
      return [await boxes(1, 5), await boxes(0, 10)];
    }, nudges.survey);
    assert.deepEqual(seen, [{ inRow: 5, low: 0, high: 0 }, { inRow: width < 400 ? 6 : 11, low: 0, high: 0 }]);
  }
});

test("open steps that are buttons look like what can be clicked, as links do", async (t) => {
  const page = await pages.open(t);
  const lines = await page.evaluate(async (data) => {
    const { shadowRoot } = await show("checklist", { checklist: data });
    return [...shadowRoot.querySelectorAll(".starwise-label")].map((label) => `${label.localName} ${getComputedStyle(label).textDecorationLine}`);
  }, SHOWN.checklist[1]);
  assert.deepEqual(lines, ["span none", "a underline", "button underline", "a underline"]);
});

test("on paper everything is dark on light, whatever the screen is", async (t) => {
  const page = await pages.open(t, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  const colors = await page.evaluate(async ([level, nudge]) => {
    document.documentElement.style.colorScheme = "dark";
    const fills = [];
    for (const theme of ["auto", "dark"]) {
      const { shadowRoot } = await show("level", { level, theme });
      fills.push(getComputedStyle(shadowRoot.querySelector("[part=number]")).fill);
    }
    const { shadowRoot } = await show("nudge", { nudge, theme: "dark" });
    return [...fills, getComputedStyle(shadowRoot.querySelector(".starwise-button")).printColorAdjust];
  }, [SHOWN.level[1], nudges.banner]);
  assert.deepEqual(colors, [LIGHT, LIGHT, "exact"]);
});

test("elements of another prefix stand where a server has drawn them, once they are taken over", async (t) => {
  const body = Object.entries(SHOWN).map(([name, [property, data]]) => `<p>${renderElement(`shop-${name}`, { [property]: data }, { stylesheet: STYLESHEET })}</p>`).join("");
  const page = await pages.open(t, { body, script: null });
  const sizes = () => page.evaluate(() => [...document.querySelectorAll("main > p > *")].map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return [element.localName, width, height];
  }));
  const before = await sizes();
  await page.evaluate(async (address) => {
    const { define } = await import(address);
    define("shop");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }, DEFINE.replace("elements-define", "elements"));
  assert.deepEqual(await sizes(), before);
  assert.ok(before.find(([name]) => name === "shop-stars")[1] < 200, "stars stand in a line of text");
});

/** In the page: the colours of a level's number and of a badge's name under rules of the page. */
async function styled([css, level, data]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  const number = (await show("level", { level })).shadowRoot.querySelector("[part=number]");
  const name = (await show("badges", { badges: data })).shadowRoot.querySelector("span");
  return [getComputedStyle(number).fill, getComputedStyle(name).color];
}
