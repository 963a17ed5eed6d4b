// nodejs-polars: a lazy query, run by native code on all cores. The day's first login is the earliest of each customer's
// days.
import polars from "nodejs-polars";
import { rulesOf } from "./features.mjs";

const { pl } = polars;
const DAY = 86_400_000;

export function makeScore(model, columns, at) {
  const loadedFrame = frameOf(columns);
  const query = (frame) => resultOf(score(frame, model, columns.typeNames, at));
  return { loaded: () => query(loadedFrame), copied: () => query(frameOf(columns)) };
}

function frameOf({ subjects, types, times, data }) {
  return pl.DataFrame([
    pl.Series("subject", subjects),
    pl.Series("type", types),
    pl.Series("time", times),
    pl.Series("quantity", data.quantity),
  ]);
}

function score(frame, model, typeNames, at) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  const is = (key) => pl.col("type").eq(typeNames.indexOf(rules.find((rule) => rule[key]).event));
  const { limit } = rules.find((rule) => rule.limit);
  const age = pl.lit(at).sub(pl.col("time"));
  const known = frame.lazy().filter(pl.col("time").ltEq(at));
  const logins = known
    .filter(is("perDay"))
    .withColumns(pl.col("time").div(DAY).floor().alias("day"))
    .groupBy(["subject", "day"])
    .agg(pl.col("type").min(), pl.col("time").min(), pl.col("quantity").min())
    .select("subject", "type", "time", "quantity");
  const others = known.filter(is("perDay").not()).select("subject", "type", "time", "quantity");
  const amount = pl.when(is("per")).then(pl.col("quantity")).otherwise(pl.lit(1));
  const pointsOf = rules.reduce((otherwise, { event, points }) => {
    return pl.when(pl.col("type").eq(typeNames.indexOf(event))).then(pl.lit(points)).otherwise(otherwise);
  }, pl.lit(0));
  const limited = pl.when(is("limit")).then(pl.col("gain").clip(-limit, limit)).otherwise(pl.col("gain"));
  const totals = pl
    .concat([logins, others])
    .filter(age.lt(period))
    .filter(is("per").not().or(pl.col("quantity").isNotNan()))
    .withColumns(pointsOf.mul(amount).mul(age.mul(-Math.LN2 / halfLife).exp()).alias("gain"))
    .groupBy(["subject", "type"])
    .agg(pl.col("gain").sum())
    .withColumns(limited.alias("gain"))
    .groupBy("subject")
    .agg(pl.col("gain").sum());
  return known
    .withColumns(is("perDay").and(age.lt(frequency.within)).cast(pl.Int32).alias("recent"))
    .groupBy("subject")
    .agg(pl.col("time").max().alias("last"), pl.col("recent").sum())
    .join(totals, { on: "subject", how: "left" })
    .withColumns(
      pl.col("gain").fillNull(0)
        .add(pl.when(pl.col("recent").gtEq(frequency.atLeast)).then(pl.lit(frequency.points)).otherwise(pl.lit(0)))
        .add(pl.when(pl.lit(at).sub(pl.col("last")).gtEq(inactivity.for)).then(pl.lit(inactivity.points)).otherwise(pl.lit(0)))
        .alias("points"),
    )
    .withColumns(pl.col("points").mul(100 / model.target).round(9).alias("score"))
    .withColumns(pl.col("score").div(20).floor().add(1).clip(0, 5).alias("stars"))
    .withColumns(pl.when(pl.col("score").ltEq(0)).then(pl.lit(0)).otherwise(pl.col("stars")).alias("stars"))
    .sort("subject")
    .collectSync();
}

function resultOf(frame) {
  const [subjects, points, score, stars] = ["subject", "points", "score", "stars"].map((name) => {
    return frame.getColumn(name).toTypedArray();
  });
  return { subjects, points, score, stars };
}
