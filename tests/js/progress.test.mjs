// Progress through the package: what is absent and what is null, days of zones, and a ledger beside the history.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../pkg/index.node.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AT = Date.UTC(2024, 2, 4, 12);
const json = {
  criteria: [
    { id: "lesson", kind: "event", event: "lesson", points: 30, uniqueBy: "name" },
    { id: "often", kind: "frequency", event: "lesson", atLeast: 3, within: "7d", points: 5 },
  ],
  streaks: [
    { id: "daily", event: "lesson", every: "day", freezes: 1 },
    { id: "weekly", label: { en: "weeks", de: "Wochen" }, icon: "🔥", event: "lesson", every: "week" },
    { id: "monthly", event: "*", every: "month", atLeast: 2 },
  ],
  levels: { curve: "triangular", names: ["new", "known"] },
  badges: [
    { id: "keen", label: "Keen", award: { streak: "daily", length: 3 } },
    { id: "star", label: "Two stars", description: "twice", award: { stars: 2 } },
    { id: "second", label: "Level 2", award: { level: 2 } },
    { id: "ten", label: "Ten names", award: { event: "lesson", count: 10, uniqueBy: "name" } },
  ],
  checklists: [
    {
      id: "start",
      label: "Start",
      steps: [
        { id: "name", label: "Say who you are", href: "/profile", done: { profile: { name: { exists: true } } } },
        { id: "two", label: "Two lessons", done: { event: "lesson", count: 2 } },
        { id: "often", label: "Thrice a week", optional: true, done: { criterion: "often" } },
      ],
    },
  ],
};
const model = new Model(json);
const lesson = (time, name) => ({ type: "lesson", time, data: { name } });
const history = {
  events: [lesson(AT - 3 * DAY, "a"), lesson(AT - DAY, "b"), lesson(AT - 12.5 * HOUR, "b"), lesson(AT - 2 * HOUR, "c"), lesson(AT + DAY, "d")],
  profile: { name: "Ana" },
};

test("every key is there as documented: texts that are not are absent, all else is null", () => {
  const { at, streaks, level, badges, checklists } = model.progress(history, { at: AT, locale: "de" });
  assert.equal(at, AT);
  const [daily, weekly] = streaks;
  assert.deepEqual(Object.keys(daily), [
    ...["id", "every", "current", "longest", "atLeast", "count", "done", "atRisk", "freezes", "freezesLeft", "until", "recent"],
  ]);
  assert.deepEqual([weekly.label, weekly.icon], ["Wochen", "🔥"]);
  assert.deepEqual(level, { level: 2, name: "known", points: 90, from: 50, next: 150, share: 0.4 });
  assert.deepEqual(badges[3], { id: "ten", label: "Ten names", earned: false, earnedAt: null, have: 3, need: 10, share: 0.3 });
  assert.deepEqual(badges[0], { id: "keen", label: "Keen", earned: true, earnedAt: AT - 2 * HOUR, have: 3, need: 3, share: 1 });
  assert.deepEqual(badges[2].earnedAt, AT - DAY);
  assert.deepEqual(checklists[0], {
    ...{ id: "start", label: "Start", done: true, doneAt: null, share: 1, doneSteps: 2, requiredSteps: 2, next: null },
    steps: [
      { id: "name", label: "Say who you are", href: "/profile", optional: false, done: true, doneAt: null },
      { id: "two", label: "Two lessons", optional: false, done: true, doneAt: AT - DAY, count: 2, need: 2 },
      { id: "often", label: "Thrice a week", optional: true, done: true, doneAt: AT - 12.5 * HOUR },
    ],
  });
  const plain = new Model({ criteria: json.criteria });
  assert.deepEqual(plain.progress(history, { at: AT }), { at: AT, streaks: [], level: null, badges: [], checklists: [] });
});

test("all forms of a history, in any order, give the same", () => {
  const found = model.progress(history, { at: AT });
  const turned = { ...history, events: history.events.toReversed() };
  const text = JSON.stringify(history);
  for (const form of [turned, text, new TextEncoder().encode(text)]) assert.deepEqual(model.progress(form, { at: AT }), found);
});

