// Nothing is lost and nothing counts twice: a short form of the proof here, the long one by `make edge-proof`.
import { test } from "node:test";
import { prove } from "./proof.mjs";

const { EDGE_PROOF_EVENTS, EDGE_PROOF_SEED } = process.env;
const isLong = EDGE_PROOF_EVENTS !== undefined;
const events = Number(EDGE_PROOF_EVENTS ?? 10_000);
const seed = Number(EDGE_PROOF_SEED || (isLong ? Date.now() % 1_000_000 : 20_260_401));
const size = isLong ? { customers: 400, clients: 32, kills: 12, evictions: 2000 } : { customers: 60, clients: 16, kills: 3, evictions: 100 };

test(`of ${events} events from many clients, through evictions and power cuts, none is lost and none counts twice (seed ${seed})`, async (context) => {
  const log = isLong ? (line) => console.log(`   ${line}`) : () => {};
  const summary = await prove({ seed, events, ...size, log });
  context.diagnostic(JSON.stringify(summary));
});
