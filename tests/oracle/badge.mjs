// Badges (section 8 of the specification): the first instant at which each was earned, by replay.

import { valueAt } from "./condition.mjs";
import { matchingEvents } from "./criterion.mjs";
import { scoreAt } from "./instant.mjs";
import { levelOf, levelReachedAt } from "./level.mjs";
import { lengthReachedAt, streakOf } from "./streak.mjs";
import { canonicalText, pickText } from "./text.mjs";
import { transitionsNaively } from "./transitions.mjs";

/** A badge of the model at `at`. */
export function badgeOf(badge, model, situation) {
  const { options } = situation;
  const { earnedAt, have, need } = readAward(badge.award, model, situation);
  const earned = earnedAt !== null;
  return {
    id: badge.id,
    label: pickText(badge.label, options.locale),
    ...(badge.description === undefined ? {} : { description: pickText(badge.description, options.locale) }),
    ...(badge.icon === undefined ? {} : { icon: badge.icon }),
    earned,
    earnedAt,
    have: earned ? need : Math.min(have, need),
    need,
    share: earned ? 1 : Math.max(0, have / need),
  };
}

function readAward(award, model, situation) {
  if (award.event !== undefined) return readEvents(award, situation);
  if (award.streak !== undefined) {
    const streak = model.streaks.find(({ id }) => id === award.streak);
    const earnedAt = lengthReachedAt(streak, award.length, situation);
    return { earnedAt, have: streakOf(streak, situation).longest, need: award.length };
  }
  if (award.level !== undefined) {
    const earnedAt = levelReachedAt(model, award.level, situation);
    return { earnedAt, have: levelOf(model, situation).level, need: award.level };
  }
  return readStars(award.stars, model, situation);
}

/** The count-th matching event; with `uniqueBy` the count-th distinct value, a missing one being one. */
function readEvents({ event, where, count = 1, uniqueBy }, situation) {
  const seen = new Set();
  const distinct = matchingEvents(event, where, situation).filter(({ data }, index) => {
    const value = uniqueBy === undefined ? index : valueAt(data, uniqueBy);
    const text = value === undefined ? "" : canonicalText(value);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  return { earnedAt: distinct[count - 1]?.time ?? null, have: distinct.length, need: count };
}

/** The first instant, from the customer's start or an activity before it up to `at`, at which the score has so many stars. */
function readStars(need, model, { at, events, profile, start, options }) {
  const starsAt = (time) => scoreAt(model, events, profile, time, options).stars;
  const activities = events.filter(({ type }) => !type.startsWith("nudge."));
  const from = Math.min(start ?? at, at, ...activities.map(({ time }) => time));
  const now = { have: starsAt(at), need };
  if (starsAt(from) >= need) return { earnedAt: from, ...now };
  if (from === at) return { earnedAt: null, ...now };
  const plain = { events: events.map(({ type, time, id, data }) => ({ type, time, id, data })), profile };
  const changes = transitionsNaively(model, plain, { ...options, from, to: at });
  const change = changes.find(({ what, to }) => what === "stars" && to >= need);
  return { earnedAt: change?.at ?? null, ...now };
}
