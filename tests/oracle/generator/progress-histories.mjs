// Random histories that make progress: steady interval after interval, on the edges of days, with nudges shown and
// answered (sections 8 and 9 of the specification).

import { intervalOf, startOfInterval } from "../calendar.mjs";
import { makeDenseHistory } from "./dense.mjs";
import { makeHistory } from "./histories.mjs";
import { spellTime } from "./spelling.mjs";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const EXPOSURES = ["nudge.shown", "nudge.shown", "nudge.shown", "nudge.shown", "nudge.dismissed", "nudge.answered", "nudge.clicked"];

/** `{ events, profile? }` for a model with its progress and nudges. */
export function makeProgressHistory(random, scene, model, { dense, skipping }) {
  const history = dense ? makeDenseHistory(random, scene) : makeHistory(random, scene, skipping);
  for (const streak of model.streaks ?? []) {
    if (random.chance(75)) history.events.push(...makeSteadyEvents(random, scene, streak));
  }
  history.events.push(...makeBalances(random, scene, model));
  history.events = history.events.map((event) => nameNudge(random, model, event));
  if (random.chance(75)) history.events.push(...random.times(random.integer(1, 8), () => makeExposure(random, scene, model)));
  if (random.chance(20)) history.events.push(...structuredClone(random.sample(history.events, 3))); // twice, and once where they have an id
  history.events = random.shuffle(history.events);
  return history;
}

/** Most intervals up to now, some left out, each with about as many events as it takes. */
function makeSteadyEvents(random, scene, streak) {
  const place = { timeZone: scene.zone, dayStartHour: scene.dayStartHour };
  const type = streak.event === "*" ? random.pick(scene.types) : random.pick([streak.event].flat());
  const today = intervalOf(scene.at, streak.every, place);
  const share = random.pick([60, 80, 90, 100]);
  const last = random.weighted([[50, 0], [30, 1], [10, 2], [10, random.integer(3, 6)]]);
  const events = [];
  for (let back = random.integer(last, last + 14); back >= last; back--) {
    if (!random.chance(share)) continue;
    const [start, end] = [today - back, today - back + 1].map((interval) => startOfInterval(interval, streak.every, place));
    const needed = (streak.atLeast ?? 1) + random.weighted([[80, 0], [10, 1], [10, -1]]);
    events.push(...random.times(Math.max(0, needed), () => {
      const time = random.weighted([[20, start], [10, end - 1], [5, start - 1], [65, random.integer(start, Math.max(start, end - 1))]]);
      return { type, time: spellTime(random, time), ...(random.chance(20) ? { id: `s${random.integer(0, 40)}` } : {}) };
    }));
  }
  return events;
}

/** Amounts of either sign for the criterion `balance`, where there is one. */
function makeBalances(random, scene, model) {
  const balance = (model.criteria ?? model.parts.flatMap((part) => part.criteria)).find(({ id }) => id === "balance");
  if (balance === undefined) return [];
  const { event: type } = balance;
  const drawTime = () => scene.at - random.integer(0, 20 * 24) * HOUR;
  const single = () => [{ type, time: spellTime(random, drawTime()), data: { balance: random.pick([60, 100, 25.5, 400, -50, -75, -400]) } }];
  // in canonical order an instant gives first, by id, and takes then
  const both = (index) => {
    const time = drawTime();
    const given = random.pick([60, 200, 400, 2_000]);
    const taken = given - random.pick([0, 0, 25.5, 60]);
    return [["give", given], ["take", -taken]].map(([id, amount]) => ({ type, id: `${id}-${index}`, time: spellTime(random, time), data: { balance: amount } }));
  };
  return random.times(random.integer(2, 6), (index) => (random.chance(40) ? both(index) : single())).flat();
}

/** What became of a nudge: at the edges of cooldowns and gaps, at the edge of the day, or some time. */
function makeExposure(random, scene, model) {
  const place = { timeZone: scene.zone, dayStartHour: scene.dayStartHour };
  const today = intervalOf(scene.at, "day", place);
  const time = random.weighted([
    [35, () => scene.at - random.pick(scene.nudgeEdges) + random.pick([0, 0, 1, -1])],
    [20, () => startOfInterval(today, "day", place) + random.pick([0, 0, -1, 1])],
    [35, () => scene.at - random.integer(0, random.pick([2, 24, 240]) * 60) * MINUTE],
    [5, () => scene.at],
    [5, () => scene.at + random.pick([1, HOUR, DAY])],
  ])();
  const type = random.pick(EXPOSURES);
  const event = { type, time: spellTime(random, time), data: { nudge: drawNudge(random, model) } };
  if (type === "nudge.answered") event.data.answer = random.integer(0, 10);
  if (random.chance(15)) event.id = `n${random.integer(0, 9)}`;
  return event;
}

/** An event about a nudge says which, or nearly always. */
function nameNudge(random, model, event) {
  if (typeof event?.type !== "string" || !event.type.startsWith("nudge.") || random.chance(5)) return event;
  if (event.data !== undefined && event.data !== null && (typeof event.data !== "object" || Array.isArray(event.data))) return event;
  return { ...event, data: { ...event.data, nudge: drawNudge(random, model) } };
}

function drawNudge(random, model) {
  return random.chance(12) ? random.pick(["gone", "nudge", "constructor"]) : random.pick(model.nudges).id;
}
