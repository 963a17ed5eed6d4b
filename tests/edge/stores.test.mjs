// The same routes over key-value stores, where several write at once: what is merged on write is the whole history.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { keptCustomers } from "../../www/edge/core/kept-customers.js";
import { rulesOf } from "../../www/edge/core/rules.js";
import { bearer } from "./edge.mjs";
import { startDeno, startRedis, startVercel } from "./stored.mjs";

const { Model } = await import(pathToFileURL(fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url))));
const model = new Model(readFileSync(new URL("../../www/edge/model.json", import.meta.url), "utf8"));
const EVENTS = 300;
const ROUNDS = 20;
const TYPES = ["task.added", "task.completed", "comment.written", "member.invited"];

test("the baseline of the settings is the target, and another one is another answer", async () => {
  const rules = rulesOf({ target: "baseline", criteria: [{ id: "buy", kind: "event", event: "buy", points: 10 }] });
  const records = new Map();
  const store = { read: async (name) => records.get(name), write: async (name, bytes) => Boolean(records.set(name, { bytes, stamp: 1 })), remove: async (name) => void records.delete(name) };
  const at = Date.now();
  const customerUnder = (baseline) => keptCustomers({ store, rules, settings: { aheadMs: 1, baseline } }).of("ana");
  const answerUnder = (baseline, known) => customerUnder(baseline).ask("score", { at }, known);
  assert.deepEqual((await customerUnder(20).record("ana", [{ index: 0, event: { id: "1", type: "buy", time: at } }])).value, { taken: 1, refused: [] });
  const { value: known } = await answerUnder(20);
  assert.equal(known.body.score, 50);
  assert.equal((await answerUnder(20, known)).value.isUnchanged, true);
  assert.equal((await answerUnder(12.5, known)).value.body.score, 80);
  assert.match((await answerUnder(12.5)).value.revision, /^[\w-]{1,64}$/);
  assert.equal((await answerUnder()).fault.error.code, "baseline-unknown");
});

const folder = mkdtempSync(join(tmpdir(), "starwise-stores-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("Deno: two processes over one file, one of which is killed and started again", async () => {
  const file = join(folder, "deno.sqlite");
  await holds([() => startDeno(file), () => startDeno(file)]);
});

test("Vercel: two runtimes over one Redis, one of which is killed and started again", async () => {
  const redis = await startRedis();
  await holds([() => startVercel(redis), () => startVercel(redis)], "api/");
});

/** Sends events through both, in any order and some twice, until all were acknowledged, and asks both. */
async function holds([startOne, startOther], prefix = "") {
  let one = await startOne();
  const other = await startOther();
  const now = Date.now();
  const events = Array.from({ length: EVENTS }, (_, number) => ({ id: `event-${number}`, type: TYPES[number % 4], time: now - number * 7_200_000, data: { task: `${number % 9}`, email: `${number % 5}@example.com` } }));
  const bodies = parcelsOf(shuffled([...events, ...events.slice(0, EVENTS / 10)]));
  const send = async (body, place) => {
    for (let tries = 0; ; tries += 1) {
      const address = place % 2 ? one.address : other.address;
      const response = await fetch(`${address}${prefix}events`, { method: "POST", headers: bearer({ scope: "ingest" }), body: JSON.stringify(body) }).catch(() => undefined);
      const outcome = await response?.json().catch(() => undefined);
      if (response?.status === 200 && outcome) return assert.deepEqual(outcome, { taken: body.length, refused: [] });
      assert.ok(tries < 200, `not taken: ${response?.status} ${JSON.stringify(outcome)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const kill = async () => {
    await one.kill();
    one = await startOne();
  };
  await Promise.all([...bodies.map((body, place) => send(body, place)), kill()]);
  const at = now;
  const { ignored: _all, ...expected } = model.score({ events }, { at, include: ["nextChange"] });
  for (const { address } of [one, other]) {
    const response = await fetch(`${address}${prefix}score/ana?at=${at}`, { headers: bearer({ scope: "read", sub: "ana" }) });
    const { ignored, ...found } = await response.json();
    assert.deepEqual(rounded(found), rounded(expected));
    assert.ok(ignored.duplicate >= EVENTS / 10);
    const picture = await fetch(`${address}${prefix}stars/ana.svg`, { headers: bearer({ scope: "read", sub: "ana" }) });
    assert.match(await picture.text(), /^<svg /);
  }
  const admin = bearer({ scope: "admin" });
  const { snapshot, size } = await (await fetch(`${one.address}${prefix}export/ana`, { headers: admin })).json();
  assert.ok(snapshot.length > 1000 && size === EVENTS);
  assert.equal((await fetch(`${other.address}${prefix}customer/ana`, { method: "DELETE", headers: admin })).status, 200);
  assert.equal((await fetch(`${one.address}${prefix}score/ana`, { headers: admin })).status, 404);
  // Forgotten while somebody writes: what is there in the end is whole, or nothing is.
  for (let round = 0; round < ROUNDS; round += 1) {
    const post = fetch(`${one.address}${prefix}events`, { method: "POST", headers: bearer({ scope: "ingest" }), body: JSON.stringify({ customer: "ana", type: TYPES[0], time: now, id: `${round}` }) });
    const forget = fetch(`${one.address}${prefix}customer/ana`, { method: "DELETE", headers: admin });
    assert.deepEqual((await Promise.all([post, forget])).map(({ status }) => status), [200, 200]);
    const { status } = await fetch(`${one.address}${prefix}score/ana`, { headers: admin });
    assert.ok(status === 200 || status === 404, `${status}`);
  }
}

/** A ledger adds its receipt up in another order: the same to nine decimals. */
function rounded(result) {
  return JSON.parse(JSON.stringify(result, (_key, value) => (typeof value === "number" ? Number(value.toFixed(9)) : value)));
}

function parcelsOf(events) {
  const parcels = [];
  for (let from = 0; from < events.length; from += 11) parcels.push(events.slice(from, from + 11).map((event) => ({ customer: "ana", ...event })));
  return parcels;
}

/** Always in the same disorder. */
function shuffled(list) {
  let seed = 11;
  const found = [...list];
  for (let last = found.length - 1; last > 0; last -= 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    const place = seed % (last + 1);
    [found[last], found[place]] = [found[place], found[last]];
  }
  return found;
}
