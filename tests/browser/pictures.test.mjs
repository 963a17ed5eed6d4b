// Pictures in Chromium: the same bytes, well-formed, accessible, and nothing that a strict policy refuses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../chromium.mjs";

const read = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const { pictures } = JSON.parse(read("tests/pictures/pictures.json"));
const css = read("www/package/starwise.css");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const markups = pictures.map((one) => ({ ...one, markup: read(`tests/pictures/${one.name}.${one.picture.endsWith("Svg") ? "svg" : "html"}`) }));
let browser;

before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

for (const [name, theme, background, sheet] of [
  ["light with the stylesheet", "light", "#fff", css],
  ["dark with the stylesheet", "dark", "#15171c", css],
  ["light without it", "light", "#fff", ""],
]) {
  test(`accessible: ${name}`, async () => {
    const page = await browser.newPage({ colorScheme: theme, reducedMotion: "reduce" });
    const shown = markups.filter(({ style, name: one }) => !one.includes("hostile") && (!style?.theme || style.theme === theme) && !style?.color);
    // All at once, each with ids of its own; regions of the same name are then no fault of theirs.
    const body = shown.map(({ markup }, index) => `<div>${markup.replace(/(\sid="|by="|url\(#)/g, `$1p${index}-`)}</div>`).join("");
    await page.setContent(`<!doctype html><html lang="en"><head><title>x</title><style>${sheet} body { background: ${background}; }</style></head><body>${body}</body></html>`);
    await page.evaluate(axe);
    const rules = { "page-has-heading-one": { enabled: false }, region: { enabled: false }, "landmark-one-main": { enabled: false }, "landmark-unique": { enabled: false } };
    const { violations } = await page.evaluate((given) => globalThis.axe.run(document, { rules: given }), rules);
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]), []);
    await page.close();
  });
}

test("a strict policy takes them, and XML and HTML read the same", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  const plain = markups.filter(({ style, markup }) => markup && !style?.styles);
  await page.setContent(`<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>x</title>${plain.map(({ markup }) => `<div class="one">${markup}</div>`).join("")}`);
  const shapes = await page.evaluate((texts) => {
    const shape = (root) => [root, ...root.querySelectorAll("*")].map((element) => `${element.localName} ${element.textContent}`);
    return texts.map((text, index) => {
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      return { xml: shape(parsed.documentElement), html: shape(document.querySelectorAll(".one")[index].firstElementChild) };
    });
  }, plain.map(({ markup }) => markup));
  for (const { xml, html } of shapes) assert.deepEqual(html, xml);
  assert.deepEqual(complaints, []);
  await page.close();
});
