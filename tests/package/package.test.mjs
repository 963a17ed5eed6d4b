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
import { SHOWN } from "../browser/element-data.mjs";
import { launchChromium } from "../chromium.mjs";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PKG = here("../../pkg");
const BIN = here("../node_modules/.bin");

/** What ships, and nothing else. */
const FILES = [
  "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "core.js", "custom-elements.json", "docs/edge-costs.md", "docs/edge.md", "docs/elements.md",
  "docs/errors.md", "docs/frameworks.md", "docs/hosts.md", "docs/keep.md", "docs/ledger.md", "docs/many.md", "docs/model.md", "docs/pictures.md",
  "docs/playbook.md", "docs/progress.md", "docs/time.md", "elements-define.d.ts", "elements-define.js", "elements-react.d.ts",
  "elements-types.js", "elements-vue.d.ts", "elements.d.ts", "elements.edge.js", "elements.js", "elements.node.js", "elements.workerd.js", "elements/acts.js",
  "elements/badges.js", "elements/checklist.js", "elements/core.js", "elements/drawing.js", "elements/element.js",
  "elements/leaderboard.js", "elements/leave.js", "elements/level.js", "elements/markup.js", "elements/nudge.js", "elements/report.js",
  "elements/served.js", "elements/settings.js", "elements/sheet.js", "elements/sparkline.js", "elements/stars.js", "elements/streak.js",
  "elements/visible.js", "error.js", "face.js", "index.browser.js", "index.d.ts", "index.edge.js",
  "index.node.js", "index.workerd.js", "inline.d.ts", "inline.js", "keep.d.ts", "keep.js", "keep/changes.js", "keep/clock.js",
  "keep/kept-ledger.js", "keep/life.js", "keep/listener.js", "keep/record.js", "keep/storage.js", "ledger.js",
  "load.js", "manual.d.ts", "manual.js", "model.schema.json", "package.json",
  "playbook.d.ts", "playbook/advocate-review.json", "playbook/conversation-badge.json", "playbook/early-rescue.json", "playbook/locked-feature.json",
  "playbook/nps-survey.json", "playbook/onboarding-checklist.json", "playbook/sales-ready-trial.json", "playbook/upgrade-offer.json",
  "playbook/usage-limit.json", "playbook/weekly-streak.json", "progress.d.ts", "react.d.ts", "react.js", "render.d.ts", "render.js",
  "sbom.cdx.json", "scorer.js", "starwise.css", "starwise.inline.js", "starwise.wasm", "starwise.wasm.d.ts",
  "svelte.d.ts", "svelte.js", "thread.js", "vue.d.ts", "vue.js", "watch.d.ts", "watch.js",
  "words.d.ts", ...["ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"].map((language) => `words/${language}.json`),
  "worker-thread.js", "worker-thread.node.js", "worker.d.ts", "worker.js", "worker.node.js",
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
  const core = readFileSync(join(PKG, "core.js"), "utf8");
  assert.ok(!core.includes("import.meta.url"), "the core brings no address of its own (omit-default-module-path)");
});

test("an empty Node project imports it by name and scores", async () => {
  const outcome = await runScript(`import { Model, StarwiseError } from "starwise"; ${SCORE}
    console.log(JSON.stringify({ points, stars, segment, fromText, code }));`);
  assert.deepEqual(outcome, OUTCOME);
});

