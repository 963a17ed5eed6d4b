// Streaks over every change of the clocks from 1970 to 2037 in zones of every kind, held against the civil dates of an
// independent calendar library: events right before, at and after each change and each beginning of a day around it.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Model } from "../../pkg/index.node.js";
import { intervalOf, startOfInterval } from "./calendar.mjs";
import { describeDifference } from "./compare.mjs";
import { progress as progressNaively } from "./progress.mjs";
import { clockChanges, ZONES } from "./zones.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS = [1, 2, 3, 4, 12, 22, 23]; // at which a day begins, besides midnight: one after the other
const NEVER_SET = ["UTC", "Etc/GMT+12", "Asia/Kolkata"];

/** Around a change: itself, and the days from the one before it to the one after. */
const MOMENTS = 17;

/** Whether there is time for every change with every beginning of a day: `make soak`. Otherwise they take turns. */
const IS_LONG = Number(process.env.STARWISE_TIMES ?? 1) > 1;

/** An event type of its own for each moment, so that each tells its day alone, some their week and month; and all together. */
const rules = {
  criteria: [],
  streaks: [
    ...Array.from({ length: MOMENTS }, (_, index) => index).flatMap((index) => [
      { id: `day-${index}`, event: `m${index}`, every: "day" },
      ...(index % 3 === 0 ? [{ id: `week-${index}`, event: `m${index}`, every: "week" }] : []),
      ...(index % 3 === 0 ? [{ id: `month-${index}`, event: `m${index}`, every: "month" }] : []),
    ]),
    { id: "all", event: "*", every: "day" },
    { id: "frozen", event: ["m0", "m5", "m10", "m16"], every: "day", freezes: 2 },
    { id: "twice", event: "*", every: "day", atLeast: 2, freezes: 1 },
    { id: "weeks", event: "*", every: "week", freezes: 1 },
    { id: "months", event: "*", every: "month" },
  ],
  badges: [{ id: "three", label: "Three days", award: { streak: "all", length: 3 } }],
};
const model = new Model(rules);
const together = { ...rules, streaks: rules.streaks.filter(({ id }) => !id.includes("-")) };
const modelTogether = new Model(together);
after(() => [model, modelTogether].forEach((one) => one.free()));

let changesSeen = 0;
let questions = 0;
let begunTwice = 0;

ZONES.forEach((timeZone, index) => {
  test(`streaks in ${timeZone}, at every change of its clocks`, () => {
    const elsewhere = ZONES[(index + 7) % ZONES.length];
    const changes = clockChanges(timeZone);
    changes.forEach((change, number) => {
      const dayStartHour = HOURS[number % HOURS.length];
      const places = [{ timeZone }, { timeZone, dayStartHour }];
      for (const place of IS_LONG ? places : [places[number % 2]]) compareAround(change, place, place);
      // the same history on a journey
      if (number % 4 === 0) compareAround(change, { timeZone }, { timeZone: elsewhere, dayStartHour });
    });
    assert.ok(changes.length > 0, "its clocks were never set");
    changesSeen += changes.length;
  });
});

test("streaks where clocks are never set", () => {
  for (const timeZone of NEVER_SET) {
    for (const dayStartHour of [0, ...HOURS]) compareAround(Date.UTC(2024, 1, 29, 12), { timeZone }, { timeZone, dayStartHour });
  }
});

test("all of that was no small number", (context) => {
  context.diagnostic(`${changesSeen} changes of clocks, ${questions} questions, ${begunTwice} where the next day had begun and begins again`);
  assert.ok(changesSeen > 2_500 && questions > (IS_LONG ? 35_000 : 18_000) && begunTwice > 20);
});

/** Events at the moments around a change where they happened, asked about in another place or the same. */
function compareAround(change, happened, asked) {
  const times = momentsAround(change, happened);
  const events = times.map((time, index) => ({ type: `m${index}`, time: written(time) }));
  compareAt(model, rules, events, { ...asked, at: written(change + 3 * DAY) });

  // and as they stand at the change itself, the hour around it, and the edge of the next day
  const today = intervalOf(change, "day", placed(asked));
  const next = startOfInterval(today + 1, "day", placed(asked));
  for (const at of [change - 1, change, change + HOUR / 2, next - 1, next, next + 1]) {
    compareAt(modelTogether, together, events, { ...asked, at: written(at) });
  }

  // and for whoever did their part on the days before, and now has to again: the next day may have begun once already
  for (const at of [change, change + HOUR / 2]) {
    const day = intervalOf(at, "day", placed(asked));
    const before = events.filter((_, index) => intervalOf(times[index], "day", placed(asked)) < day);
    if (startOfInterval(day + 1, "day", placed(asked)) <= at) begunTwice += 1;
    compareAt(modelTogether, together, before, { ...asked, at: written(at) });
  }
}

function momentsAround(change, place) {
  const today = intervalOf(change, "day", placed(place));
  const starts = [-1, 0, 1, 2].map((days) => startOfInterval(today + days, "day", placed(place)));
  const moments = [change - HOUR, change - 1, change, change + 1, change + HOUR, ...starts.flatMap((start) => [start - 1, start, start + 1])];
  assert.equal(moments.length, MOMENTS);
  return moments.sort((left, right) => left - right);
}

function compareAt(one, json, events, options) {
  questions += 1;
  const found = one.progress({ events }, options);
  const expected = progressNaively(json, { events }, options);
  const difference = describeDifference(found, expected);
  if (difference !== null) assert.fail(`${difference}\n${JSON.stringify({ options, events })}`);
}

/** As text, for numbers of the first years after 1970 are taken for seconds. */
function written(time) {
  return new Date(time).toISOString();
}

function placed({ timeZone, dayStartHour = 0 }) {
  return { timeZone, dayStartHour };
}
