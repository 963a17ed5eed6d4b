// The custom elements in Chromium: state, events, keyboard, and what they do where something is missing.
/* global show, settled, heard */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checklist, nudges, SHOWN } from "./element-data.mjs";
import { elementPages, NO_MARKUP, NO_WASM } from "./elements.mjs";

let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

for (const [name, [property, data]] of Object.entries(SHOWN)) {
  test(`<starwise-${name}>: from an attribute, from a property, and from one that was set before it was defined`, async (t) => {
    const attribute = name === "stars" ? "value" : "data";
    const text = JSON.stringify(data).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const page = await pages.open(t, { body: `<starwise-${name} ${attribute}="${text}">nothing</starwise-${name}>`, script: null });
    const drawn = await page.evaluate(async ({ name, property, data }) => {
      const [written] = document.getElementsByTagName(`starwise-${name}`);
      const early = document.createElement(`starwise-${name}`);
      early[property] = data;
      early.theme = "auto";
      document.querySelector("main").append(early);
      await import("/node_modules/starwise/elements-define.js");
      const late = await show(name, { [property]: data });
      const generic = await show(name, { data });
      await Promise.all([written, early].map(settled));
      const elements = [written, early, late, generic];
      const alike = elements.every((element) => JSON.stringify(element[property]) === JSON.stringify(data) && element.data === element[property]);
      return { markup: elements.map(({ shadowRoot }) => shadowRoot.innerHTML), alike, theme: early.getAttribute("theme"), own: Object.keys(early) };
    }, { name, property, data });
    assert.ok(drawn.markup[0].includes("starwise-"), drawn.markup[0]);
    assert.deepEqual({ ...drawn, markup: new Set(drawn.markup).size }, { markup: 1, alike: true, theme: "auto", own: [] });
  });
}

for (const [name, [property, data]] of Object.entries(SHOWN)) {
  test(`<starwise-${name}>: a property takes the text of an attribute, as frameworks set it`, async (t) => {
    const page = await pages.open(t);
    const [shown, held, refused] = await page.evaluate(async ({ name, property, data }) => {
      const element = await show(name, { [property]: data });
      const expected = element.shadowRoot.innerHTML;
      element[property] = JSON.stringify(data);
      await settled(element);
      const found = [element.shadowRoot.innerHTML === expected, JSON.stringify(element[property]) === JSON.stringify(data)];
      element.addEventListener("starwise-error", (event) => event.preventDefault());
      element[property] = "nonsense";
      await new Promise((resolve) => setTimeout(resolve));
      return [...found, element.shadowRoot.innerHTML];
    }, { name, property, data });
    assert.deepEqual([shown, held, refused], [true, true, "<slot></slot>"]);
  });
}

test("what is no number is told, even where it is the first that an element gets", async (t) => {
  const page = await pages.open(t, { script: null, isBroken: true });
  const told = await page.evaluate(async () => {
    await import("/node_modules/starwise/elements-define.js");
    const stars = document.createElement("starwise-stars");
    const error = new Promise((resolve) => stars.addEventListener("starwise-error", (event) => resolve(event.detail.error.path)));
    stars.value = Number.NaN;
    document.querySelector("main").append(stars);
    return error;
  });
  assert.equal(told, "value");
});

test("attributes and properties are one state; what changes in one go is drawn once", async (t) => {
  const page = await pages.open(t);
  const seen = await page.evaluate(async () => {
    const stars = await show("stars", { value: 2 });
    const title = () => stars.shadowRoot.querySelector("title").textContent;
    const titles = [title()];
    let drawn = 0;
    const observer = new MutationObserver(() => (drawn += 1));
    observer.observe(stars.shadowRoot, { childList: true });
    const later = () => new Promise((resolve) => setTimeout(resolve));
    stars.value = 3;
    stars.count = 10;
    stars.label = "Rated";
    await later();
    titles.push(title(), stars.getAttribute("count"), stars.getAttribute("label"), drawn);
    stars.label = null;
    stars.setAttribute("value", "4.5");
    await later();
    titles.push(title(), stars.value, stars.hasAttribute("label"), drawn);
    stars.value = { starsExact: 1.25, stars: 1 };
    stars.count = undefined;
    await later();
    titles.push(title());
    stars.animated = true;
    stars.trackColor = "#eee";
    stars.words = {};
    titles.push(stars.getAttribute("animated"), stars.getAttribute("track-color"), stars.words, stars.size);
    return titles;
  });
  assert.deepEqual(seen.slice(1), ["Rated", "10", "Rated", 1, seen[5], 4.5, false, 2, seen[9], "", "#eee", {}, undefined].map((value) => value ?? undefined));
  assert.match(seen[0], /2.*5/);
  assert.match(seen[5], /4\.5.*10/);
  assert.match(seen[9], /1\.\d.*5/);
});

