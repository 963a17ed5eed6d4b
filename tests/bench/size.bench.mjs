// What a page loads for one score.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { folder } from "./starwise.mjs";

const ENTRY = "index.browser.js";
const IMPORTED = /\b(?:from|import) ?"\.\/([^"]+)"/g;

const modules = new Set([ENTRY]);
for (const file of modules) for (const [, imported] of textOf(file).matchAll(IMPORTED)) modules.add(imported);

const PARTS = {
  "starwise.wasm": ["starwise.wasm"],
  [`${ENTRY} and what it imports`]: [...modules],
};

const rows = Object.entries(PARTS).map(([part, files]) => {
  const bytes = Buffer.concat(files.map((file) => readFileSync(new URL(file, folder))));
  return { part, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
});
console.log("Bytes a page loads for one score (JavaScript as shipped, without comments and spaces).\n");
console.table(rows);

function textOf(file) {
  return readFileSync(new URL(file, folder), "utf8");
}
