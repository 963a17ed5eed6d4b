// The pictures' own texts in other languages: each has all of them, says the same with the same placeholders, and is drawn.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { badgeSvg, checklistHtml, leaderboardHtml, levelSvg, nudgeHtml, sparklineSvg, starsSvg, streakSvg } from "../../pkg/index.node.js";
import { badges, checklist, leaderboard, nudges } from "../browser/element-data.mjs";

const LANGUAGES = ["ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"];
/** Signs in numbers, which the locale brings. */
const OF_THE_LOCALE = ["decimal", "group"];

const source = readFileSync(new URL("../../src/render/words.rs", import.meta.url), "utf8");
const [table] = source.match(/ENGLISH:[^]*?\n\];/);
const ENGLISH = Object.fromEntries(Array.from(table.matchAll(/\(\s*"(\w+)",\s*"(.*)",?\s*\)/g), ([, key, text]) => [key, text]));
const placeholders = (text) => Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name).sort();

const folder = new URL("../../pkg/words/", import.meta.url);
const wordsOf = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8"));

const streak = { every: "day", current: 3, atRisk: true, freezesLeft: 1, recent: ["done", "frozen", "missed", "open"].map((state) => ({ state })) };
const times = [0, 1, 2, 3].map((day) => Date.UTC(2024, 2, 1 + day));
const timeline = { times, score: [10, 30, 20, 5], points: [1, 3, 2, 0], stars: [1, 2, 2, 1] };
const ranks = { rows: [...leaderboard.rows, { id: "dee", score: 1, rank: 18, movement: 0, gap: true }] };

/** Every picture, so that every text is drawn by one of them. */
function drawn(style) {
  const now = times[1];
  return [
    starsSvg(3.5, style),
    starsSvg(3.5, { ...style, label: "Rating" }),
    levelSvg({ level: 2, points: 60, next: 150, share: 0.1 }, style),
    levelSvg({ level: 9, points: 999, next: null, share: 1 }, style),
    ...["day", "week", "month"].map((every) => streakSvg({ ...streak, every, label: "Lessons" }, style)),
    streakSvg({ every: "day", current: 0 }, style),
    ...badges.map((badge) => badgeSvg(badge, style)),
    ...["score", "points", "stars"].map((of) => sparklineSvg(timeline, { ...style, of, now })),
    sparklineSvg({ times: [], score: [] }, style),
    checklistHtml(checklist, style),
    ...Object.values(nudges).map((nudge) => nudgeHtml(nudge, style)),
    leaderboardHtml(ranks, style),
  ].join("\n");
}

/** A word within a ring that is too long is left out. */
const signOf = (key) => (key === "levelMark" ? "°" : `‹${key}›`);

test("ten languages ship, and English is built in", () => {
  assert.deepEqual(readdirSync(folder).sort(), LANGUAGES.map((language) => `${language}.json`));
  assert.ok(Object.keys(ENGLISH).length > 40);
});

for (const language of LANGUAGES) {
  test(`${language}: every text, with the placeholders of the English one`, () => {
    const words = wordsOf(language);
    assert.deepEqual(Object.keys(words), Object.keys(ENGLISH).filter((key) => !OF_THE_LOCALE.includes(key)));
    for (const [key, text] of Object.entries(words)) {
      assert.deepEqual(placeholders(text), placeholders(ENGLISH[key]), key);
      // Between two words there may be a blank.
      assert.equal(text, (key === "separator" ? text : text.trim()).normalize("NFC"), key);
      assert.ok(text.trim() !== "" && text.length < 60, key);
    }
  });

  test(`${language}: every text is drawn`, () => {
    const words = wordsOf(language);
    const pictures = drawn({ locale: language, words });
    // Each with a sign of its own, to see that the pictures of this test do say it.
    const marked = drawn({ locale: language, words: Object.fromEntries(Object.entries(words).map(([key, text]) => [key, `${text}${signOf(key)}`])) });
    for (const [key, text] of Object.entries(words)) {
      assert.ok(marked.includes(signOf(key)), key);
      const longest = text.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0];
      assert.ok(pictures.includes(longest), `${key}: ${text}`);
    }
  });
}

test("numbers in them are those of the locale", () => {
  assert.match(starsSvg(3.5, { locale: "de", words: wordsOf("de") }), />3,5 von 5 Sternen</);
  assert.match(starsSvg(3.5, { locale: "fr", words: wordsOf("fr") }), />3,5 sur 5 étoiles</);
  assert.match(streakSvg({ every: "week", current: 1 }, { locale: "de", words: wordsOf("de") }), /1-wöchige Serie/);
});
