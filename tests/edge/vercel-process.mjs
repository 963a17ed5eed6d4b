// Vercel's runtime serving `www/edge/vercel.js`: bundled to one script, with the module compiled by the host.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [, , packages] = process.argv;
const { EdgeRuntime, runServer } = createRequire(`${packages}/`)("edge-runtime");
const { build } = createRequire(`${packages}/`)("esbuild");

let compiled;
const compiles = {
  name: "compiles",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({ path: join(dirname(importer), path.replace("?module", "")), namespace: "compiled" }));
    onLoad({ filter: /.*/, namespace: "compiled" }, ({ path }) => {
      compiled = new WebAssembly.Module(readFileSync(path));
      return { contents: "export default globalThis.wasm;" };
    });
  },
};
const entry = fileURLToPath(new URL("../../www/edge/vercel.js", import.meta.url));
const { outputFiles: [{ text }] } = await build({
  stdin: { contents: `import handler from ${JSON.stringify(entry)}; addEventListener("fetch", (event) => event.respondWith(handler(event.request)));`, resolveDir: dirname(entry) },
  bundle: true,
  format: "iife",
  target: "es2022",
  conditions: ["edge-light", "worker", "browser"],
  plugins: [compiles],
  write: false,
});
const { TOKEN_SECRET, KV_REST_API_URL, KV_REST_API_TOKEN } = process.env;
const runtime = new EdgeRuntime({
  initialCode: text,
  extend: (context) => Object.assign(context, { wasm: compiled, process: { env: { TOKEN_SECRET, KV_REST_API_URL, KV_REST_API_TOKEN } } }),
});
await runServer({ runtime, host: "127.0.0.1", port: Number(process.env.PORT) });
