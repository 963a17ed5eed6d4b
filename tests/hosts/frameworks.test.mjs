// Frameworks, built and started as for production: on the server, on an edge, and in the page.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { EXPECTED, testHost, titleOf } from "./host.mjs";

/** What stands in brackets in the answer of a server. */
async function answered(address) {
  const text = await (await fetch(address)).text();
  return text.match(/\[([\da-f]{8} [^\]]*)\]/)?.[1] ?? text;
}

for (const bundler of ["Turbopack", "webpack"]) {
  testHost(`Next.js, ${bundler}`, "next", async (project) => {
    const next = project.bin("next");
    // Next 16 builds no edge route by webpack, with `starwise` or without: it misses a manifest of its own.
    const hasEdgeRoute = bundler === "Turbopack";
    if (!hasEdgeRoute) rmSync(project.path("app/edge"), { recursive: true });
    await project.node([next, "build", `--${bundler.toLowerCase()}`]);
    // What is served stands on its own.
    rmSync(project.path("node_modules/starwise"), { recursive: true });
    const address = await project.serve(process.execPath, (port) => [next, "start", "--port", `${port}`, "--hostname", "127.0.0.1"]);
    assert.equal(await answered(`${address}server`), EXPECTED, "server component");
    if (hasEdgeRoute) assert.equal(await answered(`${address}edge`), EXPECTED, "edge route");
    assert.equal(await answered(`${address}edge-page`), EXPECTED, "server component on the edge");
    assert.equal(await answered(`${address}client`), EXPECTED, "client component, on the server");
    assert.equal(await titleOf(`${address}client`), EXPECTED, "client component, in the page");
    // The page takes over what the server drew, and then an event comes.
    assert.equal(await answered(`${address}ledger`), "00000000 3 stars", "starwise/react, on the server");
    assert.equal(await titleOf(`${address}ledger`), "5 stars", "starwise/react, in the page");
  });
}

testHost("SvelteKit", "sveltekit", async (project) => {
  await project.node([project.bin("vite"), "build"]);
  rmSync(project.path("node_modules/starwise"), { recursive: true });
  const address = await project.serve(process.execPath, () => ["build/index.js"], { env: { HOST: "127.0.0.1" } });
  assert.equal(await answered(`${address}server`), EXPECTED, "endpoint");
  assert.equal(await answered(address), EXPECTED, "page, on the server");
  assert.equal(await titleOf(address), EXPECTED, "page");
});

// Its Vite is the last one whose dev server loses files beside the JavaScript of packages.
testHost("SvelteKit, dev", "sveltekit", async (project) => {
  const address = await project.serve(process.execPath, (port) => [project.bin("vite"), "dev", "--port", `${port}`, "--host", "127.0.0.1"]);
  assert.equal(await answered(address), EXPECTED, "page, on the server");
  assert.equal(await titleOf(address), EXPECTED, "page");
});

testHost("Astro", "astro", async (project) => {
  await project.run(await project.newerNode(), [project.bin("astro"), "build"]);
  const address = await project.serve(await project.newerNode(), () => ["dist/server/entry.mjs"], { env: { HOST: "127.0.0.1" } });
  assert.equal(await answered(address), EXPECTED, "page, on the server");
  assert.equal(await titleOf(address), EXPECTED, "page");
});

testHost("Nuxt", "nuxt", async (project) => {
  await project.node([project.bin("nuxt"), "build"]);
  rmSync(project.path("node_modules"), { recursive: true });
  const address = await project.serve(process.execPath, () => [".output/server/index.mjs"], { env: { HOST: "127.0.0.1" } });
  assert.equal(await answered(`${address}api/server`), EXPECTED, "endpoint");
  assert.equal(await answered(address), EXPECTED, "page, on the server");
  assert.equal(await titleOf(address), EXPECTED, "page");
});

testHost("wrangler, dev", "wrangler", async (project) => {
  const address = await project.serve(process.execPath, (port) => [project.bin("wrangler"), "dev", "main.js", "--port", `${port}`, "--ip", "127.0.0.1"]);
  assert.equal(await (await fetch(address)).text(), EXPECTED);
});
