/* Changes to a model, each as a new one: plain data in, plain data out. */
import { daysText, durationDays } from "../days.js";

/** A year: as far back as a curve is drawn for a model of all time. */
const LONG_DAYS = 365;

/** Every criterion of a model, whichever part it stands in. */
export function criteriaOf(model) {
  return model.parts?.flatMap(({ criteria }) => criteria) ?? model.criteria;
}

/** The model with something changed about one criterion. */
export function withCriterion(model, id, change) {
  const changed = (criteria) => criteria.map((criterion) => (criterion.id === id ? { ...criterion, ...change } : criterion));
  if (!model.parts) return { ...model, criteria: changed(model.criteria) };
  return { ...model, parts: model.parts.map((part) => ({ ...part, criteria: changed(part.criteria) })) };
}

/** The engagement period in days; null is all time. */
export function periodDays({ period }) {
  if (period === null) return null;
  return period === undefined ? 30 : durationDays(period);
}

export function withPeriod(model, days) {
  return { ...model, period: days === null ? null : daysText(days) };
}

/** What the length in a decay is called, and how many half-lives long it is. */
export const CURVES = {
  none: { label: "No decay" },
  exponential: { label: "Exponential", key: "halfLife", name: "Half-life", halves: 1 },
  step: { label: "Step" },
  linear: { label: "Linear", key: "over", name: "Down to nothing over", halves: 2 },
  cosine: { label: "Cosine", key: "cycle", name: "Business cycle", halves: 1 },
};

/** The length of a decay in days, or null for one that has none. */
export function decayDays({ decay }) {
  const { key } = CURVES[decay?.curve ?? "none"];
  return key ? durationDays(decay[key]) : null;
}

/** Another length, or another curve that is down to half at the same age as the one before. */
export function withDecay(model, curve, days) {
  const { key } = CURVES[curve];
  const { from } = model.decay ?? {};
  return { ...model, decay: { curve, ...(key && { [key]: daysText(days) }), ...(from && { from }) } };
}

/** What is left of a point at an age, as the model reference has it. */
export function decayAt(model, age) {
  const days = decayDays(model);
  const period = periodDays(model);
  switch (model.decay?.curve ?? "none") {
    case "exponential":
      return 2 ** (-age / days);
    case "step":
      return age < period / 2 ? 1 : 0.5;
    case "linear":
      return Math.max(0, 1 - age / days);
    case "cosine":
      return age < 2 * days ? (1 + Math.cos((Math.PI * age) / (2 * days))) / 2 : 0;
    default:
      return 1;
  }
}

/** The age at which half is left, in days; null where that never is. */
export function halfDays(model) {
  const curve = model.decay?.curve ?? "none";
  if (curve === "none") return null;
  if (curve === "step") return periodDays(model) === null ? null : periodDays(model) / 2;
  return decayDays(model) / CURVES[curve].halves;
}

/** How far back a picture of the decay goes, in days. */
export function reachDays(model) {
  return periodDays(model) ?? Math.max(LONG_DAYS, 4 * (halfDays(model) ?? 0));
}
