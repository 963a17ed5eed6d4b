// What comes in and what goes wrong behind it, without a runtime: bodies that break off, ledgers that are full, objects that fail.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { workerOf } from "../../www/edge/cloudflare.js";
import { appOf } from "../../www/edge/core/app.js";
import { Customer } from "../../www/edge/core/customer.js";
import { Fault, faultOf } from "../../www/edge/core/fault.js";
import { keptCustomers } from "../../www/edge/core/kept-customers.js";
import { rulesOf } from "../../www/edge/core/rules.js";
import { eventsOf, sorted, textOf } from "../../www/edge/core/intake.js";
import { SettingsError, settingsOf } from "../../www/edge/core/settings.js";
import { bearer, SECRET } from "./edge.mjs";

const ofBody = (pieces, headers = {}) => {
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece instanceof Error) controller.error(piece);
      else if (piece) controller.enqueue(Buffer.from(piece));
      else controller.close();
    },
  });
  return { headers: new Headers(headers), body };
};
const codeOf = (work) => work.then(() => "taken", ({ code }) => code);

describe("bodies", () => {
  test("one that breaks off is refused, whatever of it has come", async () => {
    assert.equal(await codeOf(textOf(ofBody(["[1,", new Error("lost")]), 100)), "body-truncated");
    assert.equal(await codeOf(textOf(ofBody(["[1,", new TypeError("terminated")]), 100)), "body-truncated");
    assert.equal(await codeOf(textOf(ofBody(["[1]"], { "Content-Length": "4" }), 100)), "body-truncated");
    assert.equal(await codeOf(textOf(ofBody(["[1]"], { "Content-Length": "3" }), 100)), "taken");
  });

  test("the limit counts bytes, however they come", async () => {
    assert.equal(await textOf(ofBody(["\u20ac".repeat(2)]), 6), "\u20ac\u20ac");
    assert.equal(await codeOf(textOf(ofBody(["\u20ac".repeat(2)]), 5)), "body-too-large");
    assert.equal(await codeOf(textOf(ofBody(["12345", "6"]), 5)), "body-too-large");
    assert.equal(await codeOf(textOf(ofBody([], { "Content-Length": "6" }), 5)), "body-too-large");
    const halves = [Buffer.from("\u20ac").subarray(0, 1), Buffer.from("\u20ac").subarray(1)];
    assert.equal(await textOf(ofBody(halves), 5), "\u20ac");
    assert.equal(await textOf(ofBody(["1"], { "Content-Encoding": "identity" }), 5), "1");
  });

  test("an event is as large as storage takes", async () => {
    const { events } = await eventsOf(ofBody([JSON.stringify([262_000, 263_000].map((length) => ({ customer: "ana", data: { note: "x".repeat(length) } })))]), { bodyBytes: 1e6, bodyEvents: 2 });
    const { parcels, refused } = await sorted(events);
    assert.deepEqual(parcels.get("ana").map(({ index }) => index), [0]);
    assert.deepEqual(refused.map(({ index, code }) => [index, code]), [[1, "event-too-large"]]);
  });
});

