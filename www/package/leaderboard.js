/* Leaderboards: customers by rank, from entries or from the scores of many. */
import { atDesk, FAULTY, faultOf, layBytes, textOf } from "./desk.js";
import { faultAt, quoted, reworded, StarwiseError } from "./error.js";
import { MAX_HISTORY } from "./limits.js";
import { Packer, settled } from "./wire.js";

/** What the scores of many can be ranked by. */
const COLUMNS = ["score", "points", "stars"];
const OPTIONS = ["ranking", "top", "around", "span", "previous", "labels"];

/** Ranks entries, or the result of `scoreMany`. */
export function leaderboard(entries, options) {
  return atDesk((desk) => {
    const by = options?.by ?? "score";
    const input = isScores(entries) ? columnsOf(entries, by) : entries;
    const given = {};
    for (const name of OPTIONS) given[name] = options?.[name];
    const packer = pack({ entries: input, options: given });
    const length = layBytes(desk, packer.bytes);
    packer.release();
    if (desk.leaderboard(length) === FAULTY) throw faultOf(desk);
    return JSON.parse(textOf(desk));
  });
}

function isScores(entries) {
  return typeof entries === "object" && entries !== null && ArrayBuffer.isView(entries.score);
}

function columnsOf(scores, by) {
  if (COLUMNS.includes(by)) return { subjects: Array.from(scores.subjects), values: Array.from(scores[by]) };
  const found = typeof by === "string" ? quoted(by) : `a value of type ${typeof by}`;
  const detail = `must be \`score\`, \`points\` or \`stars\`, found ${found}`;
  throw new StarwiseError([faultAt("leaderboard-invalid-option", "options.by", detail)]);
}

/** Whatever throws while it is read is a fault of the options, by the name of what was read. */
function pack(input) {
  try {
    return new Packer("options", MAX_HISTORY).run((packer) => packer.value(settled(input, "")));
  } catch (error) {
    throw reworded(error, (text) => text.replace(/options\.(?=entries|options)/, ""));
  }
}
