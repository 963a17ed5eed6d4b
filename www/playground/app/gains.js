/* What has just been earned: the difference between what was seen and what is seen now. Plain data in, plain data out. */
import { text } from "../words.js";

/** Whoever moves the clock earns nothing by that. */
const ONE_MOMENT_MS = 90_000;

/** `{ points, stars, badges, level }` that came since; null where something else than the customer's deeds lies between. */
export function gainsOf(before, seen, rules) {
  if (before === null || before.rules !== rules || Math.abs(seen.at - before.at) > ONE_MOMENT_MS) return null;
  const { result, progress } = seen;
  const had = new Set(before.badges);
  const badges = progress.badges.filter(({ id, earned }) => earned && !had.has(id));
  const level = progress.level !== null && progress.level.level > before.level ? progress.level : null;
  return { points: result.score - before.score, stars: result.stars - before.stars, badges, level };
}

/** What is to be remembered of what was seen. */
export function standingOf({ at, result, progress }, rules) {
  const badges = progress.badges.filter(({ earned }) => earned).map(({ id }) => id);
  return { at, rules, score: result.score, stars: result.stars, badges, level: progress.level?.level ?? 0 };
}

/** A gain that is worth a word, as a sentence; null for one that is not. */
export function gainWords({ badges, level }) {
  const words = badges.map(({ icon, label }) => `${icon ? `${icon} ` : ""}Badge earned: ${text(label)}`);
  if (level !== null) words.push(`Level ${level.level}${level.name === undefined ? "" : `: ${text(level.name)}`}`);
  return words.length === 0 ? null : words.join(" · ");
}
