// @gorules/zen-engine-wasm in Node, where it is given its module as bytes.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import init from "@gorules/zen-engine-wasm";

const MODULE = "dist/zen_engine_wasm_bg.wasm";
const folder = new URL(".", import.meta.resolve("@gorules/zen-engine-wasm"));
await init({ module_or_path: readFileSync(fileURLToPath(new URL(MODULE, folder))) });

export { makeScore } from "./zen-expression.mjs";
