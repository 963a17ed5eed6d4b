// The playground, driven as a user would: list, filters, one customer, the receipt, the address, the themes, the failures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { faultsOf, focused, NARROW, playground, PLAYGROUND, readHistories, rowsOf, SCREENSHOTS, starwise, WIDE } from "./playground.mjs";

const { Model } = await starwise();

const json = JSON.parse(readFileSync(new URL("shop-model.json", PLAYGROUND)));
const histories = readHistories();
const LATEST = Math.max(...[...histories.values()].flat().map(({ time }) => time));
const expected = scoreAll(LATEST);

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

test("the model is sound, and nothing about it is to be warned of", () => {
  assert.deepEqual(Model.check(json), []);
  assert.deepEqual(Model.lint(json), []);
});

test("all 600 customers are listed with the scores that Node gives them", async (t) => {
  const page = await site.open(t);
  const rows = await rowsOf(page);
  assert.equal(rows.length, 600);
  for (const { customer, stars, score, segment } of rows) {
    const result = expected.get(customer);
    assert.equal(stars, `${result.stars} ${result.stars === 1 ? "star" : "stars"} of 5`, customer);
    assert.ok(Math.abs(score - result.score) <= 0.05 + 1e-9, `${customer}: ${score}, in Node ${result.score}`);
    assert.equal(segment, json.segments.find(({ id }) => id === result.segment).label, customer);
  }
  const excess = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.equal(excess, 0, "the panes scroll, the page does not");
  const scores = rows.map(({ score }) => score);
  assert.deepEqual(scores, scores.toSorted((one, other) => other - one));
  assert.match(await page.locator("#outcome").textContent(), /^31,106 events of 600 customers in [\d.]+ ms, on this device/);
});

test("the bars count everybody, and filter", async (t) => {
  const page = await site.open(t);
  const results = [...expected.values()];
  for (let stars = 0; stars <= 5; stars += 1) {
    const count = results.filter((result) => result.stars === stars).length;
    const word = stars === 1 ? "star" : "stars";
    await page.getByRole("button", { name: `${stars} ${word} ${count} customers` }).waitFor();
  }
  const champions = page.getByRole("button", { name: /^Champion \d+ customers$/ });
  await champions.click();
  assert.equal(await champions.getAttribute("aria-pressed"), "true");
  const count = results.filter(({ segment }) => segment === "champion").length;
  assert.equal((await rowsOf(page)).length, count);
  assert.match(await page.locator("#found").textContent(), new RegExp(`^${count} of 600 customers`));
  await page.getByRole("button", { name: /^1 star / }).click();
  assert.equal((await rowsOf(page)).length, 0);
  await page.getByText("Nobody matches.").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  assert.equal((await rowsOf(page)).length, 600);
  assert.equal(await focused(page), "search");
});

test("searching narrows the list down, sorting turns it round", async (t) => {
  const page = await site.open(t);
  await page.getByRole("searchbox", { name: "Find a customer" }).fill("user_05");
  await page.keyboard.press("Enter");
  const found = await rowsOf(page);
  assert.ok(found.length > 0 && found.every(({ customer }) => customer.includes("user_05")));
  await page.getByRole("button", { name: "Customer", exact: true }).click();
  const names = (await rowsOf(page)).map(({ customer }) => customer);
  assert.deepEqual(names, names.toSorted());
  await page.getByRole("button", { name: "Customer", exact: true }).click();
  assert.deepEqual((await rowsOf(page)).map(({ customer }) => customer), names.toReversed());
  assert.equal(await page.locator("th.column-customer").getAttribute("aria-sort"), "descending");
  await page.getByRole("button", { name: "Score" }).click();
  assert.match(await page.locator("#found").textContent(), /by score, highest first$/);
  await page.getByRole("button", { name: "Trend" }).click();
  const deltas = (await rowsOf(page)).map(({ customer }) => expected.get(customer).trend.delta);
  assert.deepEqual(deltas, deltas.toSorted((one, other) => other - one));
});

test("a customer is opened, read and closed with the keyboard alone", async (t) => {
  const page = await site.open(t);
  await page.getByRole("searchbox").focus();
  for (let presses = 0; (await focused(page)) !== "user_0231" && presses < 12; presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const [, , third] = await rowsOf(page);
  assert.equal(await focused(page), third.customer);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: third.customer }).waitFor();
  assert.equal(await focused(page), "customer-name");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Shop engagement" }).waitFor();
  assert.equal(await focused(page), third.customer);
  await page.keyboard.press("End");
  assert.equal(await focused(page), (await rowsOf(page)).at(-1).customer);
  await page.keyboard.press("Home");
  assert.equal(await focused(page), (await rowsOf(page))[0].customer);
});

