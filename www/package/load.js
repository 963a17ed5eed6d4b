/* Starting the core: once, however often and from wherever it is asked for. */
import startAsync, { initSync as startSync } from "./glue.js";

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
  if (memory) return;
  ({ memory } = startSync({ module: source }));
}

async function start(source) {
  const module = await compiled(await source);
  // Meanwhile `initSync` may have been called, and a second start would pull the memory from under living models.
  if (memory) return;
  if (module instanceof WebAssembly.Module) return initSync(module);
  // A module of another realm, as some edge hosts hand over: only the asynchronous way takes it.
  ({ memory } = await startAsync({ module_or_path: module }));
}

async function compiled(source) {
  if (typeof source === "string" || source instanceof URL) return compiled(await read(addressOf(source)));
  if (typeof Request === "function" && source instanceof Request) return compiled(await fetch(source));
  if (typeof Response === "function" && source instanceof Response) return compiledResponse(source);
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  return source;
}

/** A relative address is one relative to the page or worker, as it would be to `fetch`. */
function addressOf(source) {
  return new URL(source, globalThis.document?.baseURI ?? globalThis.location?.href);
}

/** A response, or bytes: Node's `fetch` does not read files. */
async function read(address) {
  const files = address.protocol === "file:" && globalThis.process?.getBuiltinModule?.("node:fs");
  return files ? files.readFileSync(address) : fetch(address);
}

async function compiledResponse(response) {
  if (!response.ok) throw new Error(`starwise could not be loaded: ${response.status} from ${response.url}`);
  // Streaming is for servers that name the type; the others are read as bytes.
  const isNamed = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
