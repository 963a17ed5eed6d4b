// The model as a form: every move scores everybody anew, can be taken back, and keeps the list in its place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { faultsOf, focused, NARROW, playground, PLAYGROUND, readHistories, rowsOf, SCREENSHOTS, settled, starwise } from "./playground.mjs";

const { Model } = await starwise();
const json = JSON.parse(readFileSync(new URL("shop-model.json", PLAYGROUND)));
const histories = readHistories();
const LATEST = Math.max(...[...histories.values()].flat().map(({ time }) => time));

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

test("a slider that is dragged moves stars and order, as scoring one by one does", async (t) => {
  const page = await site.open(t);
  const before = await rowsOf(page);
  await drag(page, "points-purchase", 0.02);
  const points = Number(await page.locator("#points-purchase").inputValue());
  assert.ok(points > 0 && points < 60, `${points} points`);
  await settled(page);
  const rows = await rowsOf(page);
  assertScores(rows, changed((model) => (criterion(model, "purchase").points = points)));
  assert.notDeepEqual(rows.map(({ customer }) => customer), before.map(({ customer }) => customer), "the order moved");
  assert.notDeepEqual(rows.map(({ stars }) => stars), before.map(({ stars }) => stars), "stars moved");
  assert.match(await page.locator(".took").textContent(), /^31,106 events of 600 customers in [\d.,]+ ms$/);
  const fives = rows.filter(({ stars }) => stars.startsWith("5 ")).length;
  await page.getByRole("button", { name: new RegExp(`^5 stars ${fives} customers?$`) }).waitFor();
});

test("a drag is one step back; undo, redo and reset, with buttons and keys", async (t) => {
  const page = await site.open(t);
  const points = page.locator("#points-add_to_cart");
  const undo = page.getByRole("button", { name: "Undo" });
  assert.equal(await undo.getAttribute("aria-disabled"), "true");
  await drag(page, "points-add_to_cart", 0.6);
  const dragged = await points.inputValue();
  assert.notEqual(dragged, "25");
  await page.keyboard.press("Control+z");
  assert.equal(await shown(points), "25");
  assert.equal(await undo.getAttribute("aria-disabled"), "true");
  await page.keyboard.press("Control+Shift+z");
  assert.equal(await shown(points), dragged);
  await page.locator("#enabled-purchase").uncheck();
  await page.locator("#period").fill("10");
  await page.locator("#period").blur();
  // Within a text field the keys are the field's own.
  await page.getByRole("searchbox").fill("user_01");
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator("#period").inputValue(), "10");
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "Reset" }).click();
  await settled(page);
  assert.equal(await points.inputValue(), "25");
  assert.equal(await page.locator("#period").inputValue(), "60");
  assert.ok(await page.locator("#enabled-purchase").isChecked());
  assertScores(await rowsOf(page), json);
  await undo.click();
  await undo.click();
  assert.equal(await shown(page.locator("#period")), "60");
  assert.equal(await page.locator("#enabled-purchase").isChecked(), false);
  await settled(page);
  assertScores(await rowsOf(page), changed((model) => {
    criterion(model, "add_to_cart").points = Number(dragged);
    criterion(model, "purchase").enabled = false;
  }));
});

test("the keyboard moves a slider; a key that is held down is one step; the sign is kept", async (t) => {
  const page = await site.open(t);
  const slider = page.getByRole("slider", { name: "Points of Payment failed" });
  assert.equal(await slider.inputValue(), "20");
  assert.equal(await slider.getAttribute("aria-valuetext"), "20 points taken");
  await slider.focus();
  await page.keyboard.down("ArrowUp");
  await page.keyboard.down("ArrowUp");
  await page.keyboard.down("ArrowUp");
  await page.keyboard.up("ArrowUp");
  const number = page.locator("#points-payment_error");
  assert.equal(await shown(number), "-23");
  await page.keyboard.press("Control+z");
  assert.equal(await shown(number), "-20");
  await page.keyboard.press("Home");
  assert.equal(await shown(number), "0");
  await page.keyboard.press("PageUp");
  assert.match(await shown(number), /^-\d/, "nothing came back on the side it was on");
  await number.fill("750.5");
  assert.equal(await slider.inputValue(), "500");
  assert.equal(await slider.getAttribute("aria-valuetext"), "750.5 points given");
  await number.blur();
  await settled(page);
  assertScores(await rowsOf(page), changed((model) => (criterion(model, "payment_error").points = 750.5)));
});

