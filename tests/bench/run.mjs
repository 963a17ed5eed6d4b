// All benchmarks, one after the other, and one summary: `make bench`. BENCH_QUICK=1 gives a rough picture in a minute.
import { fileURLToPath } from "node:url";
import { inProcess } from "./isolate.mjs";
import { printSummary } from "./report.mjs";

const BENCHES = ["size", "cold", "cold-workerd", "cold-chromium", "one", "many", "time"];
const only = process.argv.slice(2);

const ratios = {};
for (const bench of BENCHES.filter((bench) => only.length === 0 || only.includes(bench))) {
  console.log(`\n== ${bench}`);
  const conclusion = await inProcess(fileURLToPath(new URL(`${bench}.bench.mjs`, import.meta.url)));
  Object.assign(ratios, conclusion?.ratios);
}
printSummary(ratios);
