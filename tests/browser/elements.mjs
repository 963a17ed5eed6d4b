// Pages with elements under a strict policy: served, opened, held to a clean console, and read as users would read them.
/* global heard, settled */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { serve } from "../../www/playground/serve.mjs";
import { launchChromium } from "../chromium.mjs";
import { PACKAGE, SCREENSHOTS } from "./playground.mjs";

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'nonce-abc'",
  "object-src 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types starwise",
].join("; ");

/** The same policy where WebAssembly is refused. */
export const NO_WASM = POLICY.replace(" 'wasm-unsafe-eval'", "");
/** And where markup of starwise is. */
export const NO_MARKUP = POLICY.replace("trusted-types starwise", "trusted-types 'none'");

const PACKAGE_PATH = "/node_modules/starwise";
export const DEFINE = `${PACKAGE_PATH}/elements-define.js`;
export const STYLESHEET = `${PACKAGE_PATH}/starwise.css`;

/** `{ open(t, options), close() }`: a server and a browser for the tests of one file. */
export async function elementPages() {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const server = await serve({ pkg: PACKAGE });
  const browser = await launchChromium();

  /** Opens a page with this body. With `isBroken`, complaints are the test's own business: `page.complaints`. */
  async function open(t, { body = "", script = DEFINE, policy = POLICY, lang = "en", dir = "ltr", isBroken = false, helpers, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 800, height: 600 }, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    page.on("request", (request) => request.url().startsWith(server.address) || complaints.push(`asked for ${request.url()}`));
    await page.addInitScript(prepare);
    if (helpers) await page.addInitScript(helpers);
    await page.route(`${server.address}test`, (route) => route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "Content-Security-Policy": policy },
      body: `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta name="viewport" content="width=device-width"><title>Elements</title><link rel="icon" href="/star.svg">${script ? `<script type="module" src="${script}"></script>` : ""}</head><body><main>${body}</main></body></html>`,
    }));
    await page.goto(`${server.address}test`);
    if (script) await page.evaluate((address) => import(address), script);
    t.after(async () => {
      await context.close();
      if (!isBroken) assert.deepEqual(complaints, []);
    });
    return Object.assign(page, { complaints });
  }

  async function close() {
    await browser.close();
    await server.close();
  }

  return { address: server.address, open, close };
}

/** Runs in every page before anything else: what the tests ask it. */
function prepare() {
  addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  globalThis.heard = [];
  for (const type of ["action", "dismiss", "answer", "shown", "error"]) {
    addEventListener(`starwise-${type}`, (event) => {
      const { element, error, ...detail } = event.detail;
      heard.push({ type, name: element.localName, ...(error && { error: String(error), code: error.code }), ...detail });
      if (type === "error" && globalThis.isQuiet) event.preventDefault();
    });
  }
  // Steps and calls to action lead nowhere in a test.
  addEventListener("click", (event) => event.preventDefault());

  /** Adds an element with these properties to the page, and waits until it is drawn. */
  globalThis.show = async (name, properties, attributes = {}) => {
    const element = document.createElement(`starwise-${name}`);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    document.querySelector("main").append(Object.assign(element, properties));
    await settled(element);
    return element;
  };

  /** Waits until an element has drawn something else than its fallback. */
  globalThis.settled = async (element) => {
    for (let frame = 0; frame < 100 && element.shadowRoot.querySelector("slot"); frame += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve));
  };
}