test("undefined shows what stands between the tags, null shows nothing", async (t) => {
  const page = await pages.open(t, { body: "<starwise-level><b>Level 3</b></starwise-level><starwise-level data='null'><b>Level 4</b></starwise-level>" });
  const level = page.locator("starwise-level").first();
  assert.equal(await level.getByText("Level 3").isVisible(), true);
  assert.equal(await page.getByText("Level 4").isVisible(), false);
  await level.evaluate((element, data) => (element.level = data), SHOWN.level[1]);
  await level.getByRole("img").waitFor();
  assert.equal(await page.getByText("Level 3").isVisible(), false);
  await level.evaluate((element) => (element.level = undefined));
  await page.getByText("Level 3").waitFor();
  await level.evaluate((element) => (element.level = null));
  assert.equal(await page.getByText("Level 3").isVisible(), false);
});

test("what cannot be drawn is told, and leaves what stands between the tags", async (t) => {
  const page = await pages.open(t, { isBroken: true, body: `
    <starwise-level data="{">one</starwise-level><starwise-stars value="many">two</starwise-stars><starwise-stars value="3" color="url(x)">three</starwise-stars>
    <starwise-checklist data="[]">four</starwise-checklist><starwise-level data="{">five</starwise-level>` });
  for (const text of ["one", "two", "three", "four", "five"]) assert.ok(await page.getByText(text).isVisible(), text);
  await page.waitForFunction(() => heard.length >= 5);
  const errors = await page.evaluate(() => heard);
  // Those that need the core to be told come after those that do not.
  assert.deepEqual(errors.map(({ type, name }) => [type, name]), ["level", "level", "stars", "stars", "checklist"].map((name) => ["error", `starwise-${name}`]));
  assert.equal(errors[0].code, "element-invalid-json");
  assert.equal(errors[0].error, "StarwiseError: `data` must be JSON, found `{`");
  assert.match(errors[3].code, /^style-/);
  assert.equal(page.complaints.length, 4, "the console is told each once");
  await page.evaluate(() => {
    globalThis.isQuiet = true;
    document.querySelector("starwise-level").level = { level: "x" };
  });
  await page.waitForFunction(() => heard.length === 6);
  assert.equal(page.complaints.length, 4, "a page that listens may keep it to itself");
});

test("a fault of a badge says which one it is", async (t) => {
  const page = await pages.open(t);
  const faults = await page.evaluate(async ([one, two]) => {
    globalThis.isQuiet = true;
    for (const badges of [[one, { ...two, label: 5 }], 5, [null]]) await show("badges", { badges });
    return heard.map(({ code, error }) => [code, error]);
  }, SHOWN.badges[1]);
  assert.deepEqual(faults.map(([code]) => code), Array(3).fill("picture-wrong-type"));
  assert.match(faults[0][1], /^StarwiseError: `badges\[1\]\.label` must be a text/);
  assert.match(faults[1][1], /`badges` must be a list/);
  assert.match(faults[2][1], /`badges\[0\]`/);
});

test("where WebAssembly is refused, what stands between the tags stays", async (t) => {
  const page = await pages.open(t, { policy: NO_WASM, isBroken: true, body: "<starwise-stars value='3'>3 of 5 stars</starwise-stars><starwise-nudge></starwise-nudge>" });
  await page.waitForFunction(() => heard.length > 0);
  assert.ok(await page.getByText("3 of 5 stars").isVisible());
  assert.match((await page.evaluate(() => heard[0].error)), /^StarwiseError: `starwise\.wasm` may not be compiled here/);
});

test("where no policy of markup is allowed, the same", async (t) => {
  const page = await pages.open(t, { policy: NO_MARKUP, isBroken: true, body: "<starwise-stars value='3'>3 of 5 stars</starwise-stars>" });
  await page.waitForFunction(() => heard.length > 0);
  assert.ok(await page.getByText("3 of 5 stars").isVisible());
});

test("one style sheet for all elements, and nothing is fetched for it", async (t) => {
  const page = await pages.open(t);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const sheets = await page.evaluate(async (shown) => {
    const found = new Set();
    for (const [name, [property, data]] of Object.entries(shown)) found.add((await show(name, { [property]: data })).shadowRoot.adoptedStyleSheets[0]);
    return found.size;
  }, SHOWN);
  assert.equal(sheets, 1);
  assert.deepEqual(asked.map((url) => url.split("/").at(-1)), ["starwise.wasm"]);
});

