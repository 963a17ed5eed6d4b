// Three browsers, driven alike: `open` an address, read the `title`, take a `screenshot`, `close`. More is not asked of them: the
// pages test themselves and say in their title how it went, so that the same test runs in each, as a user's script would.
import { spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launchChromium } from "../chromium.mjs";
import { freePort } from "../port.mjs";
import { isExecutable, programOf } from "../program.mjs";
import { installed } from "./installed.mjs";

const SIZE = { width: 800, height: 600 };
const LIBRARIES = "/usr/lib";
/** Whatever a browser is asked, it has answered by then, or never will. */
const PATIENCE = 60_000;
/** A browser that was told to go has gone by then, or is killed. */
const FAREWELL = 10_000;

/** Chromium, by Playwright. */
export async function chromium() {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: SIZE });
  return bounded("Chromium", {
    version: browser.version(),
    open: (address) => page.goto(address),
    title: () => page.title(),
    screenshot: (path) => page.screenshot({ path }),
    close: () => browser.close(),
    kill: () => void browser.close().catch(() => {}),
  });
}

/** Firefox, by Puppeteer over WebDriver BiDi, which it speaks itself. */
export async function firefox() {
  const { default: puppeteer } = await driver("puppeteer-core");
  const executablePath = process.env.FIREFOX ?? needed(["firefox-esr", "firefox"], "firefox");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout: PATIENCE, protocolTimeout: 2 * PATIENCE, defaultViewport: SIZE });
  const page = await browser.newPage();
  return bounded("Firefox", {
    version: await browser.version(),
    open: (address) => page.goto(address),
    title: () => page.title(),
    screenshot: (path) => page.screenshot({ path }),
    close: () => browser.close(),
    kill: () => browser.process()?.kill("SIGKILL"),
  });
}

/** WebKit, by Selenium: WebKitGTK's own driver and small browser, on a screen that is none. */
export async function webkit() {
  const { Builder } = await driver("selenium-webdriver");
  const program = needed(["WebKitWebDriver"], "webkit");
  const screen = await started(needed(["Xvfb"], "webkit"), ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {});
  const display = await within(PATIENCE, "Xvfb did not start", new Promise((resolve) => screen.stdio[3].once("data", resolve)));
  const port = await freePort();
  const env = { DISPLAY: `:${`${display}`.trim()}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const server = await started(program, [`--port=${port}`], env);
  const kill = () => {
    end(server, "SIGKILL");
    end(screen, "SIGTERM");
  };
  try {
    const address = `http://127.0.0.1:${port}`;
    await answering(`${address}/status`);
    const options = { binary: miniBrowser(), args: ["--automation"] };
    const capabilities = { browserName: "MiniBrowser", "webkitgtk:browserOptions": options };
    const session = await within(PATIENCE, "WebKit did not start", new Builder().disableEnvironmentOverrides().usingServer(address).withCapabilities(capabilities).build());
    await session.manage().setTimeouts({ pageLoad: PATIENCE });
    await session.manage().window().setRect({ x: 0, y: 0, ...SIZE });
    return bounded("WebKit", {
      version: (await session.getCapabilities()).getBrowserVersion(),
      open: (address) => session.get(address),
      title: () => session.getTitle(),
      screenshot: async (path) => writeFileSync(path, await session.takeScreenshot(), "base64"),
      close: () => session.quit(),
      kill,
    });
  } catch (cause) {
    kill();
    throw cause;
  }
}

/** The same browser, where nothing takes longer than it may: one that hangs is killed, so that whatever is asked next fails at once. */
function bounded(name, { version, open, title, screenshot, close, kill }) {
  let isGone = false;
  const giveUp = () => {
    isGone = true;
    kill();
  };
  return {
    name,
    version,
    open: (address) => within(PATIENCE, `${name} did not open ${address}`, open(address), giveUp),
    title: () => within(PATIENCE, `${name} did not tell the title`, title(), giveUp),
    screenshot: (path) => within(PATIENCE, `${name} took no screenshot`, screenshot(path), giveUp),
    close: async () => {
      if (!isGone) await within(FAREWELL, `${name} did not close`, close()).finally(kill);
    },
  };
}

function within(ms, message, promise, onLate = () => {}) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${message} within ${ms / 1000} s`));
      onLate();
    }, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A program that runs until it is ended, or this one is. */
async function started(program, args, env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "ignore", "pipe"], detached: true });
  process.once("exit", () => end(child, "SIGKILL"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  return child;
}

/** Ends a program with its children; what is gone already stays so. */
function end(child, signal) {
  if (child.isEnded) return;
  child.isEnded = true;
  child.stdio[3].destroy();
  try {
    process.kill(-child.pid, signal);
  } catch (cause) {
    if (cause.code !== "ESRCH") throw cause;
  }
}

async function answering(address) {
  for (const last = Date.now() + PATIENCE; Date.now() < last;) {
    if (await fetch(address, { signal: AbortSignal.timeout(1000) }).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at ${address}`);
}

/** A library of `tests/hosts/drivers`. */
async function driver(name) {
  const require = createRequire(join(await installed("drivers"), "any.js"));
  return import(require.resolve(name));
}

function needed(names, need) {
  const found = programOf(names);
  if (!found) throw new Error(`no ${names[0]} found: run \`.ci/tools.sh ${need}\``);
  return found;
}

/** It lies beside the library: /usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser. */
function miniBrowser() {
  const inside = (folder, begin) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.startsWith(begin)).map(({ name }) => join(folder, name));
  const places = inside(LIBRARIES, "").flatMap((folder) => inside(folder, "webkit")).map((folder) => join(folder, "MiniBrowser"));
  const found = places.find(isExecutable);
  if (!found) throw new Error("no MiniBrowser found: run `.ci/tools.sh webkit`");
  return found;
}
