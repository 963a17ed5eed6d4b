// Random cases for progress and nudges: a model with streaks, levels, badges, checklists and nudges, a history that
// makes progress, and the options to ask with.

import { makeAudiences } from "./generator/audiences.mjs";
import { makeDenseModel } from "./generator/dense.mjs";
import { makeModel } from "./generator/models.mjs";
import { addNudges } from "./generator/nudges.mjs";
import { makeProgressHistory } from "./generator/progress-histories.mjs";
import { addProgress } from "./generator/progress.mjs";
import { Random } from "./generator/random.mjs";
import { setScene } from "./generator/scene.mjs";
import { spellTime } from "./generator/spelling.mjs";

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** `{ model, history, options }` for a seed; `options.showing` is a nudge's now and then. */
export function generateProgressCase(seed) {
  const random = new Random(seed);
  const scene = setScene(random);
  if (random.chance(15)) scene.at = random.pick(scene.changes) + random.pick([0, -1, 1, 30 * 60_000, HOUR, -HOUR, DAY]);
  const dense = random.chance(50);
  const model = dense ? makeDenseModel(random, scene) : makeModel(random, scene);
  if (model.audiences === undefined && random.chance(50)) model.audiences = makeAudiences(random, scene, model);
  addProgress(random, scene, model);
  addNudges(random, scene, model);

  const options = { at: spellTime(random, scene.at) };
  if (scene.zone !== "UTC") options.timeZone = scene.zone;
  if (scene.dayStartHour !== 0) options.dayStartHour = scene.dayStartHour;
  if (model.target === "baseline") options.baseline = random.pick([20, 42.5, 100, 360]);
  if (random.chance(30)) options.locale = random.pick(["en", "de", "de-AT", "PT-br", "pt", "fr", "it"]);
  else if (random.chance(60)) options.locale = random.pick(scene.tags);
  if (random.chance(10)) options.onInvalid = "skip";
  if (random.chance(20)) options.showing = random.pick(model.nudges).id;
  const history = makeProgressHistory(random, scene, model, { dense, skipping: options.onInvalid === "skip" });
  return { model, history, options };
}
