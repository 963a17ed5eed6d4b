// Elements that a server has drawn: they are there before any script, and are taken over as they are.
/* global settled, heard */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { nudges, SHOWN } from "./element-data.mjs";
import { DEFINE, elementPages, NO_WASM, STYLESHEET } from "./elements.mjs";
import { PACKAGE, starwise } from "./playground.mjs";

const { fillElement, renderElement } = await import(pathToFileURL(`${PACKAGE}/elements.node.js`));
const looks = { link: { stylesheet: STYLESHEET }, style: { nonce: "abc" }, none: {} };

let pages;

before(async () => {
  pages = await elementPages();
});

after(() => pages?.close());

for (const [look, options] of Object.entries(looks)) {
  for (const dir of ["ltr", "rtl"]) {
    test(`taken over without a flash: ${look}, ${dir}`, async (t) => {
      const written = dir === "rtl" ? { dir, locale: "ar" } : {};
      const body = Object.entries(SHOWN).map(([name, [property, data]]) => `<p>${renderElement(`starwise-${name}`, { [property]: data, ...written }, { ...options, fallback: "none" })}</p>`).join("");
      const page = await pages.open(t, { body, script: null, dir });
      const before = look === "none" ? null : await page.screenshot({ fullPage: true });
      const changes = await page.evaluate(async (address) => {
        const elements = [...document.querySelectorAll("main > p > *")];
        const nodes = elements.map(({ shadowRoot }) => [...shadowRoot.querySelectorAll("*")]);
        const changes = [];
        const observer = new MutationObserver((records) => changes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)));
        for (const { shadowRoot } of elements) observer.observe(shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
        await import(address);
        // The picture that is there for sure shows that the core has started.
        const last = Object.assign(document.createElement("starwise-stars"), { value: 1, hidden: true });
        document.body.append(last);
        await settled(last);
        await new Promise((resolve) => setTimeout(resolve, 50));
        const isSame = elements.every(({ shadowRoot }, position) => nodes[position].every((node, index) => shadowRoot.querySelectorAll("*")[index] === node));
        last.remove();
        const isUpgraded = elements.every((element) => "render" in element && element.shadowRoot.adoptedStyleSheets.length > 0);
        return { changes, count: elements.length, isSame, isUpgraded, isDrawn: last.shadowRoot.querySelector("svg") !== null };
      }, DEFINE);
      assert.deepEqual(changes, { changes: [], count: 8, isSame: true, isUpgraded: true, isDrawn: true });
      if (before) assert.ok(before.equals(await page.screenshot({ fullPage: true })), "it looks otherwise than before");
    });
  }
}

test("what was served is drawn anew once something changes", async (t) => {
  const body = renderElement("starwise-stars", { value: 3 }, { stylesheet: STYLESHEET });
  const page = await pages.open(t, { body });
  const titles = await page.evaluate(async () => {
    const stars = document.querySelector("starwise-stars");
    const title = () => stars.shadowRoot.querySelector("title").textContent;
    const before = title();
    stars.value = 4;
    // The core may still be on its way.
    while (title() === before) await new Promise((resolve) => setTimeout(resolve, 10));
    return [before, title(), stars.shadowRoot.querySelectorAll("link").length, stars.shadowRoot.querySelectorAll("svg").length];
  });
  assert.deepEqual(titles, ["3 of 5 stars", "4 of 5 stars", 1, 1]);
});

test("what was served stays where WebAssembly is refused, and acts", async (t) => {
  const body = renderElement("starwise-nudge", { nudge: nudges.banner }, { stylesheet: STYLESHEET, fallback: "none" });
  const page = await pages.open(t, { body, policy: NO_WASM, isBroken: true });
  await page.waitForFunction(() => heard.some(({ type }) => type === "error"));
  await page.waitForFunction(() => heard.some(({ type }) => type === "shown"));
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.deepEqual(await page.evaluate(() => [heard.at(-1).type, heard.at(-1).event.type, document.querySelector("starwise-nudge").nudge]), ["dismiss", "nudge.dismissed", null]);
  assert.equal(await page.getByText(nudges.banner.body).isVisible(), false);
});

