// Chromium for the tests: $CHROMIUM, or the one that is installed.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Launches it without a window; the caller closes it. */
export function launchChromium(options = {}) {
  return chromium.launch({ executablePath: findChromium(), args: ARGS, ...options });
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name)));
  const found = places.find(isExecutable);
  if (!found) throw new Error("no Chromium found: run `.ci/tools.sh chromium`, or say where it is in $CHROMIUM");
  return found;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
