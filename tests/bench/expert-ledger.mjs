// The ledger written out for the one model by somebody who counts nanoseconds: for every criterion the times of what
// counted and running sums of what they are worth, so that a score is a difference of two sums, and adding what comes
// last is an append. What comes late is put in its place, and the sums from there on are made again. It checks nothing,
// knows no ids and no snapshots, and gives no receipt.
import { finish } from "./expert.mjs";

const DAY = 86_400_000;
const PERIOD = 90 * DAY;
const WITHIN = 7 * DAY;
const HALF_LIFE = 14 * DAY;
const LARGEST_POWER = 900;

export class ExpertLedger {
  #profile;
  /** What sums count from: what came then is worth 1. */
  #origin;
  #activity = new Times();
  #logins = new Times();
  #counted = new Sums();
  #lists = {
    view: { points: 1, sums: new Sums() },
    search: { points: 1, sums: new Sums() },
    comment: { points: 4, sums: new Sums() },
    share: { points: 6, sums: new Sums() },
    invite: { points: 15, sums: new Sums() },
    export: { points: 5, sums: new Sums() },
    purchase: { points: 40, sums: new Sums() },
    ticket: { points: -5, sums: new Sums() },
    error: { points: -8, sums: new Sums() },
  };
  #rest = Object.values(this.#lists).slice(1);

  constructor(profile, origin) {
    this.#profile = profile;
    this.#origin = origin;
  }

  add(event) {
    const { type, time } = event;
    const worth = 2 ** ((time - this.#origin) / HALF_LIFE);
    if (worth > 2 ** LARGEST_POWER) throw new RangeError("the origin is too far away");
    this.#activity.add(time);
    if (type === "login") {
      this.#addLogin(time, worth);
      return;
    }
    let amount = 1;
    if (type === "purchase") {
      amount = event.data?.quantity;
      if (typeof amount !== "number" || !(Math.abs(amount) <= 1e12)) return;
    }
    this.#lists[type].sums.add(time, worth * amount);
  }

  score(at) {
    const scale = 2 ** ((this.#origin - at) / HALF_LIFE);
    let rest = 2 * this.#counted.between(at - PERIOD, at);
    for (let index = 0; index < this.#rest.length; index += 1) {
      const { points, sums } = this.#rest[index];
      rest += points * sums.between(at - PERIOD, at);
    }
    const views = this.#lists.view.sums.between(at - PERIOD, at);
    const recent = this.#logins.upTo(at) - this.#logins.upTo(at - WITHIN);
    const last = Math.max(this.#profile.createdAt, this.#activity.last(at));
    return finish(rest * scale, 0.5 * views * scale, recent, at - last);
  }

  /** Of each day the first one counts. */
  #addLogin(time, worth) {
    const start = Math.floor(time / DAY) * DAY;
    this.#logins.add(time);
    const place = this.#counted.upTo(start + DAY - 1);
    const known = place > 0 ? this.#counted.times[place - 1] : -Infinity;
    if (known >= start && known <= time) return;
    if (known >= start) this.#counted.remove(place - 1);
    this.#counted.add(time, worth);
  }
}

/** Times in order. */
class Times {
  times = new Float64Array(64);
  count = 0;

  /** Gives the place. */
  add(time) {
    if (this.count === this.times.length) this.times = grown(this.times);
    let place = this.count;
    if (place > 0 && this.times[place - 1] > time) {
      place = this.upTo(time);
      this.times.copyWithin(place + 1, place, this.count);
    }
    this.times[place] = time;
    this.count += 1;
    return place;
  }

  /** How many are not later. */
  upTo(time) {
    const { times, count } = this;
    if (count === 0 || times[count - 1] <= time) return count;
    if (times[0] > time) return 0;
    let low = 0;
    let high = count - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle;
      else high = middle;
    }
    return high;
  }

  last(time) {
    const place = this.upTo(time);
    return place === 0 ? -Infinity : this.times[place - 1];
  }
}

/** Times in order, each with a worth, and the sums of these. */
class Sums extends Times {
  worths = new Float64Array(64);
  /** Of all before. */
  sums = new Float64Array(65);

  add(time, worth) {
    const place = super.add(time);
    if (this.worths.length < this.times.length) {
      this.worths = grown(this.worths);
      this.sums = grown(this.sums);
    }
    this.worths.copyWithin(place + 1, place, this.count - 1);
    this.worths[place] = worth;
    this.#sumFrom(place);
    return place;
  }

  remove(place) {
    this.times.copyWithin(place, place + 1, this.count);
    this.worths.copyWithin(place, place + 1, this.count);
    this.count -= 1;
    this.#sumFrom(place);
  }

  /** Of those after `from` and not after `to`. */
  between(from, to) {
    return this.sums[this.upTo(to)] - this.sums[this.upTo(from)];
  }

  #sumFrom(place) {
    for (let index = place; index < this.count; index += 1) this.sums[index + 1] = this.sums[index] + this.worths[index];
  }
}

function grown(column) {
  const next = new Float64Array(2 * column.length);
  next.set(column);
  return next;
}
