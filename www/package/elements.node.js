/* Where a server draws elements in Node, Bun or Deno, the core is started at once. */
import "./index.node.js";

export * from "./elements.js";
