// The scorer that a good engineer writes in an afternoon: the rules of the model in a Map, one pass, `Math.exp`.
// It reads any model of event, frequency and inactivity criteria with these keys; it checks nothing, gives no receipt.

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** `score(history, at)` of one customer, `scoreMany(events, at)` of events that name their `subject`. */
export function prepare(model) {
  const period = milliseconds(model.period);
  const rate = Math.LN2 / milliseconds(model.decay.halfLife);
  const rules = new Map(model.criteria.filter(isOf("event")).map((rule) => [rule.event, rule]));
  const [frequency] = model.criteria.filter(isOf("frequency"));
  const [inactivity] = model.criteria.filter(isOf("inactivity"));
  const within = milliseconds(frequency.within);
  const silence = milliseconds(inactivity.for);

  function add(customer, event, at) {
    const { type, time, id, data } = event;
    if (id !== undefined) {
      if (customer.ids.has(id)) return;
      customer.ids.add(id);
    }
    const age = at - time;
    if (age < 0) return;
    customer.last = Math.max(customer.last, time);
    if (type === frequency.event && age < within) customer.recent += 1;
    const rule = rules.get(type);
    if (!rule) return;
    const amount = rule.per ? data?.[rule.per] : 1;
    if (!Number.isFinite(amount)) return;
    if (rule.perDay) {
      const day = Math.floor(time / UNITS.d);
      const count = customer.days.get(day) ?? 0;
      if (count >= rule.perDay) return;
      customer.days.set(day, count + 1);
    }
    if (age >= period) return;
    const gain = rule.points * amount * Math.exp(-rate * age);
    customer.sums.set(rule, (customer.sums.get(rule) ?? 0) + gain);
  }

  function finish({ sums, recent, last }, at) {
    let points = 0;
    for (const [{ limit = Infinity }, sum] of sums) points += Math.max(-limit, Math.min(limit, sum));
    if (recent >= frequency.atLeast) points += frequency.points;
    if (at - last >= silence) points += inactivity.points;
    const score = Math.round((1e11 * points) / model.target) / 1e9;
    return { points, score, stars: score <= 0 ? 0 : Math.min(5, 1 + Math.floor(score / 20)) };
  }

  return {
    score({ events, profile }, at) {
      const customer = newCustomer(profile);
      for (const event of inOrder(events)) add(customer, event, at);
      return finish(customer, at);
    },
    scoreMany(events, at) {
      const customers = new Map();
      for (const event of inOrder(events)) {
        let customer = customers.get(event.subject);
        if (!customer) customers.set(event.subject, (customer = newCustomer()));
        add(customer, event, at);
      }
      const results = [...customers.values()].map((customer) => finish(customer, at));
      const columns = Object.fromEntries(["points", "score", "stars"].map((key) => [key, results.map((one) => one[key])]));
      return { subjects: [...customers.keys()], ...columns };
    },
  };
}

function newCustomer(profile) {
  return { sums: new Map(), days: new Map(), ids: new Set(), recent: 0, last: profile?.createdAt ?? -Infinity };
}

function inOrder(events) {
  const isSorted = events.every((event, index) => index === 0 || events[index - 1].time <= event.time);
  return isSorted ? events : events.toSorted((a, b) => a.time - b.time);
}

function isOf(kind) {
  return (rule) => rule.kind === kind;
}

function milliseconds(duration) {
  return Number.parseFloat(duration) * UNITS[duration.at(-1)];
}
