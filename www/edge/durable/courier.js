/*
 * Brings messages to those who listen: to each in order, to all side by side. Nothing waits for it, neither calls nor other
 * listeners. What is under way is only known in memory: after a crash the same message goes out again, under the same id.
 */
import { againAt, deliver } from "../core/delivery.js";

/** So many messages go to a listener in a row; then the alarm goes on. */
const IN_A_ROW = 20;
/** A message under way is looked after so many times the time that its listener has. */
const LEASE = 1.5;

export class Courier {
  #outbox;
  /** Of each listener who is being served, until when that takes at most. */
  #busy = new Map();

  constructor(outbox) {
    this.#outbox = outbox;
  }

  /** When there is something to do next; Infinity where nothing waits. */
  get nextMs() {
    return Math.min(...this.#outbox.heads().map(({ listener, due }) => this.#busy.get(listener) ?? due));
  }

  /** Sends what is due; `after` is called whenever a listener is done with. */
  start({ webhooks, ...settings }, after) {
    for (const { listener, due } of this.#outbox.heads()) {
      const webhook = webhooks.find(({ id }) => id === listener);
      if (!webhook) this.#drop(listener);
      else if (due <= Date.now() && !this.#busy.has(listener)) this.#serve(webhook, settings).catch(console.error).finally(() => this.#done(listener, after));
    }
  }

  async #serve(webhook, settings) {
    for (let count = 0; count < IN_A_ROW; count += 1) {
      const message = this.#outbox.head(webhook.id);
      if (!message || message.due > Date.now()) return;
      this.#busy.set(webhook.id, Date.now() + LEASE * settings.timeoutMs);
      const verdict = await deliver({ webhook, id: message.id, body: message.body }, settings);
      // Where the customer was forgotten in the meantime, there is nothing to take note in.
      this.#note(message, verdict, settings);
    }
  }

  #note(message, { is, fault, waitMs }, { firstMs }) {
    if (is === "taken") this.#outbox.remove(message);
    else if (is === "gone") this.#outbox.giveUp(message, "status 410: the listener is gone");
    else {
      const dueMs = againAt({ attempts: message.attempts, sinceMs: message.since, waitMs }, { nowMs: Date.now(), firstMs });
      if (dueMs === undefined) this.#outbox.giveUp(message, `three days without success, at last: ${fault}`);
      else this.#outbox.postpone(message, dueMs);
    }
  }

  #done(listener, after) {
    this.#busy.delete(listener);
    after();
  }

  /** Of a listener who is no longer in the settings. */
  #drop(listener) {
    for (let message = this.#outbox.head(listener); message; message = this.#outbox.head(listener)) {
      this.#outbox.giveUp(message, "the listener is no longer in WEBHOOKS");
    }
  }
}
