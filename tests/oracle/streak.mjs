// Streaks (section 8 of the specification): interval by interval, and again for every event before.

import { intervalOf, nextStartOf, placeOf, startOfInterval } from "./calendar.mjs";
import { matchingEvents } from "./criterion.mjs";
import { pickText } from "./text.mjs";

const RECENT = 7;

/** A streak of the model as it stands at `at`; `events` are those up to then, in canonical order. */
export function streakOf(streak, { at, events, options }) {
  const { id, every, atLeast = 1, freezes = 0 } = streak;
  const place = placeOf(options);
  const today = intervalOf(at, every, place);
  const counts = countsOf(streak, events, place);
  const { runs, frozen } = runsOf(counts, atLeast, freezes);
  const state = currentOf(runs.at(-1), today, freezes);
  for (let i = 0; i < state.bridged; i++) frozen.add(runs.at(-1).last + 1 + i);

  // before the first interval with an event there was nothing to miss
  const first = Math.min(...counts.keys());
  const isDone = (interval) => (counts.get(interval) ?? 0) >= atLeast;
  const recent = Array.from({ length: RECENT }, (_, i) => today - RECENT + 1 + i).map((interval) => ({
    start: startOfInterval(interval, every, place),
    state: isDone(interval) ? "done" : interval === today ? "open" : frozen.has(interval) ? "frozen" : interval < first ? "before" : "missed",
  }));
  return {
    id,
    ...(streak.label === undefined ? {} : { label: pickText(streak.label, options.locale) }),
    ...(streak.icon === undefined ? {} : { icon: streak.icon }),
    every,
    current: state.current,
    longest: longestOf(runs),
    atLeast,
    count: counts.get(today) ?? 0,
    done: isDone(today),
    atRisk: state.atRisk,
    freezes,
    freezesLeft: state.freezesLeft,
    until: state.over === null ? null : nextStartOf(state.over, every, at, place),
    recent,
  };
}

/** The time of the event with which the length first was `length`, or null. */
export function lengthReachedAt(streak, length, { events, options }) {
  const place = placeOf(options);
  const matching = matchingEvents(streak.event, streak.where, { events });
  for (let known = 1; known <= matching.length; known++) {
    const counts = countsOf(streak, matching.slice(0, known), place);
    const { runs } = runsOf(counts, streak.atLeast ?? 1, streak.freezes ?? 0);
    if (longestOf(runs) >= length) return matching[known - 1].time;
  }
  return null;
}

/** How many matching events fall into each interval. */
function countsOf(streak, events, place) {
  const counts = new Map();
  for (const { time } of matchingEvents(streak.event, streak.where, { events })) {
    const interval = intervalOf(time, streak.every, place);
    counts.set(interval, (counts.get(interval) ?? 0) + 1);
  }
  return counts;
}

/** "A missed interval uses up a freeze and does not add to the length; restored when a new streak begins." */
function runsOf(counts, atLeast, freezes) {
  const done = [...counts.keys()].filter((interval) => counts.get(interval) >= atLeast).sort((left, right) => left - right);
  const runs = [];
  const frozen = new Set();
  for (const interval of done) {
    const run = runs.at(-1);
    const missed = run === undefined ? Infinity : interval - run.last - 1;
    if (run === undefined || missed > run.freezesLeft) {
      runs.push({ length: 1, freezesLeft: freezes, last: interval });
      continue;
    }
    for (let i = 1; i <= missed; i++) frozen.add(run.last + i);
    run.freezesLeft -= missed;
    run.length += 1;
    run.last = interval;
  }
  return { runs, frozen };
}

/** Ending today, or at risk; `over` is the interval with which it falls to 0, `bridged` how many a freeze bridges now. */
function currentOf(run, today, freezes) {
  const none = { current: 0, atRisk: false, freezesLeft: freezes, over: null, bridged: 0 };
  if (run === undefined) return none;
  const over = run.last + run.freezesLeft + 2;
  // the clock may have been set back over midnight: then the last day done is tomorrow
  if (today <= run.last) return { current: run.length, atRisk: false, freezesLeft: run.freezesLeft, over, bridged: 0 };
  const missed = today - run.last - 1;
  if (missed > run.freezesLeft) return none;
  return { current: run.length, atRisk: true, freezesLeft: run.freezesLeft - missed, over, bridged: missed };
}

function longestOf(runs) {
  return runs.reduce((longest, { length }) => Math.max(longest, length), 0);
}
