/*
 * Looks for changes since others were last told. They go to the outbox in the same transaction that takes note of them: none is
 * told twice, none is lost. Nothing here waits.
 */
import { changesBetween, dated } from "../core/changes.js";
import { messagesOf } from "../core/message.js";

export class Lookout {
  #storage;
  #kept;
  #outbox;
  #identity;

  /** @param {{ storage, kept: KeptLedger, outbox: Outbox, identity: string }} object identity is the customer's, in ids of messages */
  constructor({ storage, kept, outbox, identity }) {
    this.#storage = storage;
    this.#kept = kept;
    this.#outbox = outbox;
    this.#identity = identity;
  }

  /** Whether the customer was looked at by the model and target of now. */
  isOf(found, { baseline }) {
    return this.#kept.read("looked") === rulesName(found, baseline);
  }

  /** Where the customer stands; whoever listens is told of what changed. */
  look(found, customer, { webhooks, labels, nowMs }) {
    const standing = customer.standing(nowMs);
    const told = this.#kept.read("told") ?? { ...customer.blank(nowMs), audiences: [], number: 0, life: crypto.randomUUID().slice(0, 8), at: -Infinity };
    // Under another model or baseline nothing came by time: all is as it is from now on.
    const isSame = this.isOf(found, customer);
    const fromMs = isSame ? Math.max(told.at, this.#kept.takenMs) : nowMs;
    const changes = dated(changesBetween(told, standing), customer.ledger, { fromMs, nowMs, baseline: customer.baseline });
    this.#storage.transactionSync(() => {
      if (!isSame) this.#kept.write("looked", rulesName(found, customer.baseline));
      if (!changes.length) return;
      const number = told.number + 1;
      const news = { identity: `${this.#identity}_${told.life}`, number, name: this.#kept.read("name"), changes, standing, labels };
      this.#outbox.add(messagesOf(webhooks, news), nowMs);
      this.#kept.write("told", { ...standing, number, life: told.life, at: nowMs });
    });
    return standing;
  }
}

/** What a customer was looked at by: the model, and the target where that is a baseline. */
function rulesName({ version, needsBaseline }, baseline) {
  return needsBaseline ? `${version}/${baseline}` : version;
}
