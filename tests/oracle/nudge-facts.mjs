// What a nudge's condition and texts may speak of (section 9 of the specification).

import { factsOf } from "./audience.mjs";
import { readHistory } from "./history.mjs";
import { scoreAt } from "./instant.mjs";
import { nextStarNaively } from "./next-star.mjs";
import { scoreNaively } from "./oracle.mjs";
import { progress } from "./progress.mjs";
import { rounded } from "./scale.mjs";
import { parseTime } from "./time.mjs";

/** The facts, by name; what there is none of is absent. */
export function factsFor(model, history, options) {
  const { events, profile } = readHistory(history, options.onInvalid);
  const result = scoreAt(model, events, profile, parseTime(options.at), options);
  const facts = factsOf(profile, result, result.lastActivity);
  const { streaks, level, badges, checklists } = progress(model, history, options);

  facts.trend = scoreNaively(model, history, { ...options, include: ["trend"] }).trend;
  if (level !== null) facts.level = level.level;
  facts.streaks = byId(streaks, ({ current, longest, freezesLeft, atRisk }) => ({ current, longest, freezesLeft, atRisk }));
  facts.badges = byId(badges, ({ earned }) => earned);
  facts.checklists = byId(checklists, ({ done, share }) => ({ done, share }));
  facts.audiences = byId(model.audiences ?? [], ({ id }) => result.audiences.includes(id));

  // slow to work out naively, and rarely asked for
  if (!JSON.stringify(model.nudges).includes("nextStar")) return facts;
  const next = nextStarNaively(model, history, options);
  facts.nextStar = {};
  if (next === null) return facts;
  facts.nextStar.points = rounded(next.points);
  facts.nextStar.isFirstOfDefault = next.stars === 1 && model.stars === undefined; // for the words only
  const [first] = next.actions;
  if (first !== undefined) facts.nextStar.action = first.label ?? first.criterion;
  return facts;
}

/** An id may read like a name that every object inherits. */
function byId(holders, factOf) {
  const facts = Object.create(null);
  for (const holder of holders) facts[holder.id] = factOf(holder);
  return facts;
}
