// Two accounts of the same changes, and who is right where they differ. The oracle looks at many instants, not at
// all: where the other has found more, the instants in question are looked at again. And where the last digits of a
// sum decide, either is right.

import { audiencesOf } from "./audience.mjs";
import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { scoreOf, segmentOf, starsExactOf, starsOf } from "./scale.mjs";
import { parseTime } from "./time.mjs";

/** What the order of a sum and the last bit of a power may come to, of all that went into it. */
const NOISE = 4e-15;

/**
 * What is wrong with `claimed` transitions in (from, to], as a line for a reader, or null: those of `expected`,
 * or others that the naive state bears out at every instant at which the two differ.
 */
export function findFault(model, history, options, claimed, expected) {
  const from = parseTime(options.from);
  const to = parseTime(options.to);
  const near = nearStates(model, history, options);
  const start = near(from)[0];
  let previous = null;
  const values = new Map(Object.entries(start)); // of the claim so far
  for (const entry of claimed) {
    const key = keyOf(entry);
    if (!(entry.at > from && entry.at <= to)) return `${show(entry)} is not in the span`;
    if (previous !== null && compareEntries(model, previous, entry) >= 0) return `${show(previous)} before ${show(entry)}`;
    if (!values.has(key)) return `${show(entry)}: no such track`;
    const joins = values.get(key) === entry.from || (previous === null && near(from).some((state) => state[key] === entry.from));
    if (!joins || entry.from === entry.to) return `${show(entry)} after ${show(values.get(key))}`;
    values.set(key, entry.to);
    previous = entry;
  }

  for (const key of Object.keys(start)) {
    const [said, meant] = [claimed, expected].map((list) => list.filter((entry) => keyOf(entry) === key));
    const breaks = [...new Set([from, ...[...said, ...meant].map(({ at }) => at), to + 1])].sort((left, right) => left - right);
    for (let i = 1; i < breaks.length; i++) {
      const [left, right] = [breaks[i - 1], breaks[i] - 1];
      const [says, means] = [said, meant].map((list) => list.findLast(({ at }) => at <= left)?.to ?? start[key]);
      if (says === means) continue;
      for (const at of [left, Math.floor((left + right) / 2), right]) {
        if (near(at).some((state) => state[key] === says)) continue;
        return `${key} at ${at}: ${show(says)} is not ${show(near(at)[0][key])} (claimed ${show(said)}, expected ${show(meant)})`;
      }
    }
  }
  return null;
}

/** What is wrong with a claimed next change, or null; `expected` is the oracle's own. */
export function findFaultOfNext(model, history, options, claimed, expected, until) {
  const at = parseTime(options.at);
  const known = readHistory(history, options.onInvalid).events.filter(({ time }) => time <= at);
  const near = nearStates(model, { events: known, profile: history.profile }, options);
  const alike = (left, right) => left.stars === right.stars && left.segment === right.segment;
  if (claimed !== null) {
    if (!(claimed.at > at && claimed.at <= until)) return `${show(claimed)} is not within the horizon`;
    if (!near(claimed.at).some((state) => alike(state, claimed))) return `${show(claimed)} is not ${show(near(claimed.at)[0])}`;
    if (near(at).every((state) => near(claimed.at).every((later) => alike(state, later)))) return `${show(claimed)} is no change`;
  }
  // up to it, or to the end, all must be as it was
  const last = (claimed?.at ?? until + 1) - 1;
  const doubtful = [last, ...(expected !== null && expected.at <= last ? [expected.at, Math.floor((expected.at + last) / 2)] : [])];
  for (const instant of doubtful) {
    if (near(instant).some((state) => near(at).some((first) => alike(first, state)))) continue;
    return `${show(claimed)}: but at ${instant} it is ${show(near(instant)[0])} (expected ${show(expected)})`;
  }
  return null;
}

/** The states of an instant, keyed by track: as computed, and with the sums a little higher and lower. */
export function nearStates(model, history, options) {
  const { events, profile } = readHistory(history, options.onInvalid);
  return (at) => {
    const result = scoreAt(model, events, profile, at, options);
    const size = result.contributions.reduce((sum, line) => sum + Math.abs(line.effect) + Math.abs(line.lost.decay) + Math.abs(line.lost.limit), 1);
    return [0, 1, -1].map((sign) => stateOf(model, profile, shift(model, result, sign * NOISE * size)));
  };
}

function shift(model, result, change) {
  if (change === 0) return result;
  const points = result.points + change;
  const score = scoreOf(points, result.target);
  return {
    ...result,
    points,
    score,
    stars: starsOf(score, model.stars),
    starsExact: starsExactOf(score, model.stars),
    segment: segmentOf(score, model.segments),
    parts: result.parts.map((part) => ({ ...part, points: part.points + change, score: part.score === null ? null : part.score + change })),
  };
}

function stateOf(model, profile, result) {
  const audiences = audiencesOf(model, profile, result, result.lastActivity);
  const memberships = (model.audiences ?? []).map(({ id }) => [`audience ${id}`, audiences.includes(id)]);
  return { stars: result.stars, segment: result.segment, ...Object.fromEntries(memberships) };
}

function keyOf({ what, id }) {
  return what === "audience" ? `audience ${id}` : what;
}

/** By instant, then stars, segment, audiences in the model's order. */
function compareEntries(model, left, right) {
  const rank = ({ what, id }) => (what === "audience" ? 2 + model.audiences.findIndex((audience) => audience.id === id) : ["stars", "segment"].indexOf(what));
  return left.at - right.at || rank(left) - rank(right);
}

function show(value) {
  return JSON.stringify(value);
}
