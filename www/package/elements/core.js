/* The core for elements: the one that a page has started, or else started here as soon as something is to be drawn. */
import { init, memory } from "../load.js";

/** Whether pictures can be drawn at once. */
export function isStarted() {
  return memory !== undefined;
}

/** Starts the core, or waits for a start that is under way; where WebAssembly is refused, that is the error. */
export function start() {
  return init(new URL("../starwise.wasm", import.meta.url));
}
