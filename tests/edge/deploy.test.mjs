// A model with faults is deployed, and another secret: nothing is lost meanwhile. Wrong settings are in doors.test.mjs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { bearer, SECRET, startEdge } from "./edge.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sound = JSON.parse(readFileSync(here("../../www/edge/model.json")));
const [part, ...others] = sound.parts;
const broken = { ...sound, perod: "90d", parts: [{ ...part, weihgt: 1 }, ...others] };
const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
const OF_ANA = { scope: "read track", sub: "ana" };
const OLD_SECRET = "the secret of last year, of 32 characters";

describe("a deploy that fails", () => {
  let edge;
  let held;
  let score;
  const at = Date.now();
  const scoreOf = async () => (await edge.ask("GET", `score/ana?at=${at}`, { claims: { ...OF_ANA, aud: "starwise" } })).body;

  before(async () => {
    edge = await startEdge({ model: sound });
    await edge.ask("POST", "events", { claims: INGEST, body: [1, 2, 3].map((number) => ({ customer: "ana", type: "task.completed", time: at - number * 3_600_000 })) });
    held = (await edge.ask("GET", "export/ana", { claims: ADMIN })).body.events;
    assert.equal(held.length, 3);
    score = await scoreOf();
  });

  test("a model with faults: every route says so, with every fault", async () => {
    await edge.start(await stopped({ model: broken }));
    const event = { customer: "ana", type: "task.completed", time: at };
    for (const [method, path, claims, body] of [
      ["GET", "health"],
      ["GET", "score/ana", OF_ANA],
      ["GET", "progress/ana", OF_ANA],
      ["GET", "nudge/ana", OF_ANA],
      ["GET", "timeline/ana?from=2026-01-01&to=2026-01-02", OF_ANA],
      ["GET", "stars/ana.svg", OF_ANA],
      ["GET", "export/ana", ADMIN],
      ["DELETE", "customer/ana", ADMIN],
      ["PUT", "profile/ana", INGEST, {}],
      ["POST", "events", INGEST, event],
      ["POST", "events", OF_ANA, event],
      ["POST", "tokens", ADMIN, {}],
    ]) {
      const { status, headers, body: { error } } = await edge.ask(method, path, { claims, body });
      assert.deepEqual([status, error.code, headers.get("cache-control")], [503, "model-invalid", "no-store"], path);
      assert.deepEqual(error.faults.map((fault) => fault.path).sort(), ["model.parts[0].weihgt", "model.perod"], path);
    }
  });

  test("once it is mended all is there, and tokens of the secret before are good until it is taken away", async () => {
    await edge.start(await stopped({ model: sound, variables: { TOKEN_SECRET: SECRET, TOKEN_SECRET_BEFORE: OLD_SECRET, TOKEN_AUDIENCE: "starwise" } }));
    const ask = (claims, secret) => edge.ask("GET", "export/ana", { headers: bearer(claims, secret) });
    const ours = { ...ADMIN, aud: "starwise" };
    assert.deepEqual((await ask(ours, SECRET)).body.events, held);
    assert.deepEqual((await ask({ ...ADMIN, aud: ["other", "starwise"] }, OLD_SECRET)).body.events, held);
    for (const aud of [undefined, "other", "starwise2", ["other"], { starwise: true }]) {
      const { status, body } = await ask({ ...ADMIN, aud }, SECRET);
      assert.deepEqual([status, body.error.code], [401, "token-wrong-claim"], String(aud));
    }
    const { body: { token } } = await edge.ask("POST", "tokens", { headers: bearer(ours), body: { scope: "admin", seconds: 60 } });
    assert.equal((await edge.ask("GET", "export/ana", { headers: { Authorization: `Bearer ${token}` } })).status, 200);
    assert.deepEqual(await scoreOf(), score);
  });

  /** After a power cut; gives what it is to start with. */
  async function stopped(settings) {
    await edge.kill();
    return settings;
  }
});

test("what is checked before a deploy stops one with a broken model, and lists every fault", () => {
  const folder = mkdtempSync(join(tmpdir(), "starwise-check-"));
  try {
    cpSync(here("../../www/edge/check.mjs"), join(folder, "check.mjs"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(here("../../pkg"), join(folder, "node_modules/starwise"), "dir");
    const check = (text) => {
      writeFileSync(join(folder, "model.json"), text);
      return spawnSync(process.execPath, ["check.mjs"], { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
    };
    const { status, stderr } = check(JSON.stringify(broken));
    assert.equal(status, 1);
    assert.match(stderr, /model\.parts\[0\]\.weihgt/);
    assert.match(stderr, /model\.perod/);
    assert.equal(check('{"criteria":[').status, 1);
    assert.equal(check(JSON.stringify(sound)).status, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
