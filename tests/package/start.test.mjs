// Where the start is refused: each code, what it says to change, and that the next try may succeed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launchChromium } from "../chromium.mjs";

const run = promisify(execFile);
const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));
const WASM = readFileSync(join(PKG, "starwise.wasm"));
/** A module that is sound and another: it has nothing in it. */
const OTHER = WASM.subarray(0, 8);
/** One that asks for what this version's JavaScript does not have. */
const OLDER = Buffer.from(WASM);
OLDER.write("__old_", OLDER.indexOf("__wbg_"), "latin1");
/** Chromium's for a page: without `'wasm-unsafe-eval'`, and with it but with no other origin. */
const POLICIES = { strict: "script-src 'self'", own: "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" };

const { init, initSync, Model, StarwiseError } = await import(pathToFileURL(join(PKG, "manual.js")));

let work;
let server;
let address;

before(async () => {
  work = mkdtempSync(join(tmpdir(), "starwise-start-"));
  cpSync(PKG, join(work, "pkg"), { recursive: true });
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  address = `http://127.0.0.1:${server.address().port}/`;
});

after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(work, { recursive: true, force: true });
});

/** `/pkg/…` is the package; what stands before it in the path says how it is served. */
function answer({ url }, response) {
  const [, way, file] = url.match(/^\/(\w*)\/?(.*)$/);
  const wasm = { "Content-Type": "application/wasm" };
  const html = { "Content-Type": "text/html" };
  if (file.endsWith(".js")) return response.writeHead(200, { "Content-Type": "text/javascript" }).end(readFileSync(join(PKG, file)));
  if (file === "") return response.writeHead(200, { ...html, "Content-Security-Policy": POLICIES[way] ?? "" }).end("<!doctype html><title>a page</title>");
  switch (way) {
    case "missing": return response.writeHead(404, html).end("<!doctype html>");
    case "page": return response.writeHead(200, html).end("<!doctype html><title>the page for everything</title>");
    case "cut": return response.writeHead(200, wasm).end(WASM.subarray(0, 10_000));
    case "other": return response.writeHead(200, wasm).end(OTHER);
    case "octets": return response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(WASM);
    default: return response.writeHead(200, wasm).end(WASM);
  }
}

/** What a start that fails throws. */
async function refusal(start) {
  try {
    await start();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, `${error}`);
    assert.equal(error.path, "starwise.wasm");
    assert.match(error.message, /^`starwise\.wasm` [^\n]+$/);
    return error;
  }
  return assert.fail("it started");
}

