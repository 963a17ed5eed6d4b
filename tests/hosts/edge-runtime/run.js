// What Vercel's builder does: one script, and each `.wasm?module` a compiled module that the host hands over.
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const modules = {};
const compiled = {
  name: "compiled",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({ path: join(dirname(importer), path.replace("?module", "")), namespace: "compiled" }));
    onLoad({ filter: /.*/, namespace: "compiled" }, ({ path }) => {
      modules.wasm = new WebAssembly.Module(readFileSync(path));
      return { contents: "export default globalThis.wasm;" };
    });
  },
};
const bundle = await build({ entryPoints: ["main.js"], bundle: true, format: "iife", target: "es2022", conditions: ["edge-light", "worker", "browser"], plugins: [compiled], write: false });
const runtime = new EdgeRuntime({ initialCode: bundle.outputFiles[0].text, extend: (context) => Object.assign(context, modules) });
const response = await runtime.dispatchFetch("http://localhost/");
console.log(await response.text());
