// Ranks over many customers (section 8 of the specification).

import { compareBytes } from "./text.mjs";

const DEFAULT_SPAN = 2;

/**
 * `{ ranking, size, rows, around }`. `entries` are `[{ id, score, label? }]` or the columns of many scores; options
 * are by, ranking, top, around, span, previous and labels.
 */
export function leaderboard(entries, options = {}) {
  const { ranking = "competition", around, span = DEFAULT_SPAN } = options;
  const list = Array.isArray(entries) ? entries : entriesOf(entries, options.by ?? "score");
  const sorted = [...list].sort((left, right) => right.score - left.score || compareIds(left.id, right.id));
  const previous = previousRanks(options.previous);
  const all = sorted.map((entry, index) => {
    const label = options.labels !== undefined && Object.hasOwn(options.labels, entry.id) ? options.labels[entry.id] : entry.label;
    const rank = rankOf(sorted, index, ranking);
    const previousRank = previous.get(String(entry.id)) ?? null;
    return {
      id: entry.id,
      ...(label === undefined ? {} : { label }),
      score: entry.score,
      rank,
      previousRank,
      movement: previousRank === null ? null : previousRank - rank,
      isAround: around !== undefined && entry.id === around,
    };
  });

  const place = all.findIndex(({ isAround }) => isAround);
  const isShown = (index) => {
    if (options.top === undefined) return true;
    return index < options.top || (place >= 0 && Math.abs(index - place) <= span);
  };
  const rows = [];
  let last = -1;
  all.forEach((row, index) => {
    row.gap = isShown(index) && index !== last + 1;
    if (!isShown(index)) return;
    rows.push(row);
    last = index;
  });
  return { ranking, size: all.length, rows, around: place < 0 ? null : all[place] };
}

/** "competition (1-2-2-4), dense (1-2-2-3) or ordinal" */
function rankOf(sorted, index, ranking) {
  if (ranking === "ordinal") return index + 1;
  const higher = sorted.filter(({ score }) => score > sorted[index].score);
  if (ranking === "competition") return higher.length + 1;
  return new Set(higher.map(({ score }) => score)).size + 1;
}

function entriesOf(columns, by) {
  return Array.from(columns.subjects, (id, index) => ({ id, score: columns[by][index] }));
}

/** Numbers by number, texts in byte order. */
function compareIds(left, right) {
  return typeof left === "number" ? left - right : compareBytes(left, right);
}

/** Ranks by id, from a former leaderboard or as they are. */
function previousRanks(previous) {
  if (previous === undefined) return new Map();
  if (Array.isArray(previous.rows)) return new Map(previous.rows.map(({ id, rank }) => [String(id), rank]));
  return new Map(Object.entries(previous));
}
