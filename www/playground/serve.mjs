/*
 * Serves the playground on this machine only: `make demo`, or `serve()` from a test.
 *
 * The page is at /, the built package at /node_modules/starwise/, so that the page's import map can name it as an
 * installed one; the library that draws its plots is beside it. The customers of the playbook are those that its tests tell
 * about, at /tests/. Everything comes with the strict Content-Security-Policy
 * that the package has to live under.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// The packages of this repository's JavaScript are installed in one place.
const installed = createRequire(new URL("../../tests/package.json", import.meta.url));
const sirv = installed("sirv");

const PAGE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../pkg", import.meta.url));
const PLOTS = dirname(installed.resolve("uplot/package.json"));
const TESTS = ["cases", "playbook"].map((name) => [`/tests/${name}`, fileURLToPath(new URL(`../../tests/${name}`, import.meta.url))]);
/** The pages that have an import map. */
const PAGES = ["index.html", "app/index.html"];

/**
 * Starts serving; port 0 is any free one.
 *
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, page = PAGE, pkg = PACKAGE } = {}) {
  const setHeaders = (response) => {
    response.setHeader("Content-Security-Policy", policy(page));
    response.setHeader("X-Content-Type-Options", "nosniff");
  };
  const servePage = sirv(page, { dev: true, setHeaders });
  const folders = [["/node_modules/starwise", pkg], ["/node_modules/uplot", PLOTS], ...TESTS];
  const beside = folders.map(([place, folder]) => [place, sirv(folder, { dev: true, setHeaders })]);
  const server = createServer((request, response) => {
    const notFound = () => response.writeHead(404).end();
    const found = beside.find(([place]) => request.url.startsWith(`${place}/`));
    if (!found) return servePage(request, response, notFound);
    const [place, serveFolder] = found;
    request.url = request.url.slice(place.length);
    return serveFolder(request, response, notFound);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      // What is still open: a page that was closed in the middle of something, a connection made in advance.
      server.closeAllConnections();
    }),
  };
}

/** Own scripts and styles only, WebAssembly, and the import maps, which have to stand in the pages: they are named by their hashes. */
function policy(page) {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...importMapHashes(page)];
  return [
    "default-src 'self'",
    `script-src ${scripts.join(" ")}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function importMapHashes(page) {
  const files = PAGES.map((name) => `${page}/${name}`).filter((file) => existsSync(file));
  const maps = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/<script type="importmap">([^]*?)<\/script>/g)]);
  return maps.map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

/** Opens the user's browser where there is a screen; where that fails, the address has been printed. */
function open(address) {
  const { platform, env } = process;
  if (env.CI || (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return;
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[platform] ?? ["xdg-open"];
  const browser = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  browser.on("error", () => {});
  browser.unref();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { address } = await serve({ port: Number(process.env.PORT ?? 0) });
  console.log(`The playground is at ${address} (Ctrl-C ends it)`);
  open(address);
}
