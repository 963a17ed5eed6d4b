// A crash between any two steps: whatever a call does, each of its steps fails once, or is the last that is done. What was acknowledged is
// there, nothing is half written, and whoever tries again gets what a call without a crash would have given.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startEdge } from "./edge.mjs";

const { Ledger, Model } = await import(pathToFileURL(fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url))));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
const model = new Model(json);
const [INGEST, ADMIN] = [{ scope: "ingest" }, { scope: "admin" }];
const MODES = ["throw", "end-before", "end-after"];
/** In `make edge-proof` everything is tried in every way; otherwise in one way each. */
const isLong = process.env.EDGE_PROOF_EVENTS !== undefined;
const nowMs = Date.now();
const RINGS = 500;
const WEBHOOKS = JSON.stringify([{ id: "crm", url: "https://crm.example/" }]);

/** Some events, whose ids begin with a text. */
const eventsOf = (begin, count) => Array.from({ length: count }, (_, number) => ({ id: `${begin}-${number}`, type: ["task.completed", "comment.written", "task.added"][number % 3], time: nowMs - number * 3_600_000, data: { task: number % 7 } }));
const same = (begin, count) => Array.from({ length: count }, () => eventsOf(begin, 1)[0]);
const PRO = { profile: { plan: "pro", reminders: true }, timeZone: "Asia/Tokyo", dayStartHour: 4 };

/** What is done, after what, and the one way in which its steps fail in the short form: `record`, `describe`, `ring`, `forget`, `ask`, `lose` (the snapshot) and `evict`. */
const SCENARIOS = [
  { title: "the first events of a customer", way: "throw", prior: [], act: ["record", eventsOf("a", 3)] },
  { title: "events, some of which are known", way: "throw", prior: [["record", eventsOf("a", 3)], ["evict"]], act: ["record", [...eventsOf("a", 2), ...eventsOf("b", 3)]] },
  { title: "a batch that takes two rows and a snapshot", way: "end-before", prior: [["record", eventsOf("a", 3)]], act: ["record", eventsOf("b", 2050)] },
  { title: "a batch after which the journal is written anew", way: "end-after", prior: [["record", eventsOf("a", 3)]], act: ["record", same("b", 2050)] },
  { title: "a profile of somebody new", way: "throw", prior: [], act: ["describe", PRO] },
  { title: "another zone, which takes the snapshot away", way: "end-before", prior: [["record", eventsOf("a", 2050)]], act: ["describe", PRO] },
  { title: "an alarm with changes to tell", way: "end-after", prior: [["record", eventsOf("a", 30)], ["evict"]], act: ["ring"] },
  { title: "an alarm after changes that were told", way: "throw", prior: [["record", eventsOf("a", 9)], ["ring"], ["record", eventsOf("b", 60)]], act: ["ring"] },
  { title: "a question that reads a long journal", way: "end-before", prior: [["record", eventsOf("a", 2050)], ["lose"], ["evict"]], act: ["ask"] },
  { title: "being forgotten", way: "end-after", prior: [["record", eventsOf("a", 9)], ["describe", PRO], ["ring"]], act: ["forget"] },
];

