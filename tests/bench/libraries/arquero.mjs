// Arquero: filters, groups and roll-ups over tables. The day's first login is the earliest of each customer's days.
import * as aq from "arquero";
import { rulesOf } from "./features.mjs";

const DAY = 86_400_000;

export function makeScore(model, { subjects, types, typeNames, times, data }, at) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  const columns = { subject: subjects, type: types, time: times, amount: data.quantity };
  const codeOf = (key) => typeNames.indexOf(rules.find((rule) => rule[key]).event);
  const settings = {
    at, day: DAY, period, rate: Math.LN2 / halfLife,
    points: typeNames.map((name) => rules.find(({ event }) => event === name).points),
    daily: codeOf("perDay"), limited: codeOf("limit"), limit: rules.find(({ limit }) => limit).limit, per: codeOf("per"),
    within: frequency.within, atLeast: frequency.atLeast, habit: frequency.points,
    silent: inactivity.for, silence: inactivity.points, target: model.target,
  };
  // A table of arrays reads them where they are: there is nothing to copy.
  return { loaded: () => score(aq.table(columns).params(settings), settings) };
}

function score(rows, settings) {
  const known = rows.filter((d, $) => d.time <= $.at);
  const logins = known
    .filter((d, $) => d.type === $.daily)
    .derive({ day: (d, $) => aq.op.floor(d.time / $.day) })
    .groupby("subject", "day")
    .rollup({ type: (d) => aq.op.min(d.type), time: (d) => aq.op.min(d.time) });
  const gains = known
    .filter((d, $) => d.type !== $.daily && (d.type !== $.per || d.amount === d.amount))
    .select("subject", "type", "time", "amount")
    .concat(logins.select("subject", "type", "time"))
    .params(settings)
    .filter((d, $) => $.at - d.time < $.period)
    .derive({ gain: (d, $) => $.points[d.type] * (d.type === $.per ? d.amount : 1) * aq.op.exp($.rate * (d.time - $.at)) });
  const points = gains
    .groupby("subject", "type")
    .rollup({ sum: (d) => aq.op.sum(d.gain) })
    .derive({ sum: (d, $) => (d.type === $.limited ? aq.op.greatest(-$.limit, aq.op.least($.limit, d.sum)) : d.sum) })
    .groupby("subject")
    .rollup({ sum: (d) => aq.op.sum(d.sum) });
  const results = known
    .derive({ recent: (d, $) => (d.type === $.daily && $.at - d.time < $.within ? 1 : 0) })
    .groupby("subject")
    .rollup({ last: (d) => aq.op.max(d.time), recent: (d) => aq.op.sum(d.recent) })
    .join_left(points, "subject")
    .params(settings)
    .derive({
      points: (d, $) => (d.sum || 0) + (d.recent >= $.atLeast ? $.habit : 0) + ($.at - d.last >= $.silent ? $.silence : 0),
    })
    .derive({ score: (d, $) => aq.op.round((1e11 * d.points) / $.target) / 1e9 })
    .derive({ stars: (d) => (d.score <= 0 ? 0 : d.score >= 80 ? 5 : 1 + aq.op.floor(d.score / 20)) })
    .orderby("subject");
  const [subjects, found, scores, stars] = ["subject", "points", "score", "stars"].map((name) => results.array(name));
  return { subjects, points: found, score: scores, stars };
}