test("an element that moves to another document takes its look along", async (t) => {
  const page = await pages.open(t, { body: "<iframe title='another'></iframe>" });
  const sheets = await page.evaluate(async () => {
    const stars = await show("stars", { value: 3 });
    document.querySelector("iframe").contentDocument.body.append(stars);
    return [stars.shadowRoot.adoptedStyleSheets.length, stars.shadowRoot.querySelector("title") !== null];
  });
  assert.deepEqual(sheets, [2, true]);
});

test("a second prefix and a class of one's own", async (t) => {
  const page = await pages.open(t);
  const drawn = await page.evaluate(async () => {
    const { define, StarwiseStars } = await import("/node_modules/starwise/elements.js");
    define("shop");
    define("shop");
    customElements.define("my-rating", class extends StarwiseStars {});
    const elements = ["shop-stars", "my-rating"].map((name) => Object.assign(document.createElement(name), { value: 4 }));
    document.body.append(...elements);
    await Promise.all(elements.map(settled));
    return elements.map((element) => [element instanceof StarwiseStars, element.shadowRoot.querySelector("svg") !== null, getComputedStyle(element).display]);
  });
  assert.deepEqual(drawn, Array(2).fill([true, true, "inline-block"]));
});

test("a checklist by keyboard: every step that can be taken, and the focus stays where it was when it is drawn anew", async (t) => {
  const page = await pages.open(t);
  await page.evaluate(async (data) => void (globalThis.list = await show("checklist", { checklist: data })), checklist);
  const walked = [];
  for (let press = 0; press < 3; press += 1) {
    await page.keyboard.press("Tab");
    walked.push(await page.evaluate(focusedStep));
    await page.keyboard.press("Enter");
  }
  assert.deepEqual(walked, ["invite", "project", "tour"]);
  const events = await page.evaluate(() => JSON.stringify(heard));
  assert.deepEqual(JSON.parse(events), [
    { type: "action", name: "starwise-checklist", id: "invite", action: "step", href: "/invite", checklist: "start" },
    { type: "action", name: "starwise-checklist", id: "project", action: "step", checklist: "start" },
    { type: "action", name: "starwise-checklist", id: "tour", action: "step", href: "https://example.org/tour?a=1&b=2", checklist: "start" },
  ]);
  const change = (steps) => page.evaluate(async ([data, steps]) => {
    globalThis.list.checklist = { ...data, steps };
    await new Promise((resolve) => setTimeout(resolve));
  }, [checklist, steps]);
  const [profile, invite, project, tour] = checklist.steps;
  await change([profile, project, tour, invite]);
  assert.equal(await page.evaluate(focusedStep), "tour", "the same step, though it stands elsewhere");
  await page.keyboard.press("Shift+Tab");
  await change([profile, { ...project, done: true }, tour]);
  assert.equal(await page.evaluate(focusedStep), "tour", "a step that is done gives way to the next one");
});

test("a page may lead elsewhere than a link", async (t) => {
  const page = await pages.open(t);
  const prevented = await page.evaluate(async (data) => {
    const list = await show("checklist", { checklist: data });
    const found = [];
    for (const isPrevented of [false, true]) {
      list.addEventListener("starwise-action", (event) => isPrevented && event.preventDefault(), { once: true });
      list.addEventListener("click", (event) => found.push(event.defaultPrevented), { once: true });
      list.shadowRoot.querySelector("a").click();
    }
    return found;
  }, checklist);
  assert.deepEqual(prevented, [false, true]);
});

test("a nudge by keyboard: shown once, clicked, dismissed, and the focus goes back to where it was", async (t) => {
  const page = await pages.open(t, { body: "<button id=before>before</button>" });
  await page.evaluate(async (data) => void (globalThis.nudge = await show("nudge", { nudge: data })), nudges.banner);
  await page.waitForFunction(() => heard.length === 1);
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.evaluate((data) => (globalThis.nudge.nudge = { ...data, title: "Changed" }), nudges.banner);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => globalThis.nudge.shadowRoot.activeElement.dataset.starwiseAction), "dismiss");
  await page.keyboard.press("Space");
  const told = JSON.parse(await page.evaluate(() => JSON.stringify(heard)));
  const events = told.map(({ event, ...rest }) => ({ ...rest, event: { ...event, time: typeof event.time } }));
  const about = (type) => ({ type, time: "number", data: { nudge: "hello" } });
  assert.deepEqual(events, [
    { type: "shown", name: "starwise-nudge", id: "hello", event: about("nudge.shown") },
    { type: "action", name: "starwise-nudge", id: "hello", action: "cta", href: "/shop", nudge: "hello", event: about("nudge.clicked") },
    { type: "dismiss", name: "starwise-nudge", id: "hello", event: about("nudge.dismissed") },
  ]);
  assert.deepEqual(await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return [globalThis.nudge.nudge, globalThis.nudge.shadowRoot.childElementCount, document.activeElement.id];
  }), [null, 0, "before"]);
});