describe("a crash between any two steps", () => {
  let edge;
  before(async () => {
    edge = await startEdge({
      model: json,
      variables: { WEBHOOKS, WEBHOOK_SECRET: "a-secret-between-us-long-enough-for-anybody", WEBHOOK_RETRY_MS: "1" },
      parts: { worker: "sabotaged-worker.mjs", object: "sabotaged-object.mjs" },
      isQuiet: true,
    });
  });

  const order = async (what, name, more = {}) => (await edge.ask("POST", `test/${what}`, { body: { name, ...more } })).body;

  /** Does one thing; whether it was acknowledged. */
  async function done(name, [what, given]) {
    if (what === "record") return (await edge.ask("POST", "events", { claims: INGEST, body: given.map((event) => ({ customer: name, ...event })) })).status === 200;
    if (what === "describe") return (await edge.ask("PUT", `profile/${name}`, { claims: INGEST, body: given })).status === 200;
    if (what === "forget") return (await edge.ask("DELETE", `customer/${name}`, { claims: ADMIN })).status === 200;
    if (what === "ask") return (await edge.ask("GET", `score/${name}`, { claims: ADMIN })).status === 200;
    return (await order(what === "lose" ? "dropSnapshot" : what, name)).error === undefined;
  }

  /** All that is known of a customer: what is held, and their score at an instant. */
  async function known(name) {
    const [held, asked] = [await edge.ask("GET", `export/${name}`, { claims: ADMIN }), await edge.ask("GET", `score/${name}?at=${nowMs}&include=all`, { claims: ADMIN })];
    assert.equal(held.status, asked.status);
    if (held.status === 404) return undefined;
    assert.equal(held.status, 200);
    const { ignored: _ignored, ...score } = asked.body;
    const { events, profile, timeZone, dayStartHour, told } = held.body;
    return { texts: new Set(events.map((event) => JSON.stringify(event))), profile, timeZone, dayStartHour, told, score };
  }

  /** The score of events, as plain JSON. */
  function scoreOf(texts, { profile, timeZone, dayStartHour }) {
    const ledger = new Ledger(model, { profile, timeZone, dayStartHour });
    ledger.add([...texts].map((text) => JSON.parse(text)));
    const { ignored: _ignored, ...score } = JSON.parse(JSON.stringify(ledger.score({ at: nowMs, include: "all" })));
    ledger.free();
    return score;
  }

  /** What must always hold: memory, snapshot and journal say the same, whole. */
  async function assertSound(name) {
    const inMemory = await known(name);
    if (!inMemory) return undefined;
    await order("evict", name);
    const { value } = await order("look", name);
    const parts = Object.keys(value.kept).filter((key) => key.startsWith("snapshot/"));
    assert.equal(parts.length > 0, value.kept.snapshot !== undefined, "a snapshot has a head and parts, or neither");
    assert.ok((value.kept.snapshot?.covers ?? 0) <= value.last);
    assert.notEqual(value.alarmMs, null, "somebody looks after the customer");
    assert.deepEqual(await known(name), inMemory);
    await order("dropSnapshot", name);
    await order("evict", name);
    assert.deepEqual(await known(name), inMemory);
    assert.deepEqual(inMemory.score, scoreOf(inMemory.texts, inMemory));
    return inMemory;
  }

  /** Rings until nothing waits to be told, and gives how many changes were, each counted once however often it was sent. */
  async function told(name) {
    for (let ring = 0; ; ring += 1) {
      assert.ok(ring < RINGS, "what waits is never told");
      assert.ok(await done(name, ["ring"]));
      const { body: { waiting } } = await edge.ask("GET", `export/${name}`, { claims: ADMIN });
      if (ring > 0 && !waiting.length) break;
      await sleep(5);
    }
    return new Set((await order("delivered", name)).map(({ id }) => id)).size;
  }

  for (const [number, { title, way, prior, act }] of SCENARIOS.entries()) {
    for (const mode of isLong ? MODES : [way]) {
      test(`${title}: ${mode}`, async () => {
        const [what, given] = act;
        let expected;
        for (let at = 0, steps = 1; at <= steps; at += 1) {
          const name = `${number}-${mode}-${at}`;
          const where = `at step ${at}`;
          for (const thing of prior) assert.ok((await done(name, thing)) || thing[0] === "evict");
          const earlier = await known(name);
          if (what === "ask" || what === "ring") await order("evict", name);
          if (what === "ask") await order("dropSnapshot", name).then(() => order("evict", name));
          // At 0 nothing fails: so many steps there are, and this is how it must end.
          await order("arm", name, { mode, at });
          const isDone = await done(name, act);
          const seen = await order("disarm", name);
          if (at === 0) {
            steps = seen.steps.length;
            assert.ok(isDone && steps > 1);
          }
          const after = await assertSound(name);
          const isForgotten = what === "forget" && after === undefined;
          if (!isForgotten) for (const text of earlier?.texts ?? []) assert.ok(after?.texts.has(text), `${where}: acknowledged before, and lost`);
          if (what === "record" && isDone) for (const event of given) assert.ok(after.texts.has(JSON.stringify(event)), `${where}: acknowledged, and lost`);
          if (what === "forget" && isDone) assert.equal(after, undefined, where);
          // Again, as one does who was not answered; and as the runtime rings again.
          if (at > 0) assert.ok(await done(name, act), `${where} (${seen.steps[at - 1]}): a second try must do`);
          const changes = what === "forget" ? 0 : await told(name);
          const end = isLong ? await assertSound(name) : await known(name);
          const { told: last, ...final } = end ?? {};
          const outcome = { ...final, number: last?.number, changes };
          expected ??= outcome;
          assert.deepEqual(outcome, expected, `${where} (${seen.steps[at - 1]}) of ${seen.steps.length}`);
        }
      });
    }
  }
});
