/*
 * The receipt of a result as lines to draw: everything in the model's own points, words and roundings included.
 * Plain data in, plain data out.
 */
import { setting, text, titled } from "./words.js";

/** Receipts are shown in tenths of a point. */
const UNIT = 0.1;
/** What can be lost, in the order in which it is drawn outwards from what was given. */
export const LOSSES = ["decay", "limit", "expired"];

/**
 * `{ groups: [{ part, label, effect, lines }], total }`. A line is
 * `{ key, label, icon, count, effect, shown, lost: { decay, limit, expired }, isClamp }`; `shown` are the effects
 * rounded such that they add up to the rounded total, as on any receipt.
 */
export function receiptLines(result, model) {
  const criteria = criteriaOf(model);
  const lines = result.contributions.map((contribution) => lineOf(contribution, result, model, criteria));
  const shown = roundedTogether(lines.map(({ effect }) => effect), result.points);
  lines.forEach((line, position) => (line.shown = shown[position]));
  const groups = [];
  for (const line of lines) {
    if (groups.length === 0 || groups.at(-1).part !== line.part) groups.push({ part: line.part, label: labelOf(line.part, model), lines: [] });
    groups.at(-1).lines.push(line);
  }
  for (const group of groups) group.shown = tenths(group.lines.reduce((sum, line) => sum + line.shown, 0));
  return { groups, lines, total: tenths(shown.reduce((sum, points) => sum + points, 0)) };
}

/** Which lines there are, and in which groups: as long as it is the same, only what they say differs. */
export function shapeOf({ groups }) {
  return JSON.stringify(groups.map(({ part, label, lines }) => [part, label, lines.map(({ key, icon }) => [key, icon])]));
}

/** What the picture has to hold: from the lowest to the highest point that any bar reaches. */
export function extentOf({ lines, total }) {
  const given = sumOf(lines, (line) => Math.max(0, line.effect));
  const taken = sumOf(lines, (line) => Math.min(0, line.effect));
  const ends = lines.flatMap((line) => {
    const steps = [line.effect, ...LOSSES.map((loss) => line.lost[loss])];
    return [sumOf(steps, (step) => Math.max(0, step)), sumOf(steps, (step) => Math.min(0, step))];
  });
  return { from: Math.min(0, taken, total, ...ends), to: Math.max(1, given, total, ...ends) };
}

/**
 * Values rounded to tenths whose sum is the rounded total: all are rounded down, then those that lost most get
 * a tenth back (the largest remainder). What is a whole number of tenths stays as it is.
 */
export function roundedTogether(values, total) {
  const exact = values.map((value) => Number((value / UNIT).toFixed(6)));
  const rounded = exact.map(Math.floor);
  let missing = Math.round(total / UNIT) - sumOf(rounded, Number);
  const byRemainder = exact.map((_, position) => position).sort((one, other) => rounded[one] - exact[one] - (rounded[other] - exact[other]));
  for (const position of byRemainder) {
    if (missing <= 0) break;
    rounded[position] += 1;
    missing -= 1;
  }
  return rounded.map((units) => tenths(units * UNIT));
}

function lineOf(contribution, result, model, criteria) {
  const { criterion, part, count, effect, lost } = contribution;
  const factor = factorOf(contribution, result);
  const rule = criteria.get(criterion);
  const isClamp = criterion === null;
  return {
    key: criterion ?? `clamp-${part ?? "model"}`,
    part,
    label: isClamp ? clampLabel(part, effect, model) : (contribution.label ?? titled(criterion)),
    icon: isClamp ? "clamp" : rule?.icon,
    kind: rule?.kind,
    count,
    effect,
    lost: Object.fromEntries(LOSSES.map((loss) => [loss, lost[loss] * factor])),
    isClamp,
  };
}

/** What one point of a criterion is worth to the model: 1, but for the parts of a weighted model. */
function factorOf({ points, effect, part }, result) {
  if (points !== 0) return effect / points;
  const sibling = result.contributions.find((line) => line.part === part && line.points !== 0);
  return sibling ? sibling.effect / sibling.points : 1;
}

/** A clamp that took something is an upper bound, one that gave something a lower. */
function clampLabel(part, effect, model) {
  const owner = part === undefined ? model : model.parts?.find(({ id }) => id === part);
  const bound = effect < 0 ? owner?.max : owner?.min;
  const whole = part === undefined ? "All together" : `${labelOf(part, model)} together`;
  const side = effect < 0 ? "at most" : "at least";
  return bound === undefined ? `${whole}: kept within its bounds` : `${whole}: ${side} ${setting(bound)}`;
}

function labelOf(part, model) {
  const found = model.parts?.find(({ id }) => id === part);
  if (found) return text(found.label) ?? titled(found.id);
  return model.parts ? "All together" : "Criteria";
}

function criteriaOf(model) {
  const all = model.parts?.flatMap(({ criteria }) => criteria) ?? model.criteria;
  return new Map(all.map((criterion) => [criterion.id, criterion]));
}

function sumOf(values, of) {
  return values.reduce((sum, value) => sum + of(value), 0);
}

/** Without the dust of binary fractions, and never a negative nothing. */
function tenths(value) {
  return Number(value.toFixed(1)) + 0;
}
