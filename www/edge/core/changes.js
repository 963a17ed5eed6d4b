/* What changed since others were last told, since when it is so, and when the next change comes by itself. */

const HOUR_MS = 3_600_000;
/** Looked through one after the other, each twice as long: a stretch without changes costs next to nothing, and each change found does. */
const FIRST_MS = HOUR_MS;
const HORIZON_MS = 400 * 24 * HOUR_MS;

/**
 * The differences between two standings, stars first, then the segment, then audiences.
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

/**
 * Changes with `at`, the instant since which it is so: the millisecond of the turn where it came by time alone, which is after
 * `fromMs`, when something was last taken in; else now, when it is seen. In the order of their instants.
 */
export function dated(changes, ledger, { fromMs, nowMs, baseline }) {
  const turns = changes.length && fromMs < nowMs ? ledger.transitions({ from: fromMs, to: nowMs, baseline }) : [];
  const instantOf = ({ what, id, to }) => turns.findLast((turn) => turn.what === what && turn.id === id && turn.to === to)?.at ?? nowMs;
  return changes.map((change) => ({ ...change, at: instantOf(change) })).sort((one, other) => one.at - other.at);
}

/**
 * The first instant after one at which stars, segment or audiences change if nothing happens; where none does for long, the one
 * from which on to look again. The
 * next change of stars and segment is found by itself, cheaply, and audiences need only be looked at until then.
 */
export function nextInstant(ledger, atMs, baseline) {
  const { nextChange } = ledger.score({ at: atMs, baseline, include: ["nextChange"], horizon: HORIZON_MS });
  const endMs = nextChange?.at ?? atMs + HORIZON_MS;
  for (let [from, length] = [atMs, FIRST_MS]; from < endMs; from += length, length *= 2) {
    const [first] = ledger.transitions({ from, to: Math.min(from + length, endMs), baseline });
    if (first) return first.at;
  }
  return endMs;
}
