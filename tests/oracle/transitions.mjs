// When stars, segment and audiences change (section 6 of the specification), by looking everywhere: at every
// instant at which something may jump, at many in between, at every peak and trough, and by bisection.

import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { jumpsBetween } from "./jumps.mjs";
import { readSpan } from "./timeline.mjs";
import { parseTime } from "./time.mjs";

const LOOKS = 500; // how many instants are looked at from end to end, besides those of jumps
const LEAST_LOOKS = 3; // and between any two jumps
const DEFAULT_HORIZON = "365d";

/** `{ stars, segment, audiences }` at an instant, as if only the events up to it were known. */
export function stateAt(model, history, at, options = {}) {
  const { events, profile } = readHistory(history, options.onInvalid);
  const { stars, segment, audiences } = scoreAt(model, events, profile, at, options);
  return { stars, segment, audiences };
}

/**
 * Every change in (from, to], in order: `{ at, what: "stars" | "segment" | "audience", id?, from, to }`. It
 * happens at the instant that differs from the millisecond before. At one instant stars stand before segment
 * before audiences, those in the model's order. `grid` is the step of looking in ms, unless LOOKS are finer.
 */
export function transitionsNaively(model, history, options) {
  const { events, profile } = readHistory(history, options.onInvalid);
  const from = parseTime(options.from);
  const to = parseTime(options.to);
  const look = remember((at) => withText(scoreAt(model, events, profile, at, options), ({ stars, segment, audiences }) => [stars, segment, audiences]));
  const jumps = jumpsBetween(model, events, profile, from, to);
  const transitions = [];
  for (const at of changesBetween(look, from, to, jumps, options.grid)) {
    const before = look(at - 1);
    const after = look(at);
    for (const what of ["stars", "segment"]) {
      if (before[what] !== after[what]) transitions.push({ at, what, from: before[what], to: after[what] });
    }
    for (const { id } of model.audiences ?? []) {
      const [was, is] = [before, after].map(({ audiences }) => audiences.includes(id));
      if (was !== is) transitions.push({ at, what: "audience", id, from: was, to: is });
    }
  }
  return transitions;
}

/**
 * The first instant in (at, at + horizon] at which stars or segment are not those of `at`, if nothing more
 * happens: `{ at, stars, segment }`, or null.
 */
export function nextChangeNaively(model, history, options) {
  const { events, profile } = readHistory(history, options.onInvalid);
  const at = parseTime(options.at);
  const known = events.filter((event) => event.time <= at);
  const until = at + readSpan(options.horizon ?? DEFAULT_HORIZON);
  const look = remember((time) => withText(scoreAt(model, known, profile, time, options), ({ stars, segment }) => [stars, segment]));
  const jumps = jumpsBetween(model, known, profile, at, until);
  for (const change of changesBetween(look, at, until, jumps, options.grid)) {
    const { stars, segment } = look(change);
    return { at: change, stars, segment };
  }
  return null;
}

/** The state as text, to compare by, and the curves whose peaks and troughs may cross a threshold. */
function withText(result, factsOf) {
  const curves = [result.points / result.target, ...result.parts.map((part) => part.score ?? part.points)];
  return { ...result, curves, text: JSON.stringify(factsOf(result)) };
}

/** The instants in (from, to] whose state is not that of the millisecond before, rising. */
function* changesBetween(look, from, to, jumps, grid = Infinity) {
  const step = Math.min(grid, (to - from) / LOOKS);
  let begin = from;
  for (const next of [...jumps, to + 1]) {
    const end = next - 1;
    const looks = instantsOf(look, begin, end, step);
    for (let i = 1; i < looks.length; i++) yield* changesWithin(look, looks[i - 1], looks[i]);
    if (next <= to) yield* changesWithin(look, end, next);
    begin = next;
  }
}

/** Instants of a smooth stretch from its first to its last: evenly spread, and its peaks and troughs. */
function instantsOf(look, begin, end, step) {
  const spaces = Math.max(LEAST_LOOKS, Math.ceil((end - begin) / step));
  const even = new Set(Array.from({ length: spaces + 1 }, (_, i) => begin + Math.floor(((end - begin) * i) / spaces)));
  const instants = [...even];
  const turns = [];
  for (let i = 2; i < instants.length; i++) {
    const [left, middle, right] = instants.slice(i - 2, i + 1).map((at) => look(at).curves);
    middle.forEach((value, curve) => {
      for (const sign of [1, -1]) {
        const peaks = sign * value > sign * left[curve] && sign * value > sign * right[curve];
        if (peaks) turns.push(peakOf((at) => sign * look(at).curves[curve], instants[i - 2], instants[i]));
      }
    });
  }
  return [...new Set([...instants, ...turns])].sort((left, right) => left - right);
}

/** The instant at which a function with one peak between the two is largest. */
function peakOf(heightOf, left, right) {
  while (right - left > 2) {
    const third = Math.floor((right - left) / 3);
    if (heightOf(left + third) < heightOf(right - third)) left += third;
    else right -= third;
  }
  const instants = Array.from({ length: right - left + 1 }, (_, i) => left + i);
  return instants.reduce((best, at) => (heightOf(at) > heightOf(best) ? at : best));
}

/** The changes in (left, right], of which there is none where both ends are alike. */
function* changesWithin(look, left, right) {
  while (look(left).text !== look(right).text) {
    let before = left;
    let change = right;
    while (change - before > 1) {
      const middle = Math.floor((before + change) / 2);
      if (look(middle).text === look(left).text) before = middle;
      else change = middle;
    }
    yield change;
    left = change;
  }
}

function remember(compute) {
  const known = new Map();
  return (at) => {
    if (!known.has(at)) known.set(at, compute(at));
    return known.get(at);
  };
}