test("a nudge is told as shown when it comes into view, and again after it was gone", async (t) => {
  const page = await pages.open(t);
  await page.evaluate(async (data) => {
    document.querySelector("main").append(Object.assign(document.createElement("iframe"), { height: 3000, title: "space" }));
    globalThis.nudge = await show("nudge", { nudge: data });
  }, nudges.banner);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => heard.length), 0);
  await page.evaluate(() => scrollTo(0, 10_000));
  await page.waitForFunction(() => heard.length === 1);
  await page.evaluate(async (data) => {
    globalThis.nudge.nudge = { ...data };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }, nudges.banner);
  assert.equal(await page.evaluate(() => heard.length), 1);
  await page.evaluate(async (data) => {
    globalThis.nudge.nudge = null;
    await new Promise((resolve) => setTimeout(resolve));
    globalThis.nudge.nudge = data;
  }, nudges.banner);
  await page.waitForFunction(() => heard.length === 2);
});

for (const [dir, key] of [["ltr", "ArrowRight"], ["rtl", "ArrowLeft"]]) {
  test(`a survey by keyboard, ${dir}: arrows lead along the answers, one is given, and it goes`, async (t) => {
    const page = await pages.open(t, { dir });
    await page.evaluate(async (data) => void (globalThis.nudge = await show("nudge", { nudge: data })), nudges.survey);
    const value = () => page.evaluate(() => globalThis.nudge.shadowRoot.activeElement?.dataset.starwiseValue);
    for (let press = 0; press < 5 && (await value()) !== "0"; press += 1) await page.keyboard.press("Tab");
    await page.keyboard.press(key);
    await page.keyboard.press(key);
    assert.equal(await value(), "2");
    await page.keyboard.press("End");
    assert.equal(await value(), "10");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const { answer, event, id } = await page.evaluate(() => heard.find(({ type }) => type === "answer"));
    assert.deepEqual([id, answer, event.type, event.data], ["nps", 9, "nudge.answered", { nudge: "nps", answer: 9 }]);
    assert.equal(await page.evaluate(() => globalThis.nudge.nudge), null);
  });
}

test("a page that prevents a dismissal keeps the nudge; Escape dismisses", async (t) => {
  const page = await pages.open(t);
  await page.evaluate(async (data) => {
    globalThis.nudge = await show("nudge", { nudge: data });
    globalThis.nudge.addEventListener("starwise-dismiss", (event) => event.preventDefault(), { once: true });
  }, nudges.banner);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => globalThis.nudge.nudge.id), "hello");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => globalThis.nudge.nudge), null);
});

for (const [reducedMotion, least] of [["no-preference", 1], ["reduce", 0]]) {
  test(`a nudge that goes moves only where motion is wanted: ${reducedMotion}`, async (t) => {
    const page = await pages.open(t, { reducedMotion });
    const [running, later] = await page.evaluate(async (data) => {
      const nudge = await show("nudge", { nudge: data });
      nudge.shadowRoot.querySelector("[data-starwise-action=dismiss]").click();
      const running = nudge.shadowRoot.getAnimations().length;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return [running, nudge.shadowRoot.childElementCount];
    }, nudges.banner);
    assert.deepEqual([running, later], [least, 0]);
  });
}

test("steps of a checklist in a nudge count as clicks of the nudge", async (t) => {
  const page = await pages.open(t);
  const { action, id, nudge, checklist: list, event } = await page.evaluate(async (data) => {
    const element = await show("nudge", { nudge: data });
    element.shadowRoot.querySelector("[data-starwise-action=step]").click();
    return heard.find(({ type }) => type === "action");
  }, nudges.checklist);
  assert.deepEqual([action, id, nudge, list, event.type, event.data.nudge], ["step", "invite", "begin", "start", "nudge.clicked", "begin"]);
});

function focusedStep() {
  return globalThis.list.shadowRoot.activeElement?.dataset.starwiseId;
}
