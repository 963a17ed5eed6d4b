// What wrangler does: a bundle that leaves .wasm files to workerd, which compiles them as it starts.
import { build } from "esbuild";
import { cpSync, readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

cpSync("node_modules/starwise", "other", { recursive: true });
const format = { bundle: true, format: "esm", target: "es2022", conditions: ["workerd", "worker", "browser"], external: ["*.wasm"] };
await build({ ...format, entryPoints: ["main.js"], outfile: "dist/main.js" });
const modules = [
  { type: "ESModule", path: "main.js", contents: readFileSync("dist/main.js", "utf8") },
  { type: "CompiledWasm", path: "starwise.wasm", contents: readFileSync("node_modules/starwise/starwise.wasm") },
];
const miniflare = new Miniflare({ modules, compatibilityDate: "2026-04-01" });
for (const path of ["", "refused"]) {
  const response = await miniflare.dispatchFetch(`http://localhost/${path}`);
  console.log(await response.text());
}
await miniflare.dispose();
