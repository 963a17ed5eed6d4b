/* The model of a deployment: checked once for each start, and known by a hash of its text. */
import { Model } from "starwise";
import { Fault } from "./fault.js";
import { hashOf } from "./hash.js";

/** Of nobody. */
const NO_MATTER_WHEN = Date.UTC(2024, 0);
/** Those of a model that does not say. */
const STARS = 5;

/** `{ model, version }` of a model's JSON, with what `namesOf` tells; one that has faults stays one that cannot be asked, and says so each time. */
export async function rulesOf(json) {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const version = await hashOf(text);
  try {
    const model = new Model(text);
    return { model, version, ...namesOf(JSON.parse(text), model) };
  } catch ({ code, path, message, faults }) {
    return { fault: new Fault(503, "model-invalid", "the model of this deployment has faults; nothing was taken in, and nothing is lost", { faults: faults ?? [{ code, path, message }] }), version };
  }
}

/** The rules of a deployment, or the fault that they have. */
export async function soundOf(rules) {
  const found = await rules;
  if (found.fault) throw found.fault;
  return found;
}

/** Whether the model has to be told the baseline, and what a customer may have: the most stars, segments, audiences. */
function namesOf({ target, stages = [], stars, audiences = [] }, model) {
  return {
    needsBaseline: [target, ...(stages ?? []).map((stage) => stage.target)].includes("baseline"),
    stars: stars?.at?.length ?? STARS,
    segments: model.scoreMany("", { at: NO_MATTER_WHEN, baseline: 1 }).segmentNames,
    audiences: (audiences ?? []).map(({ id }) => id),
  };
}