test("every receipt adds up to the points, in the picture and in the table", async (t) => {
  const page = await site.open(t);
  // A bound of a part, the model's own bound, limits, a stage with a target of its own, nothing special.
  for (const customer of ["user_0266", "user_0414", "user_0262", "user_0124", "user_0539"]) {
    await page.goto(`${site.address}#customer=${customer}`);
    await page.getByRole("heading", { level: 2, name: customer }).waitFor();
    await page.getByText("The same as a table").click();
    const seen = await page.evaluate(() => {
      const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
      return {
        lines: texts(".receipt-lines .receipt-points"),
        groups: texts(".receipt-group .receipt-points"),
        total: texts(".is-total .receipt-points")[0],
        table: texts(".receipt-table tbody td:nth-child(2)"),
        tableTotal: texts(".receipt-table tfoot td")[0],
        charts: [...document.querySelectorAll(".receipt-lines .receipt-line")].map((line) => line.querySelectorAll("rect").length),
      };
    });
    const result = expected.get(customer);
    const total = numberOf(seen.total);
    assert.equal(total, Number(result.points.toFixed(1)), customer);
    assert.equal(sumOf(seen.lines), total, customer);
    assert.equal(sumOf(seen.table), total, customer);
    assert.equal(seen.tableTotal, seen.total);
    const isClamped = result.contributions.at(-1).criterion === null && result.contributions.at(-1).part === undefined;
    if (!isClamped) assert.equal(sumOf(seen.groups), total, customer);
    assert.equal(seen.lines.length, result.contributions.length);
    result.contributions.forEach(({ effect, lost }, position) => {
      assert.ok(Math.abs(numberOf(seen.lines[position]) - effect) < 0.1, `${customer}, line ${position}`);
      const bars = [effect, lost.decay, lost.limit, lost.expired].filter((points) => points !== 0).length;
      assert.equal(seen.charts[position], bars, `${customer}, line ${position}`);
    });
  }
});

test("a bar is as long as its points, and what was lost begins where it ends", async (t) => {
  const page = await site.open(t, { hash: "#customer=user_0262" });
  const { contributions } = expected.get("user_0262");
  const bars = await page.$$eval(".receipt-lines .receipt-line", (lines) =>
    lines.map((line) => [...line.querySelectorAll("rect")].map((rect) => ["x", "width"].map((name) => Number.parseFloat(rect.getAttribute(name))))),
  );
  const scale = [];
  contributions.forEach(({ effect, lost }, position) => {
    const points = [effect, lost.decay, lost.limit, lost.expired].filter((value) => value !== 0);
    points.forEach((value, bar) => scale.push(bars[position][bar][1] / Math.abs(value)));
    if (points.every((value) => value > 0)) {
      for (let bar = 1; bar < points.length; bar += 1) {
        const [x, width] = bars[position][bar - 1];
        assert.ok(Math.abs(x + width - bars[position][bar][0]) < 0.01);
      }
    }
  });
  const middle = scale.toSorted((one, other) => one - other)[scale.length >> 1];
  const worst = Math.max(...contributions.flatMap(({ effect }, position) => (effect ? [Math.abs(bars[position][0][1] - middle * Math.abs(effect))] : [])));
  assert.ok(worst < 0.05, `a bar is ${worst} percent of the picture off`);
});

test("an address opens a customer at an instant; the browser's back leads to where one was", async (t) => {
  const at = "2024-05-01T12:00:00Z";
  const page = await site.open(t, { hash: `#customer=user_0539&at=${at}` });
  const result = scoreAll(Date.parse(at)).get("user_0539");
  assert.equal(await page.locator("#at").inputValue(), "2024-05-01T12:00");
  assert.equal(numberOf(await page.locator(".figures dd").first().textContent()), Number(result.score.toFixed(1)));
  assert.equal(await page.locator(".stars-block strong").textContent(), `${result.stars} stars`);
  assert.match(await page.locator(".facts").textContent(), new RegExp(`Left out${result.ignored.future} later than this instant`));
  await page.getByRole("link", { name: "Close" }).click();
  await page.getByRole("heading", { name: "Shop engagement" }).waitFor();
  assert.match(page.url(), /#at=2024-05-01T12:00:00Z$/);
  await page.goBack();
  await page.getByRole("heading", { level: 2, name: "user_0539" }).waitFor();
  await page.getByRole("button", { name: "Latest" }).click();
  await page.waitForFunction(() => location.hash === "#customer=user_0539");
  assert.equal(numberOf(await page.locator(".figures dd").first().textContent()), Number(expected.get("user_0539").score.toFixed(1)));
  await page.goto(`${site.address}#customer=nobody`);
  await page.getByText("There is no such customer in this file.").waitFor();
});

test("another instant scores everybody anew", async (t) => {
  const page = await site.open(t);
  await page.locator("#at").fill("2024-03-01T00:00:00");
  await page.waitForFunction(() => location.hash === "#at=2024-03-01T00:00:00Z");
  const then = scoreAll(Date.parse("2024-03-01T00:00:00Z"));
  const rows = await rowsOf(page);
  for (const { customer, score, trend } of rows) {
    assert.ok(Math.abs(score - then.get(customer).score) <= 0.05 + 1e-9, customer);
    assert.equal(trend, then.get(customer).trend.direction, customer);
  }
  const unknown = [...then.values()].filter(({ tenureDays }) => tenureDays === null).length;
  assert.ok(unknown > 0);
  assert.equal(rows.filter(({ seen }) => seen === "never").length, unknown);
});

test("the theme follows the system until it is chosen, and the choice is kept", async (t) => {
  const page = await site.open(t, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), "rgb(19, 20, 24)");
  await page.getByRole("button", { name: "Use the light theme" }).click();
  assert.equal(await ground(), "rgb(247, 245, 240)");
  await page.reload();
  await page.getByRole("button", { name: "Use the dark theme" }).waitFor();
  assert.equal(await ground(), "rgb(247, 245, 240)");
});