test("period, decay and target: every curve is scored and drawn, with its half marked", async (t) => {
  const page = await site.open(t);
  const curve = page.getByRole("combobox", { name: "Decay" });
  const line = page.locator(".curve-line");
  const words = page.locator(".curve figcaption");
  assert.match(await words.textContent(), /^Half of a point is left after 14 days\. After 60 days, 5 % is left/);
  const before = await line.getAttribute("d");
  await drag(page, "decay-exponential", 0.5, async () => assert.notEqual(await line.getAttribute("d"), before, "drawn as one drags"));
  await page.locator("#decay-exponential").fill("14");
  await page.locator("#decay-exponential").blur();
  const decays = {
    linear: { curve: "linear", over: "28d" },
    cosine: { curve: "cosine", cycle: "14d" },
    step: { curve: "step" },
    none: { curve: "none" },
    exponential: { curve: "exponential", halfLife: "14d" },
  };
  for (const [name, decay] of Object.entries(decays)) {
    await curve.selectOption(name);
    await settled(page);
    assertScores((await rowsOf(page)).slice(0, 50), { ...json, decay }, false);
    const half = { step: 30, none: null }[name] === undefined ? 14 : { step: 30, none: null }[name];
    if (half === null) assert.equal(await page.locator(".curve-dot").isVisible(), false);
    else assert.match(await words.textContent(), new RegExp(`^Half of a point is left after ${half} days`));
  }
  await page.getByRole("checkbox", { name: "All time" }).check();
  await page.locator("#target").fill("40");
  await page.locator("#target").blur();
  await settled(page);
  assertScores(await rowsOf(page), { ...json, period: null, target: 40 });
  assert.equal(await page.locator("#curve option[value=step]").isDisabled(), true, "no step without a period");
});

test("what no model may say is told, and everything stays", async (t) => {
  const page = await site.open(t);
  const before = await rowsOf(page);
  await page.locator("#period").fill("0");
  assert.equal(await page.locator("#period").getAttribute("aria-invalid"), "");
  await settled(page);
  assert.deepEqual(await rowsOf(page), before);
  await page.locator("#period").blur();
  await page.waitForFunction(() => document.querySelector("#period").value === "60");
});

test("the receipt of the open customer follows, and what was opened in it stays open", async (t) => {
  const page = await site.open(t, { hash: "#customer=user_0262" });
  await page.getByText("The same as a table").click();
  const line = await page.locator(".receipt-line[data-criterion=add_to_cart]").elementHandle();
  const before = await line.textContent();
  await drag(page, "points-add_to_cart", 0.5);
  await settled(page);
  const points = Number(await page.locator("#points-add_to_cart").inputValue());
  const model = changed((copy) => (criterion(copy, "add_to_cart").points = points));
  const result = new Model(model).score({ events: histories.get("user_0262") }, { at: LATEST });
  assert.ok(await line.evaluate((element) => element.isConnected), "the line was kept, and not made anew");
  assert.notEqual(await line.textContent(), before);
  const score = Number((await page.locator(".figures dd").first().textContent()).replaceAll(",", ""));
  assert.equal(score, Number(result.score.toFixed(1)));
  assert.equal(await page.locator(".stars-block strong").textContent(), `${result.stars} ${result.stars === 1 ? "star" : "stars"}`);
  const total = await page.locator(".receipt-table tfoot td").first().textContent();
  assert.equal(total, await page.locator(".is-total .receipt-points").first().textContent());
});

test("the model in force can be read and copied, and outlives a reload", async (t) => {
  const page = await site.open(t);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#points-search").fill("7");
  await page.locator("#points-search").blur();
  await page.getByText("The model as JSON", { exact: true }).click();
  const model = changed((copy) => (criterion(copy, "search").points = 7));
  await page.waitForFunction((text) => document.querySelector(".json").textContent === text, JSON.stringify(model, null, 2));
  await page.getByRole("button", { name: "Copy model as JSON" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), model);
  assert.deepEqual(Model.check(model), []);
  await page.reload();
  await page.locator("#page").waitFor();
  assert.equal(await page.locator("#points-search").inputValue(), "7");
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await shown(page.locator("#points-search")), "2");
});

test("only rows in view are in the page, and yet it is the whole list: counts, keys, focus", async (t) => {
  const page = await site.open(t);
  const body = page.locator("#customers-table tbody");
  const inPage = () => body.locator("tr").count();
  assert.equal(await page.locator("#customers-table").getAttribute("aria-rowcount"), "601");
  assert.ok((await inPage()) < 40, `${await inPage()} rows`);
  const height = await body.evaluate((element) => element.offsetHeight / element.rows[0].offsetHeight);
  assert.equal(height, 600);
  await page.locator("#customers").evaluate((element) => (element.scrollTop = element.scrollHeight));
  await settled(page);
  assert.ok((await inPage()) < 40);
  const ranks = await body.locator("tr").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
  assert.equal(ranks.at(-1), 601);
  assert.deepEqual(ranks, ranks.toSorted((one, other) => one - other), "the rows stand in the order of the list");
  // Tab still leads to the first, which has not left the page.
  assert.equal(await body.locator("a[tabindex='0']").count(), 1);
  const rows = await rowsOf(page);
  await body.locator("a[tabindex='0']").focus();
  await page.keyboard.press("End");
  assert.equal(await focused(page), rows.at(-1).customer);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), rows.at(-2).customer);
  await page.keyboard.press("Home");
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("PageDown");
  assert.equal(await focused(page), rows[30].customer);
  const isInView = () => page.evaluate(() => {
    const [row, view] = [document.activeElement.closest("tr"), document.querySelector("#customers")].map((element) => element.getBoundingClientRect());
    return row.top >= view.top && row.bottom <= view.bottom + 1;
  });
  assert.ok(await isInView());
  // The focus stays on its customer, wherever the order takes them.
  await page.evaluate(() => {
    const slider = document.querySelector("#points-purchase-slider");
    slider.value = "0";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await settled(page);
  assert.equal(await focused(page), rows[30].customer);
  const now = await rowsOf(page);
  const rank = now.findIndex(({ customer }) => customer === rows[30].customer);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), now[rank + 1].customer);
});

