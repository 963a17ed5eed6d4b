// The oracle's half on progress and nudges anchored: the cases worked by hand, and its calendar at known instants.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { runCases } from "../cases/run.mjs";
import { clockAt, endOfClock, intervalOf, isWithinClock, nextStartOf, startOfInterval } from "./calendar.mjs";
import { generateProgressCase } from "./generate-progress.mjs";
import { leaderboard } from "./leaderboard.mjs";
import { nudge } from "./nudge.mjs";
import { WRITTEN_TAGS } from "./numeral.mjs";
import { fillText } from "./placeholder.mjs";
import { progress } from "./progress.mjs";
import { clockChanges } from "./zones.mjs";

const FILES = ["streaks", "levels", "badges", "checklists", "nudges"];

/** The oracle in the shape of the package, for the runner of cases. */
class StarwiseError extends Error {
  constructor(path) {
    super(path);
    this.path = path;
    this.code = path === "options.showing" ? "options-unknown-nudge" : undefined;
  }
}

class Model {
  #model;

  constructor(model) {
    this.#model = read(model);
  }

  progress(history, options) {
    return ask(() => progress(this.#model, read(history), options));
  }

  nudge(history, options) {
    return ask(() => nudge(this.#model, read(history), options));
  }

  free() {}
}

for (const name of FILES) {
  test(`the oracle answers the cases as they were worked by hand: ${name}`, () => {
    const file = JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf8"));
    const asked = file.cases.filter(({ question }) => question === "progress" || question === "nudge");
    const { count, failures } = runCases({ cases: asked }, { Model, StarwiseError });
    assert.ok(count > 0);
    assert.deepEqual(failures, []);
  });
}

test("intervals begin at the first instant that belongs to them", () => {
  const startOf = (text, timeZone, every = "day", dayStartHour = 0) => {
    const place = { timeZone, dayStartHour };
    return new Date(startOfInterval(intervalOf(Date.parse(text), every, place), every, place)).toISOString();
  };
  assert.equal(startOf("2025-03-30T12:00:00Z", "Europe/Berlin"), "2025-03-29T23:00:00.000Z");
  assert.equal(startOf("2025-03-30T12:00:00Z", "Europe/Berlin", "day", 2), "2025-03-30T01:00:00.000Z"); // two o'clock was left out
  assert.equal(startOf("2018-11-04T12:00:00Z", "America/Sao_Paulo"), "2018-11-04T03:00:00.000Z"); // and midnight here
  assert.equal(startOf("2024-10-05T20:00:00Z", "Australia/Lord_Howe", "day", 2), "2024-10-05T15:30:00.000Z");
  assert.equal(startOf("2011-12-30T10:00:00Z", "Pacific/Apia"), "2011-12-30T10:00:00.000Z"); // 31 December
  assert.equal(startOf("2011-12-30T09:59:59Z", "Pacific/Apia"), "2011-12-29T10:00:00.000Z"); // 29 December
  assert.equal(startOf("2011-12-31T12:00:00Z", "Pacific/Apia", "week"), "2011-12-26T10:00:00.000Z");
  assert.equal(startOf("2006-10-29T02:31:00Z", "America/St_Johns"), "2006-10-28T02:30:00.000Z"); // a minute past midnight, set back
  assert.equal(startOf("2006-10-29T02:30:30Z", "America/St_Johns"), "2006-10-29T02:30:00.000Z");
  assert.equal(startOf("1969-12-31T12:00:00Z", "UTC", "week"), "1969-12-29T00:00:00.000Z");
  assert.equal(startOf("1969-12-31T12:00:00Z", "UTC", "month"), "1969-12-01T00:00:00.000Z");
  assert.equal(clockChanges("Pacific/Kwajalein").length, 1);
});

test("quiet hours go by the clock on the wall", () => {
  const endOf = (text, hours, timeZone = "UTC") => new Date(endOfClock(Date.parse(text), hours, timeZone)).toISOString();
  assert.equal(clockAt(Date.parse("2024-06-01T05:44:59.999Z"), "Asia/Kathmandu"), "11:29");
  const isQuiet = (text) => isWithinClock(Date.parse(text), ["22:00", "07:00"], "UTC");
  assert.deepEqual(["21:59:59.999", "22:00:00", "06:59:59.999", "07:00:00"].map((clock) => isQuiet(`2024-06-01T${clock}Z`)), [false, true, true, false]);
  assert.equal(endOf("2024-06-01T23:00:00Z", ["22:00", "24:00"]), "2024-06-02T00:00:00.000Z");
  assert.equal(endOf("2025-03-30T00:30:00Z", ["00:00", "02:30"], "Europe/Berlin"), "2025-03-30T01:00:00.000Z"); // set forward over their end
  assert.equal(endOf("2025-10-26T00:15:00Z", ["00:00", "02:30"], "Europe/Berlin"), "2025-10-26T00:30:00.000Z"); // the first of two
  assert.equal(endOf("2025-10-26T00:45:00Z", ["02:40", "04:00"], "Europe/Berlin"), "2025-10-26T01:00:00.000Z"); // set back out of them
});

test("texts are filled, numbers with at most one decimal", () => {
  const facts = { a: 1.25, b: -1.25, c: 2.04, d: -0.04, e: 0.35, f: 1e12, checklists: { k: { share: 2 / 3 }, l: { share: 0.29 } }, t: "T|}", n: null };
  const texts = { "{a} {b} {c} {d} {e} {f}": "1.3 -1.3 2 0 0.4 1000000000000", "{checklists.k.share}{checklists.l.share}": "66%29%" };
  Object.assign(texts, { "{{a}} {t}": "{a} T|}", "{n|none} {x|}{x|x y}{x}": "none x y", "{{{a}}}": "{1.3}" });
  for (const [text, filled] of Object.entries(texts)) assert.equal(fillText(text, facts), filled, text);

  const pointsOf = (points, isFirstOfDefault) => fillText("{nextStar.points}", { nextStar: { points, isFirstOfDefault } });
  assert.deepEqual([0, 0.04, 2.01, 2.1, 17].map((points) => pointsOf(points, false)), ["0.1", "0.1", "2.1", "2.1", "17"]);
  assert.deepEqual([0, 0.3, 4.3, 5].map((points) => pointsOf(points, true)), ["1", "1", "5", "6"]);
});

test("numbers are the locale's where the text is in its language or in none, else the text's", () => {
  const facts = { n: -12345.67, profile: { n: 12345.67 }, checklists: { k: { share: 0.4 } } };
  const text = "{n} {profile.n} {checklists.k.share}";
  const written = (tags, locale) => fillText(Object.fromEntries(tags.map((tag) => [tag, text])), facts, locale);
  const plain = "-12345.7 12345.7 40%";
  assert.deepEqual([undefined, null, "tlh", "xx-DE"].map((locale) => fillText(text, facts, locale)), [plain, plain, plain, plain]);
  assert.equal(fillText(text, facts, "de"), "-12.345,7 12345,7 40\u00a0%");
  assert.equal(written(["en", "de"], "DE-ch"), "-12'345.7 12345.7 40%");
  assert.equal(written(["de-AT", "en"], "de-CH"), "-12'345.7 12345.7 40%");
  assert.equal(written(["en", "de-CH"], "fr"), "-12,345.7 12345.7 40%");
  assert.equal(written(["de-CH"], undefined), "-12'345.7 12345.7 40%");
  assert.equal(written(["tlh", "de"], "fr"), plain);
  assert.equal(fillText("{n}", { n: 1234.5 }, "es"), "1234,5");
  assert.equal(fillText("{n}", { n: 1234567.8 }, "hi"), "12,34,567.8");
  assert.equal(fillText("{profile.n}", facts, "fa"), "۱۲۳۴۵٫۷");
});

test("this host writes numbers as the fixture has them, in nearly every language", () => {
  assert.ok(WRITTEN_TAGS.length > 200, String(WRITTEN_TAGS.length));
});

test("levels are reached by instants, streaks end after now, none at all begins at the start", () => {
  const at = (day) => Date.UTC(2024, 2, day);
  const happened = (type, day, n) => ({ type, time: at(day), data: { n } });
  const criteria = [{ id: "a", kind: "event", event: "*", per: "n", points: 1 }];
  const levelled = { criteria, levels: { curve: { thresholds: [5] } }, badges: [{ id: "b", label: "B", award: { level: 1 } }] };
  const earnedAt = (...events) => progress(levelled, { events }, { at: at(30) }).badges[0].earnedAt;
  assert.equal(earnedAt(happened("a", 1, 9), happened("b", 1, -9)), null);
  assert.equal(earnedAt(happened("a", 1, -9), happened("b", 1, 9), happened("a", 2, 5)), at(2));
  assert.equal(earnedAt(happened("a", 1, 3), happened("b", 1, 2)), at(1));

  const calm = { id: "c", kind: "frequency", event: "a", atLeast: 0, atMost: 0, within: "7d", points: 1 };
  const steps = [{ id: "s", label: "S", done: { criterion: "c" } }, { id: "t", label: "T", done: { profile: { tenureDays: { gte: 9 } } } }];
  const listed = { criteria: [calm], checklists: [{ id: "k", label: "K", steps }] };
  const stepsOf = (events, day, profile) => progress(listed, { events, profile }, { at: at(day) }).checklists[0].steps.map(({ done, doneAt }) => doneAt ?? done);
  assert.deepEqual(stepsOf([happened("a", 1)], 7), [false, false]);
  assert.deepEqual(stepsOf([happened("a", 1)], 11), [at(8), true]);
  assert.deepEqual(stepsOf([happened("b", 1), happened("a", 2)], 3), [at(1), false]);
  assert.deepEqual(stepsOf([happened("a", 1)], 20, { createdAt: at(10) }), [at(8), true]);
  assert.deepEqual(stepsOf([], 3), [at(3), false]);

  const twice = { timeZone: "Pacific/Chatham", dayStartHour: 3 }; // from 3:45 to 2:45
  const starts = ["2024-04-06T13:00:00Z", "2024-04-06T13:59:59Z", "2024-04-06T14:00:00Z", "2024-04-06T14:15:00Z"].map((text) => {
    const time = Date.parse(text);
    return new Date(nextStartOf(intervalOf(Date.parse("2024-04-06T20:00:00Z"), "day", twice), "day", time, twice)).toISOString();
  });
  assert.deepEqual(starts, ["2024-04-06T13:15:00.000Z", "2024-04-06T14:15:00.000Z", "2024-04-06T14:15:00.000Z", "2024-04-06T14:15:00.000Z"]);
});

test("ranks 1-2-2-4, 1-2-2-3 and 1-2-3-4, and the rows around one", () => {
  const entries = [["d", 1], ["c", 5], ["b", 5], ["a", 9]].map(([id, score]) => ({ id, score }));
  const ranks = (ranking) => leaderboard(entries, { ranking }).rows.map(({ id, rank }) => `${id}${rank}`).join(" ");
  assert.deepEqual([ranks("competition"), ranks("dense"), ranks("ordinal")], ["a1 b2 c2 d4", "a1 b2 c2 d3", "a1 b2 c3 d4"]);
  const { rows, around } = leaderboard(entries, { top: 1, around: "d", span: 0, previous: { d: 1 } });
  assert.deepEqual(rows.map(({ id, gap }) => [id, gap]), [["a", false], ["d", true]]);
  assert.equal(around.movement, -3);
});

test("generated cases are the same for the same seed, and plain JSON", () => {
  for (let seed = 0; seed < 40; seed++) {
    const one = generateProgressCase(seed);
    assert.deepEqual(generateProgressCase(seed), one);
    assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
  }
});

function read(input) {
  if (input instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(input));
  return typeof input === "string" ? JSON.parse(input) : input;
}

function ask(answer) {
  try {
    return answer();
  } catch (error) {
    throw error.message.startsWith("options.") ? new StarwiseError(error.message) : error;
  }
}
