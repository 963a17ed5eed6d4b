// Pictures: what comes out byte by byte (tests/pictures), what is refused, contrast, and the stylesheet.
// STARWISE_UPDATE=1 writes the files anew; look at what changed before it is committed.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as starwise from "../../pkg/index.node.js";

const { StarwiseError, sparklineSvg, starsSvg, stylesheet } = starwise;
const place = (name) => fileURLToPath(new URL(`../pictures/${name}`, import.meta.url));
const { pictures, faults } = JSON.parse(readFileSync(place("pictures.json"), "utf8"));
const fileOf = ({ name, picture }) => `${name}.${picture.endsWith("Svg") ? "svg" : "html"}`;

for (const one of pictures) {
  test(`${one.name}: is drawn as it was`, () => {
    const drawn = starwise[one.picture](one.value, one.style);
    const file = place(fileOf(one));
    if (process.env.STARWISE_UPDATE) writeFileSync(file, drawn);
    assert.equal(drawn, readFileSync(file, "utf8"));
  });
}

test("every file is that of a picture", () => {
  const files = new Set([...pictures.map(fileOf), "pictures.json"]);
  assert.deepEqual(readdirSync(place("")).filter((file) => !files.has(file)), []);
  assert.ok([...files].every((file) => existsSync(place(file))));
});

for (const { picture, value, style, code, path, message } of faults) {
  test(`${picture} refuses: ${path} ${code} ${JSON.stringify(style ?? "")}`, () => {
    const error = thrownBy(() => starwise[picture](value, style));
    assert.equal(error.code, code);
    assert.equal(error.path, path);
    if (message) assert.equal(error.message, message);
  });
}

test("numbers that are none are refused, wherever they stand", () => {
  for (const number of [Number.NaN, Infinity, -Infinity]) {
    const values = { starsSvg: number, levelSvg: { level: 1, points: number, share: 0 }, leaderboardHtml: { rows: [{ id: "a", rank: 1, score: number }] } };
    for (const [name, value] of Object.entries(values)) assert.equal(thrownBy(() => starwise[name](value)).code, "picture-out-of-range");
    assert.equal(thrownBy(() => sparklineSvg({ times: [1, 2], score: Float64Array.of(1, number) })).path, "timeline.score[1]");
    assert.equal(thrownBy(() => starsSvg(1, { size: number })).code, "style-out-of-range");
  }
});

test("what throws while it is read, has its place", () => {
  const hostile = { get label() { throw new Error("no"); } };
  assert.equal(thrownBy(() => starwise.badgeSvg(hostile)).code, "picture-unreadable");
  assert.equal(thrownBy(() => starwise.badgeSvg(hostile)).path, "badge.label");
  assert.equal(thrownBy(() => starsSvg(1, hostile)).code, "style-unreadable");
  assert.equal(thrownBy(() => starsSvg(1, hostile)).path, "style.label");
  const endless = {};
  endless.self = endless;
  assert.equal(thrownBy(() => starwise.levelSvg(endless)).code, "picture-unreadable");
  assert.equal(thrownBy(() => starsSvg(1n)).code, "picture-wrong-type");
  assert.equal(starsSvg(2, { label: "\ud800" }).includes("\ufffd"), true);
});

test("typed columns and plain lists are drawn alike", () => {
  const lists = { times: [1, 2, 3], score: [10, 40, 20], stars: [1, 2, 1] };
  const typed = { times: Float64Array.from(lists.times), score: Float64Array.from(lists.score), stars: Uint8Array.from(lists.stars) };
  assert.equal(sparklineSvg(typed), sparklineSvg(lists));
  assert.equal(sparklineSvg(lists, { now: new Date("2024-01-01T00:00:00Z") }), sparklineSvg(lists, { now: Date.UTC(2024) }));
});

