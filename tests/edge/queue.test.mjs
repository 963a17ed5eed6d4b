// Batches of a queue, as the platform hands them over: each message is answered for, and scores are those of the whole history.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sendAll, takeBatch } from "../../www/edge/core/queue.js";
import { startEdge } from "./edge.mjs";

const pkg = fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url));
const { Model } = await import(pathToFileURL(pkg));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
const model = new Model(json);
const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
const TYPES = ["task.added", "task.completed", "comment.written"];
const HOUR_MS = 3_600_000;
const NOW_MS = Date.now();

// What is refused goes to a server of the test's; the store of one customer does not answer.
const HANDLERS = `{
  ...worker,
  queue: (batch, environment) => worker.queue(batch, {
    ...environment,
    REFUSED: { sendBatch: async (list) => {
      const { ok } = await fetch(environment.SINK, { method: "POST", body: JSON.stringify(list.map(({ body }) => body)) });
      if (!ok) throw new Error("not taken");
    } },
    CUSTOMERS: {
      idFromName: (name) => (name === "unreachable" ? name : environment.CUSTOMERS.idFromName(name)),
      get: (id) => (id === "unreachable" ? { record: async () => { throw new Error("no network"); } } : environment.CUSTOMERS.get(id)),
    },
  }),
}`;

let sent = 0;
const messageOf = (body, { timestamp = Date.now(), attempts = 1 } = {}) => ({ id: `m${(sent += 1)}`, timestamp, attempts, body });
const eventOf = (customer, number, more = {}) => ({ customer, id: `e${number}`, type: TYPES[number % 3], time: NOW_MS - number * HOUR_MS, data: { task: number }, ...more });
const readOf = (sub) => ({ claims: { scope: "read", sub } });

/** The same list in another order, always the same one. */
function shuffled(list, seed = 7) {
  const order = [...list];
  let state = seed;
  for (let place = order.length - 1; place > 0; place -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (place + 1);
    [order[place], order[other]] = [order[other], order[place]];
  }
  return order;
}

describe("a batch by itself", () => {
  /** Takes a batch with these bodies in: what was recorded and told, and what became of each message. */
  async function outcomeOf(bodies, attempts = () => 1) {
    const outcome = { recorded: [], told: [], fates: bodies.map(() => undefined) };
    const messages = bodies.map((body, place) => ({
      ...messageOf(body, { attempts: attempts(place) }),
      ack: () => (outcome.fates[place] = "taken"),
      retry: ({ delaySeconds }) => (outcome.fates[place] = delaySeconds),
    }));
    const record = async (events) => {
      outcome.recorded = events;
      return { refused: events.flatMap((event, index) => (event?.isBad ? [{ index, code: "bad", path: `events[${index}]`, message: `\`events[${index}]\` is bad` }] : [])) };
    };
    await takeBatch(messages, { record, tell: async (refused) => void outcome.told.push(...refused) });
    return outcome;
  }

  test("has at most 2,000 customers, or one message; the rest comes again soon, and goes first in the end", async () => {
    const bodies = Array.from({ length: 5 }, (_, place) => Array.from({ length: 900 }, (_, number) => ({ customer: `c${place}-${number}`, type: "task.added", time: 1 })));
    const { recorded, fates } = await outcomeOf([...bodies, bodies[4].slice(0, 9)], (place) => (place === 4 ? 7 : 1));
    assert.deepEqual(fates, ["taken", 1, 1, 1, "taken", "taken"]);
    assert.equal(new Set(recorded.map(({ customer }) => customer)).size, 1800);
    const large = bodies.flat();
    assert.deepEqual((await outcomeOf([large, bodies[1], [{ customer: "late" }]])).fates, ["taken", "taken", 1]);
  });

  test("what JSON cannot carry is told of that event alone", async () => {
    const ring = { customer: "ana", type: "task.added", time: 1 };
    ring.data = { ring };
    const good = { customer: "ana", type: "task.added", time: 1 };
    const { recorded, told, fates } = await outcomeOf([good, [good, { ...good, time: 1n }, undefined], ring, 1n]);
    assert.deepEqual(fates, ["taken", "taken", "taken", "taken"]);
    assert.deepEqual(recorded.filter(Boolean), [good, good]);
    assert.deepEqual(told.map(({ index, code, event }) => [index, code, event]), [1, 2, 0, 0].map((index) => [index, "message-not-json", null]));
  });

  test("what is told of a large bad event fits into a message, and messages into calls", async () => {
    const { told } = await outcomeOf([{ isBad: true, text: "\"\u0000ü".repeat(20_000) }, { isBad: true, text: "short" }]);
    assert.deepEqual([typeof told[0].event, told[1].event], ["string", { isBad: true, text: "short" }]);
    const calls = [];
    await sendAll({ sendBatch: async (call) => void calls.push(call) }, [...Array.from({ length: 4 }, () => told[0]), ...Array.from({ length: 150 }, () => told[1])]);
    assert.equal(calls.flat().length, 154);
    for (const call of calls) {
      const sizes = call.map(({ body }) => Buffer.byteLength(JSON.stringify(body)));
      assert.ok(Math.max(...sizes) < 120_000 && call.length <= 100 && sizes.reduce((sum, size) => sum + size) < 256_000);
    }
  });
});

