// What is kept of a customer: in how many rows, in which parts, and what is left of it when somebody sends one batch for ever.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startEdge } from "./edge.mjs";

const { Ledger, Model } = await import(pathToFileURL(fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url))));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
json.parts[0].criteria.push({ id: "paid", kind: "event", event: "order.paid", where: { amount: { gte: 5 } }, points: 9, label: "Pay" });
const model = new Model(json);
const [INGEST, ADMIN] = [{ scope: "ingest" }, { scope: "admin" }];
const nowMs = Date.now();

const eventsOf = (begin, count, more = () => ({})) => Array.from({ length: count }, (_, number) => ({ id: `${begin}-${number}`, type: "task.completed", time: nowMs - number * 60_000, ...more(number) }));

describe("what is kept", () => {
  let edge;
  before(async () => {
    edge = await startEdge({ model: json, variables: { BODY_BYTES: "4194304", BODY_EVENTS: "100000" }, parts: { worker: "sabotaged-worker.mjs", object: "sabotaged-object.mjs" }, isQuiet: true });
  });

  const order = async (what, name) => (await edge.ask("POST", `test/${what}`, { body: { name } })).body;
  const look = async (name) => (await order("look", name)).value;
  const record = async (name, events) => assert.deepEqual((await edge.ask("POST", "events", { claims: INGEST, body: events.map((event) => ({ customer: name, ...event })) })).body, { taken: events.length, refused: [] });

  /** The score that the worker gives, read anew from disk, is that of these events. */
  async function assertScore(name, events) {
    await order("evict", name);
    const { body: { ignored: _ignored, ...score } } = await edge.ask("GET", `score/${name}?at=${nowMs}`, { claims: ADMIN });
    const ledger = new Ledger(model);
    ledger.add(events);
    const { ignored: _own, ...expected } = ledger.score({ at: nowMs, include: ["nextChange"] });
    ledger.free();
    assert.deepEqual(score, JSON.parse(JSON.stringify(expected)));
  }

  test("an event more is a row more, and nothing else, until a snapshot is due", async () => {
    await record("ana", eventsOf("first", 1));
    const counts = [];
    for (let number = 0; number < 70; number += 1) {
      await order("arm", "ana");
      await record("ana", eventsOf(`one-${number}`, 1));
      counts.push((await order("disarm", "ana")).rowsWritten);
    }
    // Now and then one is also when others are told of changes.
    assert.ok(counts.filter((count) => count === 1).length > 60);
    const { rows, kept } = await look("ana");
    assert.deepEqual([rows, kept.snapshot.events], [71, 64]);
  });

  test("a larger customer's snapshot is written less often: with an eighth more events", async () => {
    await record("bo", eventsOf("many", 20_000));
    const { kept: { snapshot: { covers } } } = await look("bo");
    await record("bo", eventsOf("more", 2400));
    assert.equal((await look("bo")).kept.snapshot.covers, covers);
    await record("bo", eventsOf("enough", 200));
    assert.ok((await look("bo")).kept.snapshot.covers > covers);
  });

  test("a snapshot of more than a value can hold stands in parts", async () => {
    const events = eventsOf("long", 6000, (number) => ({ id: `${number}-${"x".repeat(240)}` }));
    for (let from = 0; from < events.length; from += 2000) await record("cy", events.slice(from, from + 2000));
    const { kept } = await look("cy");
    assert.ok(Object.keys(kept).filter((key) => key.startsWith("snapshot/")).length > 1);
    await assertScore("cy", events);
  });

  test("a snapshot that cannot be read is left aside: the journal has everything", async () => {
    const events = eventsOf("sound", 2100);
    await record("gil", events);
    assert.notEqual((await look("gil")).kept.snapshot, undefined);
    await order("spoilSnapshot", "gil");
    await assertScore("gil", events);
    await record("gil", eventsOf("after", 1));
    await assertScore("gil", [...events, ...eventsOf("after", 1)]);
  });

  test("an export has everything, however much it is", async () => {
    const events = eventsOf("wide", 60, () => ({ data: { note: "n".repeat(120_000) } }));
    for (let from = 0; from < events.length; from += 20) await record("hal", events.slice(from, from + 20));
    const { status, body } = await edge.ask("GET", "export/hal", { claims: ADMIN });
    assert.equal(status, 200);
    assert.deepEqual(body.events, events);
  });

  test("one batch that is sent for ever fills nothing", async () => {
    const events = eventsOf("same", 500);
    await record("di", eventsOf("other", 50));
    for (let time = 0; time < 25; time += 1) await record("di", events);
    const { body } = await edge.ask("GET", "export/di", { claims: ADMIN });
    assert.ok(body.events.length < 5000, `${body.events.length} events in the journal`);
    assert.equal(new Set(body.events.map(({ id }) => id)).size, 550);
    await assertScore("di", [...events, ...eventsOf("other", 50)]);
  });

  test("a number that JSON cannot write counts in memory as it does when it is read again", async () => {
    const body = `{ "customer": "fay", "id": "f", "type": "order.paid", "time": ${nowMs}, "data": { "amount": 1e999 } }`;
    assert.equal((await edge.ask("POST", "events", { claims: INGEST, body })).status, 200);
    const ask = async () => (await edge.ask("GET", `score/fay?at=${nowMs}`, { claims: ADMIN })).body;
    const inMemory = await ask();
    await order("evict", "fay");
    assert.deepEqual(await ask(), inMemory);
  });

  test("who is forgotten and comes back has no answer of before", async () => {
    await record("ed", eventsOf("old", 1));
    const before = await edge.ask("GET", "score/ed", { claims: ADMIN });
    assert.equal((await edge.ask("DELETE", "customer/ed", { claims: ADMIN })).status, 200);
    await record("ed", eventsOf("new", 1, () => ({ type: "review.written" })));
    const after = await edge.ask("GET", "score/ed", { claims: ADMIN, headers: { "If-None-Match": before.headers.get("etag") } });
    assert.equal(after.status, 200);
  });
});
