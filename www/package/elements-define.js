/* Defines <starwise-stars> and all the others at import. */
import { define } from "./elements.js";

define();

export * from "./elements.js";
