// The contenders as a page or a worker: `<contender>.page.mjs`, `<contender>.worker.mjs`, each bundled the same way.
import { buildSync } from "esbuild";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { folder } from "../starwise.mjs";
import { installed } from "./starts.mjs";

const require = createRequire(import.meta.url);
const ENTRIES = { page: "index.browser.js", worker: "index.workerd.js" };
const ZEN = "@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm";

export const NOTHING = "nothing";

/** The name of each contender's file, by the name that it is shown by. */
export const CONTENDERS = { [NOTHING]: "nothing", starwise: "starwise" };
for (const name of installed(["@gorules/zen-engine-wasm"])) CONTENDERS[name] = "zen";

/** The JavaScript of a contender, and its module: what it is asked for by, and its bytes. */
export function bundled(file, host) {
  const [{ contents }] = buildSync({
    entryPoints: [fileURLToPath(new URL(`${file}.${host}.mjs`, import.meta.url))],
    alias: { starwise: fileURLToPath(new URL(ENTRIES[host], folder)) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    external: ["*.wasm"],
  }).outputFiles;
  return { code: Buffer.from(contents), modules: modulesOf(file, host) };
}

function modulesOf(file, host) {
  if (file === "starwise") return { "starwise.wasm": readFileSync(new URL("starwise.wasm", folder)) };
  if (file === "zen") return { [host === "page" ? basename(ZEN) : ZEN]: readFileSync(require.resolve(ZEN)) };
  return {};
}
