/* How long and how strongly what was done counts: the engagement period, the decay with its picture, and the target. */
import { h, reveal, write } from "../element.js";
import { plural, setting, titled } from "../words.js";
import { decayCurve } from "./decay-curve.js";
import { CURVES, decayDays, halfDays, periodDays, withDecay, withPeriod } from "./edit.js";
import { lengthField } from "./length-field.js";

const MOST_PERIOD_DAYS = 365;
const MOST_DECAY_DAYS = 180;
const MOST_TARGET = 500;
/** Half-life of a model that gets its first decay, in days. */
const FIRST_HALF_DAYS = 14;
/** The least target that a model may name. */
const LEAST_TARGET = 1e-6;

/** `{ elements, set(model) }`; `onChange(change)` gets a function from the model to the changed one. */
export function timeFields({ onChange, onEnd }) {
  const days = (value) => plural(value, "day");
  const isLength = (value) => value > 0 && value <= 1e6;
  let model;
  // What a period and a half-life were before they were switched off, to be switched on again.
  let [lastPeriod, lastHalf] = [60, FIRST_HALF_DAYS];

  const period = lengthField({ id: "period", label: "Engagement period", unit: "days", min: 1, max: MOST_PERIOD_DAYS, isInside: isLength, words: days, onInput: (value) => onChange((old) => withPeriod(old, value)), onEnd });
  const isAllTime = h("input", { type: "checkbox", id: "all-time" });
  isAllTime.addEventListener("change", () => step((old) => withPeriod(old, isAllTime.checked ? null : lastPeriod)));

  const options = Object.entries(CURVES).map(([curve, { label }]) => h("option", { value: curve }, label));
  const curve = h("select", { id: "curve" }, options);
  curve.addEventListener("change", () => step((old) => withDecay(old, curve.value, lastHalf * (CURVES[curve.value].halves ?? 1))));
  const lengths = Object.entries(CURVES).filter(([, { key }]) => key).map(([name, { name: label, halves }]) => {
    const onInput = (value) => onChange((old) => withDecay(old, name, value));
    return [name, lengthField({ id: `decay-${name}`, label, unit: "days", min: 1, max: MOST_DECAY_DAYS * halves, isInside: isLength, words: days, onInput, onEnd })];
  });
  const picture = decayCurve();

  const target = lengthField({ id: "target", label: "Target", unit: "points", min: 1, max: MOST_TARGET, isInside: (value) => value >= LEAST_TARGET && value <= 1e12, words: (value) => plural(value, "point"), onInput: (value) => onChange((old) => ({ ...old, target: value })), onEnd });
  const stages = h("p", { class: "note" });

  function step(change) {
    onChange(change);
    onEnd();
  }

  function set(next) {
    model = next;
    const length = periodDays(model);
    const half = halfDays(model);
    if (length !== null) lastPeriod = length;
    if (half !== null && decayDays(model) !== null) lastHalf = half;
    isAllTime.checked = length === null;
    period.set(lastPeriod);
    for (const input of [period.slider, period.number]) input.disabled = length === null;
    const chosen = model.decay?.curve ?? "none";
    curve.value = chosen;
    // A step is one at half the period: without a period there is none.
    options.find(({ value }) => value === "step").disabled = length === null;
    isAllTime.disabled = chosen === "step";
    for (const [name, field] of lengths) {
      reveal(field.element, name === chosen);
      if (name === chosen) field.set(decayDays(model));
    }
    picture.set(model);
    const hasTarget = typeof (model.target ?? 100) === "number";
    reveal(target.element, hasTarget);
    if (hasTarget) target.set(model.target ?? 100);
    reveal(stages, Boolean(model.stages));
    write(stages, stageWords(model));
  }

  const elements = [
    h("h3", {}, "Time"),
    h("div", { class: "fields" }, period.element, h("label", { class: "check", for: "all-time" }, isAllTime, "All time"), h("div", { class: "length" }, h("label", { class: "length-name", for: "curve" }, "Decay"), curve), lengths.map(([, field]) => field.element), picture.element),
    h("h3", {}, "Scale"),
    h("div", { class: "fields" }, target.element, stages),
  ];
  return { elements, set };
}

/** What the form leaves as it is: "Stages: New (target 60), …" */
function stageWords({ stages = [], stars }) {
  const named = stages.map(({ id, target }) => (target ? `${titled(id)} (target ${setting(target)})` : titled(id)));
  const at = stars?.at ? ` Stars from a score of ${stars.at.map(setting).join(", ")}.` : "";
  return `Stages: ${named.join(", ")}.${at}`;
}
