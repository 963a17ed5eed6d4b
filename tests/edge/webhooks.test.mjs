// Webhooks of the edge worker: who is told of a change, when, how often, and what becomes of it when something is killed.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { Model } from "../../pkg/index.node.js";
import { startEdge } from "./edge.mjs";
import { startReceiver } from "./receiver.mjs";

const ADMIN = { scope: "admin" };
const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BEFORE = "a-plain-text-of-the-time-before";

const PEEK_MS = 1500;

/** Visits fade within seconds, orders stay, a glance is over before anybody looks, and a peek soon after. */
const rules = {
  period: null,
  decay: null,
  criteria: [
    { id: "visit", kind: "event", event: "visit", points: 100, decay: { curve: "exponential", halfLife: "3s" } },
    { id: "order", kind: "event", event: "order", points: 40 },
    { id: "glance", kind: "event", event: "glance", points: 100, period: "300ms" },
    { id: "peek", kind: "event", event: "peek", points: 100, period: `${PEEK_MS}ms` },
  ],
  stars: { at: [30, 60] },
  segments: [{ id: "low", upTo: 30, label: { en: "Low", de: "Unten" } }, { id: "high", label: "High" }],
  audiences: [
    { id: "lively", label: "Lively & <well>", when: { score: { gte: 50 } } },
    { id: "paying", label: "Paying", when: { "profile.plan": "pro" } },
  ],
};
/** After so long of two visits nothing is left that counts. */
const FADED_MS = 9_000;
const model = new Model(rules);
const eventOf = (customer, type, id) => ({ customer, type, id, time: Date.now() });
const customerOf = ({ message }) => message.data?.customer;
const keyOf = ({ type, data: { id } }) => [type.split(".")[0], id].join("/");

/** What a customer's receiver makes of it: repeats are dropped by id, and each thing goes from where it was to where it is. */
function told(receiver, path, customer) {
  const known = new Map();
  for (const { headers, text, message } of receiver.on(path)) {
    if (message.data.customer !== customer) continue;
    const id = headers["webhook-id"];
    if (known.has(id)) assert.equal(known.get(id).text, text, "the same under the same id");
    else known.set(id, { id, text, ...message });
  }
  const messages = [...known.values()];
  const at = new Map();
  for (const message of messages) {
    const { from, to } = message.data;
    assert.notEqual(from, to);
    if (at.has(keyOf(message))) assert.equal(from, at.get(keyOf(message)), `a change of ${keyOf(message)} is missing, or told twice, of ${customer}`);
    at.set(keyOf(message), to);
  }
  return { messages, at };
}

/** Whether all that faded is told of. */
function isOver(receiver, customer) {
  const { at } = told(receiver, "/all", customer);
  return at.get("stars/") === 0 && at.get("segment/") === "low" && at.get("audience/lively") === false;
}

/**
 * Changes that came by time alone have the millisecond that the model gives, by what had come in until then: on a busy machine an
 * event may be on its way while the score falls.
 */
function assertExact(messages, events) {
  const keyOfTurn = ({ at, what, id, to }) => JSON.stringify([at, what, id, to]);
  const turns = new Set(events.flatMap((_, last) => {
    const known = events.slice(0, last + 1);
    return model.transitions({ events: known }, { from: known[0].time - 1, to: known.at(-1).time + 60_000 }).map(keyOfTurn);
  }));
  const falls = messages.filter(({ data: { from, to } }) => to === false || to === "low" || (typeof to === "number" && to < from));
  for (const { type, timestamp, data: { at, id, to } } of falls) {
    assert.ok(turns.has(keyOfTurn({ at, what: type.split(".")[0], id, to })), `${type} to ${to} at ${at}, with events at ${events.map(({ time }) => time)}`);
    assert.equal(Date.parse(timestamp), at);
  }
  return falls.length;
}

