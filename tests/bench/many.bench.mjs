// Many customers: typed arrays and NDJSON, beside JavaScript written by hand and beside engines for columns.
import { assertAllAgree } from "./agree.mjs";
import { makeColumns, makeLines } from "./crowd.mjs";
import { bucketed, onePass } from "./expert-columns.mjs";
import { chunked, split } from "./expert-lines.mjs";
import { prepare } from "./idiomatic.mjs";
import { interleave, isQuick } from "./interleave.mjs";
import { isolate } from "./isolate.mjs";
import { availableLibraries } from "./libraries/index.mjs";
import { conclude, printContenders } from "./report.mjs";
import { resident } from "./resident.mjs";
import { starwise } from "./starwise.mjs";
import { AT, model } from "./workload.mjs";

const EVENTS = isQuick ? 100_000 : 1_000_000;
const DOUBLING = [EVENTS / 8, EVENTS / 4, EVENTS / 2, EVENTS];
const LIBRARIES = ["@duckdb/duckdb-wasm", "arquero", "nodejs-polars"];
const idiomatic = prepare(model);
const options = { at: AT };
const isThere = typeof starwise.scoreMany === "function";
const shown = EVENTS.toLocaleString("en");

const results = await isolate(import.meta.url, { columns, lines, engines, doubling });

console.log("Many customers (10,000), 12 criteria over 10 types. Expert: written out for this model; it checks nothing.");
if (!isThere) console.log("skipped: starwise itself, which has no `scoreMany` in this package");
printContenders(`columns, ${shown} events`, EVENTS, results.columns, ["one pass", "buckets"]);
const parsing = ["split + JSON.parse + expert", "chunks + JSON.parse + expert"];
printContenders(`NDJSON bytes, ${shown} events`, EVENTS, results.lines, parsing);
const ownHand = ["one pass", ...(isThere ? ["starwise, copied in"] : [])];
printContenders(`engines over the same columns, ${shown} events`, EVENTS, results.engines, ownHand);
if (isThere) {
  console.log("\nAs events grow, 100 a customer: ns an event");
  console.table(results.doubling);
}

const strongest = Math.min(results.columns["one pass"], results.columns.buckets);
conclude({
  lines: ratio(results.lines[parsing[0]], results.lines.starwise),
  resident: ratio(strongest, results.columns["starwise, in wasm memory"]),
  copied: ratio(strongest, results.columns["starwise, copied in"]),
});

function ratio(other, own) {
  return own === undefined ? null : other / own;
}

async function columns() {
  const rows = makeColumns(EVENTS);
  const inPlace = isThere && (await resident(starwise, rows, options));
  const contenders = {
    ...(inPlace ? { "starwise, in wasm memory": inPlace } : {}),
    ...(isThere ? { "starwise, copied in": () => starwise.scoreMany(rows, options) } : {}),
    "one pass": () => onePass(rows),
    buckets: () => bucketed(rows),
  };
  return compete(contenders, idiomaticColumns(rows));
}

async function lines() {
  const bytes = makeLines(EVENTS);
  const idiomaticLines = () => idiomatic.scoreMany(parseLines(bytes), AT);
  const contenders = {
    ...(isThere ? { starwise: () => starwise.scoreMany(bytes, options) } : {}),
    "split + JSON.parse + expert": () => split(bytes),
    "chunks + JSON.parse + expert": () => chunked(bytes),
    "split + JSON.parse + idiomatic": idiomaticLines,
  };
  return compete(contenders, idiomaticLines());
}

async function engines() {
  const rows = makeColumns(EVENTS);
  const contenders = {
    ...(isThere ? { "starwise, copied in": () => starwise.scoreMany(rows, options) } : {}),
    "one pass": () => onePass(rows),
  };
  for (const [name, { makeScore }] of await availableLibraries(LIBRARIES)) {
    const { copied, loaded } = await makeScore(model, rows, AT);
    contenders[`${name}, rows loaded`] = loaded;
    if (copied) contenders[`${name}, copied in`] = copied;
  }
  return compete(contenders, onePass(rows));
}

async function doubling() {
  const rows = {};
  for (const count of isThere ? DOUBLING : []) {
    const columns = makeColumns(count, count / 100);
    const bytes = makeLines(count, count / 100);
    assertAllAgree(`${count} events`, starwise.scoreMany(columns, options), onePass(columns));
    assertAllAgree(`${count} lines`, starwise.scoreMany(bytes, options), chunked(bytes));
    const took = await interleave({
      columns: () => starwise.scoreMany(columns, options),
      NDJSON: () => starwise.scoreMany(bytes, options),
      "columns, one pass": () => onePass(columns),
    });
    rows[count.toLocaleString("en")] = Object.fromEntries(
      Object.entries(took).map(([name, time]) => [name, Number((time / count).toPrecision(3))]),
    );
  }
  return rows;
}

async function compete(contenders, expected) {
  for (const [name, score] of Object.entries(contenders)) assertAllAgree(name, await score(), expected);
  return interleave(contenders);
}

function parseLines(bytes) {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Rows as objects, so that the check does not rest on the experts alone. */
function idiomaticColumns({ subjects, types, typeNames, times, data }) {
  const events = Array.from(times, (time, row) => {
    return { subject: subjects[row], type: typeNames[types[row]], time, data: { quantity: data.quantity[row] } };
  });
  const { subjects: found, points, stars } = idiomatic.scoreMany(events, AT);
  const order = found.map((_, index) => index).sort((a, b) => found[a] - found[b]);
  const pick = (column) => order.map((index) => column[index]);
  return { subjects: pick(found), points: pick(points), stars: pick(stars) };
}
