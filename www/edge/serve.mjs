/*
 * The worker on this machine: `make edge` through `demo.mjs`, or `serveEdge()` from a test. It is wrangler's configuration,
 * bundled as wrangler does, in workerd; what is kept is on disk. For this repository; elsewhere `npm run dev` serves it.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { tokenOf } from "./token.mjs";

export { tokenOf };

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SECRET_FILE = "secret.txt";

/**
 * Starts serving.
 *
 * @param {{ port?: number, folder: string, variables?: Record<string, string>, entry?: string, options?: object }} settings where is kept what
 *   is kept; variables of the worker; another entry than `worker.js`; more options of Miniflare
 * @returns {Promise<{ address: string, secret: string, close: () => Promise<void>, miniflare: Miniflare }>}
 */
export async function serveEdge({ port = 0, folder, variables = {}, entry = here("worker.js"), options = {} }) {
  const secret = variables.TOKEN_SECRET ?? secretIn(folder);
  const { workerOptions } = workerOptionsOf(here("wrangler.jsonc"));
  const { modulesRules: _rules, ...worker } = workerOptions;
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    durableObjectsPersist: `${folder}/objects`,
    ...worker,
    bindings: { ...worker.bindings, TOKEN_SECRET: secret, ...variables },
    modules: await modulesOf(entry),
    ...options,
  });
  const address = (await miniflare.ready).href;
  return { address, secret, miniflare, close: () => miniflare.dispose() };
}

/** The bundle, and the module beside it that workerd compiles as it starts. */
async function modulesOf(entry) {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["*.wasm", "cloudflare:*"],
    loader: { ".json": "json" },
  });
  return [
    { type: "ESModule", path: "worker.js", contents: text },
    { type: "CompiledWasm", path: "starwise.wasm", contents: readFileSync(fileURLToPath(import.meta.resolve("starwise/starwise.wasm"))) },
  ];
}

/** The secret of this machine: made once, so that tokens stay good. */
function secretIn(folder) {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${SECRET_FILE}`;
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}