test("on a phone the list gives way to the customer, and nothing is wider than the screen", async (t) => {
  const page = await site.open(t, { viewport: NARROW });
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await excess(), 0);
  await page.getByRole("combobox").selectOption("Last seen");
  const [first] = await rowsOf(page);
  await page.locator("tbody tr").first().click();
  await page.getByRole("heading", { level: 2, name: first.customer }).waitFor();
  assert.equal(await page.locator("#customers-table").isVisible(), false);
  await page.getByText("The same as a table").click();
  assert.equal(await excess(), 0);
  await page.getByRole("link", { name: "Back to the list" }).click();
  await page.locator("#customers-table").waitFor();
  assert.equal(await focused(page), first.customer);
  await page.getByRole("link", { name: "What counts" }).click();
  await page.getByRole("heading", { name: "Shop engagement" }).waitFor();
  assert.equal(await excess(), 0);
});

test("written from right to left it is mirrored, and still fits", async (t) => {
  const page = await site.open(t, { hash: "#customer=user_0266", viewport: NARROW });
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
});

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    test(`an accessibility checker finds nothing: ${size}, ${colorScheme}`, async (t) => {
      const page = await site.open(t, { viewport, colorScheme });
      const check = async (view) => {
        await page.screenshot({ path: new URL(`${view}-${size}-${colorScheme}.png`, SCREENSHOTS).pathname, fullPage: size === "narrow" && view !== "list" });
        assert.deepEqual(await faultsOf(page), [], view);
      };
      // Ten rows stand for all: they are alike, and the checker takes its time.
      await page.getByRole("searchbox").fill("user_026");
      await check("list");
      await page.goto(`${site.address}#customer=user_0266`);
      await page.getByRole("heading", { level: 2, name: "user_0266" }).waitFor();
      await page.getByText("The same as a table").click();
      await check("customer");
      await page.goto(`${site.address}#model`);
      await page.getByRole("heading", { level: 2, name: "Shop engagement" }).waitFor();
      await check("model");
    });
  }
}

test("what fails is said, with what to do: the package, the history, WebAssembly", async (t) => {
  const noPackage = await site.open(t, { isBroken: true, prepare: (page) => page.route("**/starwise.wasm", (route) => route.fulfill({ status: 404 })) });
  await noPackage.getByRole("alert").getByText(/Build it with make build/).waitFor();

  const noHistory = await site.open(t, { isBroken: true, prepare: (page) => page.route("**/*.csv.gz", (route) => route.fulfill({ status: 404 })) });
  await noHistory.getByRole("alert").getByText("The history could not be read").waitFor();

  const refused = await site.open(t, {
    isBroken: true,
    prepare: (page) =>
      page.route(site.address, async (route) => {
        const response = await route.fetch();
        const policy = response.headers()["content-security-policy"].replace("'wasm-unsafe-eval'", "");
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
      }),
  });
  await refused.getByRole("alert").getByText("This page may not run WebAssembly").waitFor();
  await refused.screenshot({ path: new URL("refused.png", SCREENSHOTS).pathname });
});

function numberOf(text) {
  return Number(text.replace("\u2212", "-").replaceAll(/[+,]/g, ""));
}

function sumOf(texts) {
  return Number(texts.reduce((sum, text) => sum + numberOf(text), 0).toFixed(1)) + 0;
}

function scoreAll(at) {
  const model = new Model(json);
  return new Map([...histories].map(([user, events]) => [user, model.score({ events }, { at, include: "all" })]));
}
