// @duckdb/duckdb-wasm: one SQL query, in the blocking form, single-threaded. The rules are a table; the day's first
// login is the earliest of each customer's days.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { rulesOf } from "./features.mjs";

const DAY = 86_400_000;
const require = createRequire(import.meta.url);

export async function makeScore(model, columns, at) {
  const { ConsoleLogger, createDuckDB, LogLevel, NODE_RUNTIME } = require("@duckdb/duckdb-wasm/blocking");
  const folder = dirname(require.resolve("@duckdb/duckdb-wasm"));
  const bundles = {
    mvp: { mainModule: join(folder, "duckdb-mvp.wasm"), mainWorker: "" },
    eh: { mainModule: join(folder, "duckdb-eh.wasm"), mainWorker: "" },
  };
  const database = await createDuckDB(bundles, new ConsoleLogger(LogLevel.ERROR), NODE_RUNTIME);
  await database.instantiate();
  const connection = database.connect();
  const rules = model.criteria.filter(({ kind }) => kind === "event");
  insert(connection, "rules", {
    type: Uint8Array.from(rules, ({ event }) => columns.typeNames.indexOf(event)),
    points: Float64Array.from(rules, ({ points }) => points),
  });
  const statement = query(model, columns.typeNames, at);
  const load = () => {
    const { subjects: subject, types: type, times: time, data } = columns;
    connection.query("DROP TABLE IF EXISTS events");
    insert(connection, "events", { subject, type, time, quantity: data.quantity });
  };
  load();
  return { loaded: () => resultOf(connection.query(statement)), copied: () => (load(), resultOf(connection.query(statement))) };
}

function insert(connection, name, arrays) {
  connection.insertArrowFromIPCStream(tableToIPC(tableFromArrays(arrays), "stream"), { name, create: true });
}

function resultOf(table) {
  const [subjects, points, score, stars] = ["subject", "points", "score", "stars"].map((name) => table.getChild(name).toArray());
  return { subjects, points, score, stars };
}

function query(model, typeNames, at) {
  const { rules, frequency, inactivity, period, halfLife } = rulesOf(model);
  const codeOf = (key) => typeNames.indexOf(rules.find((rule) => rule[key]).event);
  const { limit } = rules.find((rule) => rule.limit);
  const [daily, limited, per] = [codeOf("perDay"), codeOf("limit"), codeOf("per")];
  return `
    WITH known AS (SELECT * FROM events WHERE time <= ${at}),
    counted AS (
      SELECT subject, ${daily} AS type, min(time) AS time, 1.0::DOUBLE AS amount
      FROM known WHERE type = ${daily} GROUP BY subject, floor(time / ${DAY})
      UNION ALL
      SELECT subject, type, time, CASE WHEN type = ${per} THEN quantity ELSE 1 END AS amount FROM known WHERE type <> ${daily}
    ),
    sums AS (
      SELECT subject, type, sum(points * amount * pow(2::DOUBLE, (time - ${at}) / ${halfLife})) AS gain
      FROM counted JOIN rules USING (type) WHERE ${at} - time < ${period} AND NOT isnan(amount) GROUP BY subject, type
    ),
    totals AS (
      SELECT subject, sum(CASE WHEN type = ${limited} THEN greatest(-${limit}, least(${limit}, gain)) ELSE gain END) AS total
      FROM sums GROUP BY subject
    ),
    activity AS (
      SELECT subject, max(time) AS last, count(*) FILTER (WHERE type = ${daily} AND ${at} - time < ${frequency.within}) AS recent
      FROM known GROUP BY subject
    ),
    scored AS (
      SELECT subject, coalesce(total, 0) + CASE WHEN recent >= ${frequency.atLeast} THEN ${frequency.points} ELSE 0 END
        + CASE WHEN ${at} - last >= ${inactivity.for} THEN ${inactivity.points} ELSE 0 END AS points
      FROM activity LEFT JOIN totals USING (subject)
    )
    SELECT subject::UINTEGER AS subject, points::DOUBLE AS points, round(100 * points / ${model.target}, 9)::DOUBLE AS score,
      (CASE WHEN score <= 0 THEN 0 WHEN score >= 80 THEN 5 ELSE 1 + floor(score / 20) END)::UTINYINT AS stars
    FROM scored ORDER BY subject`;
}
