// How often: by the machine's own counting, with a clock that the test turns.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appOf } from "../../www/edge/core/app.js";
import { limitsOf } from "../../www/edge/core/limits.js";
import { settingsOf } from "../../www/edge/core/settings.js";
import { bearer, SECRET } from "./edge.mjs";

const VARIABLES = { TOKEN_SECRET: SECRET, REQUESTS_PER_MINUTE: "3", BACKEND_REQUESTS_PER_MINUTE: "5", FORGERIES_PER_MINUTE: "2" };
const customers = { of: () => ({ ask: async () => ({ fault: { status: 404, error: { code: "customer-unknown" } } }), export: async () => ({ value: {} }) }) };

function served(platform = {}) {
  const clock = { now: Math.ceil(Date.now() / 60_000) * 60_000 };
  const { app } = appOf({ settings: settingsOf(VARIABLES), rules: Promise.resolve({ version: "x" }), customers, addressOf: (request) => request.headers.get("x-from"), now: () => clock.now, ...platform });
  const ask = async (path, headers) => {
    const response = await app.fetch(new Request(`https://edge.example/${path}`, { headers }));
    return { status: response.status, headers: response.headers, error: (await response.json()).error };
  };
  return { clock, ask };
}

const of = (sub, more = {}) => bearer({ scope: "read", sub, ...more });
const repeat = async (times, work) => {
  const found = [];
  for (let time = 0; time < times; time += 1) found.push((await work()).status);
  return found;
};

test("a customer's tokens are counted together, by the minute, and nobody else pays", async () => {
  const { clock, ask } = served();
  assert.deepEqual(await repeat(3, () => ask("score/ana", of("ana", { jti: String(Math.random()) }))), [404, 404, 404]);
  clock.now += 20_000;
  const { status, headers, error } = await ask("score/ana", of("ana"));
  assert.deepEqual([status, error.code, headers.get("retry-after"), headers.get("cache-control")], [429, "too-many-requests", "40", "no-store"]);
  assert.equal((await ask("score/bo", of("bo"))).status, 404);
  clock.now += 40_000;
  assert.equal((await ask("score/ana", of("ana"))).status, 404);
});

test("a backend's token has a number of its own", async () => {
  const { ask } = served();
  assert.deepEqual(await repeat(6, () => ask("export/ana", bearer({ scope: "admin" }))), [200, 200, 200, 200, 200, 429]);
  assert.equal((await ask("export/ana", bearer({ scope: "admin", jti: "another" }))).status, 200);
});

test("who guesses tokens waits, whatever they then bring; who has one that expired does not", async () => {
  const { clock, ask } = served();
  const from = (address, token) => ({ "X-From": address, ...token });
  const guess = (address) => ask("score/ana", from(address, { Authorization: "Bearer guess" }));
  const expired = from("192.0.2.7", of("ana", { seconds: -10 }));
  assert.deepEqual(await repeat(5, () => ask("score/ana", expired)), [401, 401, 401, 401, 401]);
  assert.deepEqual(await repeat(4, () => guess("192.0.2.7")), [401, 401, 429, 429]);
  assert.equal((await ask("score/ana", from("192.0.2.7", of("ana")))).status, 429);
  assert.equal((await ask("score/ana", from("192.0.2.8", of("ana")))).status, 404);
  clock.now += 60_000;
  assert.equal((await ask("score/ana", from("192.0.2.7", of("ana")))).status, 404);
  // Whoever has an address of IPv6 has billions of them.
  assert.deepEqual([(await guess("2001:db8::1")).status, (await guess("2001:db8:0:0:ffff::2")).status, (await guess("2001:db8::3")).status], [401, 401, 429]);
  assert.equal((await guess("2001:db8:0:1::1")).status, 401);
});

test("a secret is a text, whatever words are in it", async () => {
  const secret = `PUBLIC ${SECRET} PRIVATE \u20ac`;
  const { ask } = served({ settings: settingsOf({ ...VARIABLES, TOKEN_SECRET: secret }) });
  assert.equal((await ask("export/ana", bearer({ scope: "admin" }, secret))).status, 200);
  assert.equal((await ask("export/ana", bearer({ scope: "admin" }))).status, 401);
});

test("where the platform counts, its word holds", async () => {
  const asked = [];
  const limit = async (kind, key) => {
    asked.push([kind, key]);
    return kind === "customer" ? false : undefined;
  };
  const { ask } = served({ limit });
  assert.equal((await ask("score/ana", of("ana"))).status, 429);
  assert.equal((await ask("export/ana", bearer({ scope: "admin" }))).status, 200);
  assert.deepEqual(asked, [["customer", "customer ana"], ["backend", "token admin"]]);
});

test("a million customers a minute need no more memory than ten thousand", async () => {
  const { take } = limitsOf({ settings: settingsOf({ ...VARIABLES, REQUESTS_PER_MINUTE: "1" }), now: () => 0 });
  const passes = (key) => take({ key, isBackend: false }).then(() => true, () => false);
  assert.deepEqual([await passes("first"), await passes("first")], [true, false]);
  for (let number = 0; number < 9_999; number += 1) await passes(String(number));
  assert.equal(await passes("first"), false);
  await passes("one more");
  assert.equal(await passes("first"), true, "the oldest is forgotten");
});
