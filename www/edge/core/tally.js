/* Counts of customers: each register has its own, and together they are the census. */

/** Counts of nobody. */
export function blankTally() {
  return { customers: 0, unanswered: 0, unscored: 0, stars: {}, segments: {}, audiences: {}, models: {}, sum: 0, min: null, max: null };
}

/** Counts a customer by what they answered: points, and where they stand if that is known. */
export function count(tally, { points, stars, segment, audiences, version }) {
  tally.customers += 1;
  tally.sum += points;
  tally.min = tally.min === null ? points : Math.min(tally.min, points);
  tally.max = tally.max === null ? points : Math.max(tally.max, points);
  more(tally.models, version, 1);
  if (stars === undefined) {
    tally.unscored += 1;
    return;
  }
  more(tally.stars, stars, 1);
  more(tally.segments, segment, 1);
  for (const id of audiences) more(tally.audiences, id, 1);
}

/** Several together. */
export function united(tallies) {
  const all = blankTally();
  for (const tally of tallies) {
    for (const key of ["customers", "unanswered", "unscored", "sum"]) all[key] += tally[key];
    for (const key of ["stars", "segments", "audiences", "models"]) for (const [id, many] of Object.entries(tally[key])) more(all[key], id, many);
    if (tally.min !== null) {
      all.min = all.min === null ? tally.min : Math.min(all.min, tally.min);
      all.max = all.max === null ? tally.max : Math.max(all.max, tally.max);
    }
  }
  return all;
}

function more(counts, id, many) {
  counts[id] = (counts[id] ?? 0) + many;
}
