// A ledger that is nothing but the set of its events, with the contract of the real one: what is added twice by merging
// counts once, and bytes that are damaged, foreign, newer or empty are refused.
import { createHash } from "node:crypto";

const VERSION = 1;
const fault = (code) => Object.assign(new Error(code), { code });

export class FakeLedger {
  #events = new Map();
  #next = 0;

  constructor(model, { profile = null, replica = "none" } = {}) {
    this.model = model;
    this.profile = profile;
    this.replica = replica;
  }

  add(events) {
    for (const event of [events].flat()) {
      if (typeof event !== "string") throw fault("event-wrong-type");
      this.#alive().set(`${this.replica}/${this.#next++}`, event);
    }
  }

  score({ at = 0 } = {}) {
    return { at, points: this.#alive().size, nextChange: null };
  }

  /** What was added, in a fixed order; the same event added twice stands twice. */
  get events() {
    return [...this.#alive().values()].sort();
  }

  toBytes() {
    return snapshotOf({ version: VERSION, model: this.model, profile: this.profile, events: [...this.#alive()] });
  }

  static fromBytes(model, bytes, { rebase = false, replica } = {}) {
    const { version, model: foreign, profile, events } = contentOf(bytes);
    if (version > VERSION) throw fault("snapshot-newer");
    if (foreign !== model && !rebase) throw fault("snapshot-foreign");
    if (foreign === "beyond rebasing") throw fault("snapshot-foreign");
    const ledger = new FakeLedger(model, { profile, replica });
    ledger.#events = new Map(events);
    return ledger;
  }

  merge(other) {
    const ledger = other instanceof FakeLedger ? other : FakeLedger.fromBytes(this.model, other);
    for (const [id, event] of ledger.#alive()) this.#alive().set(id, event);
  }

  free() {
    this.#events = undefined;
  }

  #alive() {
    if (this.#events) return this.#events;
    throw fault("ledger-freed");
  }
}

/** Any snapshot, sound in its checksum. */
export function snapshotOf(content) {
  const text = JSON.stringify(content);
  return new TextEncoder().encode(digestOf(text) + text);
}

function contentOf(bytes) {
  const text = new TextDecoder().decode(bytes);
  const json = text.slice(8);
  if (digestOf(json) !== text.slice(0, 8)) throw fault("snapshot-damaged");
  return JSON.parse(json);
}

function digestOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
