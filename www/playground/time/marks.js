/* Where the stars change, on the line. */

/** `[{ at, points, stars, isRise }]`, on the tried line from where something is tried. */
export function starMarks({ line, tried, tries, changes }) {
  const first = Math.min(...tries.map(({ at }) => at));
  return changes
    .filter(({ what }) => what === "stars")
    .map(({ at, from, to }) => {
      const { times, points } = tried && at >= first ? tried : line;
      const place = Math.min(points.length - 1, Math.ceil((at - times[0]) / (times[1] - times[0])));
      return { at, points: points[place], stars: to, isRise: to > from };
    });
}
