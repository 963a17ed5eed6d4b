// Lines, parts and points of a model at one instant (section 5 of the specification).

import { clamp, scoreCriterion } from "./criterion.mjs";
import { pickText } from "./text.mjs";
import { parseDuration } from "./time.mjs";

const DEFAULT_PERIOD = "30d";

/** `{ points, parts, contributions }` of the model; `stage` is the stage that holds, or undefined. */
export function writeReceipt(model, stage, situation, locale) {
  const receipt = { points: 0, parts: [], contributions: [] };
  if (model.parts === undefined) addCriteria(receipt, model, stage, situation, locale);
  else if (model.combine === "weighted") addWeightedParts(receipt, model, stage, situation, locale);
  else addSummedParts(receipt, model, stage, situation, locale);

  // Section 5, scale: points are clamped to the model's min and max if given.
  const clamped = clampTo(receipt.points, model.min, model.max);
  if (clamped !== receipt.points) {
    const change = clamped - receipt.points;
    receipt.contributions.push(clampLine(undefined, change, change));
  }
  receipt.points = clamped;
  return receipt;
}

function addCriteria(receipt, model, stage, situation, locale) {
  for (const line of linesOf(model.criteria, undefined, model, stage, situation, locale)) {
    line.effect = line.points;
    receipt.points += line.points;
    receipt.contributions.push(line);
  }
}

/** Section 5, combine "sum": points = sum of clamp(points of the part, min, max). */
function addSummedParts(receipt, model, stage, situation, locale) {
  for (const part of model.parts) {
    const lines = linesOf(part.criteria, part, model, stage, situation, locale);
    const raw = sum(lines.map((line) => line.points));
    const points = clampTo(raw, part.min, part.max);
    for (const line of lines) line.effect = line.points;
    if (points !== raw) lines.push(clampLine(part, points - raw, points - raw));

    receipt.points += points;
    receipt.contributions.push(...lines);
    receipt.parts.push({
      id: part.id,
      ...labelOf(part, locale),
      points,
      score: null,
      weight: null,
      effect: points,
      missing: isMissing(lines),
    });
  }
}

/** Section 5, combine "weighted": points = sum of w x score / sum of w, 0 when that is 0. */
function addWeightedParts(receipt, model, stage, situation, locale) {
  const sheets = model.parts.map((part) => {
    const lines = linesOf(part.criteria, part, model, stage, situation, locale);
    const points = sum(lines.map((line) => line.points));
    const target = ownOf(stage?.targets, part.id) ?? part.target ?? 100;
    const weight = ownOf(stage?.weights, part.id) ?? part.weight ?? 1;
    const missing = isMissing(lines);
    const rawScore = (100 * points) / target;
    const score = clamp(rawScore, part.min ?? 0, part.max ?? 100);
    const skipped = missing && part.missing === "skip";
    return { part, lines, points, target, weight, missing, rawScore, score, skipped };
  });
  const totalWeight = sum(sheets.filter((sheet) => !sheet.skipped).map((sheet) => sheet.weight));

  for (const sheet of sheets) {
    const { part, lines, points, target, weight, missing, rawScore, score, skipped } = sheet;
    const counts = !skipped && totalWeight !== 0;
    const shareOf = (partScore) => (counts ? (weight * partScore) / totalWeight : 0);
    for (const line of lines) line.effect = shareOf((100 * line.points) / target);
    if (score !== rawScore) {
      const change = score - rawScore;
      lines.push(clampLine(part, (change * target) / 100, shareOf(change)));
    }

    if (counts) receipt.points += weight * score;
    receipt.contributions.push(...lines);
    receipt.parts.push({ id: part.id, ...labelOf(part, locale), points, score, weight, effect: shareOf(score), missing });
  }
  if (totalWeight !== 0) receipt.points /= totalWeight;
}

/** Section 5, receipt: a line for each enabled criterion, in order, its effect still to be filled in. */
function linesOf(criteria, part, model, stage, situation, locale) {
  return criteria
    .filter((criterion) => criterion.enabled !== false)
    .map((criterion) => {
      const { count, points, lost } = scoreCriterion(inForce(criterion, part, model, stage), situation);
      const place = part === undefined ? {} : { part: part.id };
      return { criterion: criterion.id, ...place, ...labelOf(criterion, locale), count, points, effect: 0, lost };
    });
}

/** The criterion with the points, period and decay in force: section 4 (inheritance), 5 (stages). */
function inForce(criterion, part, model, stage) {
  const holders = [criterion, part ?? {}, model];
  const period = holders.find((holder) => holder.period !== undefined)?.period;
  const decay = holders.find((holder) => holder.decay !== undefined)?.decay ?? null;
  return {
    ...criterion,
    points: ownOf(stage?.points, criterion.id) ?? criterion.points,
    period: period === null ? null : parseDuration(period ?? DEFAULT_PERIOD),
    decay,
  };
}

/** Section 5: a part whose criteria all have count 0 is missing. */
function isMissing(lines) {
  return lines.every((line) => line.count === 0);
}

/** Section 5, receipt: clamps stand as lines of their own. */
function clampLine(part, points, effect) {
  const place = part === undefined ? {} : { part: part.id };
  return { criterion: null, ...place, count: 0, points, effect, lost: { decay: 0, limit: 0, expired: 0 } };
}

function clampTo(points, min, max) {
  return clamp(points, min ?? -Infinity, max ?? Infinity);
}

/** An id may read like a name that every object inherits, such as `constructor`. */
function ownOf(overrides, id) {
  return overrides !== undefined && Object.hasOwn(overrides, id) ? overrides[id] : undefined;
}

function labelOf(holder, locale) {
  return holder.label === undefined ? {} : { label: pickText(holder.label, locale) };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
