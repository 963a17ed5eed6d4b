/* Vercel's edge: as in workers, save that the bundler is asked for a compiled module by the query. */
import { initSync } from "./load.js";
import module from "./starwise.wasm?module";

initSync(module);

export * from "./face.js";
