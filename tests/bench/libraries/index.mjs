// The libraries that are installed, out of those asked for; `npm ci` in tests/bench brings them.

const FILES = {
  lodash: "lodash.mjs",
  "json-logic-js": "json-logic.mjs",
  "json-rules-engine": "json-rules-engine.mjs",
  "@gorules/zen-engine-wasm": "zen.mjs",
  "@duckdb/duckdb-wasm": "duckdb.mjs",
  arquero: "arquero.mjs",
  "nodejs-polars": "polars.mjs",
};

/** `[name, module]` of each; one that cannot be loaded is left out with a line. */
export async function availableLibraries(names) {
  const found = [];
  for (const name of names) {
    try {
      found.push([name, await import(`./${FILES[name]}`)]);
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      console.log(`skipped: ${name} is not installed (npm ci in tests/bench)`);
    }
  }
  return found;
}
