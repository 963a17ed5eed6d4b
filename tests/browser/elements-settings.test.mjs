// Settings of elements: what is read back of them, and what was set last.
/* global show, heard */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { checklist, nudges } from "./element-data.mjs";
import { elementPages } from "./elements.mjs";
import { PACKAGE } from "./playground.mjs";

const { renderElement } = await import(pathToFileURL(`${PACKAGE}/elements.node.js`));
let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

test("data that were set last count, though the attribute has the same text as before", async (t) => {
  const page = await pages.open(t);
  const seen = await page.evaluate(async () => {
    const stars = await show("stars", {}, { value: "2" });
    const later = () => new Promise((resolve) => setTimeout(resolve));
    stars.value = 5;
    await later();
    stars.setAttribute("value", "2");
    await later();
    return [stars.value, stars.shadowRoot.querySelector("title").textContent];
  });
  assert.deepEqual(seen, [2, "2 of 5 stars"]);
});

test("a setting that cannot be read is told when it is drawn, and reads as none", async (t) => {
  const page = await pages.open(t);
  const seen = await page.evaluate(async () => {
    globalThis.isQuiet = true;
    const stars = await show("stars", { value: 3 });
    stars.setAttribute("words", "{");
    await new Promise((resolve) => setTimeout(resolve));
    return [stars.words ?? "none", heard.map(({ code }) => code)];
  });
  assert.deepEqual(seen, ["none", ["element-invalid-json"]]);
});

test("steps without a link are buttons, unless the page does nothing with them", async (t) => {
  const page = await pages.open(t);
  const seen = await page.evaluate(async ([list, nudge]) => {
    const found = [];
    for (const [name, property, data] of [["checklist", "checklist", list], ["nudge", "nudge", nudge]]) {
      const element = await show(name, { [property]: data });
      const look = async () => {
        await new Promise((resolve) => setTimeout(resolve));
        found.push([element.getAttribute("actions"), element.actions ?? "none", element.shadowRoot.querySelectorAll("button[data-starwise-action=step]").length]);
      };
      await look();
      element.actions = false;
      await look();
      element.actions = true;
      await look();
      element.setAttribute("actions", "false");
      element.actions = null;
      await look();
    }
    return found;
  }, [checklist, nudges.checklist]);
  assert.deepEqual(seen, Array(2).fill([[null, "none", 1], ["false", false, 0], ["", true, 1], [null, "none", 1]]).flat());
  assert.match(renderElement("starwise-checklist", { checklist, actions: false }), /^<starwise-checklist [^>]*actions="false"(?!.*<button)/);
});
