// A host for a test: its project, installed, with the packed tarball in it.
//
//   tests/hosts/<host>/               a manifest, a lock file and sources, as somebody new to the host would write them
//   $STARWISE_TOOLS/hosts/<host>/     its node_modules: `installed.mjs`
//
// Each test works in a copy of the project of its own, with hard links for its packages: hosts write into what is theirs.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launchChromium } from "../chromium.mjs";
import { freePort } from "../port.mjs";
import { CACHE, installed } from "./installed.mjs";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PKG = here("../../pkg");
/** A host that has not answered by then never will: building takes long on a busy machine. */
const TIMEOUT = 400_000;

/** What frameworks say, in words or by number, of a page that does not begin as its server drew it. */
const HYDRATION = /hydrat|Minified React error/i;

const DAY = 86_400_000;

mkdirSync(CACHE, { recursive: true });
// What tests that were killed left behind.
for (const left of readdirSync(CACHE).filter((name) => name.startsWith("run-"))) {
  if (Date.now() - statSync(join(CACHE, left)).mtimeMs > DAY) rmSync(join(CACHE, left), { recursive: true, force: true });
}
const work = mkdtempSync(join(CACHE, "run-"));
after(() => rmSync(work, { recursive: true, force: true, maxRetries: 3 }));

const { stdout: packed } = await run("npm", ["pack", PKG, "--json", "--pack-destination", work]);
const [{ filename }] = JSON.parse(packed);
const { fingerprint } = await import("./fingerprint.js");

/** What every host must print. */
export const EXPECTED = fingerprint(await import(pathToFileURL(join(PKG, "index.node.js"))));

const files = readdirSync(here("../cases")).filter((name) => name.endsWith(".json"));
const cases = files.flatMap((name) => JSON.parse(readFileSync(here(`../cases/${name}`), "utf8")).cases);
/** And what by `report.js`: all cases of `tests/cases` besides. */
export const REPORT = `${EXPECTED}, ${cases.length} cases`;

/** A test of one host: `body` gets its project. The name is that of the row in `www/docs/hosts.md`. */
export function testHost(name, folder, body) {
  test(name, { timeout: TIMEOUT }, async (context) => {
    const project = await projectOf(folder);
    try {
      await body(project, context);
    } finally {
      await project.close();
    }
  });
}

async function projectOf(folder) {
  const packages = await installed(folder);
  const place = mkdtempSync(join(work, `${folder}-`));
  cpSync(here(folder), place, { recursive: true });
  for (const file of ["fingerprint.js", "report.js"]) cpSync(here(file), join(place, file));
  mkdirSync(join(place, "cases"));
  for (const file of ["run.mjs", "expand.mjs"]) cpSync(here(`../cases/${file}`), join(place, "cases", file));
  // As a module that parses, because every host takes that, and because keys named `__proto__` stay keys.
  writeFileSync(join(place, "cases/all.js"), `export default JSON.parse(${JSON.stringify(JSON.stringify(cases))});\n`);
  if (packages) await run("cp", ["-al", packages, join(place, "node_modules")]);
  // What `npm install <tarball>` does with a package that has neither dependencies nor scripts.
  const starwise = join(place, "node_modules/starwise");
  mkdirSync(starwise, { recursive: true });
  await run("tar", ["-xzf", join(work, filename), "--strip-components=1", "-C", starwise]);
  return new Project(place);
}

class Project {
  #closing = [];

  constructor(place) {
    this.place = place;
  }

  path(file) {
    return join(this.place, file);
  }

  /** A program of the project's packages. */
  bin(name) {
    return this.path(`node_modules/.bin/${name}`);
  }

  write(file, text) {
    writeFileSync(this.path(file), text);
  }

  /** Runs a program in the project; gives what it prints. */
  async run(program, args, { env = {}, cwd = this.place } = {}) {
    const options = { cwd, env: { ...environment(), ...env }, maxBuffer: 1e8, timeout: TIMEOUT };
    try {
      const { stdout } = await run(program, args, options);
      return stdout.trim();
    } catch (cause) {
      throw new Error(`${cause.message}\n${cause.stdout}`, { cause });
    }
  }

  /** Runs a program of Node. */
  node(args, options) {
    return this.run(process.execPath, args, options);
  }

  /** Where a newer Node is: some hosts refuse the one that runs the tests. */
  async newerNode() {
    return join(await installed("node"), "node24/bin/node");
  }

  /** Starts a server and waits until it answers; `port` is a free one. Gives its address. */
  async serve(program, argsOf, { env = {} } = {}) {
    const port = await freePort();
    const child = spawn(program, argsOf(port), { cwd: this.place, env: { ...environment(), ...env, PORT: `${port}` }, detached: true });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    this.onClose(() => new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", resolve);
      process.kill(-child.pid, "SIGKILL");
    }));
    const address = `http://127.0.0.1:${port}/`;
    for (const end = Date.now() + TIMEOUT / 2; Date.now() < end;) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      if (await fetch(address, { signal: AbortSignal.timeout(20_000) }).then(() => true, () => false)) return address;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the server did not start: ${output.slice(-3000)}`);
  }

  onClose(close) {
    this.#closing.unshift(close);
  }

  async close() {
    const faults = [];
    for (const close of this.#closing) await close().catch((fault) => faults.push(fault));
    rmSync(this.place, { recursive: true, force: true, maxRetries: 3 });
    if (faults.length > 0) throw faults[0];
  }
}

/** What a page makes of the package in Chromium: it sets its title to it. */
export async function titleOf(address) {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    const faults = [];
    tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    tab.on("pageerror", (error) => faults.push(String(error)));
    await tab.goto(address);
    await tab.waitForFunction(() => /^done/.test(document.title), undefined, { timeout: 60_000 }).catch(() => {});
    const title = await tab.title();
    assert.ok(title.startsWith("done "), `${title}\n${faults.join("\n")}\n${await tab.content()}`);
    assert.ok(!faults.some((fault) => HYDRATION.test(fault)), faults.join("\n"));
    return title.slice("done ".length);
  } finally {
    await browser.close();
  }
}

/** No colours, no telemetry, and none of what a test runner tells its children. */
function environment() {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...rest } = process.env;
  return { ...rest, CI: "1", NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", DO_NOT_TRACK: "1" };
}
