// Who listens to webhooks, under test: takes down all that comes, and answers as a test says.
import { once } from "node:events";
import { createServer } from "node:http";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

const running = [];
after(() => {
  for (const receiver of running) receiver.close();
});

export async function startReceiver() {
  const receiver = new Receiver();
  running.push(receiver);
  await receiver.listen();
  return receiver;
}

class Receiver {
  #server = createServer((request, response) => this.#take(request, response));
  /** All that came: `{ path, headers, text, message, atMs }`. */
  taken = [];
  /** By path: what to answer, `{ status, headers }`, given the request and how many came before it on this path; `"hang"` is never to answer. */
  rules = {};

  async listen() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.address = `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** What came on a path. */
  on(path) {
    return this.taken.filter((item) => item.path === path);
  }

  /** Waits until what was taken has it. */
  async until(what, found) {
    const endMs = Date.now() + PATIENCE_MS;
    while (Date.now() < endMs) {
      const value = found();
      if (value) return value;
      await sleep(LOOK_MS);
    }
    throw new Error(`did not come: ${what}; there was\n${this.taken.map(({ path, text }) => `${path} ${text}`).join("\n")}`);
  }

  async #take(request, response) {
    let text = "";
    try {
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
    } catch {
      // Whoever sent it was killed.
      return;
    }
    const path = request.url;
    const before = this.on(path).length;
    const item = { path, headers: request.headers, text, message: JSON.parse(text), atMs: Date.now() };
    const answer = (await this.rules[path]?.(item, before)) ?? { status: 204 };
    this.taken.push(item);
    if (answer !== "hang") response.writeHead(answer.status, answer.headers).end();
  }
}
