// The package as its users get it: the packed tarball, installed by name into empty projects, and run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PKG = here("../../pkg");
const BIN = here("../node_modules/.bin");

/** What ships, and nothing else. */
const FILES = [
  "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "columns.js", "desk.js", "docs/errors.md", "docs/hosts.md", "docs/keep.md", "docs/ledger.md", "docs/many.md", "docs/model.md", "docs/playbook.md", "docs/progress.md", "docs/time.md", "error.js", "face.js",
  "glue.js", "history.js", "index.browser.js", "index.d.ts", "index.edge.js", "index.node.js", "index.workerd.js", "inline.d.ts", "inline.js", "input.js", "keep.d.ts", "keep.js", "keep/changes.js", "keep/clock.js", "keep/kept-ledger.js", "keep/listener.js", "keep/record.js", "keep/storage.js", "lay.js", "leaderboard.js", "ledger.js", "limits.js", "load.js", "manual.d.ts", "manual.js",
  "many.js", "model.js", "model.schema.json", "names.js", "options.js", "package.json", "playbook/advocate-review.json", "playbook/conversation-badge.json",
  "playbook/early-rescue.json", "playbook/locked-feature.json", "playbook/nps-survey.json", "playbook/onboarding-checklist.json", "playbook/sales-ready-trial.json", "playbook/upgrade-offer.json",
  "playbook/usage-limit.json", "playbook/weekly-streak.json", "progress.d.ts", "result.js", "scorer.js", "start.js", "starwise.inline.js", "starwise.wasm", "starwise.wasm.d.ts", "text.js",
  "thread.js", "time.js", "wire.js", "worker-thread.js", "worker-thread.node.js", "worker.d.ts", "worker.js", "worker.node.js", "zone.js",
];

/** What each host is asked to do with the package: the same model, history and instant. */
const SCORE = `
  const model = new Model({ criteria: [{ id: "login", kind: "event", event: "login", points: 10, perDay: 1 }] });
  const events = [1, 2, 3].map((day) => ({ type: "login", time: new Date(Date.UTC(2024, 2, day)) }));
  const options = { at: "2024-03-04T00:00:00Z", timeZone: "America/New_York" };
  const { points, stars, segment } = model.score({ events }, options);
  const fromText = model.score(JSON.stringify({ events }), options).points;
  let code;
  try { model.score({ events: [{ type: "login" }] }); } catch (error) { code = error instanceof StarwiseError && error.code; }
`;
const OUTCOME = { points: 30, stars: 2, segment: "very-disengaged", fromText: 30, code: "event-missing-time" };

const work = mkdtempSync(join(tmpdir(), "starwise-package-"));
const project = join(work, "project");
let packed;

before(async () => {
  const { stdout } = await run("npm", ["pack", PKG, "--json", "--pack-destination", work]);
  [packed] = JSON.parse(stdout);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true, "type": "module" }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(work, packed.filename)], { cwd: project });
});

after(() => rmSync(work, { recursive: true, force: true }));

/** Runs a module in the project; gives what it prints, as JSON. */
async function runScript(source) {
  writeFileSync(join(project, "script.mjs"), source);
  const { stdout } = await run(process.execPath, ["script.mjs"], { cwd: project });
  return JSON.parse(stdout);
}

test("the tarball holds what is meant to ship", () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), FILES);
});

test("the manifest is Cargo.toml's and pkg.json's", () => {
  const manifest = JSON.parse(readFileSync(join(project, "node_modules/starwise/package.json"), "utf8"));
  const cargo = readFileSync(here("../../Cargo.toml"), "utf8");
  assert.equal(manifest.name, "starwise");
  assert.equal(manifest.version, cargo.match(/^version = "(.*)"$/m)[1]);
  assert.equal(manifest.license, "MIT OR Apache-2.0");
  assert.equal(manifest.dependencies, undefined);
});

test("the module is named once, where bundlers look for it", () => {
  const glue = readFileSync(join(PKG, "glue.js"), "utf8");
  assert.ok(!glue.includes("import.meta.url"), "the glue brings no address of its own (omit-default-module-path)");
});

test("an empty Node project imports it by name and scores", async () => {
  const outcome = await runScript(`import { Model, StarwiseError } from "starwise"; ${SCORE}
    console.log(JSON.stringify({ points, stars, segment, fromText, code }));`);
  assert.deepEqual(outcome, OUTCOME);
});

