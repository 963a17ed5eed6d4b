// A file of one's own: dropped or chosen, read beside the page, detected, and scored under a suggested model.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { faultsOf, focused, NARROW, playground, rowsOf, SCREENSHOTS, settled, starwise } from "./playground.mjs";

const { Model } = await starwise();
const DAY_MS = 86_400_000;
const FROM = Date.parse("2024-03-01T00:00:00Z");
const EVENTS = ["ana", "bo", "cy", "di"].flatMap((name, person) =>
  Array.from({ length: 20 }, (_, number) => ({ name, type: number % (person + 2) === 0 ? "buy" : "look", time: FROM + (number * 3 + person) * DAY_MS + 3_600_000 })),
);

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

test("CSV: columns, delimiter and seconds are detected, and a first model is suggested", async (t) => {
  const page = await site.open(t);
  const lines = EVENTS.map(({ name, type, time }, number) => `${type};"${name}, ""the x""";${time / 1000};${number % 3 ? "" : number}`);
  await choose(page, "visits.csv", ["event_name;customer;created_at;amount", ...lines].join("\r\n"));
  await page.getByRole("heading", { name: "visits.csv" }).waitFor();
  assert.equal(await focused(page), "file-name");
  const card = await page.locator(".file-card").textContent();
  assert.match(card, /Customers4Events80/);
  assert.match(card, /SpanMar 1, 2024 to Apr 30, 2024|Span1 Mar 2024 to 30 Apr 2024/);
  assert.match(card, /CSV with semicolons, with a header/);
  assert.match(card, /Its times are epoch seconds; they were converted to milliseconds/);
  assert.match(card, /The commonest gives 1 point; a type that is n times as rare gives √n points/);
  assert.equal(await page.locator("#column-value").inputValue(), "3");
  const model = await modelOf(page);
  assert.deepEqual(Model.check(model), []);
  assert.deepEqual(Model.lint(model), []);
  assert.deepEqual(model.criteria.map(({ event, points }) => [event, points]), [["look", 1], ["buy", 1]]);
  // Everybody came every third day: the half-life is twice that, the period four times as long again.
  assert.equal(model.decay.halfLife, "6d");
  assert.equal(model.period, "24d");
  const rows = await rowsOf(page);
  assertScores(rows, model, (name) => `${name}, "the x"`);
  const stars = rows.map((row) => Number(row.stars[0])).toSorted();
  assert.ok(stars[1] >= 2 && stars[1] <= 3, `the median has ${stars[1]} stars`);
  await page.getByRole("button", { name: "Back to the shop" }).click();
  await page.getByRole("heading", { level: 2, name: "Shop engagement" }).waitFor();
  assert.equal((await rowsOf(page)).length, 600);
});

test("NDJSON, dropped and gzipped: profiles, ids that come twice, users by another name", async (t) => {
  const page = await site.open(t);
  const lines = EVENTS.map(({ name, type, time }, number) => JSON.stringify({ userId: name, type, time: new Date(time).toISOString(), id: `e${number}` }));
  const twice = lines.slice(0, 3);
  const profile = JSON.stringify({ userId: "ana", profile: { plan: "pro" } });
  await drop(page, "events.ndjson.gz", gzipSync([...lines, ...twice, profile, ""].join("\n")));
  await page.getByRole("heading", { name: "events.ndjson.gz" }).waitFor();
  const card = await page.locator(".file-card").textContent();
  assert.match(card, /Customers4Events80/);
  assert.match(card, /NDJSON, the customer is in userId/);
  assert.match(card, /3 events came twice with the same id, and count once/);
  assertScores(await rowsOf(page), await modelOf(page));
  await page.locator("tbody a", { hasText: "cy" }).click();
  await page.getByRole("heading", { level: 2, name: "cy" }).waitFor();
  await page.locator("#points-buy").fill("30");
  await settled(page);
  const result = new Model(await modelOf(page)).score({ events: historyOf("cy") }, { at: latest() });
  assert.equal(await page.locator(".figures dd").first().textContent(), new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(result.score));
});

