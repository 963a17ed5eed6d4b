// lodash: groups, sums and uniques, as its users write them.
import _ from "lodash";

const DAY = 86_400_000;

export function makeScore(model) {
  const period = Number.parseFloat(model.period) * DAY;
  const halfLife = Number.parseFloat(model.decay.halfLife) * DAY;
  const rules = _.filter(model.criteria, { kind: "event" });
  const frequency = _.find(model.criteria, { kind: "frequency" });
  const inactivity = _.find(model.criteria, { kind: "inactivity" });

  return ({ events, profile }, at) => {
    const known = _.sortBy(_.reject(events, ({ time }) => time > at), "time");
    const byType = _.groupBy(known, "type");
    const points = _.sumBy(rules, (rule) => {
      const own = byType[rule.event];
      const valued = rule.per ? _.filter(own, (event) => _.isFinite(_.get(event.data, rule.per))) : own;
      const capped = rule.perDay ? firstOfEachDay(valued, rule.perDay) : valued;
      const recent = _.filter(capped, ({ time }) => at - time < period);
      const sum = _.sumBy(recent, ({ time, data }) => {
        return rule.points * (rule.per ? _.get(data, rule.per) : 1) * 2 ** ((time - at) / halfLife);
      });
      return rule.limit === undefined ? sum : _.clamp(sum, -rule.limit, rule.limit);
    });
    const within = Number.parseFloat(frequency.within) * DAY;
    const count = _.size(_.filter(byType[frequency.event], ({ time }) => at - time < within));
    const last = _.max([profile.createdAt, _.last(known)?.time]);
    const habit = count >= frequency.atLeast ? frequency.points : 0;
    const silence = at - last >= Number.parseFloat(inactivity.for) * DAY ? inactivity.points : 0;
    return scale(points + habit + silence, model.target);
  };
}

function firstOfEachDay(events, count) {
  return _.flatMap(_.groupBy(events, ({ time }) => Math.floor(time / DAY)), (day) => _.take(day, count));
}

function scale(points, target) {
  const score = _.round((100 * points) / target, 9);
  return { points, score, stars: score <= 0 ? 0 : _.min([5, 1 + Math.floor(score / 20)]) };
}