test("./manual: started by hand, from a file, from bytes, twice and at once", async () => {
  const outcome = await runScript(`
    import { readFileSync } from "node:fs";
    import { init, initSync, Model, StarwiseError } from "starwise/manual";
    const broken = await init(new Uint8Array(8)).catch((error) => error.code === "start-wrong-file" && error.cause instanceof WebAssembly.CompileError);
    const starts = [init(), init(), init(new Uint8Array(0))];
    initSync(readFileSync(new URL(import.meta.resolve("starwise/starwise.wasm"))));
    const early = new Model({ criteria: [] });
    await Promise.all(starts);
    await init();
    initSync(new Uint8Array(0));
    const alive = early.score({ events: [] }).points;
    ${SCORE} console.log(JSON.stringify({ broken, alive, outcome: { points, stars, segment, fromText, code } }));`);
  assert.deepEqual(outcome, { broken: true, alive: 0, outcome: OUTCOME });
});

test("./inline: the same, with the module inside the JavaScript", async () => {
  rmSync(join(project, "node_modules/starwise/starwise.wasm"));
  try {
    const outcome = await runScript(`import { Model, StarwiseError } from "starwise/inline"; ${SCORE}
      console.log(JSON.stringify({ points, stars, segment, fromText, code }));`);
    assert.deepEqual(outcome, OUTCOME);
  } finally {
    cpSync(join(PKG, "starwise.wasm"), join(project, "node_modules/starwise/starwise.wasm"));
  }
});

test("the playbook is there by name, as data", async () => {
  const outcome = await runScript(`
    import { readFileSync } from "node:fs";
    import { Model } from "starwise";
    const model = new Model(readFileSync(new URL(import.meta.resolve("starwise/playbook/weekly-streak.json"))));
    console.log(JSON.stringify(model.score({ events: [] }).stars));`);
  assert.equal(outcome, 0);
});

test("all entries share one core", async () => {
  const outcome = await runScript(`
    import { Model } from "starwise";
    import { Model as Inline } from "starwise/inline";
    import { init, Model as Manual } from "starwise/manual";
    await init();
    console.log(JSON.stringify([Model === Manual && Model === Inline, new Model({ criteria: [] }).score({ events: [] }).stars]));`);
  assert.deepEqual(outcome, [true, 0]);
});

/** What another thread is asked: columns and lines, a fault, a stop. */
const MANY = `
  const rules = { criteria: [{ id: "login", kind: "event", event: "login", points: 10, period: null }] };
  const time = Date.UTC(2024, 2, 1);
  const columns = { subjects: Uint32Array.of(7, 3, 7), types: new Uint8Array(3), typeNames: ["login"], times: new Float64Array(3).fill(time) };
  const options = { at: "2024-03-04T00:00:00Z" };
  const scorer = new Scorer();
  const { subjects, points } = await scorer.scoreMany(rules, columns, options);
  const lines = await scorer.scoreMany(JSON.stringify(rules), JSON.stringify({ subject: "ana", type: "login", time }), options);
  const fault = await scorer.scoreMany(rules, "{}", options).catch(({ name, code, path }) => [name, code, path]);
  const controller = new AbortController();
  const stopped = scorer.scoreMany(rules, columns, { ...options, signal: controller.signal }).catch(({ name }) => name);
  const other = scorer.scoreMany(rules, columns, { ...options, transfer: true });
  controller.abort();
  const refused = await other.catch(({ name }) => name);
  const ends = [await stopped, refused, columns.subjects.length];
  const again = (await scorer.scoreMany(rules, "", options)).subjects.length;
  scorer.terminate();
  const many = { subjects: [...subjects], points: [...points], named: [lines.subjects, [...lines.points]], fault, ends, again };
`;
const MANY_OUTCOME = {
  subjects: [3, 7], points: [10, 20], named: [["ana"], [10]], fault: ["StarwiseError", "line-invalid-subject", "lines[0].subject"],
  ends: ["AbortError", "AbortError", 0], again: 0,
};

test("./worker: another thread of Node scores many customers", async () => {
  const outcome = await runScript(`import { Scorer } from "starwise/worker"; ${MANY} console.log(JSON.stringify(many));`);
  assert.deepEqual(outcome, MANY_OUTCOME);
});

