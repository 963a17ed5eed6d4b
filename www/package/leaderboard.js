/* Leaderboards: customers by rank, from entries or from the scores of many. */
import { atDesk, FAULTY, faultOf, layBytes, textOf } from "./desk.js";
import { errorAt, quoted } from "./error.js";
import { MAX_HISTORY } from "./limits.js";
import { Packer, settled, TAG } from "./wire.js";

/** What the scores of many can be ranked by. */
const COLUMNS = ["score", "points", "stars"];
const OPTIONS = ["ranking", "top", "around", "span", "previous", "labels"];

/** Ranks entries, or the result of `scoreMany`. */
export function leaderboard(entries, options) {
  return atDesk((desk) => {
    const packer = new Packer("options", MAX_HISTORY).run((packing) => {
      packing.tag(TAG.map);
      packing.count(2);
      packing.characters("options");
      const by = packOptions(packing, options ?? {});
      packing.root = "entries";
      packing.characters("entries");
      packEntries(packing, settled(entries, ""), by);
    });
    const length = layBytes(desk, packer.bytes);
    packer.release();
    if (desk.leaderboard(length) === FAULTY) throw faultOf(desk);
    return JSON.parse(textOf(desk));
  });
}

/** Gives by what the scores of many are to be ranked. */
function packOptions(packer, options) {
  if (typeof options !== "object" || Array.isArray(options)) throw refusal(packer, "options-wrong-type", "options", "must be an object", options);
  packer.enter();
  packer.at("by");
  const by = options.by ?? "score";
  packer.tag(TAG.map);
  packer.count(OPTIONS.length);
  for (const name of OPTIONS) {
    packer.at(name);
    packer.characters(name);
    packer.value(settled(options[name] ?? null, name));
  }
  packer.leave();
  return by;
}

function packEntries(packer, entries, by) {
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) return packer.value(entries);
  packer.enter();
  packer.at("score");
  const isScores = ArrayBuffer.isView(entries.score);
  if (isScores && !COLUMNS.includes(by)) throw refusal(packer, "leaderboard-invalid-option", "options.by", "must be `score`, `points` or `stars`", by);
  packer.leave();
  if (!isScores) return packer.value(entries);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(2);
  for (const [name, key] of [["subjects", "subjects"], ["values", by]]) {
    packer.at(key);
    packer.characters(name);
    packer.column(entries[key], key);
  }
  packer.leave();
}

function refusal(packer, code, path, expectation, given) {
  const found = typeof given === "string" ? quoted(given) : `a value of type ${typeof given}`;
  packer.failure = errorAt(code, path, `${expectation}, found ${found}`);
  return packer.failure;
}
