/*
 * Customers over a key-value store: for each a snapshot of their ledger, merged on write. What is sent becomes a small ledger of
 * its own; it is merged into the one that is kept, and that is written if nobody else has written meanwhile; else once more,
 * over what they wrote. Merging makes no difference between orders and counts nothing twice, so no write is ever in the way.
 *
 * A store has:
 *   read(name)                   `{ bytes, stamp }`, or undefined
 *   write(name, bytes, stamp)    whether it was written: only over what has this stamp, or where there is nothing, undefined
 *   remove(name)
 */
import { base64Of } from "./bytes.js";
import { Customer } from "./customer.js";
import { answered, Fault } from "./fault.js";
import { packed, unpacked } from "./record.js";
import { soundOf } from "./rules.js";

const TRIES = 20;
const PAUSE_MS = 10;

/** @param {{ store: object, rules: Promise<object>, settings: object, now?: () => number }} platform */
export function keptCustomers(platform) {
  return { of: (name) => new KeptCustomer(name, { now: Date.now, ...platform }) };
}

class KeptCustomer {
  #name;
  #platform;

  constructor(name, platform) {
    this.#name = name;
    this.#platform = platform;
  }

  /** Takes in events: `{ taken, refused }`. */
  record(_name, parcel, { pastMs } = {}) {
    return this.#answered(async (found) => {
      const { settings: { aheadMs }, now } = this.#platform;
      const sent = this.#customerFrom(found);
      const { taken, refused } = sent.add(parcel, { nowMs: now(), aheadMs, pastMs });
      if (taken.length) await this.#change(found, ({ ledger }) => ledger.merge(sent.ledger));
      sent.free();
      return { taken: taken.length, refused };
    });
  }

  /** Sets the profile; the zone only of a customer who has no events yet, since they are counted by its days. */
  describe(_name, { profile, timeZone, dayStartHour }) {
    return this.#answered(async (found) => {
      await this.#change(found, ({ ledger }) => {
        const next = { profile: profile ?? ledger.profile, timeZone: timeZone ?? ledger.timeZone, dayStartHour: dayStartHour ?? ledger.dayStartHour };
        if (next.timeZone !== ledger.timeZone || next.dayStartHour !== ledger.dayStartHour) {
          if (ledger.size) throw new Fault(409, "zone-fixed", "the zone can only be set before there are events: they were counted by its days", { path: "timeZone" });
          return this.#customerFrom(found, undefined, next);
        }
        ledger.profile = next.profile;
        return undefined;
      });
      return {};
    });
  }

  /** Answers a question: `{ body, until, revision }`; `isUnchanged` where the asker's answer, of `known`, still holds. */
  ask(what, options, known) {
    return this.#answered(async (found) => {
      const kept = await this.#kept();
      const revision = `${found.version.slice(0, 8)}-${kept.head.revision}${this.#baselineTag(found)}`;
      if (known?.revision === revision && options.at < known.until) return { isUnchanged: true, ...known };
      const customer = this.#customerFrom(found, kept);
      const answer = customer.answer(what, options);
      customer.free();
      return { ...answer, revision };
    });
  }

  /** All that is held: the ledger, as `Ledger.fromBytes` reads it. It keeps what the model reads of events, not the events. */
  export(name) {
    return this.#answered(async (found) => {
      const kept = await this.#kept();
      const customer = this.#customerFrom(found, kept);
      const { profile, timeZone, dayStartHour, size } = customer.ledger;
      customer.free();
      return { customer: name, profile, timeZone, dayStartHour, size, snapshot: base64Of(kept.bytes) };
    });
  }

  forget(name) {
    return this.#answered(async () => {
      await this.#platform.store.remove(name);
      return {};
    });
  }

  async #kept() {
    const kept = await this.#platform.store.read(this.#name);
    if (!kept) throw new Fault(404, "customer-unknown", "nothing is known of this customer");
    return unpacked(kept.bytes);
  }

  /** Changes what is kept; `work` may give another customer instead. */
  async #change(found, work) {
    const { store, now } = this.#platform;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const kept = await store.read(this.#name);
      const record = kept && unpacked(kept.bytes);
      const customer = this.#customerFrom(found, record);
      const changed = work(customer) ?? customer;
      // Of one who was forgotten and comes back, no number is one of before.
      const head = { version: found.version, revision: (record?.head.revision ?? now()) + 1 };
      const isWritten = await store.write(this.#name, packed(head, changed.ledger.toBytes()), kept?.stamp);
      customer.free();
      if (changed !== customer) changed.free();
      if (isWritten) return;
      // Somebody else was quicker; the more of them, the longer the pause.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (tries + 1) * Math.random()));
    }
    throw new Fault(503, "unavailable", "too many write about this customer at once: send it again");
  }

  /** What is kept, or somebody of whom nothing is; of another model's snapshot what its events allow: see "Another model" of the ledger's documentation. */
  #customerFrom(found, kept, description) {
    const { baseline } = this.#platform.settings;
    return Customer.of(found, { ...description, baseline, ...(kept && { bytes: kept.bytes, rebase: kept.head.version !== found.version }) });
  }

  /** There is no census here, so the baseline is the one of the settings; with another one answers are others. */
  #baselineTag({ needsBaseline }) {
    return needsBaseline ? `-${String(this.#platform.settings.baseline).replace(/\W/g, "_")}` : "";
  }

  /** Does work with the model of the deployment, as a customer elsewhere does. */
  #answered(work) {
    return answered(async () => work(await soundOf(this.#platform.rules)));
  }
}