test("renderElement: the tag, its attributes, the picture of the same renderer", async () => {
  const { starsSvg } = await starwise();
  const html = renderElement("starwise-stars", { value: 3.5, size: 32, label: 'a "b"', trackColor: "#eee", animated: false }, { stylesheet: "/s.css?a&b", nonce: "n", fallback: "<3.5>", attributes: { id: "x", tabindex: 0 } });
  const picture = starsSvg(3.5, { size: 32, label: 'a "b"', trackColor: "#eee", animated: false });
  assert.equal(html, `<starwise-stars id="x" tabindex="0" value="3.5" track-color="#eee" label="a &quot;b&quot;" size="32"><template shadowrootmode="open">`
    + `<link rel="stylesheet" href="/s.css?a&amp;b" nonce="n">${picture}</template>&lt;3.5&gt;</starwise-stars>`);
  assert.equal(renderElement("my-own-nudge", { nudge: null }), '<my-own-nudge data="null"><template shadowrootmode="open"></template></my-own-nudge>');
  assert.equal(renderElement("starwise-level"), '<starwise-level><template shadowrootmode="open"><slot></slot></template></starwise-level>');
  const timeline = { times: Float64Array.of(1e12, 1.1e12), score: Float64Array.of(1, 2), points: Float64Array.of(1, 2), stars: Uint8Array.of(0, 0) };
  assert.match(renderElement("starwise-sparkline", { timeline }), /data="\{&quot;times&quot;:\[1000000000000,1100000000000\],/);
});

test("renderElement: faults are told by a code", () => {
  for (const name of ["stars", "starwise-star", "starwise-toString", "Starwise-stars", "x y-stars", "", undefined, "starwise-stars>"]) assert.throws(() => renderElement(name), { name: "StarwiseError", code: "element-unknown", path: "name" });
  assert.throws(() => renderElement("starwise-stars", { valeu: 3 }), { code: "element-unknown-property", path: "properties.valeu" });
  assert.equal(renderElement("starwise-stars", { value: "3" }), renderElement("starwise-stars", { value: 3 }));
  assert.deepEqual(fillElement("starwise-stars", {}, "3"), fillElement("starwise-stars", {}, 3));
  assert.throws(() => renderElement("starwise-stars", { value: "three" }), { name: "StarwiseError", code: /^picture-/ });
  assert.throws(() => renderElement("starwise-level", { level: "three" }), { code: "element-invalid-json", path: "level" });
  assert.throws(() => renderElement("starwise-stars", { value: 3, color: "url(x)" }), { code: "style-invalid-color", path: "style.color" });
  for (const name of ["onclick", "style", "a b", "Class", "x>", "value", "data", "size"]) {
    assert.throws(() => renderElement("starwise-stars", { value: 3, size: 9 }, { attributes: { [name]: "1" } }), { code: "element-invalid-attribute", path: "options.attributes" }, name);
  }
});

test("fillElement: a tag that stands in a page is filled as renderElement writes it", () => {
  for (const [name, [property, data]] of Object.entries(SHOWN)) {
    for (const style of [{}, { theme: "dark", label: "a \"b\" & <c>", locale: "ar" }, { dir: "rtl" }]) {
      const tag = `starwise-${name}`;
      const whole = renderElement(tag, { [property]: data, ...style }, { stylesheet: "/s.css" });
      const { attributes, content } = fillElement(tag, style, data, { stylesheet: "/s.css" });
      assert.ok(whole.endsWith(`>${content}</${tag}>`), name);
      const [[attribute, text]] = Object.entries(attributes);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(data, (_, part) => (ArrayBuffer.isView(part) ? Array.from(part) : part))));
      assert.equal(attribute, typeof data === "number" ? "value" : "data");
    }
  }
  // From right to left as the page is, unless the tag or its language says otherwise.
  const written = (attributes, dir) => fillElement("starwise-level", attributes, SHOWN.level[1], { dir }).content;
  assert.equal(written({}, "rtl"), written({ dir: "RTL" }));
  assert.notEqual(written({}, "rtl"), written({}));
  for (const own of [{ dir: "ltr" }, { locale: "en" }]) assert.equal(written(own, "rtl"), written(own));
});

test("fillElement: what has data keeps them, and what cannot be drawn is told", () => {
  assert.equal(fillElement("starwise-stars", { value: "2" }, 3), null);
  assert.equal(fillElement("starwise-stars", { data: "" }, 3), null);
  assert.deepEqual(fillElement("starwise-nudge", {}, null), { attributes: { data: "null" }, content: '<template shadowrootmode="open"></template>' });
  assert.throws(() => fillElement("starwise-stars", { size: "big" }, 3), { name: "StarwiseError", path: "style.size" });
  assert.throws(() => fillElement("starwise-stars", { words: "{" }, 3), { code: "element-invalid-json" });
  assert.throws(() => fillElement("starwise-star", {}, 3), { code: "element-unknown" });
});
