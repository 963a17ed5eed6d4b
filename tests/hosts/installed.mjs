// Packages of hosts: $STARWISE_TOOLS/hosts/<host>/node_modules, installed when the host's lock file changes.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const CACHE = join(process.env.STARWISE_TOOLS ?? join(homedir(), ".cache/starwise/tools"), "hosts");

/** The node_modules of a host, as its lock file has them; none where it has none. */
export async function installed(folder) {
  if (!existsSync(here(`${folder}/package-lock.json`))) return undefined;
  const place = join(CACHE, folder);
  const lock = readFileSync(here(`${folder}/package-lock.json`), "utf8");
  const stamp = join(place, "installed-lock.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return join(place, "node_modules");
  console.log(`hosts: installing ${folder}`);
  mkdirSync(place, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(here(`${folder}/${file}`), join(place, file));
  // Not `npm ci`: it asks for the packages of every platform, and a registry need not have them all.
  rmSync(join(place, "node_modules"), { recursive: true, force: true });
  await run("npm", ["install", "--no-save", "--silent", "--no-audit", "--no-fund"], { cwd: place, maxBuffer: 1e8 });
  writeFileSync(stamp, lock);
  return join(place, "node_modules");
}
