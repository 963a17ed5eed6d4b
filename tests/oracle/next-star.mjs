// What it takes to reach the next star (section 7 of the specification), by trying it out.

import { holds } from "./condition.mjs";
import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { pickText } from "./text.mjs";
import { parseDuration, parseTime } from "./time.mjs";

const MOST_OCCURRENCES = 1_000;
const DEFAULT_STARS = 5;

/** `{ stars, points, actions: [{ criterion, label?, count }] }`, or null with all the stars there are. */
export function nextStarNaively(model, history, options) {
  const at = parseTime(options.at);
  const { events, profile } = readHistory(history, options.onInvalid);
  const after = (extra) => scoreAt(model, readHistory({ events: [...events, ...extra] }).events, profile, at, options);

  const now = after([]);
  if (now.stars === (model.stars?.at.length ?? DEFAULT_STARS)) return null;
  const next = now.stars + 1;

  const actions = [];
  for (const criterion of allCriteria(model)) {
    const type = onlyType(criterion, stageOf(model, now.stage));
    if (type === null) continue;
    const attempt = (number) => after(plainEvents(model, type, at, number));
    const rises = risesFrom(model, type, at, stageOf(model, attempt(1).stage));
    const count = smallestCount((number) => attempt(number).stars >= next, rises);
    if (count === null) continue;
    const label = criterion.label === undefined ? {} : { label: pickText(criterion.label, options.locale) };
    actions.push({ criterion: criterion.id, ...label, count, work: (criterion.effort ?? 1) * count });
  }
  actions.sort((left, right) => left.work - right.work); // stable: the model's order among equals
  return {
    stars: next,
    points: missingPoints(model, now),
    actions: actions.map(({ work, ...action }) => action),
  };
}

/** The points from here to the next star's threshold; to the first default star, more than 0: to 0. */
function missingPoints(model, { points, stars, target }) {
  const threshold = model.stars === undefined ? 20 * stars : model.stars.at[stars];
  return Math.max(0, (threshold * target) / 100 - points);
}

/**
 * The type of which a criterion's further events are, or null: an enabled event criterion with positive
 * points, one named type and no `where` or `per`.
 */
function onlyType(criterion, stage) {
  if (criterion.kind !== "event" || criterion.enabled === false) return null;
  if (criterion.where !== undefined || criterion.per !== undefined) return null;
  if (!(pointsOf(criterion, stage) > 0)) return null;
  const types = [criterion.event].flat();
  return types.length === 1 && criterion.event !== "*" ? types[0] : null;
}

/**
 * The smallest of 1 to 1,000 that suffices, one after the other: more need not be better. From `rises` on it
 * cannot be worse, so that the last may be asked first and the rest be halved.
 */
function smallestCount(suffices, rises) {
  for (let count = 1; count <= Math.min(rises, MOST_OCCURRENCES); count++) {
    if (suffices(count)) return count;
  }
  if (rises >= MOST_OCCURRENCES || !suffices(MOST_OCCURRENCES)) return null;
  let [tooFew, enough] = [rises, MOST_OCCURRENCES];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/**
 * From how many occurrences on the score only rises or rests with each further one; 1,000 where that is not
 * certain. Each criterion on the type then gives the same or more: an event criterion with positive points; one
 * whose caps are reached; a frequency whose bounds are passed; any other kind from the first occurrence on, for
 * all occurrences are of one instant. Limits and clamps, weights and what is missing keep that order.
 */
function risesFrom(model, type, at, stage) {
  const onType = allCriteria(model).filter(({ enabled, event = "*" }) => enabled !== false && readsType(event, type));
  const hasFresh = onType.some(({ uniqueBy }) => uniqueBy !== undefined);
  const counts = onType.map((criterion) => {
    const { kind, where, perDay = 0, atLeast, atMost = atLeast } = criterion;
    if (kind === "inactivity" || kind === "filter") return 1;
    if (where !== undefined && hasFresh) return MOST_OCCURRENCES; // it may hold for some fresh values only
    if (where !== undefined && !holds(where, {}, at)) return 1;
    if (kind === "frequency") return Math.max(atLeast, atMost + 1, perDay);
    if (criterion.per !== undefined) return 1; // a plain event has no amount
    if (criterion.curve !== undefined) return MOST_OCCURRENCES;
    if (perDay > 0) return perDay;
    const once = criterion.award === "first" || criterion.award === "last" || parseDuration(criterion.cooldown ?? "0s") > 0;
    return once || pointsOf(criterion, stage) >= 0 ? 1 : MOST_OCCURRENCES;
  });
  return Math.max(1, ...counts);
}

function pointsOf(criterion, stage) {
  const replaced = stage?.points !== undefined && Object.hasOwn(stage.points, criterion.id);
  return replaced ? stage.points[criterion.id] : criterion.points;
}

/** `count` plain events at `at`, each with fresh values where a criterion on the type asks for unique ones. */
function plainEvents(model, type, at, count) {
  const paths = allCriteria(model)
    .filter((criterion) => criterion.uniqueBy !== undefined && readsType(criterion.event, type))
    .map((criterion) => criterion.uniqueBy);
  return Array.from({ length: count }, (_, number) => {
    const event = { type, time: at };
    if (paths.length > 0) event.data = makeData(paths, `starwise: occurrence ${number}`);
    return event;
  });
}

/** The value at every path; one path may lead through another, whose value is then the object. */
function makeData(paths, value) {
  const data = Object.create(null);
  for (const path of [...paths].sort((left, right) => right.length - left.length)) {
    const names = path.split(".");
    const last = names.pop();
    let holder = data;
    for (const name of names) holder = holder[name] ??= Object.create(null);
    holder[last] ??= value;
  }
  return data;
}

function readsType(named, type) {
  if (named === "*") return !type.startsWith("nudge.");
  return [named].flat().includes(type);
}

function stageOf(model, id) {
  return model.stages?.find((stage) => stage.id === id);
}

function allCriteria(model) {
  return model.criteria ?? model.parts.flatMap((part) => part.criteria);
}
