// Leaderboards from JavaScript: entries and the scores of many, and what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leaderboard, Model, StarwiseError } from "../../pkg/index.node.js";

const AT = 1_700_000_000_000;
const ENTRIES = [
  { id: "ann", score: 40, label: "Ann" },
  { id: "bob", score: 60 },
  { id: "cem", score: 40 },
  { id: "dia", score: 10 },
];
const model = new Model({ criteria: [{ id: "login", kind: "event", event: "login", points: 10 }] });
const scores = model.scoreMany(
  { subjects: Uint32Array.of(7, 7, 9, 30, 30, 30), types: new Uint8Array(6), typeNames: ["login"], times: new Float64Array(6).fill(AT) },
  { at: AT },
);

const ranksOf = (board) => board.rows.map(({ id, rank }) => [id, rank]);

test("entries are ranked, ties alike", () => {
  const board = leaderboard(ENTRIES);
  assert.deepEqual({ ...board, rows: undefined }, { ranking: "competition", size: 4, rows: undefined, around: null });
  assert.deepEqual(ranksOf(board), [["bob", 1], ["ann", 2], ["cem", 2], ["dia", 4]]);
  assert.deepEqual(board.rows[1], { id: "ann", label: "Ann", score: 40, rank: 2, previousRank: null, movement: null, gap: false, isAround: false });
});

test("the scores of many are ranked by any of their columns", () => {
  assert.deepEqual(ranksOf(leaderboard(scores)), [[30, 1], [7, 2], [9, 3]]);
  // 30 and 20 points are two stars, 10 are one.
  assert.deepEqual(ranksOf(leaderboard(scores, { by: "stars", ranking: "dense" })), [[7, 1], [30, 1], [9, 2]]);
  assert.equal(leaderboard(scores, { labels: { 30: "Thirty" } }).rows[0].label, "Thirty");
});

test("a board is the former one of the next", () => {
  const before = leaderboard(ENTRIES);
  const after = leaderboard([{ id: "dia", score: 90 }, ...ENTRIES.slice(0, 3)], { previous: before, around: "dia", top: 0, span: 0 });
  assert.deepEqual(after.rows, [after.around]);
  assert.deepEqual(after.around, { id: "dia", score: 90, rank: 1, previousRank: 4, movement: 3, gap: false, isAround: true });
  const byNumber = leaderboard(scores, { previous: { 7: 1, 30: 2 } });
  assert.deepEqual(byNumber.rows.map(({ movement }) => movement), [1, -1, null]);
});

const REFUSED = {
  "no list": ["entry-wrong-type", "entries", 3],
  "an entry that is none": ["entry-wrong-type", "entries[1]", [ENTRIES[0], null]],
  "no id": ["entry-invalid-id", "entries[0].id", [{ score: 1 }]],
  "a score that is a text": ["entry-invalid-score", "entries[0].score", [{ id: 1, score: "1" }]],
  "a score that is no number": ["entry-invalid-score", "entries[0].score", [{ id: 1, score: Number.NaN }]],
  "an id twice": ["entry-duplicate-id", "entries[4].id", [...ENTRIES, ENTRIES[0]]],
  "a label that is no text": ["entry-wrong-type", "entries[0].label", [{ id: 1, score: 1, label: {} }]],
  "an unknown ranking": ["leaderboard-invalid-option", "options.ranking", ENTRIES, { ranking: "fractional" }],
  "a negative top": ["leaderboard-invalid-option", "options.top", ENTRIES, { top: -1 }],
  "half a neighbour": ["leaderboard-invalid-option", "options.span", ENTRIES, { span: 0.5 }],
  "former ranks from 0 on": ["leaderboard-invalid-option", "options.previous.ann", ENTRIES, { previous: { ann: 0 } }],
  "an unknown column": ["leaderboard-invalid-option", "options.by", scores, { by: "segment" }],
  "labels that are no object": ["leaderboard-invalid-option", "options.labels", ENTRIES, { labels: "x" }],
};
for (const [what, [code, path, entries, options]] of Object.entries(REFUSED)) {
  test(`refused: ${what}`, () => {
    assert.throws(() => leaderboard(entries, options), (error) => error instanceof StarwiseError && error.code === code && error.path === path && error.message.startsWith(`\`${path}\` `));
  });
}

test("what throws while it is read is named", () => {
  const hostile = { get id() { throw new Error("no"); }, score: 1 };
  assert.throws(() => leaderboard([hostile]), (error) => error.code === "options-unreadable" && error.path === "entries[0].id" && error.cause.message === "no");
});

test("a thousand ranks agree with sorting", () => {
  const entries = Array.from({ length: 1000 }, (_, id) => ({ id, score: (id * 7919) % 37 }));
  for (const ranking of ["competition", "dense", "ordinal"]) {
    const board = leaderboard(entries, { ranking });
    const sorted = entries.toSorted((one, other) => other.score - one.score || one.id - other.id);
    const better = (score) => entries.filter((entry) => entry.score > score);
    const rankOf = (entry, place) => ({
      competition: better(entry.score).length + 1,
      dense: new Set(better(entry.score).map(({ score }) => score)).size + 1,
      ordinal: place + 1,
    })[ranking];
    assert.deepEqual(ranksOf(board), sorted.map((entry, place) => [entry.id, rankOf(entry, place)]));
  }
});