/** In this order, in one program: whatever fails before, the start at the end succeeds. */
test("in Node: every refusal says what to change, and the next try may succeed", async (context) => {
  const refusals = [
    ["nothing is started", () => new Model({ criteria: [] }), "start-missing", /await `init\(\)`/],
    ["nothing is started, a check", () => Model.check({ criteria: [] }), "start-missing", /await `init\(\)`/],
    ["no source", () => init(null), "start-wrong-type", /must come as bytes/],
    ["an object", () => init({}), "start-wrong-type", /must come as bytes/],
    ["a promise, at once", () => initSync(Promise.resolve(WASM)), "start-wrong-type", /must come as bytes/],
    ["a response, at once", () => initSync(new Response(WASM)), "start-wrong-type", /with `init`, as an address/],
    ["an address, at once", () => initSync(new URL("file:///starwise.wasm")), "start-wrong-type", /with `init`, as an address/],
    ["a relative address where there is no page", () => init("./starwise.wasm"), "start-wrong-type", /found `\.\/starwise\.wasm`/],
    ["a file that is not there", () => init(new URL("missing.wasm", pathToFileURL(PKG))), "start-not-found", /missing\.wasm`: copy it there, or import `starwise\/inline`/],
    ["an address with nothing there", () => init(`${address}missing/starwise.wasm`), "start-not-found", /\(status 404\)/],
    ["a response with nothing in it", () => init(fetch(`${address}missing/starwise.wasm`)), "start-not-found", /\(status 404\)/],
    ["nobody listens", () => init("http://127.0.0.1:1/starwise.wasm"), "start-unreachable", /`http:\/\/127\.0\.0\.1:1\/starwise\.wasm`: the network, .*`connect-src`/],
    ["a page for everything", () => init(`${address}page/starwise.wasm`), "start-wrong-file", /served as `text\/html`, found something else/],
    ["a file cut off", () => init(`${address}cut/starwise.wasm`), "start-wrong-file", /served as `application\/wasm`, found one that is damaged/],
    ["bytes of something else", () => init(new Uint8Array(8)), "start-wrong-file", /found something else/],
    ["bytes of something else, at once", () => initSync(new ArrayBuffer(8)), "start-wrong-file", /found something else/],
    ["bytes cut off, at once", () => initSync(WASM.subarray(0, 10_000)), "start-wrong-file", /found one that is damaged/],
    ["another module", () => init(`${address}other/starwise.wasm`), "start-wrong-version", /deploy both from one package/],
    ["a module of another version", () => initSync(OLDER), "start-wrong-version", /deploy both from one package/],
    ["another module, at once", () => initSync(OTHER), "start-wrong-version", /deploy both from one package/],
  ];
  for (const [name, start, code, words] of refusals) {
    await context.test(name, async () => {
      const error = await refusal(start);
      assert.equal(error.code, code);
      assert.match(error.message, words);
      if (/file|unreachable/.test(code)) assert.ok(error.cause instanceof Error, "what the host said");
    });
  }
  await context.test("bytes served as something else are taken", () => init(`${address}octets/starwise.wasm`));
  assert.equal(new Model({ criteria: [] }).score({ events: [] }).points, 0);
});

test("what init takes: bytes, addresses, requests, responses, modules, and promises of them", async (context) => {
  const source = `
    import { readFileSync } from "node:fs";
    import { createContext, runInContext } from "node:vm";
    import { init, initSync, Model } from ${JSON.stringify(pathToFileURL(join(PKG, "manual.js")).href)};
    const file = ${JSON.stringify(join(PKG, "starwise.wasm"))};
    const bytes = readFileSync(file);
    const elsewhere = createContext({ bytes });`;
  const ways = {
    "nothing: the file beside it": "await init()",
    "a buffer of Node": "initSync(bytes)",
    "an ArrayBuffer": "await init(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))",
    "a SharedArrayBuffer": "const shared = new Uint8Array(new SharedArrayBuffer(bytes.length)); shared.set(bytes); initSync(new Uint8Array(shared))",
    "an address": `await init("${address}pkg/starwise.wasm")`,
    "a request": `await init(new Request("${address}pkg/starwise.wasm"))`,
    "a promise of a response": `await init(fetch("${address}octets/starwise.wasm"))`,
    "a response of another library": "await init({ arrayBuffer: async () => bytes })",
    "a module": "initSync(new WebAssembly.Module(bytes))",
    "a promise of a module": "await init(WebAssembly.compile(bytes))",
    "a module of another realm": `initSync(runInContext("new WebAssembly.Module(bytes)", elsewhere))`,
    "bytes of another realm": `initSync(runInContext("new Uint8Array(bytes)", elsewhere))`,
    "a buffer of another realm": `await init(runInContext("new Uint8Array(bytes).buffer", elsewhere))`,
  };
  for (const [name, way] of Object.entries(ways)) {
    await context.test(name, async () => {
      const script = join(work, "script.mjs");
      writeFileSync(script, `${source}\n${way};\nconsole.log(new Model({ criteria: [] }).score({ events: [] }).points);`);
      assert.equal((await run(process.execPath, [script])).stdout, "0\n");
    });
  }
});

test("a program whose module was left behind is told so", async () => {
  rmSync(join(work, "pkg/starwise.wasm"));
  const script = `import(${JSON.stringify(pathToFileURL(join(work, "pkg/manual.js")).href)}).then(({ init }) => init()).catch(({ code, message, cause }) => console.log(code, cause.code, message));`;
  const { stdout } = await run(process.execPath, ["--eval", script]);
  assert.match(stdout, /^start-not-found ENOENT `starwise\.wasm` cannot be read at `.*pkg\/starwise\.wasm`: copy it there/);
});

test("in a page: a policy, a missing file and a page for everything are told apart", async () => {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    const told = async (page, module) => {
      await tab.goto(`${address}${page}`);
      return tab.evaluate((module) => import(module).then(() => ["started"], ({ code, message }) => [code, message]), module);
    };
    assert.deepEqual(await told("", "/pkg/index.browser.js"), ["started"]);
    assert.deepEqual(await told("", "/octets/index.browser.js"), ["started"]);
    assert.deepEqual(await told("own/", "/own/index.browser.js"), ["started"]);
    assert.deepEqual(await told("own/", "/own/inline.js"), ["started"]);
    for (const entry of ["index.browser.js", "inline.js"]) {
      const [code, message] = await told("strict/", `/strict/${entry}`);
      assert.equal(code, "start-refused");
      assert.match(message, /has to allow `'wasm-unsafe-eval'` in `script-src`/);
    }
    assert.equal((await told("", "/missing/index.browser.js"))[0], "start-not-found");
    assert.equal((await told("", "/page/index.browser.js"))[0], "start-wrong-file");
    assert.equal((await told("", "/cut/index.browser.js"))[0], "start-wrong-file");
    assert.equal((await told("", "/other/index.browser.js"))[0], "start-wrong-version");
    await tab.goto(`${address}own/`);
    const [code] = await tab.evaluate(async () => {
      const { init } = await import("/own/manual.js");
      return init("https://example.invalid/starwise.wasm").then(() => ["started"], ({ code }) => [code]);
    });
    assert.equal(code, "start-unreachable");
  } finally {
    await browser.close();
  }
});
