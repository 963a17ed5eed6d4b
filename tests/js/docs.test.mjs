// What the documents say, tried: every example runs and prints what stands beside it, every model in them is sound,
// every file and link exists. Rust examples of the README are documentation tests of the crate.
//
//   // → text              beside or below a call of console.log: a line that the block prints
//   <!-- file: name -->    above a block: the block is also a file that the other blocks of the document can read
//   <!-- output: name -->  above a text block: what that file prints
//   <!-- page: name -->    above a block: a file of a page, which tests/browser/whole-page.test.mjs opens
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";
import { gzipSync } from "node:zlib";
import { Model } from "../../pkg/index.node.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Where every key of a model is told. */
const reference = ["www/docs/model.md", "www/docs/progress.md"];
const documents = ["README.md", "CHANGELOG.md", ...readdirSync(join(root, "www/docs")).map((name) => `www/docs/${name}`)];
/** Blocks in these languages are read as they are. */
const SHOWN_ONLY = ["sh", "text", "rust", "toml"];

const work = mkdtempSync(join(tmpdir(), "starwise-docs-"));
mkdirSync(join(work, "node_modules"));
symlinkSync(join(root, "pkg"), join(work, "node_modules/starwise"), "dir");
const home = process.cwd();
process.chdir(work);
after(() => {
  process.chdir(home);
  rmSync(work, { recursive: true, force: true });
});

for (const path of documents) {
  const text = readFileSync(join(root, path), "utf8");
  const blocks = blocksOf(text);
  for (const { file, body } of blocks) if (file) writeFileSync(join(work, file), body);
  const shownElsewhere = blocks.map(({ output }) => output).filter(Boolean);

  for (const block of blocks) {
    const name = `${path}:${block.line}`;
    const { language, body, file, output, page } = block;
    if (page || shownElsewhere.includes(file)) continue;
    if (output) test(`${name}: what ${output} prints`, async () => assert.equal(await printed(readFileSync(output, "utf8")), body));
    else if (language === "js") test(`${name}: prints what it says`, async () => assert.equal(await printed(body), promised(body)));
    else if (language === "html") test(`${name}: the page shows what it says`, () => checkPage(body));
    else if (language === "json") test(`${name}: is sound`, () => checkJson(JSON.parse(body)));
    else test(`${name}: is in a known language`, () => assert.ok(SHOWN_ONLY.includes(language), language));
  }

  test(`${path}: every link leads somewhere`, () => {
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [, file, anchor] = target.match(/^([^#]*)#?(.*)$/);
      const there = file ? join(root, path, "..", file) : join(root, path);
      assert.ok(existsSync(there), `${target}: no such file`);
      if (anchor) assert.ok(anchorsOf(readFileSync(there, "utf8")).includes(anchor), `${target}: no such heading`);
    }
  });

  test(`${path}: every file it names exists`, () => {
    for (const [, file] of text.matchAll(/`((?:tests|src|www)\/[\w./-]+)`/g)) assert.ok(existsSync(join(root, file)), file);
  });
}

test("the reference names every key of the schema", () => {
  const named = reference.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  const schema = JSON.parse(readFileSync(join(root, "www/package/model.schema.json"), "utf8"));
  const missing = [...keysOf(schema)].filter((key) => !named.includes(`\`${key}\``) && !named.includes(`"${key}"`));
  assert.deepEqual(missing, []);
});

test("the core imports no clock, no randomness and no network", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(root, "pkg/starwise.wasm"))));
  assert.ok(imports.length > 0);
  for (const { name } of imports) assert.doesNotMatch(name, /date|now|performance|random|crypto|fetch|request|socket/i);
});

test("the README states the size that a page loads", () => {
  const [, stated] = readFileSync(join(root, "README.md"), "utf8").match(/loads about (\d+) KB gzip/);
  const files = new Set(["starwise.wasm", "index.browser.js"]);
  for (const file of files) {
    if (!file.endsWith(".js")) continue;
    for (const [, imported] of readFileSync(join(root, "pkg", file), "utf8").matchAll(/\b(?:from|import) ?"\.\/([^"]+)"/g)) files.add(imported);
  }
  const bytes = [...files].reduce((sum, name) => sum + gzipSync(readFileSync(join(root, "pkg", name)), { level: 9 }).length, 0);
  assert.ok(Math.abs(bytes / 1000 - stated) <= stated / 10, `${bytes} bytes in ${[...files]}`);
});

/** The fenced blocks of a document, with what the comment above says of each. */
function blocksOf(text) {
  const fences = text.matchAll(/(?:<!-- (file|output|page): (\S+) -->\n)?^```(.*)\n([^]*?)^```$/gm);
  return Array.from(fences, (match) => {
    const [, role, name, language, body] = match;
    const line = text.slice(0, match.index).split("\n").length;
    return { line, language, body, [role]: name };
  });
}

/** What a module prints. */
async function printed(source) {
  const lines = [];
  const { log } = console;
  const file = join(work, `block-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, source);
  console.log = (...values) => lines.push(`${format(...values)}\n`);
  try {
    await import(pathToFileURL(file));
  } finally {
    console.log = log;
  }
  return lines.join("");
}

/** What the comments of a block say it prints; a block without any says nothing of its own. */
function promised(source) {
  return Array.from(source.matchAll(/\/\/ → (.*)/g), ([, line]) => `${line}\n`).join("");
}

/** The page's module, run with just enough of a document; the import map must name a file of the package. */
async function checkPage(html) {
  const [, map] = html.match(/<script type="importmap">([^]*?)<\/script>/);
  const [, script] = html.match(/<script type="module">([^]*?)<\/script>/);
  const address = JSON.parse(map).imports.starwise;
  assert.ok(existsSync(join(root, address.replace("/node_modules/starwise", "pkg"))), address);
  globalThis.document = {
    querySelector(selector) {
      assert.match(html, new RegExp(`id="${selector.slice(1)}"`));
      return { set textContent(text) { console.log(text); } };
    },
  };
  try {
    assert.equal(await printed(script), promised(script));
  } finally {
    delete globalThis.document;
  }
}

/** A model, a history, or one criterion. */
function checkJson(json) {
  if (json.events) return assert.ok(new Model({ criteria: [] }).score(json));
  const model = json.kind ? { criteria: [json] } : json;
  assert.ok(model.criteria ?? model.parts, "neither a model, a criterion nor a history");
  assert.deepEqual(Model.check(model), []);
}

/** The anchors of a document's headings, as they are made from them. */
function anchorsOf(text) {
  const headings = text.matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-"));
}

/** Every key that the schema knows. */
function keysOf(schema, keys = new Set()) {
  if (typeof schema !== "object" || schema === null) return keys;
  for (const [name, value] of Object.entries(schema)) {
    if (name === "properties") Object.keys(value).forEach((key) => keys.add(key));
    keysOf(value, keys);
  }
  return keys;
}
