/*
 * A first model for a file that nobody has written one for. Its rules, all chosen here:
 *
 * - points: the commonest type gives 1; a type that is n times as rare gives √n, rounded, 50 at most;
 * - half-life: twice the typical gap, the median of the days from one day with events of a customer to the next;
 * - period: four half-lives, after which a sixteenth is left, and no longer than the file;
 * - target: what gives the median of the customers who have points a score of 40, where the third star begins.
 */
import { daysText } from "../days.js";
import { typeCounts } from "../population.js";
import { count, plural, setting, titled } from "../words.js";

const DAY_MS = 86_400_000;
const MOST_CRITERIA = 12;
const MOST_POINTS = 50;
const HALF_LIVES = 4;
const MEDIAN_SCORE = 40;
/** Ids of a model are at most this long. */
const MOST_ID = 64;

/** `{ model, words }`; `pointsOf(model)` gives everybody's points under a model, at the end of the file. */
export function suggestModel(population, name, pointsOf) {
  const types = typeCounts(population).filter(({ type }) => !type.startsWith("nudge."));
  const chosen = types.slice(0, MOST_CRITERIA);
  const span = Math.max(1, Math.ceil((population.to - population.from) / DAY_MS));
  const gap = typicalGap(population);
  const half = Math.max(1, Math.min(span, gap === null ? Math.ceil(span / HALF_LIVES) : 2 * gap));
  const period = Math.min(span, HALF_LIVES * half);
  const ids = new Set();
  const draft = {
    id: idOf(name, new Set()),
    name,
    description: "A first model, suggested from the file: the rarer a type, the more points; a half-life of twice the usual gap between visits; a target that gives the median customer two or three stars. All of it is a guess to be moved.",
    period: daysText(period),
    decay: { curve: "exponential", halfLife: daysText(half) },
    target: 100,
    criteria: chosen.map(({ type, count: number }) => ({
      id: idOf(type, ids),
      kind: "event",
      event: type,
      points: Math.min(MOST_POINTS, Math.max(1, Math.round(Math.sqrt(chosen[0].count / number)))),
      label: titled(type) || type,
    })),
  };
  const median = medianOf(Array.from(pointsOf(draft)).filter((points) => points > 0));
  const target = median === null ? 100 : Number(((100 * median) / MEDIAN_SCORE).toPrecision(2));
  return { model: { ...draft, target }, words: wordsOf({ types, chosen, gap, half, period, span, median, target }) };
}

function wordsOf({ types, chosen, gap, half, period, span, median, target }) {
  const days = (value) => plural(value, "day");
  return [
    `${chosen.length < types.length ? `The ${count(chosen.length)} commonest of ${count(types.length)} types have` : "Every type has"} a criterion. The commonest gives 1 point; a type that is n times as rare gives √n points, rounded, ${MOST_POINTS} at most.`,
    gap === null
      ? `Nobody came on two days, so the half-life is a quarter of the ${days(span)} in the file: ${days(half)}.`
      : `The half-life is twice the typical gap between two days on which a customer did something (${days(gap)})${half === 2 * gap ? "" : ", but no longer than the file"}: ${days(half)}.`,
    `The period is four half-lives${period === HALF_LIVES * half ? "" : ", but no longer than the file"}: ${days(period)}.`,
    median === null
      ? "Nobody has points at the end of the file; the target is 100."
      : `The target of ${setting(target)} points gives the median of the customers who have points a score of about ${MEDIAN_SCORE}: two or three stars.`,
  ];
}

/** The median of the days between two neighbouring days with events of one customer; null where nobody has two. */
function typicalGap({ columns: { subjects, times } }) {
  const gaps = [];
  for (let row = 1; row < times.length; row += 1) {
    if (subjects[row] !== subjects[row - 1]) continue;
    const gap = Math.floor(times[row] / DAY_MS) - Math.floor(times[row - 1] / DAY_MS);
    if (gap > 0) gaps.push(gap);
  }
  return medianOf(gaps);
}

/** The lower of the two in the middle where there are two. */
function medianOf(values) {
  if (values.length === 0) return null;
  return Float64Array.from(values).sort()[(values.length - 1) >> 1];
}

/** What ids allow of a text, and once only. */
function idOf(text, taken) {
  const base = text.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, MOST_ID - 4) || "type";
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  taken.add(id);
  return id;
}
