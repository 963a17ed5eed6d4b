// The devices of one customer, each with a ledger, and what befalls them. Beside each stands what it has heard of, as
// the oracle keeps it.
import { Ledger } from "../../../pkg/index.node.js";
import { keep, unite } from "../../oracle/ledger.mjs";
import { parseTime } from "../../oracle/time.mjs";

/** Of the options of a case, those that a ledger is made with. */
export function ledgerOptions({ history, options }) {
  const { timeZone, dayStartHour } = options;
  return { profile: history.profile, timeZone, dayStartHour };
}

/** A ledger, and the entries of the oracle's ledger. */
class Device {
  constructor(model, options) {
    this.model = model;
    this.ledger = new Ledger(model, options);
    this.entries = new Set();
  }

  /** Events in one call, or one after the other. */
  add(events, atOnce) {
    if (atOnce) this.ledger.add(events);
    else for (const event of events) this.ledger.add(event);
    for (const entry of keep(events)) this.entries.add(entry);
  }

  merge(other, asBytes) {
    this.ledger.merge(asBytes ? other.ledger.toBytes() : other.ledger);
    for (const entry of other.entries) this.entries.add(entry);
  }

  reload() {
    const again = Ledger.fromBytes(this.model, this.ledger.toBytes());
    this.ledger.free();
    this.ledger = again;
  }

  /** What the oracle scores. */
  get known() {
    return unite([...this.entries]);
  }
}

export class Fleet {
  #model;
  #options;
  #random;

  constructor(model, options, random) {
    this.#model = model;
    this.#options = options;
    this.#random = random;
    this.devices = random.times(random.integer(2, 12), () => this.another());
  }

  another() {
    return new Device(this.#model, this.#options);
  }

  /** Every event is added on some device. In between, devices merge, are saved and loaded, and `visit` looks at one. */
  liveThrough(events, visit = () => {}) {
    const random = this.#random;
    const left = random.shuffle(events);
    while (left.length > 0) {
      const device = random.pick(this.devices);
      random.weighted([
        [50, () => device.add(left.splice(0, random.integer(1, 4)), random.chance(50))],
        [12, () => device.merge(random.pick(this.devices), random.chance(50))],
        [12, () => device.reload()],
        [12, () => visit(device)],
      ])();
    }
  }

  /** A device that has heard of everything, some of it more than once, in any order. */
  united() {
    const random = this.#random;
    const repeats = random.times(random.integer(0, 3), () => random.pick(this.devices));
    const united = random.chance(50) ? this.another() : random.pick(this.devices);
    for (const device of random.shuffle([...this.devices, ...repeats])) united.merge(device, random.chance(50));
    if (random.chance(30)) united.reload();
    if (!this.devices.includes(united)) this.devices.push(united);
    return united;
  }

  free() {
    for (const { ledger } of this.devices) ledger.free();
  }
}

/**
 * The same events, but those of one time and type have the same data: a ledger does not tell them apart by data that
 * the model does not read.
 */
export function withLikeTies(events) {
  const first = new Map();
  return events.map((event) => {
    const tie = `${parseTime(event.time)} ${event.type}`;
    if (!first.has(tie)) first.set(tie, event);
    const { data, ...rest } = event;
    const like = first.get(tie).data;
    return data === like ? event : { ...rest, ...(like === undefined ? {} : { data: like }) };
  });
}
