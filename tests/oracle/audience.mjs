// Audiences: named conditions over a customer's result (section 9 of the specification).

import { holds } from "./condition.mjs";
import { rounded } from "./scale.mjs";

const MS_PER_DAY = 86_400_000;

/** The ids of the audiences the customer is in, in the model's order; `result` is that of one instant. */
export function audiencesOf(model, profile, result, lastActivity) {
  const facts = factsOf(profile, result, lastActivity);
  return (model.audiences ?? []).filter(({ when }) => holds(when, facts, result.at)).map(({ id }) => id);
}

/**
 * Section 9, the facts. What there is none of is absent: `tenureDays` without a start, `stage` where
 * none holds, `daysSinceLast` without an activity, `counts` of a disabled criterion. Section 5: every comparison rests
 * on a number of 9 decimals, so that points are rounded here as the score is.
 */
export function factsOf(profile, result, lastActivity) {
  const { at, points, score, stars, starsExact, segment, stage, tenureDays } = result;
  const facts = { profile, points: rounded(points), score, stars, starsExact, segment };
  if (tenureDays !== null) facts.tenureDays = tenureDays;
  if (stage !== null) facts.stage = stage;
  if (lastActivity !== null) facts.daysSinceLast = (at - lastActivity) / MS_PER_DAY;

  // a part's own score where parts are weighted, else its points; an id may be `__proto__`
  facts.parts = Object.create(null);
  for (const part of result.parts) facts.parts[part.id] = rounded(part.score ?? part.points);
  facts.counts = Object.create(null);
  for (const { criterion, count } of result.contributions) {
    if (criterion !== null) facts.counts[criterion] = count;
  }
  return facts;
}
