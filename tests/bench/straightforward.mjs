// The scorer a good engineer writes in an afternoon for this very workload: rules in a Map, one pass, Math.pow.
// It knows no validation, duplicates, receipts, time zones or other kinds of rules, and checks nothing.

const DAY = 86_400_000;

export function prepare(model) {
  const period = Number.parseFloat(model.period) * DAY;
  const halfLife = Number.parseFloat(model.decay.halfLife) * DAY;
  const rules = new Map();
  for (const rule of model.criteria) if (rule.kind === "event") rules.set(rule.event, rule);
  const frequency = model.criteria.find((rule) => rule.kind === "frequency");
  const inactivity = model.criteria.find((rule) => rule.kind === "inactivity");

  return ({ events, profile }, at) => {
    const sums = new Map();
    const days = new Map();
    let last = profile.createdAt;
    let recent = 0;
    for (const event of events) {
      if (event.time > at) continue;
      last = Math.max(last, event.time);
      const age = at - event.time;
      if (event.type === frequency.event && age < Number.parseFloat(frequency.within) * DAY) recent += 1;
      const rule = rules.get(event.type);
      if (!rule || age >= period) continue;
      if (rule.perDay) {
        const day = Math.floor(event.time / DAY);
        const count = days.get(day) ?? 0;
        if (count >= rule.perDay) continue;
        days.set(day, count + 1);
      }
      const amount = rule.per ? event.data?.[rule.per] : 1;
      if (!Number.isFinite(amount)) continue;
      const gain = rule.points * amount * Math.pow(2, -age / halfLife);
      sums.set(rule.id, (sums.get(rule.id) ?? 0) + gain);
    }
    let points = 0;
    for (const [id, sum] of sums) {
      const { limit } = rules.get(id);
      points += limit === undefined ? sum : Math.max(-limit, Math.min(limit, sum));
    }
    if (recent >= frequency.atLeast) points += frequency.points;
    if (at - last >= Number.parseFloat(inactivity.for) * DAY) points += inactivity.points;
    const score = (100 * points) / model.target;
    return { points, score, stars: score <= 0 ? 0 : Math.min(5, 1 + Math.floor(score / 20)) };
  };
}
