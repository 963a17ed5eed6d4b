/*
 * The Durable Object of one customer. All that concerns them happens here, one call after the other.
 *
 * The order of things: events go into the ledger in memory, which checks them; they are written to the journal; and only
 * when that is on disk does the answer leave (the runtime holds it back until then). A crash before that has taken nothing,
 * and answered nothing; one after it has taken all. Nothing here is written in two steps that have to go together.
 *
 * Only this file and `enrolment.js` wait for anything. What was read before is read again after.
 */
import { DurableObject } from "cloudflare:workers";
import { Customer } from "../core/customer.js";
import { answered, Fault } from "../core/fault.js";
import { labelsOf } from "../core/message.js";
import { rulesOf, soundOf } from "../core/rules.js";
import { settingsOf } from "../core/settings.js";
import { shardOf } from "../core/shard.js";
import { Courier } from "./courier.js";
import { Enrolment } from "./enrolment.js";
import { KeptLedger } from "./kept-ledger.js";
import { Lookout } from "./lookout.js";
import { Outbox } from "./outbox.js";
import { Wakeup } from "./wakeup.js";

/** After a model that has faults, or a failure, try again. */
const AGAIN_MS = 60_000;
/** For so long a forgotten customer's late messages of before are known, and dropped. */
const TOMBSTONE_MS = 7 * 86_400_000;

/** The model of the deployment is the same for all objects of an isolate. */
let rules;

