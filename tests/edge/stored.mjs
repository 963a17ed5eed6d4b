// The edge handlers over key-value stores, as processes of their own: Deno with its KV, and Vercel's runtime with Redis.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installed } from "../hosts/installed.mjs";
import { freePort } from "../port.mjs";
import { SECRET } from "./edge.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = promisify(execFile);
const WAIT_MS = 30_000;
const children = new Set();
const closing = [];

after(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const close of closing) await close();
});

/** Deno with the records in a file: `{ address, kill() }`. */
export async function startDeno(file) {
  const port = await freePort();
  const program = `${await installed("deno")}/.bin/deno`;
  return started(program, ["run", "--quiet", "--unstable-kv", "--allow-all", "--node-modules-dir=manual", here("../../www/edge/deno.js")], port, { KV_PATH: file });
}

/** Vercel's runtime with the records in a Redis. */
export async function startVercel(redis) {
  const port = await freePort();
  return started(process.execPath, [here("vercel-process.mjs"), `${await installed("edge-runtime")}`], port, { KV_REST_API_URL: redis, KV_REST_API_TOKEN: "of the tests" });
}

/** Redis with commands over HTTP, as its hosted ones take them: its address. */
export async function startRedis() {
  const port = await freePort();
  const child = spawn("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], { stdio: "ignore" });
  children.add(child);
  const command = async (words) => JSON.parse((await run("redis-cli", ["-p", `${port}`, "--json", ...words])).stdout);
  await until(() => command(["PING"]).then(() => true, () => false));
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const found = await command(JSON.parse(Buffer.concat(chunks))).then((result) => ({ result }), ({ message }) => ({ error: message }));
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(found));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  return `http://127.0.0.1:${server.address().port}/`;
}

async function started(program, args, port, variables) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_TEST_CONTEXT: undefined, TOKEN_SECRET: SECRET, PORT: `${port}`, ...variables } });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const address = `http://127.0.0.1:${port}/`;
  const isUp = await until(() => child.exitCode !== null || fetch(`${address}health`).then((response) => response.text(), () => false));
  if (!isUp || child.exitCode !== null) throw new Error(`it did not start: ${output.slice(-3000)}`);
  return {
    address,
    async kill() {
      children.delete(child);
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function until(isSo) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end;) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
