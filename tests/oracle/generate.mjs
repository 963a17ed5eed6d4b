// Random cases for comparing the product with the oracle: always a valid model, a history in pure
// JSON and the options to score it with. The same seed gives the same case in every engine.

import { makeHistory } from "./generator/histories.mjs";
import { makeModel } from "./generator/models.mjs";
import { Random } from "./generator/random.mjs";
import { setScene } from "./generator/scene.mjs";
import { spellTime } from "./generator/spelling.mjs";

export { coverage, KEYS_TO_COVER } from "./coverage.mjs";

/** `{ model, history, options }` for a seed: a whole number from 0 to 2^53 - 1. */
export function generateCase(seed) {
  const random = new Random(seed);
  const scene = setScene(random);
  const model = makeModel(random, scene);
  const options = makeOptions(random, scene, model);
  const history = makeHistory(random, scene, options.onInvalid === "skip");
  return { model, history, options };
}

function makeOptions(random, scene, model) {
  const options = { at: spellTime(random, scene.at) };
  if (scene.zone !== "UTC" || random.chance(30)) options.timeZone = scene.zone;
  if (scene.dayStartHour !== 0 || random.chance(20)) options.dayStartHour = scene.dayStartHour;
  if (model.target === "baseline" || random.chance(5)) options.baseline = random.pick([1, 20, 42.5, 100, 360, 1000]);
  if (random.chance(25)) options.onInvalid = random.chance(75) ? "skip" : "error";
  if (random.chance(60)) options.include = random.pick(["all", ["trend"]]);
  if (random.chance(50)) options.locale = random.pick(["en", "de", "de-AT", "de-CH", "pt-BR", "pt", "zh-Hant-TW", "fr", "it"]);
  if (random.chance(2)) options.colour = "ignored"; // options a call does not know are ignored
  return options;
}
