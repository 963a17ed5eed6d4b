// Levels over lifetime points (section 8 of the specification).

import { clamp, countEvents } from "./criterion.mjs";
import { rounded } from "./scale.mjs";
import { pickText } from "./text.mjs";

const LAST_LEVEL = 1_000_000;

/** The level at `at`, or null for a model without levels. */
export function levelOf(model, situation) {
  if (model.levels === undefined) return null;
  const points = lifetimePoints(model, situation);
  const level = levelAt(model.levels, points);
  const totals = totalsOf(model.levels);
  const from = level === 0 ? 0 : totals(level);
  const next = totals(level + 1);
  const name = level === 0 ? undefined : model.levels.names?.[level - 1];
  return {
    level,
    ...(name === undefined ? {} : { name: pickText(name, situation.options.locale) }),
    points,
    from,
    next,
    share: next === null ? 1 : clamp((points - from) / (next - from), 0, 1),
  };
}

/** The first instant whose events, all of them, made the points enough for a level; of one that 0 points give, the beginning. */
export function levelReachedAt(model, level, situation) {
  if (levelAt(model.levels, 0) >= level) return situation.beginning;
  const { events } = situation;
  const instants = [...new Set(events.map(({ time }) => time))];
  const reaches = (instant) => {
    const known = events.filter(({ time }) => time <= instant);
    return levelAt(model.levels, lifetimePoints(model, { ...situation, events: known })) >= level;
  };
  return instants.find(reaches) ?? null;
}

/** "points x amount over the counted events of all enabled event criteria with positive points". */
function lifetimePoints(model, situation) {
  let total = 0;
  for (const criterion of model.criteria ?? model.parts.flatMap((part) => part.criteria)) {
    if (criterion.kind !== "event" || criterion.enabled === false || !(criterion.points > 0)) continue;
    for (const { amount } of countEvents(criterion, situation)) total += criterion.points * amount;
  }
  return rounded(total) + 0;
}

/** The highest level whose total has been reached, never below that of 0 points. */
export function levelAt(levels, points) {
  const reached = Math.max(points, 0);
  const totals = totalsOf(levels);
  let level = typeof levels.curve === "object" ? 0 : 1;
  while (totals(level + 1) !== null && totals(level + 1) <= reached) level += 1;
  return level;
}

/** The total of points at which a level begins; null beyond the last. */
function totalsOf({ curve, base = 1 }) {
  const totals = tableOf(curve);
  return (level) => (level < totals.length ? rounded(totals[level] * base) : null);
}

const tables = new Map();

/** The totals by level; that of level 0 has no meaning. */
function tableOf(curve) {
  if (typeof curve === "object") return [0, ...curve.thresholds];
  if (!tables.has(curve)) {
    const totals = new Float64Array(LAST_LEVEL + 1);
    let total = 0n; // the last ones are beyond 2^53
    for (let level = 2; level <= LAST_LEVEL; level++) {
      total += BigInt(curve === "triangular" ? 50 * (level - 1) : habiticaStep(level - 1));
      totals[level] = Number(total);
    }
    tables.set(curve, totals);
  }
  return tables.get(curve);
}

/** Section 8, from L to L + 1: 25L below 5, 150 for 5, then by Habitica's formula. */
function habiticaStep(level) {
  if (level < 5) return 25 * level;
  if (level === 5) return 150;
  return Math.round((0.25 * level * level + 10 * level + 139.75) / 10) * 10;
}
