/*
 * When a customer's object is woken: at the next look for changes, or at the next message, whichever is first. Nothing here waits,
 * and what is set belongs to the caller's transaction.
 */

/** Changes are looked for this long after an event, so that a burst is told of once; and no two alarms are closer to each other. */
const SETTLE_MS = 1000;

export class Wakeup {
  #storage;
  #courier;
  /** When changes are to be looked for next, and when they last were. */
  #lookMs;
  #lookedMs = -Infinity;
  /** For when the alarm is set. */
  #alarmMs;

  constructor(storage, courier) {
    this.#storage = storage;
    this.#courier = courier;
  }

  /** What was set before this object was in memory. */
  async read() {
    this.#alarmMs = this.#lookMs = (await this.#storage.getAlarm()) ?? undefined;
  }

  /** Whether a look is late. An object that has just begun and has no alarm may have one that is about to ring. */
  isDue(nowMs) {
    return this.#lookMs === undefined ? this.#lookedMs === -Infinity : this.#lookMs <= nowMs && this.#lookedMs < this.#lookMs;
  }

  /** Changes were looked for. */
  looked(nowMs) {
    this.#lookedMs = nowMs;
  }

  /** Something came in: changes are to be looked for soon. */
  soon(nowMs) {
    this.by(nowMs + SETTLE_MS);
  }

  /** Changes are to be looked for at an instant, or sooner. */
  by(atMs) {
    if (this.#lookMs <= atMs) return;
    // Known only once it is set: nobody is written down whom nothing wakes.
    this.set({ lookMs: atMs });
    this.#lookMs = atMs;
  }

  /** The alarm rang, and the next look is at an instant; `atLatestMs` is for what is not done yet. */
  rang(lookMs, atLatestMs) {
    this.#alarmMs = undefined;
    this.#lookMs = lookMs;
    this.set({ atLatestMs });
  }

  /** The alarm rang, and what it rang for failed: again at an instant, or sooner. */
  again(nowMs, atMs) {
    this.rang(this.#lookMs > nowMs ? Math.min(this.#lookMs, atMs) : atMs);
  }

  /** All is forgotten, the alarm too. */
  clear() {
    this.#alarmMs = this.#lookMs = undefined;
  }

  /** Sets the alarm for what is next. */
  set({ lookMs = this.#lookMs ?? Infinity, atLatestMs = Infinity } = {}) {
    const nextMs = Math.max(Math.min(lookMs, atLatestMs, this.#courier.nextMs), this.#lookedMs + SETTLE_MS);
    if (nextMs === (this.#alarmMs ?? Infinity)) return;
    if (nextMs === Infinity) this.#storage.deleteAlarm();
    else this.#storage.setAlarm(nextMs);
    this.#alarmMs = nextMs;
  }
}
