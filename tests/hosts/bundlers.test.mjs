// What bundles for pages and servers: each bundle is run, pages under a strict Content-Security-Policy.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { serve } from "../../www/playground/serve.mjs";
import { EXPECTED, testHost, titleOf } from "./host.mjs";

/** What a folder of files, served with the policy, shows in Chromium. */
async function shown(project, folder, { html } = {}) {
  if (html) cpSync(project.path(html), project.path(`${folder}/index.html`));
  const server = await serve({ page: project.path(folder) });
  project.onClose(server.close);
  return titleOf(server.address);
}

/** Bundles for servers must stand on their own. */
function withoutPackages(project) {
  rmSync(project.path("node_modules/starwise"), { recursive: true });
}

const copyModule = (project, folder) => cpSync(project.path("node_modules/starwise/starwise.wasm"), project.path(`${folder}/starwise.wasm`));

testHost("Vite, dev", "vite", async (project) => {
  const address = await project.serve(process.execPath, (port) => [project.bin("vite"), "--port", `${port}`, "--host", "127.0.0.1", "--strictPort"]);
  assert.equal(await titleOf(address), EXPECTED);
});

testHost("Vite, build", "vite", async (project) => {
  await project.node([project.bin("vite"), "build"]);
  assert.equal(await shown(project, "dist"), EXPECTED);
});

testHost("Vite, build for a server", "vite", async (project) => {
  await project.node([project.bin("vite"), "build", "--ssr", "server.js", "--outDir", "server"]);
  assert.equal(await project.node(["server/server.js"]), EXPECTED);
});

testHost("webpack, page and server", "webpack", async (project) => {
  await project.node(["build.js"]);
  assert.equal(await shown(project, "dist", { html: "index.html" }), EXPECTED);
  withoutPackages(project);
  assert.equal(await project.node(["server/main.cjs"]), EXPECTED);
});

testHost("esbuild, page and server", "esbuild", async (project) => {
  const esbuild = (...args) => project.run(project.bin("esbuild"), ["--bundle", "--minify", "--log-level=warning", ...args]);
  await esbuild("main.js", "--format=esm", "--target=es2022", "--outfile=dist/main.js");
  copyModule(project, "dist");
  assert.equal(await shown(project, "dist", { html: "index.html" }), EXPECTED);
  await esbuild("server.js", "--platform=node", "--format=esm", "--outfile=server/main.js");
  await esbuild("server.js", "--platform=node", "--format=cjs", "--outfile=server/main.cjs");
  withoutPackages(project);
  assert.equal(await project.node(["server/main.js"]), EXPECTED);
  assert.equal(await project.node(["server/main.cjs"]), EXPECTED);
});

testHost("esbuild, inline: one script and no other file", "esbuild", async (project) => {
  await project.run(project.bin("esbuild"), ["--bundle", "--format=iife", "--log-level=warning", "inline.js", "--outfile=dist/main.js"]);
  assert.equal(await shown(project, "dist", { html: "index.html" }), EXPECTED);
});

testHost("Rollup, page and server", "rollup", async (project) => {
  await project.node([project.bin("rollup"), "--config", "--silent"]);
  copyModule(project, "dist");
  assert.equal(await shown(project, "dist", { html: "index.html" }), EXPECTED);
  withoutPackages(project);
  assert.equal(await project.node(["server/server.js"]), EXPECTED);
  cpSync(project.path("dist/inline.js"), project.path("inline/main.js"));
  assert.equal(await shown(project, "inline", { html: "index.html" }), EXPECTED, "inline: one script and no other file");
});

testHost("Parcel", "parcel", async (project) => {
  await project.node([project.bin("parcel"), "build", "index.html", "--no-cache"]);
  // Parcel puts an import map into the page, and the server allows one by its hash when it finds it.
  const page = readFileSync(project.path("dist/index.html"), "utf8");
  project.write("dist/index.html", page.replace("<script type=importmap>", '<script type="importmap">'));
  assert.equal(await shown(project, "dist"), EXPECTED);
});
