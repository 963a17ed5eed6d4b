// The edge worker under test: in workerd, in a process of its own that can be killed, with storage on disk.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { tokenOf } from "../../www/edge/token.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const START_MS = 60_000;
export const SECRET = "a secret of the tests, of 32 or more characters";

/** Nothing is refused for coming too often, but where a file of tests says so. */
const UNLIMITED = { REQUESTS_PER_MINUTE: "1000000000", BACKEND_REQUESTS_PER_MINUTE: "1000000000", FORGERIES_PER_MINUTE: "1000000000" };

/** A bearer header of these claims: `{ scope, sub }`. */
export function bearer(claims, secret = SECRET) {
  return { Authorization: `Bearer ${tokenOf(secret, claims)}` };
}

const running = [];
after(async () => {
  for (const edge of running) await edge.remove();
});

/**
 * Starts the worker in a child process, which ends with the file of tests.
 *
 * @param {{ model?: object, entry?: string, variables?: Record<string, string>, options?: object, parts?: { worker?: string, object?: string }, isQuiet?: boolean, handlers?: string }}
 *   settings another model than the worker's own, and with it the source of other handlers, or another worker; variables; plain options of Miniflare; files that stand in for `cloudflare.js` and
 *   `customer-object.js`; whether what it prints is dropped, where errors are the point (`EDGE_LOUD=1` shows it)
 * @returns {Promise<Edge>}
 */
export async function startEdge({ model, entry: own, variables = {}, options = {}, parts, isQuiet = false, handlers } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "starwise-edge-"));
  const entry = own ?? (model && join(folder, "worker.mjs"));
  if (model) writeFileSync(entry, entryOf(model, parts, handlers));
  const edge = new Edge({ folder, entry, variables: { TOKEN_SECRET: SECRET, ...UNLIMITED, ...variables }, options: { ratelimits: {}, ...options }, parts, isQuiet, handlers });
  running.push(edge);
  await edge.start();
  return edge;
}

/** The worker with another model, and perhaps other parts; `handlers` is the source of other handlers, over `worker`. */
function entryOf(model, { worker = "../../www/edge/cloudflare.js", object = "../../www/edge/durable/customer-object.js" } = {}, handlers = "worker") {
  const at = (path) => JSON.stringify(here(path));
  return `import { workerOf } from ${at(worker)};
import { customerObject } from ${at(object)};
export { CensusObject } from ${at("../../www/edge/durable/census-object.js")};
export { RegisterObject } from ${at("../../www/edge/durable/register-object.js")};
const model = ${JSON.stringify(model)};
export const CustomerObject = customerObject(model);
const worker = workerOf(model);
export default ${handlers};
`;
}

class Edge {
  #settings;
  #child;
  /** A process that has loaded all it needs, for the next start: most of a start is that. */
  #spare;
  #dispatched = 0;
  address;

  constructor(settings) {
    this.#settings = settings;
  }

  /** Starts it, or starts it again over what is on disk; `settings` replace those of before. */
  async start(settings = {}) {
    Object.assign(this.#settings, settings);
    if (settings.model) {
      this.#settings.entry = join(this.#settings.folder, "worker.mjs");
      writeFileSync(this.#settings.entry, entryOf(settings.model, this.#settings.parts, this.#settings.handlers));
    }
    const { folder, entry, variables, options } = this.#settings;
    const child = this.#spare ?? forked(this.#settings);
    this.#spare = undefined;
    this.#child = child;
    child.send({ folder, entry, variables, options });
    this.address = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the worker did not start in time")), START_MS);
      child.once("message", (message) => {
        clearTimeout(timer);
        if (message.address) resolve(message.address);
        else reject(new Error(message.error));
      });
      child.once("exit", (code) => reject(new Error(`the worker ended as it started: ${code}`)));
    });
  }

  /** Makes the next start a quick one. */
  prepare() {
    this.#spare ??= forked(this.#settings);
  }

  /** Hands over a batch of the queue: `{ ackAll, retryMessages, explicitAcks, outcome }`. */
  batch(messages) {
    return this.#dispatch({ batch: messages });
  }

  /** Lets the clock of the cron strike. */
  strike(scheduledTime = Date.now()) {
    return this.#dispatch({ scheduled: { cron: "15 2 * * *", scheduledTime } });
  }

  #dispatch(event) {
    const child = this.#child;
    const number = (this.#dispatched += 1);
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        child.off("message", hear);
        child.off("exit", leave);
        settle(value);
      };
      const hear = (message) => message.number === number && (message.error ? done(reject, new Error(message.error)) : done(resolve, message.result));
      const leave = () => done(reject, new Error("the worker was gone before it answered"));
      child.on("message", hear);
      child.on("exit", leave);
      child.send({ number, ...event });
    });
  }

  /** Kills Node and workerd at once, as a power cut would. */
  async kill() {
    await killed(this.#child);
  }

  /** Kills it, and removes what it has written. */
  async remove() {
    await this.kill();
    await killed(this.#spare);
    rmSync(this.#settings.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Asks the worker; `{ status, headers, body }`, with JSON read. */
  async ask(method, path, { claims, body, headers = {} } = {}) {
    const isText = typeof body === "string" || body === undefined;
    const response = await fetch(this.address + path, {
      method,
      // A connection each: workerd now and then resets one that is used again while the machine is busy.
      headers: { Connection: "close", ...(claims && bearer(claims)), ...headers },
      body: isText ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = text !== "" && /json/.test(response.headers.get("content-type"));
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

function forked({ isQuiet }) {
  const stdio = isQuiet && !process.env.EDGE_LOUD ? ["ignore", "ignore", "ignore", "ipc"] : ["inherit", "inherit", "inherit", "ipc"];
  return fork(here("edge-process.mjs"), [], { detached: true, stdio, execArgv: [], env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
}

/** Kills a process and what it has started. */
async function killed(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await ended;
}
