/* How many points each star takes, through time: a stage may ask for more of them than another. */

/** The scores at which the stars begin, of a model that names none of its own. */
const FIVE = [0, 20, 40, 60, 80];
/** Targets nearer to each other than this, relatively, are the same: a score is rounded to 9 decimals. */
const SAME = 1e-6;

/** `[{ stars, at, highest }]`: for each number of stars the points it takes, one for each point of the line. */
export function thresholds({ points, score }, json) {
  const targets = targetsOf(points, score);
  return (json.stars?.at ?? FIVE).map((threshold, place) => {
    const at = targets.map((target) => (threshold * target) / 100);
    return { stars: place + 1, at, highest: at.reduce((most, value) => Math.max(most, value), 0) };
  });
}

/** The points that make a score of 100. Where there are neither, the nearest place that has both tells. */
function targetsOf(points, score) {
  const targets = points.map((value, place) => (Math.abs(score[place]) > SAME ? (100 * value) / score[place] : NaN));
  let before = targets.find((target) => !Number.isNaN(target)) ?? 100;
  return targets.map((target) => {
    if (!Number.isNaN(target) && Math.abs(target - before) > SAME * before) before = target;
    return before;
  });
}
