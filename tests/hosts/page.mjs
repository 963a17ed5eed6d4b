// The package on a page without a bundler, under a strict policy: what every browser is asked. The programs are in `browser/`.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "../../www/playground/serve.mjs";
import { SHOWN } from "../browser/element-data.mjs";
import { REPORT, testHost } from "./host.mjs";

const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
/** A page that has not said how it went by then never will. */
const PATIENCE = 60_000;
const POLICY = /script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+';.* style-src 'self';/;

/** A test of one browser, which `launch` starts. */
export function testBrowser(name, launch) {
  testHost(name, "browser", async (project, context) => {
    await draw(project);
    const server = await serve({ page: project.place, pkg: project.path("node_modules/starwise") });
    project.onClose(server.close);
    const browser = await launch();
    project.onClose(browser.close);
    context.diagnostic(`${browser.name} ${browser.version}`);
    const ask = (program) => answerOf(browser, `${server.address}?${program}`);

    await context.test("10,000 histories and all cases", async () => {
      const { headers } = await fetch(server.address);
      assert.match(headers.get("content-security-policy"), POLICY);
      assert.equal(await ask("histories"), REPORT);
    });

    await context.test("custom elements come alive", async () => {
      assert.deepEqual(await ask("elements"), {
        hadShadows: [true, true], isKept: true, hasSheets: true, isSame: [true, true], looksSame: [true, true], isSeen: true,
        actions: ["invite", "invite"], changed: "1 of 5 stars",
      });
      mkdirSync(SCREENSHOTS, { recursive: true });
      await browser.screenshot(join(SCREENSHOTS, `elements-${browser.name}.png`));
    });

    await context.test("where WebAssembly is refused, it is told by a code", async () => {
      assert.deepEqual(await ask("refused"), {
        codes: ["start-refused", "start-refused", "start-refused", "start-missing"],
        told: Array(3).fill("start-refused"), isFallback: true, words: "two of five",
      });
    });

    await context.test("a worker scores many customers", async () => {
      assert.deepEqual(await ask("worker"), { subjects: [[3, 7], ["ana", "bo"]], isSame: true, fault: "line-invalid-subject", stopped: "AbortError" });
    });

    for (const storage of ["indexed", "local"]) {
      await context.test(`two pages see each other's events: ${storage}`, async () => {
        assert.deepEqual(await ask(`tabs&${storage}`), []);
      });

      await context.test(`a ledger outlives its page: ${storage}`, async () => {
        for (const points of [0, 1, 2, 3]) assert.deepEqual(await ask(`keep&${storage}`), { points, troubles: [] });
      });
    }
  });
}

/** Puts elements into the page, as a server would. */
async function draw(project) {
  const { renderElement } = await import(pathToFileURL(project.path("node_modules/starwise/elements.node.js")));
  const elements = ["stars", "checklist"].map((name) => {
    const [property, data] = SHOWN[name];
    return renderElement(`starwise-${name}`, { [property]: data }, { stylesheet: "/node_modules/starwise/starwise.css" });
  });
  const html = readFileSync(project.path("index.html"), "utf8");
  project.write("index.html", html.replace("<!-- what a server drew -->", () => elements.join("\n")));
}

/** What a page gives. */
async function answerOf(browser, address) {
  await browser.open(address);
  let title = "";
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    title = await browser.title();
    if (/^(done|failed) /.test(title)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(title.startsWith("done "), `${address} in ${browser.name} ${browser.version}: ${title}`);
  return JSON.parse(title.slice("done ".length));
}
