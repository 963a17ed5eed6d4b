/*
 * Where everybody stands under a model at an instant, kept up to date: `columns` has an entry a customer for all that the
 * list shows, filters and sorts by.
 */
import { durationDays } from "./days.js";
import { lastSeen } from "./population.js";
import { DIRECTIONS, scoreEverybody, trendSettings, trendsOf } from "./scoring.js";
import { exactStars } from "./stars.js";

/** Trends cost as much again as the scores: within a drag they are worked out only where that fits into a frame's share. */
const TREND_BUDGET_MS = 5;

/** `segments` are the ids of the model's segments, lowest first. A model that is not sound throws, and changes nothing. */
export function standing({ Model, population, segments }) {
  let [model, json, at] = [null, null, NaN];
  let columns = { seen: lastSeen(population, NaN) };
  let trendCost = 0;
  let isTrendLate = false;

  /** Takes a model or an instant over: `{ took }` in milliseconds, the model's reading and everybody's scores. */
  function update({ json: nextJson = json, at: nextAt = at, isHurried = false }) {
    const began = performance.now();
    const next = nextJson === json ? model : new Model(nextJson);
    let found;
    try {
      found = scoreEverybody(next, population, nextAt);
    } catch (error) {
      if (next !== model) next.free();
      throw error;
    }
    const took = performance.now() - began;
    const seen = nextAt === at ? columns.seen : lastSeen(population, nextAt);
    if (next !== model) model?.free();
    [model, json, at] = [next, nextJson, nextAt];
    columns = withExactStars({ ...columns, ...found, seen, segment: inModelOrder(found, segments) }, json);
    isTrendLate = isHurried && took + trendCost > TREND_BUDGET_MS;
    if (!isTrendLate || !columns.delta) updateTrends();
    return { took };
  }

  function updateTrends() {
    const began = performance.now();
    const { delta, direction } = trendsOf(model, population, { score: columns.score, at, trend: trendSettings(json, durationDays) });
    Object.assign(columns, { delta, direction });
    isTrendLate = false;
    trendCost = performance.now() - began;
  }

  return {
    update,
    updateTrends,
    /** One customer's result, at the instant of everybody's scores or at another. */
    resultOf: (history, instant = at) => model.score(history, { at: instant, include: ["trend"] }),
    trendOf: (subject) => ({ delta: columns.delta[subject], direction: DIRECTIONS[columns.direction[subject]] }),
    exactStarsOf: (subject) => exactStars(columns.score[subject], json.stars),
    free: () => model?.free(),
    get columns() {
      return columns;
    },
    get isTrendLate() {
      return isTrendLate;
    },
    get at() {
      return at;
    },
    get json() {
      return json;
    },
  };
}

/** The stars' picture is worked out for everybody only where the list is sorted by it. */
function withExactStars(columns, json) {
  let exact;
  return Object.defineProperty(columns, "starsExact", {
    get: () => (exact ??= columns.score.map((score) => exactStars(score, json.stars))),
    enumerable: false,
  });
}

/** Segments by their position in the model, whatever order the names came in. */
function inModelOrder({ segment, segmentNames }, segments) {
  const positions = segmentNames.map((name) => segments.indexOf(name));
  return segment.map((number) => positions[number]);
}