test("on a phone the list is windowed in the page's own scroll, and the form fits", async (t) => {
  const page = await site.open(t, { viewport: NARROW });
  assert.ok((await page.locator("tbody tr").count()) < 40);
  const rows = await rowsOf(page);
  assert.equal(new Set(rows.map(({ customer }) => customer)).size, 600);
  await page.getByRole("link", { name: "What counts" }).click();
  await page.getByRole("heading", { level: 2, name: "Shop engagement" }).waitFor();
  await drag(page, "points-purchase", 0.8);
  await settled(page);
  await page.screenshot({ path: new URL("form-narrow.png", SCREENSHOTS).pathname });
  await page.getByRole("link", { name: "Back to the list" }).click();
  const points = Number(await page.evaluate(() => document.querySelector("#points-purchase").value));
  assertScores(await rowsOf(page), changed((model) => (criterion(model, "purchase").points = points)));
});

test("rows glide where motion is welcome, and arrive", async (t) => {
  const page = await site.open(t, { reducedMotion: "no-preference" });
  await drag(page, "points-purchase", 0.01);
  await settled(page);
  await page.waitForTimeout(400);
  const ways = await page.locator("#customers-table tbody tr").evaluateAll((rows) =>
    rows.map((row) => new DOMMatrix(getComputedStyle(row).transform).f - (Number(row.getAttribute("aria-rowindex")) - 2) * row.offsetHeight),
  );
  assert.ok(ways.every((way) => Math.abs(way) < 0.01), ways.join(" "));
});

for (const colorScheme of ["light", "dark"]) {
  test(`an accessibility checker finds nothing in a form that was changed: ${colorScheme}`, async (t) => {
    const page = await site.open(t, { colorScheme, hash: "#customer=user_0266" });
    await page.locator("#enabled-purchase").uncheck();
    await page.locator("#points-search").fill("-40");
    await page.locator("#curve").selectOption("cosine");
    await page.getByText("The model as JSON", { exact: true }).click();
    await settled(page);
    await page.screenshot({ path: new URL(`form-wide-${colorScheme}.png`, SCREENSHOTS).pathname });
    assert.deepEqual(await faultsOf(page), []);
  });
}

/** Drags a slider by its thumb to a share of its way, in steps. */
async function drag(page, id, share, meanwhile) {
  const slider = page.locator(`#${id}-slider`);
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider.boundingBox();
  const [min, max, value] = await slider.evaluate((input) => [input.min, input.max, input.value].map(Number));
  const thumb = 16;
  const at = (part) => x + thumb / 2 + part * (width - thumb);
  await page.mouse.move(at((value - min) / (max - min)), y + height / 2);
  await page.mouse.down();
  await page.mouse.move(at(share), y + height / 2, { steps: 12 });
  await settled(page);
  await meanwhile?.();
  await page.mouse.up();
}

/** The value of a field once the frame after a change has shown it. */
async function shown(locator) {
  await settled(locator.page());
  return locator.inputValue();
}

function changed(change) {
  const copy = structuredClone(json);
  change(copy);
  return copy;
}

function criterion(model, id) {
  return model.parts.flatMap(({ criteria }) => criteria).find((each) => each.id === id);
}

/** The list is what scoring one by one gives, in the order of the scores. */
function assertScores(rows, model, isWhole = true) {
  const sound = new Model(model);
  if (isWhole) assert.equal(rows.length, histories.size);
  for (const { customer, score, stars, segment, trend } of rows) {
    const result = sound.score({ events: histories.get(customer) }, { at: LATEST, include: "all" });
    assert.ok(Math.abs(score - result.score) <= 0.05 + 1e-9, `${customer}: ${score}, one by one ${result.score}`);
    assert.equal(stars, `${result.stars} ${result.stars === 1 ? "star" : "stars"} of 5`, customer);
    assert.equal(segment, json.segments.find(({ id }) => id === result.segment).label, customer);
    assert.equal(trend, result.trend.direction, customer);
  }
  const scores = rows.map(({ score }) => score);
  assert.deepEqual(scores, scores.toSorted((one, other) => other - one));
}
