/**
 * The compiled core, where the host or bundler hands over a `WebAssembly.Module` for an import of a .wasm file
 * (Cloudflare Workers does; others give an address or bytes). `initSync` and `init` of `starwise/manual` take any of them.
 */
declare const module: WebAssembly.Module;
export default module;
