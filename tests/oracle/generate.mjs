// Random cases for comparing the product with the oracle: always a valid model, a history in pure
// JSON and the options to score it with. The same seed gives the same case in every engine.

import { makeAudiences } from "./generator/audiences.mjs";
import { makeHistory } from "./generator/histories.mjs";
import { makeModel } from "./generator/models.mjs";
import { Random } from "./generator/random.mjs";
import { setScene } from "./generator/scene.mjs";
import { spellDuration, spellTime } from "./generator/spelling.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;

export { coverage, KEYS_TO_COVER } from "./coverage.mjs";

/** `{ model, history, options }` for a seed: a whole number from 0 to 2^53 - 1. */
export function generateCase(seed) {
  const random = new Random(seed);
  const scene = setScene(random);
  const model = makeModel(random, scene);
  const options = makeOptions(random, scene, model);
  const history = makeHistory(random, scene, options.onInvalid === "skip");
  if (random.chance(30)) model.audiences = makeAudiences(random, scene, model);
  if (random.chance(0.5)) addForecast(random, options);
  return { model, history, options };
}

/** What is slow to work out naively is asked for now and then; generate-time.mjs is full of it. */
function addForecast(random, options) {
  options.include = random.pick(["all", ["nextStar"], ["nextChange"]]);
  options.horizon = spellDuration(random, random.pick([HOUR, DAY, 3 * DAY]));
}

function makeOptions(random, scene, model) {
  const options = { at: spellTime(random, scene.at) };
  if (scene.zone !== "UTC" || random.chance(30)) options.timeZone = scene.zone;
  if (scene.dayStartHour !== 0 || random.chance(20)) options.dayStartHour = scene.dayStartHour;
  if (model.target === "baseline" || random.chance(5)) options.baseline = random.pick([1, 20, 42.5, 100, 360, 1000]);
  if (random.chance(25)) options.onInvalid = random.chance(75) ? "skip" : "error";
  if (random.chance(60)) options.include = random.pick([[], ["trend"]]);
  if (random.chance(50)) options.locale = random.pick(["en", "de", "de-AT", "de-CH", "pt-BR", "pt", "zh-Hant-TW", "fr", "it"]);
  if (random.chance(2)) options.colour = "ignored"; // options a call does not know are ignored
  return options;
}