// Side by side: most of the time goes by waiting.
describe("webhooks", { concurrency: 2 }, () => {
  describe("of customers whose scores change", { concurrency: 1 }, () => {
    let edge;
    let receiver;
    const record = async (...events) => assert.equal((await edge.ask("POST", "events", { claims: ADMIN, body: events })).status, 200);
    const exported = async (customer) => (await edge.ask("GET", `export/${customer}`, { claims: ADMIN })).body;

    before(async () => {
      receiver = await startReceiver();
      const to = (id, more) => ({ id, url: `${receiver.address}/${id}`, ...more });
      const webhooks = [to("all"), to("stars", { on: ["stars"] }), to("slack", { form: "slack", audiences: ["paying"] }), to("slow", { on: ["stars"] }), to("flaky", { on: ["stars"] }), to("gone", { on: ["stars"] })];
      edge = await startEdge({ model: rules, variables: { WEBHOOKS: JSON.stringify(webhooks), WEBHOOK_SECRET: `${KEY} ${BEFORE}`, WEBHOOK_TIMEOUT_MS: "2000", WEBHOOK_RETRY_MS: "300" } });
    });

    test("a score that only fades is told of, with the exact instant, signed with both keys", async () => {
      const events = [];
      // Once; where the machine is so slow that all had faded before anybody looked, again.
      while (!told(receiver, "/all", "ana").messages.length) {
        const event = eventOf("ana", "visit", `v${events.length}`);
        await record(event);
        events.push(event);
        await receiver.until("a look", () => told(receiver, "/all", "ana").messages.length || Date.now() > event.time + FADED_MS);
      }
      await receiver.until("the end of all fading", () => isOver(receiver, "ana"));
      const { messages } = told(receiver, "/all", "ana");
      assert.ok(assertExact(messages, events) >= 3);
      for (const { headers, text } of receiver.on("/all")) {
        new Webhook(KEY).verify(text, headers);
        new Webhook(BEFORE, { format: "raw" }).verify(text, headers);
        assert.throws(() => new Webhook(KEY).verify(text.replace("ana", "eve"), headers));
      }
      const { type, data } = messages.find((message) => message.type === "segment.changed" && message.data.to === "low");
      assert.deepEqual([type, data.customer, data.from, data.label, data.stars, data.segment, data.audiences], ["segment.changed", "ana", "high", "Low", 0, "low", []]);
      // Who wants stars only gets nothing else, and the same changes.
      assert.deepEqual([...new Set(receiver.on("/stars").map(({ message }) => message.type))], ["stars.changed"]);
    });

    test("what went back before it settled is not told; a profile that changes is looked at; Slack gets words", async () => {
      await record(eventOf("bo & <co>", "glance", "g1"));
      await sleep(1500);
      await edge.ask("PUT", `profile/${encodeURIComponent("bo & <co>")}`, { claims: ADMIN, body: { profile: { plan: "pro" } } });
      await record(eventOf("bo & <co>", "order", "o1"));
      await receiver.until("the words", () => receiver.on("/slack").filter(({ text }) => text.includes("bo")).length >= 3);
      const words = receiver.on("/slack").map(({ message }) => message).filter(({ text }) => text.includes("bo"));
      assert.deepEqual(words.sort((one, other) => one.text.localeCompare(other.text)), [
        { text: "`bo &amp; &lt;co&gt;` entered *Paying* (1 star, score 40)" },
        { text: "`bo &amp; &lt;co&gt;` is now *High*, was *Low* (1 star, score 40)" },
        { text: "`bo &amp; &lt;co&gt;` rose from 0 to 1 star (score 40)" },
      ]);
      await receiver.until("all of it", () => told(receiver, "/all", "bo & <co>").at.size >= 3);
      assert.deepEqual([...told(receiver, "/all", "bo & <co>").at.keys()].sort(), ["audience/paying", "segment/", "stars/"]);
    });

    // No two looks are closer than a second: the fall waits for its alarm, and the next event comes before it.
    test("what came by time is told before what comes now", async () => {
      for (let number = 0; ; number += 1) {
        const name = `fay${number}`;
        const first = eventOf(name, "peek", "p1");
        const fallMs = first.time + PEEK_MS;
        const starsOf = () => told(receiver, "/stars", name).messages;
        await record(first);
        await receiver.until("a look", () => starsOf().length || Date.now() > fallMs);
        // Too late to be seen at all: once more.
        if (!starsOf().length) continue;
        await sleep(Math.max(0, fallMs + 10 - Date.now()));
        await record(eventOf(name, "peek", "p2"));
        await receiver.until("the fall", () => starsOf().some(({ data: { to, at } }) => to === 0 && at === fallMs));
        return;
      }
    });

    test("a listener who is slow, fails or is gone holds back neither others nor what comes in", async () => {
      const isHer = ({ message }) => message.data?.customer === "cleo";
      receiver.rules["/slow"] = (item) => (isHer(item) ? "hang" : undefined);
      receiver.rules["/gone"] = (item) => (isHer(item) ? { status: 410 } : undefined);
      const answers = [{ status: 500 }, { status: 302, headers: { Location: `${receiver.address}/elsewhere` } }, { status: 429, headers: { "Retry-After": "2" } }];
      let tries = 0;
      receiver.rules["/flaky"] = (item) => (isHer(item) ? answers[tries++] : undefined);
      const hers = (path) => receiver.on(path).filter(isHer);

      await record(eventOf("cleo", "order", "o1"));
      await receiver.until("the slow one to be asked", () => hers("/slow").length === 1);
      await record(eventOf("cleo", "order", "o2"));
      await receiver.until("both, for the others", () => told(receiver, "/all", "cleo").at.get("stars/") === 2);
      await receiver.until("both, for the flaky one", () => told(receiver, "/flaky", "cleo").at.get("stars/") === 2);
      await receiver.until("the slow one to be asked again", () => hers("/slow").length > 1);

      const flaky = hers("/flaky");
      const [first, , third, fourth] = flaky;
      assert.deepEqual(flaky.slice(0, 4).map(({ headers }) => headers["webhook-id"]), Array(4).fill(first.headers["webhook-id"]), "the same id, and nothing overtakes");
      assert.ok(fourth.atMs - third.atMs >= 2000, "as long as it asked for");
      assert.equal(receiver.on("/elsewhere").length, 0, "redirects are not followed");
      assert.deepEqual(new Set(hers("/slow").map(({ headers }) => headers["webhook-id"])).size, 1);

      await receiver.until("both, for the one who is gone", () => hers("/gone").length === 2);
      let held = await exported("cleo");
      // What was just answered may not be noted yet.
      while (held.waiting.some(({ listener }) => listener !== "slow")) held = await exported("cleo");
      const { waiting, undelivered } = held;
      assert.deepEqual(waiting.map(({ listener, message: { data } }) => [listener, data.to]), [["slow", 1], ["slow", 2]]);
      assert.deepEqual(undelivered.map(({ listener, reason, message: { data } }) => [listener, reason, data.to]), [
        ["gone", "status 410: the listener is gone", 1],
        ["gone", "status 410: the listener is gone", 2],
      ]);
    });

    test("no two customers share an id, and one who was forgotten comes back under others", async () => {
      await Promise.all(["dan", "eva"].map((name) => record(eventOf(name, "order", "o1"))));
      const first = () => ["dan", "eva"].map((name) => told(receiver, "/stars", name).messages[0]?.id);
      const [dan, eva] = await receiver.until("both", () => first().every(Boolean) && first());
      assert.notEqual(dan, eva);
      assert.equal((await edge.ask("DELETE", "customer/dan", { claims: ADMIN })).status, 200);
      await record(eventOf("dan", "order", "o1"));
      const ids = () => [...new Set(receiver.on("/stars").filter((item) => customerOf(item) === "dan").map(({ headers }) => headers["webhook-id"]))];
      await receiver.until("another id", () => ids().length === 2);
    });

    test("another model is noticed at the next call", async () => {
      await edge.kill();
      await edge.start({ model: { ...rules, stars: { at: [10, 20, 30] } } });
      const sinceMs = Date.now();
      assert.equal((await edge.ask("GET", "score/eva", { claims: ADMIN })).body.stars, 3);
      await receiver.until("three stars", () => told(receiver, "/stars", "eva").at.get("stars/") === 3);
      const { data } = told(receiver, "/stars", "eva").messages.at(-1);
      assert.deepEqual([data.from, data.to], [1, 3]);
      assert.ok(data.at >= sinceMs, "it did not come by time");
    });
  });

  describe("of a worker that is killed", { concurrency: 1 }, () => {
    test("each change arrives, under one id only", async () => {
      const receiver = await startReceiver();
      const webhooks = [{ id: "all", url: `${receiver.address}/all` }];
      const edge = await startEdge({ model: rules, variables: { WEBHOOKS: JSON.stringify(webhooks), WEBHOOK_SECRET: KEY, WEBHOOK_TIMEOUT_MS: "1000", WEBHOOK_RETRY_MS: "300" } });
      const names = Array.from({ length: 6 }, (_, number) => `k${number}`);
      const events = Object.fromEntries(names.map((name) => [name, []]));
      let number = 0;
      const visitAll = async () => {
        const visits = names.map((name) => eventOf(name, "visit", `v${number += 1}`));
        assert.equal((await edge.ask("POST", "events", { claims: ADMIN, body: visits })).status, 200);
        for (const { customer, ...visit } of visits) events[customer].push(visit);
      };
      /** At the next message, kills before it is answered, or just after. */
      const killAt = (when) => new Promise((resolve) => {
        receiver.rules["/all"] = async () => {
          delete receiver.rules["/all"];
          if (when === "before") await edge.kill().then(resolve);
          else setImmediate(() => edge.kill().then(resolve));
        };
      });
      /** Waits for that; where the machine is so slow that all had faded before anybody looked, visits again. */
      const killed = async (kill) => {
        for (;;) {
          const isDone = await Promise.race([kill.then(() => true), sleep(3 * FADED_MS, false, { ref: false })]);
          if (isDone) return;
          await visitAll();
        }
      };

      // Before anything was looked for.
      await visitAll();
      await edge.kill();
      await edge.start();
      await visitAll();
      // On its way, and not answered.
      await killed(killAt("before"));
      const afterAnswer = killAt("after");
      await edge.start();
      // Answered, and perhaps not noted.
      await killed(afterAnswer);
      const lastMs = Math.max(...names.map((name) => events[name].at(-1).time));
      await sleep(Math.max(0, lastMs + FADED_MS - Date.now()));
      const risen = names.filter((name) => told(receiver, "/all", name).at.get("stars/") > 0);
      assert.notEqual(risen.length, 0);
      await edge.start();
      // What came by time while nobody was there is told before what comes now.
      const backMs = Date.now();
      await visitAll();
      const isRisenAgain = (name) => told(receiver, "/all", name).messages.some(({ data: { to, at } }) => to > 0 && at >= backMs);
      await receiver.until("the end of all fading", () => names.every((name) => isRisenAgain(name) && isOver(receiver, name)));
      for (const name of names) {
        const { messages } = told(receiver, "/all", name);
        assert.ok(assertExact(messages, events[name]) >= 3);
        const falls = messages.filter(({ data: { to } }) => to === 0).length;
        if (risen.includes(name)) assert.ok(falls >= 2, "the fall while nobody was there, and the one after it");
      }
      const { length } = receiver.taken;
      const different = new Set(receiver.taken.map(({ headers }) => headers["webhook-id"])).size;
      assert.ok(different < length, "what was on its way came again");
    });
  });
});