test("an error that nobody catches shows what is wrong, and not the whole package", async () => {
  const mistakes = {
    "model.criteria[0].evnt": 'new Model({ criteria: [{ id: "a", kind: "event", evnt: "x" }] })',
    model: "new Ledger({})",
    options: "leaderboard([], 5)",
    "options.timeZone": 'new Model({ criteria: [] }).score({ events: [] }, { timeZone: "Mars/Olympus" })',
  };
  for (const [path, mistake] of Object.entries(mistakes)) {
    const { stderr } = await runScript(`import { leaderboard, Ledger, Model } from "starwise"; ${mistake};`).catch((error) => error);
    assert.match(stderr, new RegExp(`StarwiseError: \`${path.replace(/[[\].]/g, "\\$&")}\` `));
    assert.ok(stderr.length < 3_000, `${path}: ${stderr.length} characters`);
  }
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
    import { memory } from "./node_modules/starwise/core.js";
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
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

/** Just enough of React and Vue for their types; a project that has neither never asks for them. */
const REACT = `
  export interface HTMLAttributes<T> { id?: string; className?: string; color?: string; children?: unknown; onClick?: (event: T) => void }
  export type DetailedHTMLProps<E, T> = E & { ref?: (element: T | null) => void; key?: string };
  export namespace JSX { interface IntrinsicElements { div: HTMLAttributes<HTMLDivElement> } interface Element {} }`;
const VUE = `
  export interface HTMLAttributes { id?: string; class?: unknown }
  export interface GlobalComponents {}
  export type ComputedRef<T> = { readonly value: T };
  export type MaybeRefOrGetter<T> = T | { value: T } | (() => T);`;
const JSX_CONSUMER = `
  import "starwise/elements/define";
  import type {} from "starwise/elements/react";
  export const shown = <starwise-stars value={3.5} count={5} id="x" ref={(stars) => stars?.render()}>3.5 of 5</starwise-stars>;
  export const nudge = <starwise-nudge nudge={null} onstarwise-answer={({ detail }) => detail.answer.toFixed()} />;
  export const ahead = <starwise-sparkline timeline={null} now={new Date(0)} />;
  export const plain = <starwise-checklist checklist={null} actions={false} />;
  // @ts-expect-error a number
  export const wrong = <starwise-stars count="many" />;
  // @ts-expect-error there is no such property
  export const unknown = <starwise-stars valeu={3} />;`;
const VUE_CONSUMER = `
  import type { GlobalComponents } from "vue";
  import type {} from "starwise/elements/vue";
  type Properties = InstanceType<GlobalComponents["starwise-nudge"]>["$props"];
  export const properties: Properties = { nudge: null, id: "x", onStarwiseAnswer: ({ detail }) => detail.answer.toFixed() };
  // @ts-expect-error there is no such property
  export const wrong: Properties = { nugde: null };
  import type { Ledger } from "starwise";
  import { useStarwise } from "starwise/vue";
  export const streaks = (ledger: Ledger): number => useStarwise(() => ledger, { progress: true }).progress.value.streaks.length;
  // @ts-expect-error there may be no ledger yet
  export const tooSure = (ledger: Ledger | null): number => useStarwise(ledger, () => ({ progress: true })).progress.value.streaks.length;`;

test("types: the elements in JSX and in Vue's templates", async () => {
  const folder = join(work, "frameworks");
  const files = {
    "package.json": '{ "name": "frameworks", "private": true, "type": "module" }',
    "node_modules/react/package.json": '{ "name": "react", "version": "19.0.0", "types": "index.d.ts", "exports": { ".": "./index.d.ts", "./jsx-runtime": "./jsx-runtime.d.ts" } }',
    "node_modules/react/index.d.ts": REACT,
    "node_modules/react/jsx-runtime.d.ts": 'export { JSX } from "react";',
    "node_modules/vue/package.json": '{ "name": "vue", "version": "3.5.0", "types": "index.d.ts" }',
    "node_modules/vue/index.d.ts": VUE,
    "shown.tsx": JSX_CONSUMER,
    "vue.ts": VUE_CONSUMER,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  cpSync(join(project, "node_modules/starwise"), join(folder, "node_modules/starwise"), { recursive: true });
  const settings = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--module", "esnext", "--moduleResolution", "bundler", "--jsx", "react-jsx"];
  await checked("tsc", [...settings, "shown.tsx", "vue.ts"], folder);
});

test("./elements draws in Node, and can be imported where there is no DOM", async () => {
  const outcome = await runScript(`
    import { define, renderElement, StarwiseStars } from "starwise/elements";
    import "starwise/elements/define";
    import "starwise/elements/react";
    import "starwise/elements/vue";
    define();
    console.log(JSON.stringify([typeof StarwiseStars, renderElement("starwise-stars", { value: 3.5 }).slice(0, 71)]));`);
  assert.deepEqual(outcome, ["function", '<starwise-stars value="3.5"><template shadowrootmode="open"><svg xmlns=']);
});

test("the custom-elements manifest names every attribute, property and part", async () => {
  const manifest = JSON.parse(readFileSync(join(PKG, "custom-elements.json"), "utf8"));
  const elements = await import(`${PKG}/elements.node.js`);
  assert.equal(manifest.schemaVersion, "1.0.0");
  const [{ declarations }, { exports }] = manifest.modules;
  assert.deepEqual(declarations.map(({ tagName }) => tagName).sort(), exports.map(({ name }) => name).sort());
  assert.equal(declarations.length, 8);
  for (const { name, tagName, attributes, members, cssParts } of declarations) {
    assert.deepEqual(attributes.map((attribute) => attribute.name), elements[name].observedAttributes);
    for (const { kind, name: member } of members) assert.ok(kind === "method" || member in elements[name].prototype, member);
    const [property, data] = SHOWN[tagName.replace("starwise-", "")];
    const html = elements.renderElement(tagName, { [property]: data });
    const parts = new Set(Array.from(html.matchAll(/ part="([^"]+)"/g), ([, found]) => found.split(" ")).flat());
    const known = cssParts.map((part) => part.name);
    assert.deepEqual([...parts].filter((part) => !known.includes(part)), [], tagName);
  }
});

test("publint finds nothing", async () => {
  const { publint } = await import("publint");
  const { messages } = await publint({ pkgDir: PKG, strict: true });
  assert.deepEqual(messages, []);
});

test("attw finds nothing", async () => {
  await checked("attw", [join(work, packed.filename), "--profile", "esm-only", "--no-emoji", "--exclude-entrypoints", "./starwise.css"]);
});

/** Runs a tool that prints what it finds and then fails. */
async function checked(tool, args, cwd = project) {
  await run(join(BIN, tool), args, { cwd }).catch(({ stdout }) => assert.fail(stdout));
}
