/*
 * What every entry needs, as one file of the package: core.js. Each file that is imported costs a start about a millisecond in Node,
 * and a page without a bundler a way to the server. What of it other files of the package import stays, as a line that names
 * what it gives, so that all entries share one core.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { buildSync } from "../tests/node_modules/esbuild/lib/main.js";

/** What entries import. */
const FACE = ["face.js", "load.js"];
/** What is also imported where there is no core: by the page's half of a worker, and to watch a ledger. */
const APART = ["./error.js"];
/** What only tests and benchmarks look into. */
const INNER = ["columns.js", "desk.js", "input.js", "names.js", "options.js", "text.js", "zone.js"];
const DESK = 'export { Desk } from "./glue.js";';
const FORMAT = { bundle: true, format: "esm", target: "es2022", write: false, metafile: true, legalComments: "none", external: APART };

/** Makes core.js of the files in `pkg`, and removes or shortens those that are in it. */
export function gatherCore(pkg, files) {
  const { metafile } = buildSync({ ...FORMAT, entryPoints: FACE.map((file) => join(pkg, file)), outdir: pkg });
  const gathered = new Set(Object.keys(metafile.inputs).map((file) => relative(resolve(pkg), resolve(file))));
  const others = files.filter((file) => file.endsWith(".js") && !gathered.has(file));
  const shared = [...gathered].filter((file) => others.some((other) => imports(pkg, other, file)));
  const exported = [...new Set([...shared, ...INNER])];
  const contents = [...exported.map((file) => `export * from "./${file}";`), DESK].join("\n");
  const { outputFiles } = buildSync({ ...FORMAT, stdin: { contents, resolveDir: pkg }, logOverride: { "ambiguous-reexport": "error" } });
  const lines = shared.map((file) => [file, `export { ${namesOf(pkg, file).join(", ")} } from "./core.js";\n`]);
  for (const file of gathered) rmSync(join(pkg, file));
  writeFileSync(join(pkg, "core.js"), outputFiles[0].contents);
  for (const [file, line] of lines) writeFileSync(join(pkg, file), line);
}

function imports(pkg, other, file) {
  const text = readFileSync(join(pkg, other), "utf8");
  return [...text.matchAll(/from "(\.[^"]+)"/g)].some(([, path]) => relative(resolve(pkg), resolve(pkg, other, "..", path)) === file);
}

/** What a file exports. */
function namesOf(pkg, file) {
  const { metafile } = buildSync({ ...FORMAT, entryPoints: [join(pkg, file)], outdir: pkg });
  return Object.values(metafile.outputs)[0].exports;
}
