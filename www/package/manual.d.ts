/**
 * The same as `starwise`, started by hand: for those who have the module themselves, or choose when it is loaded.
 *
 * @packageDocumentation
 */

export * from "./index.js";

/** Where the core may come from: an address, a request or response, the bytes, or the compiled module. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the core. Calling it again, or several times at once, does nothing more; after a failure it may be tried again.
 *
 * @param source where the core comes from; by default the `starwise.wasm` beside this file
 * @throws {StarwiseError} any `start-…` code: the message says what to change
 * @example
 * ```ts
 * import { init, Model } from "starwise/manual";
 * await init();
 * ```
 */
export function init(source?: ModuleSource | PromiseLike<ModuleSource>): Promise<void>;

/**
 * Starts the core at once. Calling it again does nothing more.
 *
 * @param source the compiled module or its bytes
 * @throws {StarwiseError} `start-wrong-type`, `start-wrong-file`, `start-wrong-version` or `start-refused`
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { initSync, Model } from "starwise/manual";
 * initSync(readFileSync("starwise.wasm"));
 * ```
 */
export function initSync(source: BufferSource | WebAssembly.Module): void;
