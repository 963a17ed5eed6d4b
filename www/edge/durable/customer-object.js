/*
 * The Durable Object of one customer. All that concerns them happens here, one call after the other.
 *
 * The order of things: events go into the ledger in memory, which checks them; they are written to the journal; and only
 * when that is on disk does the answer leave (the runtime holds it back until then). A crash before that has taken nothing,
 * and answered nothing; one after it has taken all. Nothing here is written in two steps that have to go together.
 */
import { DurableObject } from "cloudflare:workers";
import { changesBetween, dated } from "../core/changes.js";
import { Customer } from "../core/customer.js";
import { Fault, faultOf } from "../core/fault.js";
import { labelsOf, messagesOf } from "../core/message.js";
import { rulesOf } from "../core/rules.js";
import { settingsOf } from "../core/settings.js";
import { Courier } from "./courier.js";
import { registerIn } from "./everybody.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { shardOf } from "./register-object.js";

/** Changes are looked for this long after an event, so that a burst is told of once; and no two alarms are closer to each other. */
const SETTLE_MS = 1000;
/** With so much after the snapshot, and an eighth of what is in it, it is written anew: so that this stays a small share of the work. */
const TAIL_ROWS = 64;
const TAIL_EVENTS = 2000;
const TAIL_SHARE = 1 / 8;
/** A journal with more than twice the events that it needs, and these, is written anew without what is in it twice. */
const SPARE_EVENTS = 2000;
/** One of more than these is left as it is: to go through it takes memory. */
const TIDY_EVENTS = 300_000;
/** More a journal does not take, as a ledger does not. */
const FULL_EVENTS = 1_000_000;
/** After a model that has faults, or a failure, try again. */
const AGAIN_MS = 60_000;
/** For so long a forgotten customer's late messages of before are known, and dropped. */
const TOMBSTONE_MS = 7 * 86_400_000;

/** The model of the deployment is the same for all objects of an isolate. */
let rules;

