/* The same where the host compiles what is imported as a module. */
import "./index.edge.js";

export * from "./elements.js";