test("days are those of the zone, whose offsets are known around the instant even without an event", () => {
  const starts = (timeZone, dayStartHour) =>
    model.progress({ events: [] }, { at: Date.UTC(2024, 3, 2, 12), timeZone, dayStartHour }).streaks.map(({ recent }) => recent.map(({ start }) => start));
  const [days, weeks, months] = starts("Europe/Berlin");
  // Clocks were set forward on 31 March 2024.
  assert.deepEqual(days.slice(3), [Date.UTC(2024, 2, 29, 23), Date.UTC(2024, 2, 30, 23), Date.UTC(2024, 2, 31, 22), Date.UTC(2024, 3, 1, 22)]);
  assert.deepEqual(weeks.slice(5), [Date.UTC(2024, 2, 24, 23), Date.UTC(2024, 2, 31, 22)]);
  assert.deepEqual(months.slice(0, 2), [Date.UTC(2023, 8, 30, 22), Date.UTC(2023, 9, 31, 23)]);
  const [shifted] = starts("Europe/Berlin", 4);
  assert.equal(shifted.at(-1), Date.UTC(2024, 3, 2, 2));
  const [utc] = starts(undefined);
  assert.equal(utc.at(-1), Date.UTC(2024, 3, 2));
  // Friday 30 December 2011 was left out in Apia: it begins when Saturday does.
  const { recent } = model.progress({ events: [] }, { at: "2011-12-31T01:00:00Z", timeZone: "Pacific/Apia" }).streaks[0];
  assert.deepEqual(recent.slice(4).map(({ start }) => start), [Date.UTC(2011, 11, 29, 10), Date.UTC(2011, 11, 30, 10), Date.UTC(2011, 11, 30, 10)]);
  assert.throws(() => model.progress({ events: [] }, { timeZone: "Mars/Olympus" }), { code: "options-invalid-time-zone" });
});

test("until is the first instant at which a streak is gone, across a change of offset", () => {
  const at = Date.UTC(2024, 2, 30, 12);
  const options = (at) => ({ at, timeZone: "Europe/Berlin" });
  const one = { events: [lesson(at, "a")] };
  for (const place of [0, 1]) {
    const { until, current } = model.progress(one, options(at)).streaks[place];
    assert.equal(current, 1);
    assert.equal(model.progress(one, options(until - 1)).streaks[place].current, 1);
    assert.equal(model.progress(one, options(until)).streaks[place].current, 0);
    assert.equal(until, [Date.UTC(2024, 3, 1, 22), Date.UTC(2024, 3, 7, 22)][place]);
  }
});

test("a ledger gives what the history gives: as it comes, through bytes, folded", () => {
  const settings = { timeZone: "America/New_York", dayStartHour: 3 };
  const ledger = new Ledger(model, { ...settings, profile: history.profile });
  for (const event of history.events) ledger.add(event);
  const check = (one, at) => assert.deepEqual(one.progress({ at, locale: "de" }), model.progress(history, { at, locale: "de", ...settings }));
  for (const at of [AT - 20 * DAY, AT - DAY, AT, AT + 100 * DAY]) check(ledger, at);
  check(Ledger.fromBytes(model, ledger.toBytes()), AT);
  ledger.compact(AT - DAY / 2);
  for (const at of [AT - DAY / 2, AT, AT + 2 * DAY]) check(ledger, at);
  const bytes = ledger.toBytes();
  const again = Ledger.fromBytes(model, bytes);
  assert.deepEqual(again.toBytes(), bytes);
  for (const at of [AT, AT + 40 * DAY]) check(again, at);
  assert.throws(() => again.progress({ at: AT - DAY }), { code: "options-at-settled", path: "options.at" });
  // Another profile for one call only.
  assert.equal(again.progress({ at: AT, profile: {} }).checklists[0].done, false);
  assert.equal(again.progress({ at: AT }).checklists[0].done, true);
  again.free();
  assert.throws(() => again.progress(), { code: "ledger-freed" });
});

test("a rebased ledger keeps its progress where the rules are the same, and begins anew where they are not", () => {
  const ledger = new Ledger(model, { profile: history.profile });
  ledger.add(history.events.slice(0, 4));
  ledger.compact(AT);
  const bytes = ledger.toBytes();
  const known = ledger.progress({ at: AT });
  const reworded = new Model({ ...json, badges: json.badges.map((badge) => ({ ...badge, label: `${badge.label}!` })), target: 1000 });
  assert.throws(() => Ledger.fromBytes(reworded, bytes), { code: "snapshot-foreign" });
  const kept = Ledger.fromBytes(reworded, bytes, { rebase: true }).progress({ at: AT });
  assert.deepEqual([kept.streaks, kept.level], [known.streaks, known.level]);
  assert.deepEqual(kept.badges.map(({ earnedAt }) => earnedAt), known.badges.map(({ earnedAt }) => earnedAt));
  const other = new Model({ ...json, streaks: json.streaks.map((streak) => ({ ...streak, freezes: 2 })) });
  const anew = Ledger.fromBytes(other, bytes, { rebase: true }).progress({ at: AT });
  assert.deepEqual(anew.streaks.map(({ longest }) => longest), [0, 0, 0]);
});

test("a badge of stars asks for the baseline as a score does", () => {
  const needy = new Model({ ...json, target: "baseline" });
  assert.throws(() => needy.progress(history, { at: AT }), (error) => error instanceof StarwiseError && error.code === "options-missing-baseline");
  assert.equal(needy.progress(history, { at: AT, baseline: 100 }).badges[1].earned, true);
  assert.equal(new Model({ ...json, target: "baseline", badges: [] }).progress(history, { at: AT }).level.level, 2);
});

test("what is freed says so", () => {
  const freed = new Model(json);
  freed.free();
  assert.throws(() => freed.progress(history), { code: "model-freed" });
});
