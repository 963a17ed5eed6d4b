// @gorules/zen-engine-wasm, however it is started: the whole score as one expression of the ZEN language. This build
// evaluates expressions only (no decision graphs), hands numbers over without their fraction (so the sum comes as text), and
// its power is good to seven digits (so what is left of each event comes from JavaScript, as does the how-many-eth of the day).
import { evaluateExpression } from "@gorules/zen-engine-wasm";
import { makeFeatures, rulesOf, scale } from "./features.mjs";

export function makeScore(model) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  const recent = `len(filter(events, #.type == "${frequency.event}" and #.age < ${frequency.within}))`;
  const terms = [
    ...rules.map((rule) => criterion(rule, period)),
    `(${recent} >= ${frequency.atLeast} ? ${frequency.points} : 0)`,
    `(idle >= ${inactivity.for} ? ${inactivity.points} : 0)`,
  ];
  const expression = `string(${terms.join(" + ")})`;
  return (history, at) => {
    return scale(Number(evaluateExpression(expression, makeFeatures(history, at, halfLife))), model.target);
  };
}

function criterion({ event, points, perDay, per, limit }, period) {
  const conditions = [`#.type == "${event}"`, `#.age < ${period}`];
  if (perDay) conditions.push(`#.nth <= ${perDay}`);
  if (per) conditions.push(`#.data.${per} != null`);
  const value = per ? `${points} * #.data.${per} * #.left` : `${points} * #.left`;
  const sum = `sum(map(filter(events, ${conditions.join(" and ")}), ${value}))`;
  return limit ? `min([${limit}, max([${-limit}, ${sum}])])` : sum;
}
