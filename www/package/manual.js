/* The same without a start of its own: the caller has the module, or says when it is loaded. */
import { init as start } from "./load.js";

export * from "./face.js";
export { initSync } from "./load.js";

/** Starts the core; without an argument from the `starwise.wasm` beside this file. */
export function init(source = new URL("./starwise.wasm", import.meta.url)) {
  return start(source);
}