test("./worker keeps a program of Node alive while it is at work, and no longer", async () => {
  const outcome = await runScript(`import { Scorer } from "starwise/worker";
    new Scorer().scoreMany({ criteria: [] }, "").then(({ subjects }) => console.log(JSON.stringify(subjects)));`);
  assert.deepEqual(outcome, []);
});

test("a freed model says so; memory comes back with free() and with the garbage", async () => {
  const outcome = await runScript(`
    import { setFlagsFromString } from "node:v8";
    import { runInNewContext } from "node:vm";
    import { Model } from "starwise";
    import { initSync } from "./node_modules/starwise/glue.js";
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    const { memory } = initSync();
    const criteria = Array.from({ length: 500 }, (_, i) => ({ id: "c" + i, kind: "event", event: "e" + i, points: 1 }));
    const grown = async (make) => {
      for (let i = 0; i < 50; i += 1) make();
      const before = memory.buffer.byteLength;
      for (let i = 0; i < 20; i += 1) {
        for (let j = 0; j < 20; j += 1) make();
        collect();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return memory.buffer.byteLength - before;
    };
    const codes = [];
    for (const end of [(model) => model.free(), (model) => model[Symbol.dispose]?.() ?? model.free()]) {
      const model = new Model({ criteria: [] });
      end(model);
      model.free();
      try { model.score({ events: [] }); } catch (error) { codes.push(error.code); }
    }
    const freeing = { get events() { this.model.free(); return []; } };
    freeing.model = new Model({ criteria: [] });
    try { freeing.model.score(freeing); } catch (error) { codes.push(error.code); }
    console.log(JSON.stringify({
      codes,
      freed: await grown(() => new Model({ criteria }).free()),
      collected: (await grown(() => new Model({ criteria }))) < 40_000_000,
    }));`);
  assert.deepEqual(outcome, { codes: ["model-freed", "model-freed", "model-freed"], freed: 0, collected: true });
});

test("a plain page with an import map imports it by name and scores, there and on another thread, under a strict CSP", async () => {
  const page = join(work, "page");
  mkdirSync(page);
  writeFileSync(join(page, "index.html"), `<!doctype html><title>a page</title><link rel="icon" href="data:,">
    <script type="importmap">{ "imports": { "starwise": "/node_modules/starwise/index.browser.js", "starwise/worker": "/node_modules/starwise/worker.js" } }</script>
    <script type="module" src="page.js"></script>`);
  writeFileSync(join(page, "page.js"), `import { Model, StarwiseError } from "starwise"; import { Scorer } from "starwise/worker"; ${SCORE}
    const own = { points, stars, segment, fromText, code };
    document.title = JSON.stringify([own, await (async () => { ${MANY} return many; })()]);`);
  // The installed package, not the build directory.
  mkdirSync(join(page, "node_modules"));
  cpSync(join(project, "node_modules/starwise"), join(page, "node_modules/starwise"), { recursive: true });
  const server = await serve({ page, pkg: join(page, "node_modules/starwise") });
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    const faults = [];
    tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    tab.on("pageerror", (error) => faults.push(String(error)));
    const response = await tab.goto(server.address);
    assert.match(response.headers()["content-security-policy"], /script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
    await tab.waitForFunction(() => document.title.startsWith("["), undefined, { timeout: 10_000 }).catch(() => {});
    assert.deepEqual(faults, []);
    assert.deepEqual(JSON.parse(await tab.title()), [OUTCOME, MANY_OUTCOME]);
  } finally {
    await browser.close();
    await server.close();
  }
});

for (const [resolution, module] of [["nodenext", "nodenext"], ["bundler", "esnext"]]) {
  test(`types: a strict consumer under ${resolution}`, async () => {
    cpSync(here("consumer.ts"), join(project, "consumer.ts"));
    // Not skipLibCheck: the package's own types are compiled with the consumer's settings.
    const settings = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--module", module];
    await checked("tsc", [...settings, "--moduleResolution", resolution, "consumer.ts"]);
  });
}

test("publint finds nothing", async () => {
  const { publint } = await import("publint");
  const { messages } = await publint({ pkgDir: PKG, strict: true });
  assert.deepEqual(messages, []);
});

test("attw finds nothing", async () => {
  await checked("attw", [join(work, packed.filename), "--profile", "esm-only", "--no-emoji"]);
});

/** Runs a tool that prints what it finds and then fails. */
async function checked(tool, args) {
  await run(join(BIN, tool), args, { cwd: project }).catch(({ stdout }) => assert.fail(stdout));
}