describe("failures behind the door", () => {
  const settings = settingsOf({ TOKEN_SECRET: SECRET });
  const served = (customers) => {
    const { app } = appOf({ settings, rules: Promise.resolve({ version: "x" }), customers });
    return async (events) => {
      const response = await app.fetch(new Request("https://edge.example/events", { method: "POST", headers: bearer({ scope: "ingest" }), body: JSON.stringify(events) }));
      return { status: response.status, body: await response.json() };
    };
  };

  test("a customer whose object fails is to be sent again, the others are taken", async (context) => {
    context.mock.method(console, "error", () => undefined);
    const post = served({ of: (name) => ({ record: async (_name, parcel) => {
      if (name === "bo") throw new Error("the object was reset: secret details");
      return { value: { taken: parcel.length, refused: [] } };
    } }) });
    const { status, body } = await post([{ customer: "ana" }, { customer: "bo" }, { customer: "ana" }]);
    assert.deepEqual([status, body.taken], [503, 2]);
    assert.deepEqual(body.refused.map(({ index, code, again }) => [index, code, again]), [[1, "unavailable", true]]);
    assert.doesNotMatch(JSON.stringify(body), /secret details/);
  });

  test("a full ledger is said to be full: sending again does not help", async () => {
    const full = Object.assign(new Error("the ledger has too many events"), { code: "ledger-too-large" });
    const customer = new Customer({}, { add() { throw full; } });
    const post = served({ of: () => ({ record: async (_name, parcel) => {
      try {
        return { value: customer.add(parcel, { nowMs: Date.now(), aheadMs: 1 }) };
      } catch (error) {
        return { fault: faultOf(error) };
      }
    } }) });
    const { status, body } = await post([{ customer: "ana", type: "x", time: Date.now() }]);
    assert.deepEqual([status, body.refused[0].code, body.refused[0].again], [422, "customer-full", false]);
  });

  function inMemory(clock) {
    const records = new Map();
    const store = {
      read: async (name) => records.has(name) ? { bytes: records.get(name) } : undefined,
      write: async (name, bytes) => Boolean(records.set(name, bytes)),
      remove: async (name) => records.delete(name),
    };
    return keptCustomers({ store, rules: rulesOf({ criteria: [] }), settings, now: () => clock.now });
  }

  test("over a key-value store the zone of whoever has events stays", async () => {
    const now = Date.now();
    const customer = inMemory({ now }).of("ana");
    await customer.record("ana", [{ index: 0, event: { type: "x", time: now } }]);
    const { fault } = await customer.describe("ana", { timeZone: "Asia/Tokyo" });
    assert.deepEqual([fault.status, fault.error.code, fault.error.path], [409, "zone-fixed", "timeZone"]);
  });

  test("over a key-value store too, a tag of before somebody was forgotten is not one of after", async () => {
    const clock = { now: Date.now() };
    const customer = inMemory(clock).of("ana");
    const revisionOf = async () => {
      await customer.record("ana", [{ index: 0, event: { type: "x", time: clock.now } }]);
      return (await customer.ask("score", { at: clock.now })).value.revision;
    };
    const before = await revisionOf();
    await customer.forget("ana");
    clock.now += 1000;
    assert.notEqual(await revisionOf(), before);
  });

  test("what nobody thought of is told to nobody", () => {
    assert.deepEqual(faultOf(new Error("secret details")).error.code, "unavailable");
    assert.doesNotMatch(JSON.stringify(faultOf(new Error("secret details"))), /secret details/);
    assert.equal(faultOf(new Fault(418, "teapot", "")).status, 418);
  });
});

describe("settings", () => {
  const HIDDEN = "hidden-value";

  test("each that is wrong is named, and none is repeated", () => {
    for (const [path, value] of [
      ["TOKEN_SECRET", undefined],
      ["TOKEN_SECRET", ""],
      ["TOKEN_SECRET", HIDDEN],
      ["TOKEN_SECRET_BEFORE", HIDDEN],
      ["ALLOW_ORIGIN", `https://${HIDDEN}.example/`],
      ["ALLOW_ORIGIN", HIDDEN],
      ["ALLOW_ORIGIN", "null"],
      ["WEBHOOKS", `[{"url":"https://${HIDDEN}`],
      ["WEBHOOKS", `{"url":"https://${HIDDEN}"}`],
      ...["BODY_BYTES", "BODY_EVENTS", "BODY_CUSTOMERS", "AHEAD_MS", "TRACK_PAST_MS", "CACHE_SECONDS", "REQUESTS_PER_MINUTE", "BACKEND_REQUESTS_PER_MINUTE", "FORGERIES_PER_MINUTE", "SHARDS"].flatMap((name) => [HIDDEN, "0", "-1", "1.5", "1e99", "NaN", "10 MB"].map((wrong) => [name, wrong])),
    ]) {
      assert.throws(() => settingsOf({ TOKEN_SECRET: SECRET, [path]: value }), (error) => {
        assert.ok(error instanceof SettingsError, `${path}=${value}`);
        const { status, error: told } = faultOf(error);
        assert.deepEqual([status, told.code, told.path], [503, "settings-invalid", path]);
        assert.doesNotMatch(told.message, new RegExp(HIDDEN));
        return true;
      }, `${path}=${value}`);
    }
  });

  test("every route of a worker says which are wrong", async (context) => {
    context.mock.method(console, "error", () => undefined);
    const { fetch: ask } = workerOf({ criteria: [] });
    for (const [environment, path] of [[{}, "TOKEN_SECRET"], [{ TOKEN_SECRET: SECRET, SHARDS: HIDDEN }, "SHARDS"]]) {
      for (const route of ["health", "score/ana", "nowhere"]) {
        const response = await ask(new Request(`https://edge.example/${route}`), environment, {});
        const { error } = await response.json();
        assert.deepEqual([response.status, error.code, error.path], [503, "settings-invalid", path]);
        assert.doesNotMatch(JSON.stringify(error), new RegExp(HIDDEN));
      }
    }
    assert.equal((await ask(new Request("https://edge.example/health"), { TOKEN_SECRET: SECRET }, {})).status, 200, "once they are mended");
  });

  test("what is right is read", () => {
    const settings = settingsOf({ TOKEN_SECRET: SECRET, ALLOW_ORIGIN: " https://a.example  http://localhost:5173 ", BODY_BYTES: "10", CACHE_SECONDS: "" });
    assert.deepEqual([settings.allowOrigins, settings.bodyBytes, settings.cacheSeconds], [["https://a.example", "http://localhost:5173"], 10, 300]);
  });
});
