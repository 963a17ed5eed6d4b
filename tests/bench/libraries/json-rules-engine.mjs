// json-rules-engine: a rule for each criterion, run on each event with its facts; what succeeds names the points. It
// decides and does not add, so decay, sums and limits are JavaScript, and frequency and silence a run of their own.
import { Engine } from "json-rules-engine";
import { makeFeatures, rulesOf, scale } from "./features.mjs";

export function makeScore(model) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  const onEvent = new Engine(rules.map((rule) => eventRule(rule, period)), { allowUndefinedFacts: true });
  onEvent.addRule({
    conditions: { all: [test("type", "equal", frequency.event), test("age", "lessThan", frequency.within)] },
    event: { type: "recent" },
  });
  const atEnd = new Engine([
    { conditions: { all: [test("recent", "greaterThanInclusive", frequency.atLeast)] }, event: outcome(frequency) },
    { conditions: { all: [test("idle", "greaterThanInclusive", inactivity.for)] }, event: outcome(inactivity) },
  ]);

  return async (history, at) => {
    const { events, idle } = makeFeatures(history, at, halfLife);
    const sums = new Map();
    let recent = 0;
    for (const { type, age, left, nth, data } of events) {
      const { events: outcomes } = await onEvent.run({ type, age, nth, data });
      for (const outcome of outcomes) {
        if (outcome.type === "recent") recent += 1;
        else add(sums, outcome.params.rule, left, data);
      }
    }
    let points = 0;
    for (const [{ limit = Infinity }, sum] of sums) points += Math.max(-limit, Math.min(limit, sum));
    const { events: outcomes } = await atEnd.run({ recent, idle });
    for (const { params } of outcomes) points += params.rule.points;
    return scale(points, model.target);
  };
}

function add(sums, rule, left, data) {
  const amount = rule.per ? data[rule.per] : 1;
  sums.set(rule, (sums.get(rule) ?? 0) + rule.points * amount * left);
}

function eventRule(rule, period) {
  const all = [test("type", "equal", rule.event), test("age", "lessThan", period)];
  if (rule.perDay) all.push(test("nth", "lessThanInclusive", rule.perDay));
  if (rule.per) all.push({ ...test("data", "greaterThan", -Infinity), path: `$.${rule.per}` });
  return { conditions: { all }, event: outcome(rule) };
}

function outcome(rule) {
  return { type: "points", params: { rule } };
}

function test(fact, operator, value) {
  return { fact, operator, value };
}