test("the longest timeline stays a small picture, and a longer one is refused", () => {
  const count = 100_001;
  const times = Float64Array.from({ length: count }, (_, index) => index);
  const score = Float64Array.from(times, (time) => 50 + 40 * Math.sin(time / 70) + (time % 13));
  const picture = sparklineSvg({ times, score, stars: new Uint8Array(count).fill(3) });
  assert.ok(picture.length < 25_000, `${picture.length} characters`);
  assert.equal(thrownBy(() => sparklineSvg({ times: new Float64Array(count + 1), score: new Float64Array(count + 1) })).code, "picture-out-of-range");
});

test("no picture carries a script, an inline style or a handler; a style element only on demand, with its nonce", () => {
  for (const one of pictures) {
    const markup = readFileSync(place(fileOf(one)), "utf8");
    assert.doesNotMatch(markup, /<script|<foreignObject|<use|<image|\sstyle=|<[^>]*\son\w+=|javascript:/i, one.name);
    assert.equal(markup.includes("<style"), Boolean(one.style?.styles), one.name);
    if (one.style?.styles?.nonce) assert.ok(markup.includes(`<style nonce="${one.style.styles.nonce}">`));
  }
});

test("the stylesheet is the file that ships, and holds nothing that a style element could not carry", () => {
  assert.equal(stylesheet(), readFileSync(fileURLToPath(new URL("../../pkg/starwise.css", import.meta.url)), "utf8"));
  assert.doesNotMatch(stylesheet(), /[<&]|@import|url\(/);
  // The core finds sections by the asterisks of their headings.
  const headings = stylesheet().split("*").filter((_, position) => position % 2 === 1);
  assert.deepEqual(headings, [" base ", " picture ", " card ", " checklist ", " nudge ", " leaderboard ", " elements "]);
});

test("every part has a rule or a meaning: ids are of the prefix, and unique", () => {
  for (const one of pictures) {
    const markup = readFileSync(place(fileOf(one)), "utf8");
    const ids = Array.from(markup.matchAll(/\sid="([^"]*)"/g), ([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, one.name);
    for (const id of ids) assert.ok(id.startsWith(`${one.style?.prefix ?? "starwise"}-`), id);
    const used = Array.from(markup.matchAll(/(?:aria-\w+by="|url\(#)([^")]*)/g), ([, id]) => id);
    for (const id of used) assert.ok(ids.includes(id), `${one.name}: ${id}`);
  }
});

test("what is nearly reached is not said or drawn as if it were", () => {
  const { badgeSvg, checklistHtml, levelSvg } = starwise;
  const drawn = (markup) => Number(/stroke-dasharray="([\d.]+) 100"/.exec(markup)[1]);
  const titleOf = (markup) => /<title>(.*?)</.exec(markup)[1];
  assert.equal(titleOf(starsSvg(3.96)), "3.9 of 5 stars");
  assert.equal(titleOf(starsSvg(3.16)), "3.2 of 5 stars");
  assert.equal(titleOf(starsSvg(4)), "4 of 5 stars");
  const level = { level: 1, points: 499.96, next: 500, share: 0.9999 };
  assert.equal(titleOf(levelSvg(level)), "Level 1, 499.9 of 500 points");
  assert.equal(titleOf(levelSvg({ ...level, points: 499.94 })), "Level 1, 499.9 of 500 points");
  const badge = { label: "A", have: 999.96, need: 1000, share: 0.99996 };
  assert.equal(titleOf(badgeSvg(badge)), "A, 999.9 of 1000");
  assert.match(badgeSvg(badge), />999\.9\/1000</);
  const list = { label: "A", share: 0.99, doneSteps: 0, requiredSteps: 1, steps: [{ id: "a", count: 9.99, need: 10 }] };
  assert.match(checklistHtml(list), />9\.9 of 10</);
  // Round ends of 3.4 and 2.7 of 100 do not close a ring; one that is closed is whole.
  assert.ok(drawn(levelSvg(level)) < 95 && drawn(badgeSvg(badge)) < 96);
  assert.equal(drawn(levelSvg({ ...level, share: 1 })), 100);
});

