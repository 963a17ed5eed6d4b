/* Node, Bun, Deno: the module is read from disk and started at once. */
import { readFileSync } from "node:fs";
import { initFile } from "./load.js";

initFile(readFileSync, new URL("./starwise.wasm", import.meta.url));

export * from "./face.js";
