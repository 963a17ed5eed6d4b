// Load on the edge worker, in workerd on this machine: scoring and taking events in, at 1, 100 and 10,000 customers, with CPU and
// memory of the runtime's process. Run by `make edge-load`; the machine should have nothing else to do.
import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { tokenOf } from "../../www/edge/token.mjs";

const SECRET = "a secret of the load, of 32 or more characters";
const SECONDS = Number(process.env.LOAD_SECONDS ?? 8);
const CUSTOMERS = (process.env.LOAD_CUSTOMERS ?? "1,100,10000").split(",").map(Number);
const EVENTS_OF_EACH = 20;
const CONNECTIONS = 16;
const BODY_EVENTS = 400;
const TYPES = ["task.added", "task.completed", "comment.written", "member.invited"];
const HOUR_MS = 3_600_000;
/** Objects are put to sleep after ten seconds of nothing. One that is awake has three files open, of the 20,000 or so that a process may have. */
const ASLEEP_MS = 15_000;
/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

const ingest = { Authorization: `Bearer ${tokenOf(SECRET, { scope: "ingest" })}` };
const admin = { Authorization: `Bearer ${tokenOf(SECRET, { scope: "admin" })}` };
const now = Date.now();
const rows = [];

for (const customers of CUSTOMERS) {
  const folder = mkdtempSync(join(tmpdir(), "starwise-load-"));
  const { address, child } = await start(folder);
  try {
    const worker = runtimeOf(child.pid);
    const idle = memoryOf(worker);
    const began = performance.now();
    await fill(address, customers);
    const seconds = (performance.now() - began) / 1000;
    const before = memoryOf(worker);
    rows.push(row(customers, "a score", await load(worker, { url: address, requests: scores(customers) })));
    rows.push(row(customers, "an event", await load(worker, { url: address, requests: single(customers) })));
    rows.push(row(customers, "50 events of one", await load(worker, { url: address, requests: parcels(customers, 50) })));
    const disk = bytesOf(folder);
    console.log(`${customers} customers: ${mebibytes(idle)} MB as it starts, ${mebibytes(before)} MB when all had ${EVENTS_OF_EACH} events (${seconds.toFixed(1)} s), ${mebibytes(memoryOf(worker))} MB at the end; ${mebibytes(disk)} MB on disk`);
  } finally {
    process.kill(-child.pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
console.table(rows);

async function start(folder) {
  const child = fork(fileURLToPath(new URL("../edge/edge-process.mjs", import.meta.url)), [], { detached: true });
  // Nothing is refused for coming too often, neither by a machine's own count nor by the platform's.
  child.send({ folder, variables: { TOKEN_SECRET: SECRET, REQUESTS_PER_MINUTE: "1000000000", BACKEND_REQUESTS_PER_MINUTE: "1000000000" }, options: { ratelimits: {} } });
  const { address, error } = await new Promise((resolve) => child.once("message", resolve));
  if (error) throw new Error(error);
  return { address, child };
}

/** Each customer's first events, in bodies of many customers. */
async function fill(address, customers) {
  const events = [];
  for (let customer = 0; customer < customers; customer += 1) {
    for (let number = 0; number < EVENTS_OF_EACH; number += 1) events.push({ customer: `c${customer}`, id: `first-${number}`, type: TYPES[number % 4], time: now - number * 7 * HOUR_MS, data: { task: `${number % 5}`, email: `${number % 3}@example.com` } });
  }
  for (let from = 0; from < events.length; from += BODY_EVENTS) {
    const response = await fetch(`${address}events`, { method: "POST", headers: ingest, body: JSON.stringify(events.slice(from, from + BODY_EVENTS)) });
    const { taken, refused } = await response.json();
    if (refused.length) throw new Error(`${taken} taken, ${JSON.stringify(refused[0])}`);
  }
}

async function load(worker, { url, requests }) {
  await new Promise((resolve) => setTimeout(resolve, ASLEEP_MS));
  const cpuBefore = cpuOf(worker);
  const found = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, requests });
  const failed = found.non2xx + found.errors + found.timeouts;
  if (failed) console.warn(`${failed} of ${found.requests.total} requests failed: ${JSON.stringify(found.statusCodeStats)}`);
  return { found, cpuMs: cpuOf(worker) - cpuBefore };
}

function row(customers, what, { found, cpuMs }) {
  return {
    customers,
    what,
    "requests/s": Math.round(found.requests.average),
    "median ms": found.latency.p50,
    "p97.5 ms": found.latency.p97_5,
    "p99 ms": found.latency.p99,
    "CPU ms/request": Number((cpuMs / found.requests.total).toFixed(2)),
  };
}

function scores(customers) {
  let number = 0;
  return [{ method: "GET", headers: admin, setupRequest: (request) => ({ ...request, path: `/score/c${number++ % customers}` }) }];
}

function single(customers) {
  let number = 0;
  return [{ method: "POST", path: "/events", headers: ingest, setupRequest: (request) => ({ ...request, body: JSON.stringify(eventOf(number % customers, number++)) }) }];
}

function parcels(customers, size) {
  let number = 0;
  return [{
    method: "POST",
    path: "/events",
    headers: ingest,
    setupRequest: (request) => ({ ...request, body: JSON.stringify(Array.from({ length: size }, () => eventOf(Math.floor(number / size) % customers, number++))) }),
  }];
}

function eventOf(customer, number) {
  return { customer: `c${customer}`, id: `${number}-${Math.random()}`, type: TYPES[number % 4], time: Date.now() - (number % 1000) * 60_000, data: { task: `${number % 5}` } };
}

/** The process of workerd below one of Node. */
function runtimeOf(parent) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid);
    if (fields && Number(fields[1]) === parent && /workerd/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))) return pid;
  }
  throw new Error("no workerd was found");
}

/** State, parent and what follows, of a process's status line. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function cpuOf(pid) {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Resident memory, in bytes. */
function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}

function bytesOf(folder) {
  return readdirSync(folder, { recursive: true }).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

function mebibytes(bytes) {
  return Math.round(bytes / 1024 / 1024);
}
