/*
 * Puts the npm package together: `node www/package.mjs <glue> <pkg>`.
 *
 * <glue> is what wasm-pack made, with the module shrunk beside it as starwise.wasm; <pkg> is made anew from it,
 * from www/package (the face), from pkg.json laid over the generated manifest, from playbook and words, and from the papers.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { transformSync } from "../tests/node_modules/esbuild/lib/main.js";
import { gatherCore } from "./core.mjs";
import { manifestOf } from "./manifest.mjs";
import { billOfMaterials } from "./sbom.mjs";

const [glue, pkg] = process.argv.slice(2);
/** Where errors are made: Node shows the line of one that nobody catches. */
const ERRORS = "error.js";
const READABLE = 100;
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

rmSync(pkg, { recursive: true, force: true });
mkdirSync(pkg);
cpSync("www/package", pkg, { recursive: true });
cpSync(join(glue, "starwise.wasm"), join(pkg, "starwise.wasm"));
writeFileSync(join(pkg, "glue.js"), openGlue(readFileSync(join(glue, "glue.js"), "utf8")));
const bytes = readFileSync(join(pkg, "starwise.wasm"));
writeFileSync(join(pkg, "starwise.inline.js"), `export default "${bytes.toString("base64")}";\n`);
gatherCore(pkg, filesOf(pkg));
// Comments are for those who read the sources, and every page would load them.
for (const file of filesOf(pkg).filter((file) => file.endsWith(".js"))) {
  const lineLimit = file === ERRORS ? READABLE : 0;
  const { code } = transformSync(readFileSync(join(pkg, file), "utf8"), { format: "esm", target: "es2022", minifyWhitespace: true, minifySyntax: true, lineLimit, legalComments: "none" });
  writeFileSync(join(pkg, file), code);
}
for (const file of papers()) cpSync(file, join(pkg, file));
// The reference goes along, under the address that the front page then names.
cpSync("www/docs", join(pkg, "docs"), { recursive: true });
for (const data of ["playbook", "words"]) cpSync(join("www", data), join(pkg, data), { recursive: true });
writeFileSync(join(pkg, "README.md"), readFileSync("README.md", "utf8").replaceAll("www/docs/", "docs/"));
writeFileSync(join(pkg, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);

writeFileSync(join(pkg, "sbom.cdx.json"), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
const elements = await import(pathToFileURL(resolve(pkg, "elements.js")));
writeFileSync(join(pkg, "custom-elements.json"), `${JSON.stringify(manifestOf(elements))}\n`);

for (const file of ["starwise.wasm", "starwise.inline.js", "core.js"]) {
  const bytes = readFileSync(join(pkg, file));
  console.log(`${file.padEnd(18)} ${kilobytes(bytes.length)} KB, ${kilobytes(gzipSync(bytes).length)} KB gzip`);
}
console.log(`${pkg}: ${filesOf(pkg).length} files, ${kilobytes(sizeOf(pkg))} KB`);

/**
 * The generated glue compiles what is no `WebAssembly.Module` of its own realm, which some edge hosts hand over; here
 * `start.js` has compiled already, and knows such modules.
 */
function openGlue(source) {
  const compiling = /if \(!\(module instanceof WebAssembly\.Module\)\) \{\s*module = new WebAssembly\.Module\(module\);\s*\}/;
  if (!compiling.test(source)) throw new Error("the glue is not what wasm-bindgen used to write: look at openGlue");
  return source.replace(compiling, "");
}

/** Name, version and licence are Cargo.toml's, through wasm-pack; everything else is pkg.json's. */
function manifest() {
  const { name, type, version, license } = readJson(join(glue, "package.json"));
  return { name, version, ...readJson("pkg.json"), license, type };
}

function papers() {
  return readdirSync(".").filter((file) => /^(README|CHANGELOG|LICENSE)/.test(file));
}

function filesOf(directory) {
  return readdirSync(directory, { recursive: true }).filter((file) => statSync(join(directory, file)).isFile());
}

function sizeOf(directory) {
  return filesOf(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
