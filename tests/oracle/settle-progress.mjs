// Badges of stars rest on instants that the oracle finds by looking at many, not at all: where the product has found
// another, the instants in question are looked at again. And where the last digits of a sum decide, either is right.

import { readHistory } from "./history.mjs";
import { startOf } from "./instant.mjs";
import { nearStates } from "./settle.mjs";
import { parseTime } from "./time.mjs";

/** The oracle's answer, with the product's account of badges of stars where the naive score bears it out. */
export function settleProgress(model, history, options, claimed, expected) {
  const badges = expected.badges.map((badge, index) => {
    const { award } = model.badges[index];
    const claim = claimed.badges?.[index];
    if (award.stars === undefined || claim === undefined || claim.earnedAt === badge.earnedAt) return badge;
    if (!isBorneOut(model, history, options, award.stars, claim.earnedAt, badge.earnedAt)) return badge;
    const earned = claim.earnedAt !== null;
    const have = earned ? badge.need : Math.min(claim.have, badge.need);
    return { ...badge, earned, earnedAt: claim.earnedAt, have, share: earned ? 1 : have / badge.need };
  });
  return { ...expected, badges };
}

/** Whether the claimed instant may be the first with so many stars, though the oracle says another. */
function isBorneOut(model, history, options, need, claimed, found) {
  const at = parseTime(options.at);
  const { events, profile } = readHistory(history, options.onInvalid);
  const known = events.filter((event) => event.time <= at);
  const start = startOf(model, profile, known.filter(({ type }) => !type.startsWith("nudge.")));
  const from = start === null ? at : Math.min(start, at);
  const near = nearStates(model, { events: known, profile: history.profile }, options);
  const mayReach = (time) => near(time).some(({ stars }) => stars >= need);
  const mayMiss = (time) => near(time).some(({ stars }) => stars < need);
  if (claimed !== null) {
    if (!(claimed >= from && claimed <= at) || !mayReach(claimed)) return false;
    if (claimed > from && !mayMiss(claimed - 1)) return false;
  }
  return found === null || (claimed !== null && claimed < found) || mayMiss(found);
}