test("a column that was guessed can be changed; without a header they have numbers", async (t) => {
  const page = await site.open(t);
  const lines = EVENTS.map(({ name, type, time }, number) => `${name},${type},${new Date(time).toISOString().slice(0, 19).replace("T", " ")},team ${number % 2}`);
  await choose(page, "plain.csv", lines.join("\n"));
  await page.getByRole("heading", { name: "plain.csv" }).waitFor();
  assert.match(await page.locator(".file-card").textContent(), /without a header.*80 times have no zone, and were taken as UTC/);
  await page.getByLabel("Customer", { exact: true }).selectOption("column 4");
  await page.waitForFunction(() => document.querySelector(".file-facts dd").textContent === "2");
  assert.deepEqual((await rowsOf(page)).map(({ customer }) => customer).toSorted(), ["team 0", "team 1"]);
});

test("what is wrong with a file is told by line and reason, and the page stays as it was", async (t) => {
  const page = await site.open(t);
  const faulty = {
    "time.csv": ["user,type,time\nana,buy,2024-05-01\nana,buy,2024-02-30\n", /Line 3: expected a time .*, found `2024-02-30`/],
    "short.csv": ["user,type,time\nana,buy,2024-05-01\nana,buy\n", /Line 3: expected 3 columns, found 2/],
    "quote.csv": ['user,type,time\nana,"buy,2024-05-01\nana,buy,2024-05-01\n', /Line 2: a quote is opened here and never closed/],
    "mixed.csv": ["user,type,time\nana,buy,1714557600\nana,buy,1714557600000\n", /Line 3: the times before are epoch seconds, and this looks like milliseconds/],
    "none.csv": ["name,price\nana,3\n", /Line 1: expected columns for customer, type and time/],
    "empty.csv": ["", /The file is empty/],
    "broken.ndjson": ['{"subject":"ana","type":"buy","time":1714557600000}\n{"subject":"ana"\n', /Line 2: this is no JSON/],
    "nobody.ndjson": ['{"type":"buy","time":1714557600000}\n', /Line 1: expected a `subject`/],
    "zipped.csv.gz": [Buffer.concat([gzipSync("user,type,time\n").subarray(0, 18)]), /could not be read/],
  };
  for (const [name, [content, reason]] of Object.entries(faulty)) {
    await choose(page, name, content);
    const alert = page.getByRole("alert").filter({ hasText: `${name} was not taken over` });
    await alert.waitFor();
    assert.match(await alert.textContent(), reason, name);
  }
  await page.getByRole("heading", { level: 2, name: "Shop engagement" }).waitFor();
  assert.match(await page.locator("#found").textContent(), /^600 customers/);
  await page.screenshot({ path: new URL("file-fault.png", SCREENSHOTS).pathname });
  assert.deepEqual(await faultsOf(page), []);
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await focused(page), "open-file");
  await choose(page, "sound.csv", "user,type,time\nana,buy,2024-05-01\n");
  await page.getByRole("heading", { name: "sound.csv" }).waitFor();
});

