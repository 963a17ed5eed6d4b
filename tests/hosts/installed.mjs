// Packages of hosts: $STARWISE_TOOLS/hosts/<host>/node_modules, installed when the host's lock file changes.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const CACHE = join(process.env.STARWISE_TOOLS ?? join(homedir(), ".cache/starwise/tools"), "hosts");

/** So long may npm take, and once more. */
const INSTALL_MS = 180_000;
/** A lock that is older was left by somebody who was killed. */
const LOCK_MS = 2 * INSTALL_MS + 30_000;

/** The node_modules of a host, as its lock file has them; none where it has none. */
export async function installed(folder) {
  if (!existsSync(here(`${folder}/package-lock.json`))) return undefined;
  const place = join(CACHE, folder);
  const lock = readFileSync(here(`${folder}/package-lock.json`), "utf8");
  const stamp = join(place, "installed-lock.json");
  const isThere = () => existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
  if (!isThere()) {
    await alone(`${place}.lock`, async () => {
      if (isThere()) return;
      await install(folder, place);
      writeFileSync(stamp, lock);
    });
  }
  return join(place, "node_modules");
}

async function install(folder, place) {
  console.log(`hosts: installing ${folder}`);
  mkdirSync(place, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(here(`${folder}/${file}`), join(place, file));
  rmSync(join(place, "node_modules"), { recursive: true, force: true });
  // Not `npm ci`: it asks for the packages of every platform, and a registry need not have them all.
  const npm = () => run("npm", ["install", "--no-save", "--silent", "--no-audit", "--no-fund"], { cwd: place, maxBuffer: 1e8, timeout: INSTALL_MS });
  await npm().catch((error) => {
    console.error(`hosts: ${error.message.split("\n")[0]}; once more`);
    return npm();
  });
}

/** Several files of tests run at the same time, and may want the same host. */
async function alone(lock, work) {
  mkdirSync(CACHE, { recursive: true });
  while (!took(lock)) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function took(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - made > LOCK_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
