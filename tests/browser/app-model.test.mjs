// The customer's own view: the model behind it, open to edit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { finishTask, LATE, openTab, rules, scored, scoreOf, streakOf } from "./app.mjs";
import { playground, settled } from "./playground.mjs";

/** The browser's time zone: one of its own, so that nothing passes for UTC. */
process.env.TZ = "America/Sao_Paulo";

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

function opened(t, options) {
  return site.open(t, { hash: "app/", ...options });
}

test("the model is open: a fault shows its path, a sound change counts at once", async (t) => {
  const page = await opened(t);
  await finishTask(page, "Only one");
  const before = await scoreOf(page);
  await openTab(page, "Model");
  const area = page.getByRole("textbox", { name: "The model as JSON" });
  assert.equal(await area.inputValue(), rules);
  await area.fill(rules.replace('"points": 5, "perDay": 4', '"pionts": 5, "perDay": 4'));
  await page.locator(".model-faults li").first().waitFor(LATE);
  assert.match(await page.locator(".model-faults").textContent(), /model\.parts\[0\]\.criteria\[1\]\.pionts/);
  assert.match(await page.locator("#model-state").textContent(), /^2 faults: the model before still counts$/);
  assert.equal(await scoreOf(page), before);
  await area.fill(rules.replace('"points": 5, "perDay": 4', '"points": 25, "perDay": 4'));
  await page.waitForFunction((old) => Number(/[\d.]+/.exec(document.querySelector(".verdict-words").textContent)[0]) > old + 15, before);
  assert.equal(await page.locator("#model-state").textContent(), "Sound, and it counts");
  await page.reload();
  await page.locator(".verdict-words").waitFor(LATE);
  assert.ok((await scoreOf(page)) > before + 15, "the changed model is kept");
  await openTab(page, "Model");
  await page.getByRole("button", { name: "As it was" }).click();
  await page.waitForFunction((old) => Math.abs(Number(/[\d.]+/.exec(document.querySelector(".verdict-words").textContent)[0]) - old) < 1, before);
});

test("the model moves by sliders too, and its text with them", async (t) => {
  const page = await opened(t);
  await finishTask(page, "Only one");
  const before = await scoreOf(page);
  await openTab(page, "Model");
  await page.getByText("As sliders").click();
  await page.getByRole("spinbutton", { name: "Points of Complete a task" }).fill("25");
  await page.waitForFunction((old) => Number(/[\d.]+/.exec(document.querySelector(".verdict-words").textContent)[0]) > old + 15, before);
  const { parts } = JSON.parse(await page.getByRole("textbox", { name: "The model as JSON" }).inputValue());
  assert.equal(parts[0].criteria[1].points, 25);
  // What happens while the keeper of the ledger changes is not lost.
  await page.getByRole("slider", { name: "Points of Complete a task" }).focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
  await finishTask(page, "In the middle");
  await settled(page);
  const score = await scoreOf(page);
  await page.reload();
  await page.getByRole("checkbox", { name: "In the middle" }).waitFor(LATE);
  assert.equal(await scoreOf(page), score);
});

test("a long name in the receipt stays off its points", async (t) => {
  const page = await opened(t);
  await openTab(page, "Model");
  await page.getByRole("textbox", { name: "The model as JSON" }).fill(rules.replace("Getting things done", "Verylong".repeat(50)));
  await openTab(page, "Score");
  const group = page.locator(".receipt-group", { hasText: "Verylong" });
  await group.waitFor(LATE);
  const [label, points] = await group.evaluate(({ children }) => [...children].map((child) => child.getBoundingClientRect()));
  assert.ok(label.right <= points.left, `${label.right} and ${points.left}`);
});

test("a change of the model and back loses nothing, and what cannot be made up for is said", async (t) => {
  const page = await opened(t);
  await finishTask(page, "One");
  await finishTask(page, "Two");
  await page.getByRole("switch", { name: "Remind me each morning" }).check();
  const [score, streak] = [await scoreOf(page), await streakOf(page)];
  await openTab(page, "Model");
  const area = page.getByRole("textbox", { name: "The model as JSON" });
  await area.fill('{ "criteria": [] }');
  await scored(page, 0);
  await page.getByRole("button", { name: "As it was" }).click();
  await scored(page, score);
  assert.equal(await streakOf(page), streak);
  await page.reload();
  await page.getByRole("checkbox", { name: "Two" }).waitFor(LATE);
  assert.deepEqual([await scoreOf(page), await streakOf(page)], [score, streak]);

  // A log that does not go back so far, and a rule that looks back for ever.
  await page.evaluate(() => {
    const record = JSON.parse(localStorage.getItem("starwise-app"));
    record.own.isLogWhole = false;
    localStorage.setItem("starwise-app", JSON.stringify(record));
  });
  await page.reload();
  await page.getByRole("checkbox", { name: "Two" }).waitFor(LATE);
  await openTab(page, "Model");
  await area.fill(rules.replace('"event": "comment.written", "points"', '"event": "comment.written", "uniqueBy": "author", "points"'));
  await page.getByText("what was done before does not count").waitFor(LATE);
  await finishTask(page, "Three");
  await settled(page);
  const later = await scoreOf(page);
  await page.reload();
  await page.getByRole("checkbox", { name: "Three" }).waitFor(LATE);
  assert.equal(await scoreOf(page), later);
});
