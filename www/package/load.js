/* Starting the core: once, however often and from wherever it is asked for. */
import { initSync as startGlue } from "./glue.js";
import { instantiated, moduleFrom, moduleOf } from "./start.js";

/** The core's memory, once it is started. */
export let memory;

let starting;

/** Starts the core from a module, its bytes, a response or an address. A start that failed may be tried again. */
export async function init(source) {
  if (memory) return;
  starting ??= start(source).finally(() => {
    starting = undefined;
  });
  await starting;
}

/** Starts the core at once from a module or its bytes. */
export function initSync(source) {
  if (!memory) begin(moduleOf(source));
}

/** Starts the core at once from the bytes that `decode` gives: asked only where they are needed. */
export function initDecoded(decode) {
  if (!memory) begin(moduleOf(decode()));
}

async function start(source) {
  const module = await moduleFrom(await source);
  // Meanwhile `initSync` may have been called, and a second start would pull the memory from under living models.
  if (!memory) begin(module);
}

function begin(module) {
  // Plainly assigned: Turbopack takes what is only ever destructured into for a constant.
  memory = instantiated(module, () => startGlue({ module })).memory;
}
