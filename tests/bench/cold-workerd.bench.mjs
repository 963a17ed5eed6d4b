// From starting workerd to the first answered request, each time in a new process. Its clock stands still while a worker
// runs, so time is taken outside, and a worker that imports nothing says what of it is workerd's own.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundled, CONTENDERS, NOTHING } from "./cold/bundle.mjs";
import { installed, printStarts, takeTurns } from "./cold/starts.mjs";

const COMPATIBILITY_DATE = "2026-04-01";
const require = createRequire(import.meta.url);
if (installed(["workerd"]).length === 0) process.exit();
const { default: workerd } = require("workerd");
const place = mkdtempSync(join(tmpdir(), "starwise-cold-"));

try {
  for (const name of Object.keys(CONTENDERS)) prepareWorker(name);
  const { version } = require("workerd/package.json");
  printStarts(`workerd ${version}, from its start`, await takeTurns(Object.keys(CONTENDERS), start), { nothing: NOTHING });
} finally {
  rmSync(place, { recursive: true, force: true });
}

function folderOf(name) {
  return join(place, CONTENDERS[name]);
}

function prepareWorker(name) {
  const { code, modules } = bundled(CONTENDERS[name], "worker");
  const write = (file, contents) => {
    const path = join(folderOf(name), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  };
  write("main.js", code);
  for (const [file, bytes] of Object.entries(modules)) write(file, bytes);
  const listed = Object.keys(modules).map((file) => `, (name = "${file}", wasm = embed "${file}")`);
  write(
    "config.capnp",
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed "main.js")${listed.join("")}],
  compatibilityDate = "${COMPATIBILITY_DATE}",
);
`,
  );
}

async function start(name) {
  const begin = performance.now();
  const stdio = ["ignore", "ignore", "inherit", "pipe"];
  const child = spawn(workerd, ["serve", join(folderOf(name), "config.capnp"), "--control-fd=3"], { stdio });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const port = await portOf(child);
    const result = await (await fetch(`http://127.0.0.1:${port}/`)).json();
    return { milliseconds: performance.now() - begin, result };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** It says where it listens, once it does. */
function portOf(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
    let said = "";
    child.stdio[3].on("data", (data) => {
      said += data;
      const [, port] = /"port":\s*(\d+)/.exec(said) ?? [];
      if (port) resolve(port);
    });
  });
}
