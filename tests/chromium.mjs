// Chromium for the tests: $CHROMIUM, or the one that is installed.
import { chromium } from "playwright-core";
import { programOf } from "./program.mjs";

/** The first has no window to leave out, and asks less of the processor. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long one may take to start and to open a page: it needs 3 seconds on a machine that is busy. */
const START_MS = 60_000;
/** And to close. */
const CLOSE_MS = 15_000;

/** Launches it without a window; the caller closes it. One that does not answer is left, and another one launched. */
export async function launchChromium(options = {}) {
  try {
    return await launchOnce(options);
  } catch (error) {
    console.error(`chromium: ${error.message.split("\n")[0]} Launching it once more.`);
    return launchOnce(options);
  }
}

/** One that has opened a page, and whose `close` ends in any case: what is left of it is killed when the tests' process ends. */
async function launchOnce(options) {
  const settings = { executablePath: findChromium(), args: ARGS, timeout: START_MS, handleSIGTERM: false, ...options };
  const browser = await within(START_MS, chromium.launch(settings), "it did not start");
  const close = browser.close.bind(browser);
  browser.close = () => within(CLOSE_MS, close(), "it did not close").catch((error) => console.error(`chromium: ${error.message} It is left behind.`));
  try {
    await within(START_MS, opened(browser), "it started and opened no page");
  } catch (error) {
    void browser.close();
    throw error;
  }
  return browser;
}

async function opened(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.evaluate(() => document.title);
  await context.close();
}

/** What a promise gives, or an error when it has given nothing by then. */
async function within(milliseconds, promise, words) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${words} within ${milliseconds / 1000} seconds.`)), milliseconds);
  });
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// Whoever ends these tests early ends their browsers too, at once: playwright kills them on exit.
process.once("SIGTERM", () => process.exit(143));

function findChromium() {
  const found = process.env.CHROMIUM || programOf(NAMES);
  if (!found) throw new Error("no Chromium found: run `.ci/tools.sh chromium`, or say where it is in $CHROMIUM");
  return found;
}
