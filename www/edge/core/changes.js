/* What changed since others were last told, and when the next change comes by itself. */

const DAY_MS = 86_400_000;
/** Looked through one after the other: most customers' next change is near, and a far one costs more to find. */
const HORIZONS_DAYS = [8, 60, 400];

/**
 * The differences between two standings, stars first, then the segment, then audiences; `before` is that of nobody yet.
 *
 * @returns {{ what: "stars" | "segment" | "audience", id?: string, from: unknown, to: unknown }[]}
 */
export function changesBetween(before, after) {
  const changes = [];
  for (const what of ["stars", "segment"]) {
    if (before[what] !== after[what]) changes.push({ what, from: before[what], to: after[what] });
  }
  for (const id of before.audiences) if (!after.audiences.includes(id)) changes.push({ what: "audience", id, from: true, to: false });
  for (const id of after.audiences) if (!before.audiences.includes(id)) changes.push({ what: "audience", id, from: false, to: true });
  return changes;
}

/** The first instant after one at which stars, segment or audiences change if nothing happens; undefined where none is near. */
export function nextInstant(ledger, atMs, baseline) {
  let from = atMs;
  for (const days of HORIZONS_DAYS) {
    const to = atMs + days * DAY_MS;
    const [first] = ledger.transitions({ from, to, baseline });
    if (first) return first.at;
    from = to;
  }
  return undefined;
}
