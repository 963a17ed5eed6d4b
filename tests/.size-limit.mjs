// What a page may load, in bytes of brotli: `node_modules/.bin/size-limit`, in this directory, prints how much of it is used.
// It may shrink, and grow no more than a release can answer for; tests/js/size.test.mjs holds the package to it. The aims are
// 60 KB of module and 8 KB of JavaScript for `starwise`; whoever gets nearer to them lowers the limits here. A little is to
// spare for another version of the compressor.

/** What a page brings along itself. */
const BROUGHT = ["react", "vue"];

export default [
  file("starwise.wasm", 211_000),
  file("starwise.css", 3_150),
  entries("starwise", 15_000, "index.browser.js"),
  entries("starwise/manual", 15_000, "manual.js"),
  entries("starwise/worker", 1_020, "worker.js"),
  entries("starwise + starwise/keep", 19_930, "index.browser.js", "keep.js"),
  entries("starwise + starwise/elements/define", 20_040, "index.browser.js", "elements-define.js"),
  entries("starwise/watch", 1_880, "watch.js"),
  entries("starwise/react", 1_970, "react.js"),
  entries("starwise/vue", 2_090, "vue.js"),
  entries("starwise/svelte", 1_900, "svelte.js"),
];

function file(name, bytes) {
  return { name, path: `../pkg/${name}`, limit: `${bytes} B`, disablePlugins: ["@size-limit/esbuild"] };
}

/** All of these entries, with what they import of the package: bundled, what they share once, and minified. */
function entries(name, bytes, ...files) {
  const path = files.map((entry) => `../pkg/${entry}`);
  return { name, path, limit: `${bytes} B`, ignore: ["*.wasm", ...BROUGHT], modifyEsbuildConfig };
}

/** As modules of today, whose top level may wait. */
function modifyEsbuildConfig(config) {
  return { ...config, format: "esm", target: "es2022", splitting: true };
}