export function customerObject(json) {
  return class CustomerObject extends DurableObject {
    #journal;
    #settings;
    #customer;
    /** What the journal has: events up to the snapshot, how many were left when it was last tidied; and what came after. */
    #base = { events: 0, tidied: 0 };
    #tail = { rows: 0, events: 0 };
    #outbox;
    #courier;
    /** When changes are to be looked for next, and when they last were; and for when the alarm is set, which also serves messages. */
    #lookMs;
    #lookedMs = -Infinity;
    #alarmMs;
    #isForgetting = false;
    /** Enrolments follow one another: the last one stands. */
    #enrolling = Promise.resolve();

    constructor(context, environment) {
      super(context, environment);
      this.#journal = new Journal(context.storage);
      this.#outbox = new Outbox(context.storage);
      this.#courier = new Courier(this.#outbox);
      rules ??= rulesOf(json);
      context.blockConcurrencyWhile(async () => {
        this.#alarmMs = this.#lookMs = (await context.storage.getAlarm()) ?? undefined;
      });
    }

    /** Takes in events: `{ taken, refused }`. Of a queue's, `sentMs` of each is when it was handed in. */
    record(name, parcel, { pastMs } = {}) {
      return this.#answer((found) => {
        const forgottenMs = this.#forgottenMs;
        const current = parcel.filter(({ sentMs }) => !(sentMs <= forgottenMs));
        if (!current.length) return { taken: 0, refused: [] };
        const nowMs = Date.now();
        this.#lookIfDue(found, nowMs);
        const customer = this.#open(found);
        try {
          // As it will be read again: JSON has no infinite numbers, though a body may have `1e999`.
          const { taken, refused } = customer.add(JSON.parse(JSON.stringify(current)), { nowMs, aheadMs: this.#settings.aheadMs, pastMs });
          if (taken.length) this.#write(name, customer, taken, nowMs);
          return { taken: taken.length, refused };
        } catch (error) {
          // What failed half way is not in storage, so it must not stay in memory either.
          this.#drop();
          throw error;
        }
      });
    }

    /** Sets the profile, and the zone by whose days is counted. */
    describe(name, { profile, timeZone, dayStartHour }) {
      return this.#answer((found) => {
        const nowMs = Date.now();
        this.#lookIfDue(found, nowMs);
        const before = this.#description;
        const next = { profile: profile ?? before.profile, timeZone: timeZone ?? before.timeZone, dayStartHour: dayStartHour ?? before.dayStartHour };
        // Checked before it is written.
        Customer.of(found, next).free();
        this.ctx.storage.transactionSync(() => {
          this.#begin(name);
          this.#journal.write("description", next);
          this.#journal.write("revision", this.#revision + 1);
          this.#journal.write("described", nowMs);
          // Another zone has other days: all is counted anew.
          if (next.timeZone !== before.timeZone || next.dayStartHour !== before.dayStartHour) this.#journal.dropSnapshot();
          this.#lookBy(nowMs + SETTLE_MS);
        });
        this.#drop();
        return {};
      });
    }

    /** Answers a question: `{ body, until, revision }`; `unchanged` where the asker's answer, of `known`, still holds. */
    ask(what, options, known) {
      return this.#answer(async (found) => {
        this.#demandKnown();
        if (this.#lacksBaseline(found)) {
          await this.#askBaseline();
          this.#demandKnown();
        }
        // With when it all began: one who was forgotten and comes back counts from the start again.
        const revision = `${found.version.slice(0, 8)}-${this.#journal.read("begun")}-${this.#journal.last}-${this.#revision}`;
        if (known?.revision === revision && options.at < known.until) return { isUnchanged: true, ...known };
        return { ...this.#open(found).answer(what, options), revision };
      });
    }

    /** All that is held. */
    export(name) {
      return this.#answer(() => {
        this.#demandKnown();
        const events = [];
        for (const row of this.#journal.after(0)) events.push(...row.events);
        return { customer: name, ...this.#description, events, told: this.#journal.read("told") ?? null, ...this.#outbox.all() };
      });
    }

    /** Forgets everything; in the register first, so that after a crash in between there is something left to forget. */
    forget(name) {
      return this.#answer(async () => {
        const shards = await this.#shards(name);
        if (this.#journal.exists) {
          // Where this is cut short, the customer is still there, and the register hears of them again.
          this.#journal.write("enrolled", null);
          this.#lookBy(Date.now() + AGAIN_MS);
        }
        this.#isForgetting = true;
        try {
          for (const shard of shards) await registerIn(this.env, shard).remove(name);
        } finally {
          this.#isForgetting = false;
        }
        // From here on nothing waits, so that no call comes in between; the alarm goes with everything else.
        const nowMs = Date.now();
        const isDone = this.ctx.storage.deleteAll();
        this.#drop();
        // What was handed in before, and comes later, is not to bring the customer back.
        this.ctx.storage.kv.put("forgotten", nowMs);
        this.#alarmMs = this.#lookMs = undefined;
        this.#lookBy(nowMs + TOMBSTONE_MS);
        await isDone;
        return {};
      });
    }

    /** Where the customer stands, for the census, or how many points they have; null of one that is unknown. */
    standing(atMs, { phase, baseline } = {}) {
      return this.#answer((found) => {
        if (!this.#journal.exists) return null;
        if (found.needsBaseline && phase !== "points") this.#learn(baseline);
        const customer = this.#open(found);
        const isAsked = phase !== "points" && customer.isScored;
        return { ...(isAsked ? customer.standing(atMs) : { points: customer.points(atMs) }), version: found.version };
      });
    }

    /** Enrols at the register of now: the number of that; null of one that is unknown. */
    enrolAnew() {
      return this.#answer(async (found) => {
        if (!this.#journal.exists) return null;
        const name = this.#journal.read("name");
        const customer = this.#open(found);
        await this.#enrol(found, name, customer.isScored ? customer.standing(Date.now()) : null);
        return this.#journal.exists ? shardOf(name, this.#settings.shards) : null;
      });
    }

    /**
     * Looks for changes, sends what is due, and sleeps until the next. Messages go out by themselves: neither this nor a call
     * waits for who listens.
     */
    async alarm() {
      const { fault } = await this.#answer(async (found) => {
        const nowMs = Date.now();
        if (!this.#journal.exists) return this.#forgetTombstone(nowMs);
        if (this.#lacksBaseline(found)) await this.#askBaseline();
        if (!this.#journal.exists) return undefined;
        // Without a baseline there are no stars yet, and nothing to tell: the census brings it.
        const { isScored } = this.#open(found);
        const standing = isScored ? this.#look(found, nowMs) : null;
        this.#lookMs = isScored ? this.#customer.nextInstant(nowMs) : undefined;
        this.#courier.start(this.#settings.telling, () => this.#setAlarm());
        this.#alarmMs = undefined;
        this.#setAlarm();
        return this.#enrol(found, this.#journal.read("name"), standing);
      });
      if (fault) this.#lookAgain(Date.now() + AGAIN_MS);
    }

    /**
     * Before something new comes in: what came by time alone until now is told first, where its alarm is late. An object that
     * has just begun and has no alarm may have one that is about to ring.
     */
    #lookIfDue(found, nowMs) {
      const isDue = this.#lookMs === undefined ? this.#lookedMs === -Infinity : this.#lookMs <= nowMs && this.#lookedMs < this.#lookMs;
      if (!isDue || !this.#journal.exists) return;
      try {
        if (this.#open(found).isScored) this.#look(found, nowMs);
      } catch (error) {
        // The alarm tries again; what comes in must not suffer.
        console.error(error);
      }
    }

    /**
     * Looks for changes since others were last told. They go to the outbox in the same transaction that takes note of them: none
     * is told twice, none is lost.
     */
    #look(found, nowMs) {
      const customer = this.#open(found);
      const standing = customer.standing(nowMs);
      const told = this.#journal.read("told") ?? { ...customer.blank(nowMs), audiences: [], number: 0, life: crypto.randomUUID().slice(0, 8), at: -Infinity };
      // Under another model or baseline nothing came by time: all is as it is from now on.
      const { baseline } = customer;
      const rulesOfNow = rulesName(found, baseline);
      const isSameModel = this.#journal.read("looked") === rulesOfNow;
      const fromMs = isSameModel ? Math.max(told.at, this.#takenMs) : nowMs;
      const changes = dated(changesBetween(told, standing), customer.ledger, { fromMs, nowMs, baseline });
      this.ctx.storage.transactionSync(() => {
        if (!isSameModel) this.#journal.write("looked", rulesOfNow);
        if (!changes.length) return;
        const number = told.number + 1;
        const identity = `${this.ctx.id.toString().slice(0, 32)}_${told.life}`;
        const news = { identity, number, name: this.#journal.read("name"), changes, standing, labels: labelsOf(json) };
        this.#outbox.add(messagesOf(this.#settings.telling.webhooks, news), nowMs);
        this.#journal.write("told", { ...standing, number, life: told.life, at: nowMs });
      });
      this.#lookedMs = nowMs;
      return standing;
    }

    /** When something was last taken in. */
    get #takenMs() {
      return Math.max(this.#journal.lastTaken, this.#journal.read("described") ?? -Infinity);
    }

    /** Tells the register of the customer, when it does not know or when they stand elsewhere; null where nobody knows. */
    #enrol(found, name, standing) {
      const enrolment = this.#enrolling.then(() => this.#enrolNow(found, name, standing));
      this.#enrolling = enrolment.catch(() => {});
      return enrolment;
    }

    async #enrolNow(found, name, standing) {
      if (!this.#journal.exists) return;
      const { shards } = this.#settings;
      const place = standing && { stars: standing.stars, segment: standing.segment, audiences: standing.audiences };
      const known = JSON.stringify([shards, place]);
      if (this.#journal.read("enrolled") === known) return;
      const [before] = await this.#shards(name);
      const shard = await shardOf(name, shards);
      const baseline = await registerIn(this.env, shard).put(shard, name, place && { ...place, at: Date.now() });
      if (this.#isForgetting || !this.#journal.exists) {
        // Forgotten in the meantime.
        await registerIn(this.env, shard).remove(name);
        return;
      }
      this.#journal.write("enrolled", known);
      if (found.needsBaseline) this.#learn(baseline);
      if (before !== shard) await registerIn(this.env, before).remove(name);
    }

    /** The registers that may know the customer: the one they enrolled at last, and the one of now. */
    async #shards(name) {
      const [before] = JSON.parse((this.#journal.exists && this.#journal.read("enrolled")) || "[]");
      const { shards } = this.#settings;
      return new Set([await shardOf(name, before ?? shards), await shardOf(name, shards)]);
    }

    /** Takes note of the baseline. Where it is another one, everything may stand elsewhere. */
    #learn(baseline) {
      if (baseline === undefined || baseline === null || this.#journal.read("baseline") === baseline) return;
      this.ctx.storage.transactionSync(() => {
        this.#journal.write("baseline", baseline);
        this.#journal.write("revision", this.#revision + 1);
      });
      if (this.#customer) this.#customer.baseline = baseline;
      this.#lookBy(Date.now());
    }

    /** Asks the register for the baseline: nobody has told yet. */
    async #askBaseline() {
      const name = this.#journal.read("name");
      const baseline = await registerIn(this.env, await shardOf(name, this.#settings.shards)).baseline();
      if (this.#journal.exists) this.#learn(baseline);
    }

    #lacksBaseline({ needsBaseline }) {
      return needsBaseline && (!this.#journal.exists || this.#journal.read("baseline") === undefined);
    }

    #write(name, customer, events, nowMs) {
      if (this.#base.events + this.#tail.events + events.length > FULL_EVENTS) throw new Fault(507, "customer-full", `a customer has at most ${FULL_EVENTS} events`);
      this.ctx.storage.transactionSync(() => {
        this.#begin(name);
        this.#journal.append(events, nowMs);
        this.#tail = { rows: this.#tail.rows + 1, events: this.#tail.events + events.length };
        if (this.#isTailLong) this.#snapshot(customer);
        this.#lookBy(nowMs + SETTLE_MS);
      });
    }

    #begin(name) {
      this.#journal.open();
      if (this.#journal.read("name") !== undefined) return;
      this.#journal.write("name", name);
      this.#journal.write("begun", Date.now());
    }

    get #isTailLong() {
      const { rows, events } = this.#tail;
      return (rows >= TAIL_ROWS || events >= TAIL_EVENTS) && events >= TAIL_SHARE * this.#base.events;
    }

    /** Writes the snapshot, in a transaction of the caller's; and the journal anew where half of it and more is in it twice. */
    #snapshot(customer) {
      let { tidied } = this.#base;
      let events = this.#base.events + this.#tail.events;
      if (events <= TIDY_EVENTS && events > 2 * Math.max(tidied, customer.ledger.size) + SPARE_EVENTS) events = tidied = this.#journal.tidy();
      this.#journal.writeSnapshot({ version: customer.version, covers: this.#journal.last, events, tidied, bytes: customer.ledger.toBytes() });
      this.#base = { events, tidied };
      this.#tail = { rows: 0, events: 0 };
    }

    /** What was long to read is written down. Who asks gets an answer all the same where that fails. */
    #spare(customer) {
      try {
        this.ctx.storage.transactionSync(() => this.#snapshot(customer));
      } catch (error) {
        console.error("snapshot", error);
      }
    }

    /** Takes the customer out of memory; the next call reads them anew. */
    #drop() {
      this.#customer?.free();
      this.#customer = undefined;
    }

    /**
     * The customer, from memory or from what is kept. A snapshot of another model is left aside: the journal knows everything.
     * Nothing here waits, nor between this and what is done with it: no other call comes in between.
     */
    #open(found) {
      if (this.#customer?.version === found.version) return this.#customer;
      this.#base = { events: 0, tidied: 0 };
      this.#tail = { rows: 0, events: 0 };
      if (!this.#journal.exists) return (this.#customer = Customer.of(found, { baseline: this.#settings.baseline }));
      const kept = this.#journal.readSnapshot();
      const snapshot = kept?.version === found.version ? kept : undefined;
      const baseline = this.#journal.read("baseline") ?? this.#settings.baseline;
      const customer = Customer.of(found, { ...this.#description, baseline, bytes: snapshot?.bytes });
      if (snapshot) this.#base = { events: snapshot.events, tidied: snapshot.tidied };
      for (const { events } of this.#journal.after(snapshot?.covers ?? 0)) {
        customer.ledger.add(events);
        this.#tail = { rows: this.#tail.rows + 1, events: this.#tail.events + events.length };
      }
      if (this.#isTailLong) this.#spare(customer);
      // A customer who sleeps is woken by the model of before; whoever asks first under another one has it looked at.
      if (customer.isScored && this.#journal.read("looked") !== rulesName(found, baseline)) this.#lookBy(Date.now() + SETTLE_MS);
      return (this.#customer = customer);
    }

    get #description() {
      return (this.#journal.exists && this.#journal.read("description")) || { profile: {}, timeZone: "UTC", dayStartHour: 0 };
    }

    get #revision() {
      return (this.#journal.exists && this.#journal.read("revision")) || 0;
    }

    get #forgottenMs() {
      return this.ctx.storage.kv.get("forgotten") ?? -Infinity;
    }

    async #forgetTombstone(nowMs) {
      if (this.#forgottenMs + TOMBSTONE_MS <= nowMs) await this.ctx.storage.deleteAll();
    }

    #demandKnown() {
      if (!this.#journal.exists) throw new Fault(404, "customer-unknown", "nothing is known of this customer");
    }

    /** Changes are to be looked for at an instant, or sooner. */
    #lookBy(atMs) {
      if (this.#lookMs <= atMs) return;
      this.#setAlarm(atMs);
      this.#lookMs = atMs;
    }

    /** After a look that failed, whose alarm is gone. */
    #lookAgain(atMs) {
      this.#alarmMs = undefined;
      if (!(this.#lookMs > Date.now())) this.#lookMs = undefined;
      this.#lookBy(atMs);
    }

    /** The alarm rings for the next look or the next message, whichever is first. */
    #setAlarm(lookMs = this.#lookMs) {
      const nextMs = Math.max(Math.min(lookMs ?? Infinity, this.#courier.nextMs), this.#lookedMs + SETTLE_MS);
      if (nextMs === (this.#alarmMs ?? Infinity)) return;
      // In the caller's transaction, and known only once it is set: nobody is written down whom nothing wakes.
      if (nextMs === Infinity) this.ctx.storage.deleteAlarm();
      else this.ctx.storage.setAlarm(nextMs);
      this.#alarmMs = nextMs;
    }

    /**
     * Does work with the model of the deployment. Errors travel as plain data: what a class of ours knows would be lost on the way.
     */
    async #answer(work) {
      try {
        this.#settings ??= settingsOf(this.env);
        const found = await rules;
        if (found.fault) throw found.fault;
        return { value: await work(found) };
      } catch (error) {
        const fault = faultOf(error);
        if (fault.status === 503) console.error(fault.error.code, error);
        return { fault };
      }
    }
  };
}

/** What a customer was looked at by: the model, and the target where that is a baseline. */
function rulesName({ version, needsBaseline }, baseline) {
  return needsBaseline ? `${version}/${baseline}` : version;
}
