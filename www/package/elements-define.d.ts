/**
 * Defines `<starwise-stars>` and all the others at import.
 *
 * @example
 * ```ts
 * import "starwise/elements/define";
 * ```
 * @packageDocumentation
 */

export * from "./elements.js";
