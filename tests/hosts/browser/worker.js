// Many customers on another thread, by columns and by lines, as on this one; a fault with its code, and a stop.
import { Model } from "starwise";
import { Scorer } from "starwise/worker";

const RULES = { criteria: [{ id: "login", kind: "event", event: "login", points: 10, decay: { curve: "exponential", halfLife: "9d" } }] };
const TIME = Date.UTC(2024, 2, 1);
const COLUMNS = { subjects: Uint32Array.of(7, 3, 7), types: new Uint8Array(3), typeNames: ["login"], times: Float64Array.of(TIME, TIME, TIME + 1) };
const LINES = ["ana", "bo", "ana"].map((subject) => JSON.stringify({ subject, type: "login", time: TIME })).join("\n");
const options = { at: "2024-03-04T00:00:00Z" };

export async function run() {
  const scorer = new Scorer();
  const model = new Model(RULES);
  const there = [await scorer.scoreMany(RULES, COLUMNS, options), await scorer.scoreMany(RULES, LINES, options)];
  const here = [model.scoreMany(COLUMNS, options), model.scoreMany(LINES, options)];
  const fault = await scorer.scoreMany(RULES, "{}", options).catch(({ code }) => code);
  const controller = new AbortController();
  const stopped = scorer.scoreMany(RULES, COLUMNS, { ...options, signal: controller.signal }).catch(({ name }) => name);
  controller.abort();
  const answer = { subjects: there.map(({ subjects }) => [...subjects]), isSame: JSON.stringify(there) === JSON.stringify(here), fault, stopped: await stopped };
  scorer.terminate();
  return answer;
}
