/*
 * A customer's ledger, in memory and in the journal. Nothing here waits: from opening to writing no other call comes in between,
 * and what fails half way is in neither place.
 */
import { Customer } from "../core/customer.js";
import { Fault } from "../core/fault.js";
import { Journal } from "./journal.js";

/** With so much after the snapshot, and an eighth of what is in it, it is written anew: so that this stays a small share of the work. */
const TAIL_ROWS = 64;
const TAIL_EVENTS = 2000;
const TAIL_SHARE = 1 / 8;
/** A journal with more than twice the events that it needs, and these, is written anew without what is in it twice. */
const SPARE_EVENTS = 2000;
/** One with more events, or characters, than these is left as it is: to go through it takes memory. */
const TIDY_EVENTS = 300_000;
const TIDY_LENGTH = 16 * 1024 * 1024;
/** More a journal does not take, as a ledger does not. */
const FULL_EVENTS = 1_000_000;
const NOBODY = { profile: {}, timeZone: "UTC", dayStartHour: 0 };

export class KeptLedger {
  #storage;
  #journal;
  #customer;
  /** What the journal has: events up to the snapshot, how many were left when it was last tidied; and what came after. */
  #base = { events: 0, tidied: 0 };
  #tail = { rows: 0, events: 0 };

  constructor(storage) {
    this.#storage = storage;
    this.#journal = new Journal(storage);
  }

  /** Whether anything is known of the customer. */
  get exists() {
    return this.#journal.exists;
  }

  read(key) {
    return this.#journal.exists ? this.#journal.read(key) : undefined;
  }

  write(key, value) {
    this.#journal.write(key, value);
  }

  /** Profile, zone, and the hour at which a day begins. */
  get description() {
    return this.read("description") ?? NOBODY;
  }

  /** When something was last taken in. */
  get takenMs() {
    return Math.max(this.#journal.lastTaken, this.#journal.read("described") ?? -Infinity);
  }

  /** What is another one as soon as answers may be: of which model and target, since when, up to which row, and of what else. */
  revisionOf({ version, needsBaseline }, baseline) {
    const target = needsBaseline ? `-${this.read("baseline") ?? baseline}`.replaceAll(".", "_") : "";
    // With when it all began: one who was forgotten and comes back counts from the start again.
    return `${version.slice(0, 8)}-${this.#journal.read("begun")}-${this.#journal.last}-${this.read("revision") ?? 0}${target}`;
  }

  /** Whether the customer is in memory, by this model. */
  has({ version }) {
    return this.#customer?.version === version;
  }

  /**
   * The customer, from memory or from what is kept. A snapshot of another model, or one that cannot be read, is left aside: the
   * journal knows everything.
   */
  open(found, baseline) {
    if (this.has(found)) return this.#customer;
    this.drop();
    if (!this.#journal.exists) return (this.#customer = Customer.of(found, { baseline }));
    const known = this.#journal.read("baseline") ?? baseline;
    this.#customer = this.#fromSnapshot(found, known) ?? this.#fromStart(found, known);
    if (this.#isTailLong) this.#spare();
    return this.#customer;
  }

  #fromSnapshot(found, baseline) {
    const snapshot = this.#journal.readSnapshot();
    if (snapshot?.version !== found.version) return undefined;
    try {
      const customer = Customer.of(found, { ...this.description, baseline, bytes: snapshot.bytes });
      return this.#readOn(customer, snapshot);
    } catch (error) {
      console.error("a snapshot was left aside", error);
      return undefined;
    }
  }

  #fromStart(found, baseline) {
    try {
      return this.#readOn(Customer.of(found, { ...this.description, baseline }), { covers: 0, events: 0, tidied: 0 });
    } catch (cause) {
      // Not the fault of who asks, whatever code it has.
      throw new Error("the journal cannot be read", { cause });
    }
  }

  #readOn(customer, { covers, events: count, tidied }) {
    this.#base = { events: count, tidied };
    this.#tail = { rows: 0, events: 0 };
    for (const events of this.#journal.after(covers)) {
      customer.ledger.add(events);
      this.#tail = { rows: this.#tail.rows + 1, events: this.#tail.events + events.length };
    }
    return customer;
  }

  /** Refuses more events than a customer can have, before anything is done with them. */
  demandRoom(count) {
    if (this.#base.events + this.#tail.events + count > FULL_EVENTS) throw new Fault(507, "customer-full", `a customer has at most ${FULL_EVENTS} events`);
  }

  /** Writes down what the customer in memory took in, in one transaction with what else is done in `also`. */
  append(name, events, nowMs, also) {
    this.#storage.transactionSync(() => {
      this.#begin(name, nowMs);
      this.#journal.append(events, nowMs);
      this.#tail = { rows: this.#tail.rows + 1, events: this.#tail.events + events.length };
      if (this.#isTailLong) this.#snapshot();
      also();
    });
  }

  /** Writes profile, zone and hour down, in one transaction with `also`; the next call reads the customer anew. */
  describe(name, description, nowMs, also) {
    const before = this.description;
    this.#storage.transactionSync(() => {
      this.#begin(name, nowMs);
      this.#journal.write("description", description);
      this.#journal.write("revision", (this.#journal.read("revision") ?? 0) + 1);
      this.#journal.write("described", nowMs);
      // Another zone has other days: all is counted anew.
      if (description.timeZone !== before.timeZone || description.dayStartHour !== before.dayStartHour) this.#journal.dropSnapshot();
      also();
    });
    this.drop();
  }

  /** Takes note of the baseline; whether it is another one. */
  learn(baseline, also) {
    if (baseline === undefined || baseline === null || this.#journal.read("baseline") === baseline) return;
    this.#storage.transactionSync(() => {
      this.#journal.write("baseline", baseline);
      also();
    });
    if (this.#customer) this.#customer.baseline = baseline;
  }

  #begin(name, nowMs) {
    this.#journal.open();
    if (this.#journal.read("name") !== undefined) return;
    this.#journal.write("name", name);
    this.#journal.write("begun", nowMs);
  }

  /** Events as they were taken, of the rows after one: as many as a message can carry, and the row to go on after. */
  page(after) {
    return this.#journal.page(after);
  }

  get #isTailLong() {
    const { rows, events } = this.#tail;
    return (rows >= TAIL_ROWS || events >= TAIL_EVENTS) && events >= TAIL_SHARE * this.#base.events;
  }

  /** Writes the snapshot, in a transaction of the caller's; and the journal anew where half of it and more is in it twice. */
  #snapshot() {
    const { ledger, version } = this.#customer;
    let { tidied } = this.#base;
    let events = this.#base.events + this.#tail.events;
    const isUntidy = events <= TIDY_EVENTS && events > 2 * Math.max(tidied, ledger.size) + SPARE_EVENTS;
    if (isUntidy && this.#journal.length <= TIDY_LENGTH) events = tidied = this.#journal.tidy();
    this.#journal.writeSnapshot({ version, covers: this.#journal.last, events, tidied, bytes: ledger.toBytes() });
    this.#base = { events, tidied };
    this.#tail = { rows: 0, events: 0 };
  }

  /** What was long to read is written down. Who asks gets an answer all the same where that fails. */
  #spare() {
    try {
      this.#storage.transactionSync(() => this.#snapshot());
    } catch (error) {
      console.error("a snapshot was not written", error);
    }
  }

  /** Takes the customer out of memory; the next call reads them anew. */
  drop() {
    this.#customer?.free();
    this.#customer = undefined;
    this.#base = { events: 0, tidied: 0 };
    this.#tail = { rows: 0, events: 0 };
  }
}
