/*
 * Node, Deno, Bun, and what is bundled for them. Not by a file beside it: bundlers and tracers of dependencies lose
 * such files, single executables have none, and Deno asks before it reads one.
 */
export * from "./inline.js";
