// What a page loads for one score.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** The module, its glue, and the face that the browser entry pulls in. */
const PARTS = {
  "starwise.wasm": ["starwise.wasm"],
  "glue.js": ["glue.js"],
  "the rest of the JavaScript": [
    "index.browser.js", "face.js", "load.js", "model.js", "error.js", "input.js", "limits.js", "text.js", "wire.js", "zone.js",
  ],
};

const rows = Object.entries(PARTS).map(([part, files]) => {
  const bytes = Buffer.concat(files.map((file) => readFileSync(new URL(`../../pkg/${file}`, import.meta.url))));
  return { part, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
});
console.log("Bytes a page loads for one score (JavaScript as shipped, not minified).\n");
console.table(rows);