describe("a queue", () => {
  let edge;
  let sink;
  let isSinkOpen = true;
  const refused = [];
  before(async () => {
    sink = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => (text += part));
      request.on("end", () => {
        if (isSinkOpen) refused.push(...JSON.parse(text));
        response.writeHead(isSinkOpen ? 200 : 503).end();
      });
    });
    await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
    edge = await startEdge({
      model: json,
      handlers: HANDLERS,
      variables: { SINK: `http://127.0.0.1:${sink.address().port}/` },
      options: { queueConsumers: { "starwise-events": { maxBatchSize: 100, maxBatchTimeout: 0 } } },
    });
  });
  after(() => {
    sink.closeAllConnections();
    sink.close();
  });

  async function scored(customer, events) {
    const { status, body } = await edge.ask("GET", `score/${customer}`, readOf(customer));
    assert.equal(status, 200);
    const { points, score, stars } = model.score({ events }, { at: body.at });
    assert.deepEqual([customer, body.points, body.score, body.stars], [customer, points, score, stars]);
  }

  test("a hundred messages of a hundred customers, with duplicates, in any order and twice", async () => {
    const histories = Array.from({ length: 100 }, (_, place) => [`q${place}`, Array.from({ length: 6 }, (_, number) => eventOf(`q${place}`, number + place % 5))]);
    // A message has a piece of six customers' histories, and each piece is in two messages.
    const bodies = Array.from({ length: 100 }, (_, place) => Array.from({ length: 12 }, (_, step) => {
      const [, events] = histories[(place + (step >> 1) * 17) % 100];
      return events[step >> 1];
    }));
    const batch = shuffled(bodies).map((body) => messageOf(body));
    for (const messages of [batch, shuffled(batch, 11)]) {
      const { outcome, explicitAcks, retryMessages } = await edge.batch(messages);
      assert.deepEqual([outcome, explicitAcks.length, retryMessages], ["ok", 100, []]);
    }
    for (const [customer] of histories) {
      const events = bodies.flat().filter((event) => event.customer === customer);
      assert.equal(new Set(events.map(({ id }) => id)).size, 6);
      await scored(customer, events);
    }
    assert.deepEqual(refused, []);
  });

  test("bad events go, and are told with their message; good ones beside them are taken", async () => {
    const good = eventOf("mixed", 1);
    const bad = { customer: "mixed", type: "task.added", time: "yesterday" };
    const messages = [messageOf([bad, good, { type: "task.added", time: Date.now() }]), messageOf("{ not json"), messageOf(7), messageOf(JSON.stringify(eventOf("mixed", 2)))];
    const { explicitAcks, retryMessages } = await edge.batch(messages);
    assert.deepEqual([explicitAcks.length, retryMessages], [4, []]);
    const told = refused.splice(0).sort((one, other) => messages.findIndex(({ id }) => id === one.messageId) - messages.findIndex(({ id }) => id === other.messageId) || one.index - other.index);
    assert.deepEqual(told.map(({ messageId, index, code, path }) => [messageId, index, code, path]), [
      [messages[0].id, 0, "event-invalid-time", "events[0].time"],
      [messages[0].id, 2, "event-missing-customer", "events[2].customer"],
      [messages[1].id, 0, "message-not-json", ""],
      [messages[2].id, 0, "event-wrong-type", "events[0]"],
    ]);
    assert.match(told[0].message, /^`events\[0\]\.time` /);
    assert.deepEqual(told[0].event, bad);
    await scored("mixed", [good, eventOf("mixed", 2)]);
  });

  test("a message comes again only where the store failed, and bad events of it are told once, in the end", async () => {
    const bad = { customer: "again", time: Date.now() };
    const messages = [messageOf([eventOf("again", 1), bad, eventOf("unreachable", 1)], { attempts: 3 }), messageOf(eventOf("again", 2))];
    const { explicitAcks, retryMessages } = await edge.batch(messages);
    assert.deepEqual(explicitAcks, [messages[1].id]);
    assert.deepEqual(retryMessages.map(({ msgId, delaySeconds }) => [msgId, delaySeconds]), [[messages[0].id, 60]]);
    assert.deepEqual(refused, []);
    await scored("again", [eventOf("again", 1), eventOf("again", 2)]);
    // Nobody hears of the bad one: it must not be lost.
    isSinkOpen = false;
    const late = await edge.batch([messageOf([eventOf("again", 1), bad])]);
    assert.equal(late.retryMessages.length, 1);
    isSinkOpen = true;
    assert.equal((await edge.batch([messageOf([eventOf("again", 1), bad])])).explicitAcks.length, 1);
    assert.deepEqual(refused.splice(0).map(({ code }) => code), ["event-missing-type"]);
    await scored("again", [eventOf("again", 1), eventOf("again", 2)]);
  });

  test("messages of before do not bring a forgotten customer back; later ones do", async () => {
    const early = Date.now() - 1000;
    await edge.batch([messageOf(eventOf("gone", 1))]);
    assert.equal((await edge.ask("DELETE", "customer/gone", { claims: ADMIN })).status, 200);
    const { explicitAcks } = await edge.batch([messageOf(eventOf("gone", 2), { timestamp: early }), messageOf(eventOf("stays", 2), { timestamp: early })]);
    assert.equal(explicitAcks.length, 2);
    assert.equal((await edge.ask("GET", "score/gone", readOf("gone"))).status, 404);
    await scored("stays", [eventOf("stays", 2)]);
    // One of before and one of after it in one batch.
    await edge.batch([messageOf(eventOf("gone", 3), { timestamp: early }), messageOf(eventOf("gone", 4), { timestamp: Date.now() + 1000 })]);
    await scored("gone", [eventOf("gone", 4)]);
    assert.deepEqual(refused, []);
  });

  test("`later` puts events onto the queue, from where they are taken", async () => {
    const events = Array.from({ length: 20 }, (_, number) => eventOf(`later${number % 2}`, number));
    const post = (body, claims = INGEST) => edge.ask("POST", "events?later=1", { claims, body });
    const { status, body } = await post(events);
    assert.deepEqual([status, body], [202, { queued: 20, refused: [] }]);
    const partly = await post([{ type: "task.added", time: 1 }, eventOf("later0", 20)]);
    assert.deepEqual([partly.status, partly.body.queued, partly.body.refused.map(({ index, code }) => [index, code])], [207, 1, [[0, "event-missing-customer"]]]);
    assert.equal((await post(eventOf("later0", 1), { scope: "track", sub: "later0" })).status, 403);
    const large = eventOf("later0", 30, { data: { text: "x".repeat(100_000) } });
    assert.equal((await post(large)).body.refused[0].code, "event-too-large");
    for (const [customer, size] of [["later0", 11], ["later1", 10]]) {
      let found;
      do found = await edge.ask("GET", `export/${customer}`, { claims: ADMIN });
      while (found.body.events?.length !== size);
      await scored(customer, found.body.events);
    }
  });

  test("under a model with a fault nothing is taken, and everything comes again", async () => {
    await edge.kill();
    await edge.start({ model: { criteria: [{ id: "x", kind: "nothing" }] } });
    const { explicitAcks, retryMessages } = await edge.batch([messageOf(eventOf("patient", 1)), messageOf("{")]);
    assert.deepEqual([explicitAcks, retryMessages.length], [[], 2]);
  });
});
