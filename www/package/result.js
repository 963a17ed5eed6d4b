/* From the numbers of an outcome to the result that a caller gets, in the names of the model. */
import { refresh } from "./desk.js";

const HEADER = 20;
const LINE = 8;
const PART = 5;
const DIRECTIONS = ["rising", "falling", "steady", "new"];

/** How many events came to a ledger after their time had been settled, of the score that was just worked out at a desk. */
export function settledOf(desk) {
  return refresh().f64[(desk.numbers() >>> 3) + 12];
}

/** The result of the score that was just worked out at a desk. */
export function resultOf(desk, names) {
  const numbers = refresh().f64;
  const start = desk.numbers() >>> 3;
  const lines = numbers[start + 15];
  const parts = numbers[start + 16];
  const audiences = numbers[start + 17];
  const firstPart = start + HEADER + lines * LINE;
  const firstAudience = firstPart + parts * PART;
  const stage = numbers[start + 6];
  const tenure = numbers[start + 7];
  const result = {
    at: numbers[start],
    points: numbers[start + 1],
    score: numbers[start + 2],
    stars: numbers[start + 3],
    starsExact: numbers[start + 4],
    segment: names.segments[numbers[start + 5]],
    stage: stage < 0 ? null : names.stages[stage],
    tenureDays: Number.isNaN(tenure) ? null : tenure,
    parts: partsOf(numbers, firstPart, parts, names),
    contributions: contributionsOf(numbers, start + HEADER, lines, names),
    ignored: {
      invalid: numbers[start + 8],
      duplicate: numbers[start + 9],
      future: numbers[start + 10],
      noValue: numbers[start + 11],
    },
    audiences: audiences === 0 ? [] : audiencesOf(numbers, firstAudience, audiences, names),
  };
  const direction = numbers[start + 13];
  if (direction >= 0) result.trend = { delta: numbers[start + 14], direction: DIRECTIONS[direction] };
  lookAhead(result, numbers, start, firstAudience + audiences, names);
  return result;
}

function audiencesOf(numbers, first, count, names) {
  const audiences = [];
  for (let audience = 0; audience < count; audience += 1) {
    if (numbers[first + audience] === 1) audiences.push(names.audiences[audience]);
  }
  return audiences;
}

/** The next star and the next change, where they were asked for. */
function lookAhead(result, numbers, start, first, names) {
  const star = numbers[start + 18];
  const change = numbers[start + 19];
  let at = first;
  if (star >= 0) result.nextStar = null;
  if (star === 1) {
    const [stars, points, count] = numbers.subarray(at, (at += 3));
    const actions = [];
    for (let action = 0; action < count; action += 1, at += 2) {
      const [criterion, label] = names.criteria[numbers[at]];
      actions.push(labelled({ criterion }, null, label, { count: numbers[at + 1] }));
    }
    result.nextStar = { stars, points, actions };
  }
  if (change >= 0) result.nextChange = null;
  if (change === 1) result.nextChange = { at: numbers[at], stars: numbers[at + 1], segment: names.segments[numbers[at + 2]] };
}

function contributionsOf(numbers, first, count, names) {
  const contributions = new Array(count);
  for (let line = 0, at = first; line < count; line += 1, at += LINE) {
    const criterion = numbers[at];
    const [id, label] = criterion < 0 ? [null, null] : names.criteria[criterion];
    const part = numbers[at + 1] < 0 ? null : names.parts[numbers[at + 1]][0];
    const points = numbers[at + 3];
    const effect = numbers[at + 4];
    const lost = { decay: numbers[at + 5], limit: numbers[at + 6], expired: numbers[at + 7] };
    contributions[line] =
      part === null && label === null
        ? { criterion: id, count: numbers[at + 2], points, effect, lost }
        : labelled({ criterion: id }, part, label, { count: numbers[at + 2], points, effect, lost });
  }
  return contributions;
}

/** The keys that are there only where there is something to say. */
function labelled(line, part, label, rest) {
  if (part !== null) line.part = part;
  if (label !== null) line.label = label;
  return Object.assign(line, rest);
}

/** None for a model without parts. */
function partsOf(numbers, first, count, names) {
  const parts = [];
  for (let part = 0, at = first; part < count; part += 1, at += PART) {
    const [id, label] = names.parts[part];
    if (id === null) continue;
    const score = numbers[at + 1];
    const weight = numbers[at + 2];
    parts.push(
      labelled({ id }, null, label, {
        points: numbers[at],
        score: Number.isNaN(score) ? null : score,
        weight: Number.isNaN(weight) ? null : weight,
        effect: numbers[at + 3],
        missing: numbers[at + 4] === 1,
      }),
    );
  }
  return parts;
}
