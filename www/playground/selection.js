/* Which customers are shown, and in which order: plain data in, plain data out. */

/** The ways to sort: what a customer is compared by, and which way round one wants it first. */
export const SORTS = {
  customer: { label: "Customer", descending: false, of: null },
  stars: { label: "Stars", descending: true, of: ({ starsExact }) => starsExact },
  score: { label: "Score", descending: true, of: ({ score }) => score },
  segment: { label: "Segment", descending: true, of: ({ segment }) => segment },
  trend: { label: "Trend", descending: true, of: ({ delta }) => delta },
  seen: { label: "Last seen", descending: true, of: ({ seen }) => seen },
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

/** Who has the text in the name, by customer: 1 or 0. */
export function matches(names, query) {
  const needle = query.trim().toLowerCase();
  return Uint8Array.from(names, (name) => (needle === "" || name.toLowerCase().includes(needle) ? 1 : 0));
}

/**
 * The customers that match, in order; ties by name, which is how they are numbered. An empty filter lets everybody through.
 * `columns` are `{ stars, segment, … }`, an entry a customer; `matching` is of `matches`.
 */
export function select(columns, { matching, stars, segment, sort }) {
  const shown = [];
  for (let subject = 0; subject < matching.length; subject += 1) {
    if (matching[subject] === 0) continue;
    if (stars.size > 0 && !stars.has(columns.stars[subject])) continue;
    if (segment.size > 0 && !segment.has(columns.segment[subject])) continue;
    shown.push(subject);
  }
  const value = SORTS[sort.key].of?.(columns);
  if (!value) return sort.descending ? shown.reverse() : shown;
  const sign = sort.descending ? -1 : 1;
  // Who has never been seen was seen before everybody else.
  const at = (subject) => (Number.isNaN(value[subject]) ? -Infinity : value[subject]);
  return shown.sort((one, other) => (at(one) === at(other) ? one - other : sign * (at(one) < at(other) ? -1 : 1)));
}

/** How many customers have each value, by value. */
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
