// From navigation to the first score, each time in a new context of Chromium, which has nothing in its cache. Bundles and
// modules come from this machine, as a server sends them: in brotli, with their types.
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";
import { launchChromium } from "../chromium.mjs";
import { bundled, CONTENDERS, NOTHING } from "./cold/bundle.mjs";
import { printStarts, takeTurns } from "./cold/starts.mjs";

const PAGE = '<!doctype html><meta charset="utf-8"><title>cold</title><link rel="icon" href="data:,"><script type="module" src="main.js"></script>';
const TIMEOUT_MS = 30_000;

const names = Object.keys(CONTENDERS);
const files = new Map(names.flatMap(filesOf));
const sent = Object.fromEntries(names.map((name) => [name, 0]));
const server = createServer(({ url }, response) => {
  const file = files.get(url);
  if (!file) return response.writeHead(404).end();
  sent[file.name] += file.bytes.length;
  return response.writeHead(200, { "Content-Type": file.type, "Content-Encoding": "br", "Content-Length": file.bytes.length }).end(file.bytes);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await launchChromium();
try {
  const found = await takeTurns(names, start);
  const more = Object.fromEntries(names.map((name) => [name, { "brotli bytes": sent[name] }]));
  printStarts(`Chromium ${browser.version()}, from navigation`, found, { nothing: NOTHING, more });
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

function filesOf(name) {
  const { code, modules } = bundled(CONTENDERS[name], "page");
  const entry = (file, type, bytes) => [`/${CONTENDERS[name]}/${file}`, { name, type, bytes: brotliCompressSync(bytes) }];
  return [
    entry("", "text/html", Buffer.from(PAGE)),
    entry("main.js", "text/javascript", code),
    ...Object.entries(modules).map(([file, bytes]) => entry(file, "application/wasm", bytes)),
  ];
}

async function start(name) {
  sent[name] = 0;
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/${CONTENDERS[name]}/`);
    const found = await tab.waitForFunction(() => globalThis.cold, undefined, { timeout: TIMEOUT_MS });
    return await found.jsonValue();
  } finally {
    await context.close();
  }
}
