/* Workers: the host compiles the module at deployment and hands it over; compiling from bytes is refused there. */
import { initSync } from "./load.js";
import module from "./starwise.wasm";

initSync(module);

export * from "./face.js";
