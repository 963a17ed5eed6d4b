/* Where the core comes from: a module of whatever a caller has, and what to change where that fails. */
import { errorAt, quoted } from "./error.js";

/** `\0asm` and the version: the smallest module there is, and how every other begins. */
const SMALLEST = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const FILE = "starwise.wasm";
const OTHERWISE = "or import `starwise/inline`, which brings the bytes along";

/** The module of an address, a request, a response, of bytes, or of a module. */
export async function moduleFrom(source) {
  if (typeof source === "string" || isOf("URL", source)) return moduleFrom(await read(addressOf(source)));
  if (isOf("Request", source)) return moduleFrom(await fetched(source, source.url));
  // By what it can do: responses of other realms and of libraries are no `Response` of this one.
  if (typeof source?.arrayBuffer === "function") return moduleOfResponse(source);
  return bytesIn(source) ? compiled(source, (bytes) => WebAssembly.compile(bytes)) : moduleOf(source);
}

/** The module of bytes or of a module, at once. */
export function moduleOf(source) {
  if (isModule(source)) return source;
  if (!bytesIn(source)) throw fault("wrong-type", "must come as bytes, as a `WebAssembly.Module` or, with `init`, as an address, a request or a response");
  try {
    return new WebAssembly.Module(source);
  } catch (cause) {
    throw uncompiled(cause, bytesIn(source));
  }
}

/** What `start` makes of a module by putting it to work. */
export function instantiated(module, start) {
  const refuse = (cause) => fault("wrong-version", "is not of the version of the JavaScript beside it: deploy both from one package, and let no cache mix them", cause);
  // The glue does not get over a module that has no beginning.
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "__wbindgen_start")) throw refuse();
  try {
    return start(module);
  } catch (cause) {
    // WebKit compiles under any policy, and refuses here.
    if (cause instanceof WebAssembly.CompileError) throw refused(cause);
    throw cause instanceof WebAssembly.LinkError ? refuse(cause) : cause;
  }
}

/** What a caller meets who did not wait for the start. */
export function notStarted() {
  return fault("missing", "is not started yet: await `init()`, or call `initSync(…)`, before anything else of `starwise/manual`");
}

/** A relative address is one relative to the page or worker, as it would be to `fetch`. */
function addressOf(source) {
  try {
    return new URL(source, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (cause) {
    throw fault("wrong-type", `must have an address that can be resolved here, found ${quoted(`${source}`)}`, cause);
  }
}

/** A response, or bytes: Node's `fetch` does not read files. */
function read(address) {
  const files = address.protocol === "file:" && globalThis.process?.getBuiltinModule?.("node:fs");
  return files ? readFile(files, address) : fetched(address, address.href);
}

function readFile({ readFileSync }, address) {
  try {
    return readFileSync(address);
  } catch (cause) {
    throw fault("not-found", `cannot be read at \`${address.href}\`: copy it there, ${OTHERWISE}`, cause);
  }
}

async function fetched(source, address) {
  try {
    return await fetch(source);
  } catch (cause) {
    const detail = "the network, a missing CORS header or a Content-Security-Policy without the origin in `connect-src` is in the way; mend that";
    throw fault("unreachable", `could not be fetched from \`${address}\`: ${detail}, ${OTHERWISE}`, cause);
  }
}

async function moduleOfResponse(response) {
  const { ok, status, url } = response;
  if (ok === false) {
    throw fault("not-found", `was not found at \`${url}\` (status ${status}): put it there, name another address to \`init\` of \`starwise/manual\`, ${OTHERWISE}`);
  }
  const type = response.headers?.get("Content-Type") ?? "no type";
  const from = ` at \`${url}\`, served as ${quoted(type)}`;
  // Streaming is for servers that name the type; the others are read as bytes.
  if (type.startsWith("application/wasm") && isOf("Response", response) && WebAssembly.compileStreaming) {
    return compiled(response, (streamed) => WebAssembly.compileStreaming(streamed), from);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return compiled(bytes, () => WebAssembly.compile(bytes), from);
}

async function compiled(source, compile, from) {
  try {
    return await compile(source);
  } catch (cause) {
    throw uncompiled(cause, bytesIn(source), from);
  }
}

/** Why something did not compile: the host compiles nothing, or it is not what it should be. */
function uncompiled(cause, bytes, from = "") {
  try {
    // Told by trying: hosts word their refusal in many ways.
    new WebAssembly.Module(SMALLEST);
  } catch {
    return refused(cause);
  }
  const isWasm = !bytes || SMALLEST.every((byte, position) => bytes[position] === byte);
  const found = isWasm ? "found one that is damaged or that this host is too old for (it needs SIMD)" : "found something else, such as a page for whatever is missing";
  return fault("wrong-file", `must be the WebAssembly module of this package${from}, ${found}: serve the file as it is in the package`, cause);
}

function refused(cause) {
  const page = "a Content-Security-Policy has to allow `'wasm-unsafe-eval'` in `script-src`";
  const edge = "where nothing is ever compiled, as on the edge, import `starwise/starwise.wasm` as a module and hand it to `initSync` of `starwise/manual`";
  return fault("refused", `may not be compiled here: ${page}; ${edge}`, cause);
}

function isModule(source) {
  try {
    // Modules of another realm, as some hosts hand over, are no `WebAssembly.Module` of this one.
    return WebAssembly.Module.imports(source).length >= 0;
  } catch {
    return false;
  }
}

function bytesIn(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return /ArrayBuffer\]$/.test(Object.prototype.toString.call(source)) ? new Uint8Array(source) : undefined;
}

/** Whether something is of a class that not every host has. */
function isOf(name, source) {
  return typeof globalThis[name] === "function" && source instanceof globalThis[name];
}

function fault(code, detail, cause) {
  return errorAt(`start-${code}`, FILE, detail, cause && { cause });
}
