// Random leaderboards: many ties, ids of either kind, and a rank before.

import { Random } from "./generator/random.mjs";

const TEXTS = ["ada", "Bob", "b", "\u00e9va", "\u{1F600}", "\uFF5E", "10", "9", "constructor", "zo\u00eb", "ab", "a b"];

/** `{ entries, options }` for a seed; entries are a list or columns. */
export function generateLeaderboard(seed) {
  const random = new Random(seed);
  const count = random.weighted([[5, 0], [10, 1], [85, random.integer(2, 12)]]);
  const hasNumbers = random.chance(50);
  const ids = hasNumbers ? random.sample(Array.from({ length: 120 }, (_, i) => i), count) : random.sample(TEXTS, count);
  const score = () => random.pick([0, 10, 10, 20, 20, 20, 33.3, -5, 100]);
  const asColumns = hasNumbers && random.chance(40);
  const options = makeOptions(random, ids);
  if (asColumns) {
    const columns = {
      subjects: Uint32Array.from(ids),
      points: Float64Array.from(ids, score),
      score: Float64Array.from(ids, score),
      stars: Uint8Array.from(ids, () => random.integer(0, 5)),
      segment: Uint8Array.from(ids, () => 0),
      segmentNames: ["all"],
    };
    if (random.chance(60)) options.by = random.pick(["score", "points", "stars"]);
    return { entries: columns, options };
  }
  const entries = ids.map((id) => ({ id, score: score(), ...(random.chance(40) ? { label: `Customer ${id}` } : {}) }));
  return { entries, options };
}

function makeOptions(random, ids) {
  const options = {};
  if (random.chance(70)) options.ranking = random.pick(["competition", "dense", "ordinal"]);
  if (random.chance(60)) options.top = random.integer(0, 5);
  if (ids.length > 0 && random.chance(50)) options.around = random.pick(ids);
  if (random.chance(40)) options.span = random.integer(0, 3);
  const some = (make) => Object.fromEntries(ids.filter(() => random.chance(60)).map((id) => [id, make(id)]));
  if (random.chance(50)) options.previous = some(() => random.integer(1, 12));
  if (random.chance(30)) options.labels = some((id) => `The one called ${id}`);
  return options;
}
