// json-logic-js: the whole score as one expression, a filter and a reduction for each criterion, with an operation
// `decay` of our own. It has no groups by day, so the how-many-eth of the day comes from JavaScript.
import jsonLogic from "json-logic-js";
import { makeFeatures, rulesOf, scale } from "./features.mjs";

export function makeScore(model) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  jsonLogic.add_operation("decay", (age) => 2 ** (-age / halfLife));
  const recent = filter({ "==": [own("type"), frequency.event] }, { "<": [own("age"), frequency.within] });
  const points = {
    "+": [
      ...rules.map((rule) => criterion(rule, period)),
      { if: [{ ">=": [sum(recent, 1), frequency.atLeast] }, frequency.points, 0] },
      { if: [{ ">=": [own("idle"), inactivity.for] }, inactivity.points, 0] },
    ],
  };
  return (history, at) => scale(jsonLogic.apply(points, makeFeatures(history, at, halfLife)), model.target);
}

function criterion({ event, points, perDay, per, limit }, period) {
  const conditions = [{ "==": [own("type"), event] }, { "<": [own("age"), period] }];
  const factors = [points, { decay: [own("current.age")] }];
  if (perDay) conditions.push({ "<=": [own("nth"), perDay] });
  if (per) {
    conditions.push({ "!=": [own(`data.${per}`), null] });
    factors.push(own(`current.data.${per}`));
  }
  const all = sum(filter(...conditions), { "*": factors });
  return limit ? { min: [limit, { max: [-limit, all] }] } : all;
}

function filter(...conditions) {
  return { filter: [own("events"), { and: conditions }] };
}

function sum(list, value) {
  return { reduce: [list, { "+": [own("accumulator"), value] }, 0] };
}

function own(path) {
  return { var: path };
}
