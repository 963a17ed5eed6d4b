/* For hosts that have no files to fetch: the module comes inside the JavaScript, and is started at once. */
import { initDecoded } from "./load.js";
import text from "./starwise.inline.js";

initDecoded(() => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));

export * from "./face.js";