test("what is looked at as one is one: emoji of several code points, flags", () => {
  const sizeOf = (icon) => Number(/font-size="([\d.]+)"/.exec(starwise.badgeSvg({ label: "A", icon, earned: true, have: 1, need: 1, share: 1 }))[1]);
  for (const icon of ["🏅", "👨‍👩‍👧‍👦", "🇩🇪", "🏳️‍🌈", "👍🏽", "1️⃣"]) assert.equal(sizeOf(icon), 32, icon);
  assert.equal(sizeOf("🇩🇪🇫🇷"), sizeOf("🏅🏅"));
  assert.equal(sizeOf("🇩🇪🇫"), sizeOf("🏅🏅"));
});

test("where there is nothing, it is said; and nothing is told of it", () => {
  const nothing = starwise.checklistHtml({ label: "A", share: 0, doneSteps: 0, requiredSteps: 0, steps: [] });
  assert.doesNotMatch(nothing, /progressbar|0 of 0/);
  assert.match(starwise.leaderboardHtml({ rows: [] }, { words: { noData: "Niemand" } }), /<td colspan="3">Niemand<\/td>/);
  const lines = (style) => sparklineSvg({ times: [1, 2], score: [10, 80], stars: [0, 1] }, style).split("threshold").length - 1;
  assert.deepEqual([lines(), lines({ thresholds: [] }), lines({ thresholds: [20, 40] })], [1, 0, 2]);
});

test("an image with an empty name is decoration; what can be acted in keeps its own", () => {
  const image = starsSvg(3, { label: "" });
  assert.match(image, /aria-hidden="true"/);
  assert.doesNotMatch(image, /role=|<title/);
  const { checklistHtml, leaderboardHtml, nudgeHtml } = starwise;
  const list = { label: "A", share: 0, doneSteps: 0, requiredSteps: 1, steps: [{ id: "a" }] };
  for (const html of [checklistHtml(list, { label: "" }), nudgeHtml({ id: "n", kind: "banner", title: "T" }, { label: "" }), leaderboardHtml({ rows: [] }, { label: "" })]) {
    assert.doesNotMatch(html, /aria-label=""/);
    assert.match(html, /aria-label(ledby)?="[^"]/);
  }
});

test("a streak tells its days from the first that counts, in the words of its language", () => {
  const tell = (states, words) => /<desc>(.*?)</.exec(starwise.streakSvg({ every: "day", current: 0, recent: states.map((state) => ({ state })) }, { words }))?.[1];
  assert.equal(tell(["before", "before", "open"]), "Last 1: open");
  assert.equal(tell(["before", "done", "missed", "open"], { separator: "، " }), "Last 3: done، missed، open");
  assert.equal(tell(["before"]), undefined);
});

test("colours stand out as WCAG AA asks, in light and in dark", () => {
  const light = { color: "#d67200", accent: "#4f46e5", track: "#f3f4f7", line: "#858b96", text: "#1b1f27", muted: "#5b6270", frozen: "#0284c7", paper: "#ffffff" };
  const dark = { color: "#fbbf24", accent: "#a5b4fc", track: "#2d323d", line: "#7b8394", text: "#f3f4f6", muted: "#a3aab8", frozen: "#38bdf8", paper: "#15171c" };
  const css = stylesheet();
  for (const palette of [light, dark]) {
    for (const [role, color] of Object.entries(palette)) assert.ok(css.includes(`--s-${role}: ${color};`) || css.includes(`, ${color});`), `${role} ${color}`);
    for (const role of ["text", "muted"]) assert.ok(contrast(palette[role], palette.paper) >= 4.5, role);
    for (const role of ["color", "accent", "line", "frozen"]) assert.ok(contrast(palette[role], palette.paper) >= 3, role);
    // A full star beside an empty one, and the words of a button.
    assert.ok(contrast(palette.color, palette.track) >= 3);
    assert.ok(contrast(palette.paper, palette.accent) >= 4.5);
  }
  const markup = pictures.map((one) => readFileSync(place(fileOf(one)), "utf8")).join("");
  for (const color of [...Object.values(light), ...Object.values(dark)]) assert.ok(markup.includes(`"${color}"`), color);
});

function thrownBy(work) {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, String(error));
    return error;
  }
  return assert.fail("was not refused");
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = channels.map((channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