export function customerObject(json) {
  return class CustomerObject extends DurableObject {
    #settings;
    #kept;
    #outbox;
    #courier;
    #wakeup;
    #lookout;
    #enrolment;

    constructor(context, environment) {
      super(context, environment);
      const { storage } = context;
      this.#kept = new KeptLedger(storage);
      this.#outbox = new Outbox(storage);
      this.#courier = new Courier(this.#outbox);
      this.#wakeup = new Wakeup(storage, this.#courier);
      this.#lookout = new Lookout({ storage, kept: this.#kept, outbox: this.#outbox, identity: context.id.toString().slice(0, 32) });
      this.#enrolment = new Enrolment(this.#kept, environment);
      rules ??= rulesOf(json);
      context.blockConcurrencyWhile(() => this.#wakeup.read());
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
        this.#kept.demandRoom(current.length);
        try {
          // As it will be read again: JSON has no infinite numbers, though a body may have `1e999`.
          const { taken, refused } = customer.add(JSON.parse(JSON.stringify(current)), { nowMs, aheadMs: this.#settings.aheadMs, pastMs });
          if (taken.length) this.#kept.append(name, taken, nowMs, () => this.#wakeup.soon(nowMs));
          return { taken: taken.length, refused };
        } catch (error) {
          // What failed half way is not in storage, so it must not stay in memory either.
          this.#kept.drop();
          throw error;
        }
      });
    }

    /** Sets the profile, and the zone by whose days is counted. */
    describe(name, { profile, timeZone, dayStartHour }) {
      return this.#answer((found) => {
        const nowMs = Date.now();
        this.#lookIfDue(found, nowMs);
        const before = this.#kept.description;
        const next = { profile: profile ?? before.profile, timeZone: timeZone ?? before.timeZone, dayStartHour: dayStartHour ?? before.dayStartHour };
        // Checked before it is written.
        Customer.of(found, next).free();
        this.#kept.describe(name, next, nowMs, () => this.#wakeup.soon(nowMs));
        return {};
      });
    }

    /** Answers a question: `{ body, until, revision }`; `isUnchanged` where the asker's answer, of `known`, still holds. */
    ask(what, options, known) {
      return this.#answer(async (found) => {
        this.#demandKnown();
        if (this.#lacksBaseline(found)) {
          await this.#askBaseline();
          this.#demandKnown();
        }
        const revision = this.#kept.revisionOf(found, this.#settings.baseline);
        if (known?.revision === revision && options.at < known.until) return { isUnchanged: true, ...known };
        return { ...this.#open(found).answer(what, options), revision };
      });
    }

    /** All that is held: as many events as a message can carry, after a row of the journal, and `next`, the row to go on after. */
    export(name, after = 0) {
      return this.#answer(() => {
        this.#demandKnown();
        const { description } = this.#kept;
        return { customer: name, ...description, told: this.#kept.read("told") ?? null, ...this.#outbox.all(), ...this.#kept.page(after) };
      });
    }

    /** Forgets everything; in the register first, so that after a crash in between there is something left to forget. */
    forget(name) {
      return this.#answer(async () => {
        if (this.#kept.exists) this.#wakeup.by(Date.now() + AGAIN_MS);
        await this.#enrolment.remove(name, this.#settings.shards);
        // From here on nothing waits, so that no call comes in between; the alarm goes with everything else.
        const nowMs = Date.now();
        const isDone = this.ctx.storage.deleteAll();
        this.#kept.drop();
        // What was handed in before, and comes later, is not to bring the customer back.
        this.ctx.storage.kv.put("forgotten", nowMs);
        this.#wakeup.clear();
        this.#wakeup.by(nowMs + TOMBSTONE_MS);
        await isDone;
        return {};
      });
    }

    /** Where the customer stands, for the census, or how many points they have; null of one that is unknown. */
    standing(atMs, { phase, baseline } = {}) {
      return this.#answer((found) => {
        if (!this.#kept.exists) return null;
        if (found.needsBaseline && phase !== "points") this.#learn(baseline);
        const customer = this.#open(found);
        const isAsked = phase !== "points" && customer.isScored;
        return { ...(isAsked ? customer.standing(atMs) : { points: customer.points(atMs) }), version: found.version };
      });
    }

    /** Enrols at the register of now: the number of that; null of one that is unknown. */
    enrolAnew() {
      return this.#answer(async (found) => {
        if (!this.#kept.exists) return null;
        const name = this.#kept.read("name");
        const customer = this.#open(found);
        await this.#enrol(found, customer.isScored ? customer.standing(Date.now()) : null);
        return this.#kept.exists ? shardOf(name, this.#settings.shards) : null;
      });
    }

    /**
     * Looks for changes, sends what is due, and sleeps until the next. Messages go out by themselves: neither this nor a call
     * waits for who listens.
     */
    async alarm() {
      const { fault } = await this.#answer(async (found) => {
        if (!this.#kept.exists) return this.#forgetTombstone();
        if (this.#lacksBaseline(found)) await this.#askBaseline();
        if (!this.#kept.exists) return undefined;
        const nowMs = Date.now();
        // Without a baseline there are no stars yet, and nothing to tell: the census brings it.
        const { isScored } = this.#open(found);
        const standing = isScored ? this.#look(found, nowMs) : null;
        this.#courier.start(this.#settings.telling, () => this.#wakeup.set());
        // Soon again, until the register knows: an object may end while it waits.
        const isEnrolled = this.#enrolment.isDone(standing, this.#settings.shards);
        this.#wakeup.rang(isScored ? this.#open(found).nextInstant(nowMs) : undefined, isEnrolled ? Infinity : nowMs + AGAIN_MS);
        if (isEnrolled) return undefined;
        await this.#enrol(found, standing);
        return this.#wakeup.set();
      });
      if (fault) this.#wakeup.again(Date.now(), Date.now() + AGAIN_MS);
    }

    /** Before something new comes in: what came by time alone until now is told first, where its alarm is late. */
    #lookIfDue(found, nowMs) {
      if (!this.#wakeup.isDue(nowMs) || !this.#kept.exists) return;
      try {
        if (!this.#open(found).isScored) return;
        this.#look(found, nowMs);
        this.#wakeup.set();
      } catch (error) {
        // The alarm tries again; what comes in must not suffer.
        console.error(error);
      }
    }

    #look(found, nowMs) {
      const { webhooks } = this.#settings.telling;
      const standing = this.#lookout.look(found, this.#open(found), { webhooks, labels: labelsOf(json), nowMs });
      this.#wakeup.looked(nowMs);
      return standing;
    }

    #open(found) {
      if (this.#kept.has(found)) return this.#kept.open(found);
      const customer = this.#kept.open(found, this.#settings.baseline);
      // A customer who sleeps is woken by the model of before; whoever asks first under another one has it looked at.
      if (this.#kept.exists && customer.isScored && !this.#lookout.isOf(found, customer)) this.#wakeup.soon(Date.now());
      return customer;
    }

    async #enrol(found, standing) {
      const baseline = await this.#enrolment.put(this.#kept.read("name"), standing, this.#settings.shards);
      if (found.needsBaseline && this.#kept.exists) this.#learn(baseline);
    }

    /** Takes note of the baseline. Where it is another one, everything may stand elsewhere. */
    #learn(baseline) {
      this.#kept.learn(baseline, () => this.#wakeup.by(Date.now()));
    }

    /** Asks the register for the baseline: nobody has told yet. */
    async #askBaseline() {
      const baseline = await this.#enrolment.baseline(this.#kept.read("name"), this.#settings.shards);
      if (this.#kept.exists) this.#learn(baseline);
    }

    #lacksBaseline({ needsBaseline }) {
      return needsBaseline && this.#kept.read("baseline") === undefined;
    }

    get #forgottenMs() {
      return this.ctx.storage.kv.get("forgotten") ?? -Infinity;
    }

    async #forgetTombstone() {
      const endMs = this.#forgottenMs + TOMBSTONE_MS;
      this.#wakeup.clear();
      if (endMs <= Date.now()) await this.ctx.storage.deleteAll();
      else this.#wakeup.by(endMs);
    }

    #demandKnown() {
      if (!this.#kept.exists) throw new Fault(404, "customer-unknown", "nothing is known of this customer");
    }

    /** Does work with the model of the deployment. */
    #answer(work) {
      return answered(async () => {
        this.#settings ??= settingsOf(this.env);
        return work(await soundOf(rules));
      });
    }
  };
}
