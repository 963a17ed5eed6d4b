// How a nudge ends: once for each showing, and not at all where the page wants to see it again.
/* global show, heard */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { nudges } from "./element-data.mjs";
import { elementPages } from "./elements.mjs";

let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`a nudge ends once, however often it is clicked: ${reducedMotion}`, async (t) => {
    const page = await pages.open(t, { reducedMotion });
    const ends = () => page.evaluate(() => heard.filter(({ type }) => type !== "shown").map(({ type, answer }) => `${type} ${answer ?? ""}`.trim()));
    await page.evaluate(async (data) => void (globalThis.nudge = await show("nudge", { nudge: data })), nudges.survey);
    await page.locator("[data-starwise-value='9']").dblclick();
    assert.deepEqual(await ends(), ["answer 9"]);
    await page.waitForFunction(() => globalThis.nudge.nudge === null);
    // Answers, the cross, Escape and a link while it fades.
    await page.evaluate(async (data) => {
      const { shadowRoot } = globalThis.nudge;
      globalThis.nudge.nudge = { ...data, cta: { label: "More", href: "/more" } };
      await new Promise((resolve) => setTimeout(resolve, 20));
      const acting = Object.groupBy(shadowRoot.querySelectorAll("[data-starwise-action]"), ({ dataset }) => dataset.starwiseAction);
      for (const node of [acting.answer[3], acting.answer[3], acting.answer[9], acting.dismiss[0], acting.cta[0]]) node.click();
      acting.dismiss[0].dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }, nudges.survey);
    await page.waitForFunction(() => globalThis.nudge.nudge === null);
    assert.deepEqual(await ends(), ["answer 9", "answer 3"]);
    // The same one again can be answered again.
    await page.evaluate((data) => (globalThis.nudge.nudge = data), nudges.survey);
    await page.locator("[data-starwise-value='4']").click();
    assert.deepEqual(await ends(), ["answer 9", "answer 3", "answer 4"]);
  });
}

test("a nudge that is set again while it goes, stays to be seen", async (t) => {
  const page = await pages.open(t, { reducedMotion: "no-preference" });
  const seen = await page.evaluate(async (data) => {
    const nudge = await show("nudge", { nudge: data });
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const seen = [];
    const end = async () => {
      nudge.shadowRoot.querySelector("[data-starwise-action=dismiss]").click();
      await wait(50);
    };
    const look = async () => {
      await wait(350);
      seen.push([nudge.nudge?.id, getComputedStyle(nudge.shadowRoot.querySelector("section")).opacity]);
    };
    // In a listener, as a framework does, with another object that is equal; and a moment later.
    nudge.addEventListener("starwise-dismiss", () => (nudge.nudge = structuredClone(data)), { once: true });
    await end();
    await look();
    await end();
    nudge.nudge = structuredClone(data);
    await look();
    await end();
    seen.push(heard.filter(({ type }) => type === "dismiss").length);
    await wait(350);
    return [...seen, nudge.nudge];
  }, nudges.banner);
  assert.deepEqual(seen, [["hello", "1"], ["hello", "1"], 3, null]);
});
