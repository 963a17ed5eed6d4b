// A ledger that outlives its page: what is there is told, and another visit is added, which only leaving the page saves.
import { Model } from "starwise";
import { keepLedger } from "starwise/keep";

const LONG = 600_000;

export async function run(storage) {
  const model = new Model({ criteria: [{ id: "visit", kind: "event", event: "visit", points: 1 }] });
  const troubles = [];
  const kept = await keepLedger(model, { name: storage, storage, saveAfter: LONG, onTrouble: ({ kind }) => troubles.push(kind) });
  const { points } = kept.score();
  kept.add({ type: "visit", time: Date.now() });
  return { points, troubles };
}
