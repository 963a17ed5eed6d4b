/* Which customers are shown, and in which order: plain data in, plain data out. */

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** The ways to sort: what a customer is compared by, and which way round one wants it first. */
export const SORTS = {
  customer: { label: "Customer", descending: false, of: null },
  stars: { label: "Stars", descending: true, of: (entry) => entry.result.starsExact },
  score: { label: "Score", descending: true, of: (entry) => entry.result.score },
  segment: { label: "Segment", descending: true, of: (entry, segments) => segments.indexOf(entry.result.segment) },
  trend: { label: "Trend", descending: true, of: (entry) => entry.result.trend.delta },
  seen: { label: "Last seen", descending: true, of: (entry) => entry.lastSeen ?? -Infinity },
};

/** How the sorting is said: "by score, highest first". */
export function sortWords({ key, descending }) {
  const words = {
    customer: ["A to Z", "Z to A"],
    seen: ["longest ago first", "latest first"],
    trend: ["falling first", "rising first"],
  }[key] ?? ["lowest first", "highest first"];
  return `by ${SORTS[key].label.toLowerCase()}, ${words[Number(descending)]}`;
}

/**
 * The entries that match, in order; ties by name. An empty filter lets everybody through.
 * `segments` are the model's segment ids, lowest first.
 */
export function select(entries, { query, stars, segment, sort }, segments) {
  const needle = query.trim().toLowerCase();
  const shown = entries.filter(
    (entry) =>
      entry.id.toLowerCase().includes(needle) &&
      (stars.size === 0 || stars.has(entry.result.stars)) &&
      (segment.size === 0 || segment.has(entry.result.segment)),
  );
  const sign = sort.descending ? -1 : 1;
  const value = SORTS[sort.key].of;
  if (!value) return shown.sort((one, other) => sign * COLLATOR.compare(one.id, other.id));
  return shown.sort(
    (one, other) =>
      sign * Math.sign(difference(value(one, segments), value(other, segments))) || COLLATOR.compare(one.id, other.id),
  );
}

function difference(one, other) {
  return one === other ? 0 : one - other;
}
