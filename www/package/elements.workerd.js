/* The same at the edge: the core is the module that the host has compiled. */
import "./index.workerd.js";

export * from "./elements.js";
