/* Browsers and what bundles for them: the literal address is what bundlers look for, the top-level await what completes the start. */
import { init } from "./load.js";

await init(new URL("./starwise.wasm", import.meta.url));

export * from "./face.js";
