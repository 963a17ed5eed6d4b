// The time machine of a customer: the picture, the slider, the words, what is tried, and how smoothly it all moves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { faultsOf, focused, NARROW, playground, PLAYGROUND, readHistories, SCREENSHOTS, settled, starwise, WIDE } from "./playground.mjs";

/** The browser's time zone: one of its own, so that nothing passes for UTC. */
process.env.TZ = "America/Sao_Paulo";

const { Model } = await starwise();
const DAY_MS = 86_400_000;
/** The frames of a second are 60 on a machine that has nothing else to do; here so many times as long a frame is allowed. */
const FRAME_MS = 3 * 17;

const json = JSON.parse(readFileSync(new URL("shop-model.json", PLAYGROUND)));
const model = new Model(json);
const histories = readHistories();
const LATEST = Math.max(...[...histories.values()].flat().map(({ time }) => time));
/** Somebody who rose and fell, and has the next star to reach. */
const CUSTOMER = "user_0266";
const BUSIEST = [...histories].toSorted(([, one], [, other]) => other.length - one.length)[0][0];

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

test("a customer's past and forecast are drawn, and said in words", async (t) => {
  const page = await opened(t);
  const ink = await page.evaluate(() => {
    const canvas = document.querySelector(".uplot > .u-wrap > canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let pixel = 0; pixel < data.length; pixel += 4) colours.add(data.subarray(pixel, pixel + 3).join());
    return { colours: colours.size, hasLine: colours.has("13,118,107") };
  });
  assert.ok(ink.hasLine && ink.colours > 20, "the line and the bands are there");
  const events = histories.get(CUSTOMER);
  const caption = await page.locator(".time-figure figcaption").textContent();
  assert.match(caption, new RegExp(`^${events.length} events since .* The points were highest on .* If nothing more happens after \\d+ Jun 2024, the customer goes from 4 stars to 0 stars by`));
  await page.getByText(/^\d+ changes, as a table$/).click();
  const rows = await page.locator(".change-table tbody tr").count();
  const instants = new Set(changesOf(events, await rangeOf(page)).map(({ at }) => at));
  assert.equal(rows, instants.size);
});

test("the slider moves everything about the customer by keyboard: a day a key, and to the next change", async (t) => {
  const page = await opened(t);
  const slider = page.getByRole("slider", { name: "Instant" });
  const before = await shownAt(page);
  assert.deepEqual(before, expectedAt(LATEST));
  await slider.focus();
  for (let day = 1; day <= 20; day += 1) await page.keyboard.press("ArrowLeft");
  await settled(page);
  const then = LATEST - 20 * DAY_MS;
  assert.deepEqual(await shownAt(page), expectedAt(then));
  assert.notEqual(expectedAt(then).stars, before.stars);
  const words = await slider.getAttribute("aria-valuetext");
  assert.equal(words, `Sunday 9 June 2024, 19:02: ${expectedAt(then).stars}, ${expectedAt(then).points}, Browsing`);
  assert.equal(await page.locator(".stars-block strong").textContent(), expectedAt(then).stars, "the customer's stars move along");
  assert.equal(await page.locator(".is-total .receipt-points").textContent(), expectedAt(then).points.split(" ")[0], "and the receipt");
  await page.getByRole("button", { name: "Change after" }).click();
  await settled(page);
  const { at } = changesOf(histories.get(CUSTOMER), { from: then, to: LATEST })[0];
  assert.deepEqual(await shownAt(page), expectedAt(at));
  await page.getByRole("button", { name: "Back" }).first().click();
  await settled(page);
  assert.deepEqual(await shownAt(page), before);
});

test("the picture can be pointed at, and the slider's thumb is below", async (t) => {
  const page = await opened(t);
  const box = await page.locator(".time-plot .u-over").boundingBox();
  await page.mouse.move(box.x + box.width / 4, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.up();
  await settled(page);
  const { from, to, at } = await rangeOf(page);
  assert.ok(Math.abs(at - (from + to) / 2) < DAY_MS);
  const cursor = await page.locator(".time-cursor").boundingBox();
  const slider = await page.locator("#time-slider").boundingBox();
  assert.ok(Math.abs(cursor.x + cursor.width / 2 - (slider.x + slider.width / 2)) < 3);
});

test("the next change in words is the one the model tells", async (t) => {
  const page = await opened(t);
  for (const days of [0, 21, 90]) {
    await moveTo(page, LATEST - days * DAY_MS);
    const result = model.score({ events: histories.get(CUSTOMER) }, { at: LATEST - days * DAY_MS, include: "all" });
    const { nextChange } = result;
    const change = page.locator(".time-facts dd").first();
    if (nextChange === null) {
      assert.match(await change.textContent(), /^none within a year/);
      continue;
    }
    const time = change.locator("time");
    assert.equal(await time.getAttribute("datetime"), new Date(nextChange.at).toISOString());
    const when = new Date(nextChange.at);
    const clock = [when.getHours(), when.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
    assert.match(await time.textContent(), new RegExp(`^\\w+day ${when.getDate()} \\w+ ${when.getFullYear()}, ${clock}$`));
    const text = await change.textContent();
    const { label } = json.segments.find(({ id }) => id === nextChange.segment);
    if (nextChange.stars !== result.stars) assert.ok(text.startsWith(`${nextChange.stars < result.stars ? "falls" : "rises"} to ${plural(nextChange.stars)}`), text);
    else assert.match(text, new RegExp(`^(falls|rises) to ${label} on`));
    assert.equal(/to \d stars? and to/.test(text), nextChange.stars !== result.stars && nextChange.segment !== result.segment);
    assert.match(text, /\(in (\d+) (minute|hour|day|month)s?\)/);
  }
});

test("what is tried reaches the star that was promised, and can be undone", async (t) => {
  const page = await opened(t);
  for (const days of [0, 22]) {
    const at = LATEST - days * DAY_MS;
    await moveTo(page, at);
    const { nextStar, points, stars } = model.score({ events: histories.get(CUSTOMER) }, { at, include: ["nextStar"] });
    assert.ok(nextStar.actions.length > 0);
    const promised = nextStar.actions.map(({ count, label }) => `${count}\u00a0×\u00a0${label}`).join(" or ");
    assert.ok((await page.locator(".time-facts dd").nth(1).textContent()).startsWith(promised));
    for (const { count, label, criterion } of nextStar.actions) {
      const extra = Array.from({ length: count }, () => ({ type: criterion, time: at }));
      const expected = model.whatIf({ events: histories.get(CUSTOMER) }, extra, { at });
      assert.ok(expected.stars >= nextStar.stars && nextStar.stars > stars);
      await page.getByRole("button", { name: `${count} × ${label} reaches ${plural(expected.stars)}` }).click();
      await settled(page);
      const cells = await page.locator(".comparison td + td, .comparison tbody td").allTextContents();
      assert.ok(cells.includes(points.toFixed(1)) && cells.includes(expected.points.toFixed(1)), cells.join());
      assert.ok(cells.includes(plural(stars)) && cells.includes(plural(expected.stars)), cells.join());
      assert.equal((await shownAt(page)).stars, plural(expected.stars));
      assert.match(await page.locator(".tries [role=status]").textContent(), new RegExp(`^With ${count} × ${label}: `));
      await page.getByRole("button", { name: "Undo" }).first().click();
      await settled(page);
      assert.equal(await page.locator(".comparison").isVisible(), false);
      assert.equal((await shownAt(page)).stars, plural(stars));
    }
  }
  await page.locator(".action:not(.is-reaching)", { hasText: "Payment failed" }).click();
  await page.locator(".action:not(.is-reaching)", { hasText: "Bought" }).click();
  assert.equal(await page.locator(".tried li").count(), 2);
  await page.getByRole("group", { name: "Try an action and see" }).getByRole("button", { name: "Reset" }).click();
  assert.equal(await page.locator(".comparison").isVisible(), false);
});

test("another model is taken over where one is, and everybody can follow", async (t) => {
  const page = await opened(t);
  const at = LATEST - 30 * DAY_MS;
  await moveTo(page, at);
  await page.getByRole("spinbutton", { name: "Half-life in days" }).fill("40");
  const slower = new Model({ ...json, decay: { curve: "exponential", halfLife: "40d" } });
  const { points } = slower.score({ events: histories.get(CUSTOMER) }, { at });
  await page.locator(".time-figures", { hasText: `${points.toFixed(1)} points` }).waitFor();
  await page.getByRole("button", { name: "Everybody then" }).click();
  await page.waitForFunction(() => location.hash.includes("at="));
  assert.equal(await focused(page), "time-slider");
  assert.match(page.url(), /#customer=user_0266&at=2024-05-30T22:02:40Z$/);
  const { from, to } = await rangeOf(page);
  assert.ok(from < LATEST && LATEST < to, "what came later is still there");
});

test("the audiences of a model are named, and who comes and goes", async (t) => {
  const audiences = [
    { id: "any-star", label: "Has a star", when: { stars: { gte: 1 } } },
    { id: "at-the-top", when: { stars: { gte: 5 } } },
  ];
  const prepare = (page) => page.route("**/shop-model.json", (route) => route.fulfill({ json: { ...json, audiences } }));
  const page = await opened(t, { prepare });
  assert.equal(await page.locator(".time-facts dd").last().textContent(), "Has a star");
  await page.locator(".is-reaching").first().click();
  assert.equal(await page.locator(".time-facts dd").last().textContent(), "Has a star, At the top");
  await page.getByText(/changes, as a table$/).click();
  assert.match(await page.locator(".change-table tbody").textContent(), /joins Has a star.*leaves At the top.*leaves Has a star/);
});

test("from right to left it is mirrored; on the narrowest screen it fits", async (t) => {
  const page = await opened(t, { viewport: { width: 320, height: 700 } });
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const cursor = () => page.evaluate(() => document.querySelector(".time-cursor").getBoundingClientRect().x / innerWidth);
  assert.equal(await excess(), 0);
  const ahead = await cursor();
  assert.ok(ahead > 0.5);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await settled(page);
  assert.equal(await excess(), 0);
  const mirrored = await cursor();
  assert.ok(Math.abs(mirrored - (1 - ahead)) < 0.05, `${ahead} and ${mirrored}`);
  await page.getByRole("slider", { name: "Instant" }).focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal((await rangeOf(page)).at, LATEST - DAY_MS);
});

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    test(`an accessibility checker finds nothing: ${size}, ${colorScheme}`, async (t) => {
      const page = await opened(t, { viewport, colorScheme });
      await moveTo(page, LATEST - 22 * DAY_MS);
      await page.locator(".is-reaching").first().click();
      await page.getByText(/changes, as a table$/).click();
      await settled(page);
      await page.locator("#time-name").scrollIntoViewIfNeeded();
      await page.screenshot({ path: new URL(`time-${size}-${colorScheme}.png`, SCREENSHOTS).pathname, fullPage: size === "narrow" });
      assert.deepEqual(await faultsOf(page), []);
    });
  }
}

test("a drag of the slider keeps up with the screen", async (t) => {
  const page = await opened(t, { customer: BUSIEST });
  const { at } = await rangeOf(page);
  const lengths = await page.locator("#time-slider").evaluate(async (slider) => {
    const [from, to] = [Number(slider.min), Number(slider.max)];
    const frames = [];
    for (let move = 0; move <= 60; move += 1) {
      frames.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
      slider.valueAsNumber = from + (to - from) * (0.5 + 0.45 * Math.sin(move / 12));
      slider.dispatchEvent(new Event("input"));
    }
    return frames.slice(1).map((now, place) => now - frames[place]);
  });
  lengths.sort((one, other) => one - other);
  const median = lengths[lengths.length >> 1];
  t.diagnostic(`${lengths.length} frames, the middle one ${median.toFixed(1)} ms, the longest ${lengths.at(-1).toFixed(1)} ms`);
  assert.notEqual((await rangeOf(page)).at, at);
  assert.ok(median <= FRAME_MS, `the middle frame took ${median} ms`);
});

/** The page with a customer, and the picture drawn. */
async function opened(t, { customer = CUSTOMER, ...options } = {}) {
  const page = await site.open(t, { hash: `#customer=${customer}`, ...options });
  await page.locator(".uplot > .u-wrap > canvas").waitFor();
  await settled(page);
  return page;
}

async function moveTo(page, at) {
  await page.locator("#time-slider").evaluate((slider, instant) => {
    slider.valueAsNumber = instant;
    slider.dispatchEvent(new Event("input"));
  }, at);
  await settled(page);
}

function rangeOf(page) {
  return page.locator("#time-slider").evaluate(({ min, max, value }) => ({ from: Number(min), to: Number(max), at: Number(value) }));
}

/** What the card says of the instant: `{ points, stars, segment }`, as texts. */
async function shownAt(page) {
  const [points, stars, segment] = await page.locator(".time-figures strong").allTextContents();
  return { points, stars, segment };
}

function expectedAt(at) {
  const { points, stars, segment } = model.score({ events: histories.get(CUSTOMER) }, { at: Math.ceil(at) });
  return { points: `${points.toFixed(1)} points`, stars: plural(stars), segment: json.segments.find(({ id }) => id === segment).label };
}

function changesOf(events, { from, to }) {
  return model.transitions({ events }, { from, to });
}

function plural(stars) {
  return `${stars} ${stars === 1 ? "star" : "stars"}`;
}
