/* A customer and the register of their shard: it is told where they stand, and tells the baseline. */
import { shardOf } from "../core/shard.js";
import { registerIn } from "./everybody.js";

export class Enrolment {
  #kept;
  #environment;
  #isForgetting = false;
  /** Enrolments follow one another: the last one stands. */
  #last = Promise.resolve();

  constructor(kept, environment) {
    this.#kept = kept;
    this.#environment = environment;
  }

  /** Whether the register of now knows that the customer stands there. */
  isDone(standing, shards) {
    return this.#kept.read("enrolled") === noteOf(standing, shards);
  }

  /** Tells the register, when it does not know or when they stand elsewhere, `null` where nobody knows; gives the baseline. */
  put(name, standing, shards) {
    const enrolment = this.#last.then(() => this.#putNow(name, standing, shards));
    this.#last = enrolment.catch(() => {});
    return enrolment;
  }

  async #putNow(name, standing, shards) {
    if (!this.#kept.exists || this.isDone(standing, shards)) return undefined;
    const [before] = await this.#shards(name, shards);
    const shard = await shardOf(name, shards);
    const register = registerIn(this.#environment, shard);
    const baseline = await register.put(shard, name, standing && { ...placeOf(standing), at: Date.now() });
    if (this.#isForgetting || !this.#kept.exists) {
      // Forgotten in the meantime.
      await register.remove(name);
      return undefined;
    }
    this.#kept.write("enrolled", noteOf(standing, shards));
    if (before !== shard) await registerIn(this.#environment, before).remove(name);
    return baseline;
  }

  /** Strikes the customer off; whatever was on its way to the register has come there before. */
  async remove(name, shards) {
    const known = await this.#shards(name, shards);
    this.#isForgetting = true;
    try {
      await this.#last;
      // Where this is cut short the customer is still there, and the register hears of them again.
      if (this.#kept.exists) this.#kept.write("enrolled", null);
      for (const shard of known) await registerIn(this.#environment, shard).remove(name);
    } finally {
      this.#isForgetting = false;
    }
  }

  /** The baseline, as the register knows it. */
  async baseline(name, shards) {
    return registerIn(this.#environment, await shardOf(name, shards)).baseline();
  }

  /** The registers that may know the customer: the one they enrolled at last, and the one of now. */
  async #shards(name, shards) {
    const [before] = JSON.parse(this.#kept.read("enrolled") ?? "[]");
    return new Set([await shardOf(name, before ?? shards), await shardOf(name, shards)]);
  }
}

/** What of a standing the register knows. */
function placeOf({ stars, segment, audiences }) {
  return { stars, segment, audiences };
}

function noteOf(standing, shards) {
  return JSON.stringify([shards, standing && placeOf(standing)]);
}
