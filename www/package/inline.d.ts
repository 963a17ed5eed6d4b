/**
 * The same as `starwise`, with the module inside the JavaScript: for hosts and bundlers that have no file to fetch.
 *
 * It starts at once, without top-level await, and is a third larger. Hosts that compile nothing at run time refuse it.
 *
 * @example
 * ```ts
 * import { Model } from "starwise/inline";
 * ```
 * @packageDocumentation
 */

export * from "./index.js";