test("a large file is read beside the page, which stays responsive, and can be cancelled", async (t) => {
  const page = await site.open(t);
  await page.evaluate(() => {
    const rows = ["user,type,time"];
    for (let row = 0; row < 1_000_000; row += 1) rows.push(`user ${row % 20_000},type ${row % 9},${1_700_000_000_000 + row * 1000}`);
    window.large = new File([rows.join("\n")], "large.csv");
    const transfer = new DataTransfer();
    transfer.items.add(window.large);
    window.stalls = [];
    let before = performance.now();
    const tick = (now) => {
      window.stalls.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.querySelector("#file-notice progress")?.value > 0.05);
  const worst = await page.evaluate(() => Math.max(...window.stalls.slice(5)));
  t.diagnostic(`the longest frame while a million rows were read: ${worst.toFixed(1)} ms`);
  assert.ok(worst < 500, `a frame took ${worst} ms`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator("#file-notice").waitFor({ state: "hidden" });
  assert.match(await page.locator("#found").textContent(), /^600 customers/);
});

test("a drag over 100,000 events of 2,000 customers keeps its frames", async (t) => {
  const page = await site.open(t, { reducedMotion: "no-preference" });
  await choose(page, "many.csv", manyEvents());
  await page.getByRole("heading", { name: "many.csv" }).waitFor();
  for (const beside of ["the list", "a receipt"]) {
    if (beside === "a receipt") await page.locator("tbody a").first().click();
    for (const id of ["decay-exponential-slider", "points-type-3-slider"]) {
      const { median, p95, frames, took } = await framesOfDrag(page, id);
      t.diagnostic(`${id} beside ${beside}: ${frames} frames, median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; ${took}`);
      assert.match(took, /^100,000 events of 2,000 customers in /);
      // 16.7 is the aim, and what a machine shows that has nothing else to do. One that scores them one by one takes seconds.
      assert.ok(median < 100 && p95 < 400, `${id} beside ${beside}: median ${median}, p95 ${p95}`);
    }
  }
});

test("an accessibility checker finds nothing in what was found in a file", async (t) => {
  for (const [size, viewport] of Object.entries({ wide: undefined, narrow: NARROW })) {
    const page = await site.open(t, { viewport, colorScheme: size === "wide" ? "dark" : "light" });
    const lines = EVENTS.map(({ name, type, time }) => `${name},${type},${time},a note`);
    await choose(page, "visits.csv", ["user,type,time,note", ...lines].join("\n"));
    await page.getByRole("heading", { name: "visits.csv" }).waitFor();
    await page.getByText("How this model was suggested").click();
    await page.screenshot({ path: new URL(`file-${size}.png`, SCREENSHOTS).pathname });
    assert.deepEqual(await faultsOf(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  }
});

async function choose(page, name, content) {
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
}

/** Drops a file on the page, as a user's pointer would: the veil comes and goes. */
async function drop(page, name, bytes) {
  await page.evaluate(([name, base64]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    const send = (type) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    send("dragenter");
    window.wasVeiled = !document.querySelector("#veil").hidden;
    send("dragover");
    send("drop");
  }, [name, bytes.toString("base64")]);
  assert.ok(await page.evaluate(() => window.wasVeiled && document.querySelector("#veil").hidden));
}

/** The model in force, as the page shows it. */
async function modelOf(page) {
  const summary = page.getByText("The model as JSON", { exact: true });
  if (!(await page.locator(".json-details").evaluate((details) => details.open))) await summary.click();
  await page.waitForFunction(() => document.querySelector(".json").textContent !== "");
  return JSON.parse(await page.locator(".json").textContent());
}

/** Frame times, from the timestamps that the page's own animation frames get, while a slider goes to and fro. */
async function framesOfDrag(page, id) {
  const slider = page.locator(`#${id}`);
  await slider.scrollIntoViewIfNeeded();
  await settled(page);
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + 20, y + height / 2);
  await page.mouse.down();
  await page.evaluate(() => {
    window.stamps = [];
    const tick = (now) => {
      window.stamps?.push(now);
      if (window.stamps) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (let step = 0; step <= 40; step += 1) {
    await page.mouse.move(x + 20 + (width - 40) * (0.5 - 0.5 * Math.cos((step / 20) * Math.PI)), y + height / 2);
  }
  const stamps = await page.evaluate(() => {
    const { stamps } = window;
    window.stamps = null;
    return stamps;
  });
  await page.mouse.up();
  const took = await page.locator(".took").textContent();
  const times = stamps.slice(1).map((stamp, position) => stamp - stamps[position]).toSorted((one, other) => one - other);
  const at = (share) => times[Math.floor(share * (times.length - 1))];
  return { median: at(0.5), p95: at(0.95), frames: times.length, took };
}

/** 100,000 events of 14 types by 2,000 customers over 150 days, the same each time. */
function manyEvents() {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const lines = ["customer,event,time"];
  for (let row = 0; row < 100_000; row += 1) {
    // Every customer is there; beyond that, few of them do much.
    const customer = row < 2000 ? row : Math.floor(2000 * random() ** 2);
    lines.push(`customer ${customer},type ${Math.floor(14 * random() ** 2)},${FROM + Math.floor(150 * DAY_MS * random() ** 0.7)}`);
  }
  return lines.join("\n");
}

function historyOf(person) {
  return EVENTS.filter(({ name }) => name === person).map(({ type, time }) => ({ type, time }));
}

function latest() {
  return Math.max(...EVENTS.map(({ time }) => time));
}

function assertScores(rows, json, shownName = (name) => name) {
  const model = new Model(json);
  assert.equal(rows.length, 4);
  for (const name of ["ana", "bo", "cy", "di"]) {
    const row = rows.find(({ customer }) => customer === shownName(name));
    const result = model.score({ events: historyOf(name) }, { at: latest() });
    assert.ok(Math.abs(row.score - result.score) <= 0.05 + 1e-9, `${name}: ${row.score}, one by one ${result.score}`);
  }
}
