/*
 * A register: the customers of one shard. They enrol themselves, and tell when they stand elsewhere, so that it can list who
 * belongs to an audience. For a census it asks each of them, a page at a time, from alarm to alarm: a crash in between costs
 * one page, which is asked again.
 */
import { DurableObject } from "cloudflare:workers";
import { countsAfter } from "../core/percentile.js";
import { shardOf } from "../core/shard.js";
import { blankTally, count } from "../core/tally.js";
import { censusIn } from "./everybody.js";

/** So many names are looked at for whether they belong here. */
const NAMES = 1000;
/** A page with customers who do not answer is asked so often; then they are counted as `unanswered`. */
const TRIES = 5;
const AGAIN_MS = 2_000;
const NUMBER_BYTES = 8;
/** For so long it is believed that no census has found a baseline: the one that finds it tells so itself. */
const NONE_MS = 60_000;

export class RegisterObject extends DurableObject {
  #sql;
  #kv;
  /** While a page is under way, who enrolled since it was read: what it says of them is older. */
  #enrolled;
  /** Until when it is taken that there is no baseline, and the question for it that is under way. */
  #noneUntilMs = -Infinity;
  #asking;
  #sorted;

  constructor(context, environment) {
    super(context, environment);
    this.#sql = context.storage.sql;
    this.#kv = context.storage.kv;
    this.#open();
  }

  #open() {
    this.#sql.exec("CREATE TABLE IF NOT EXISTS customers (name TEXT PRIMARY KEY, standing TEXT NOT NULL) WITHOUT ROWID");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS members (audience TEXT, name TEXT, PRIMARY KEY (audience, name)) WITHOUT ROWID");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS pages (number INTEGER PRIMARY KEY, points BLOB NOT NULL)");
  }

  /** Enrols a customer: where they stand, null where that is not known; gives the baseline, if one is known. */
  async put(shard, name, standing) {
    if (!this.#kv.get("announced")) {
      await censusIn(this.env).announce(shard);
      this.#kv.put("announced", true);
    }
    this.ctx.storage.transactionSync(() => {
      this.#strike(name);
      this.#sql.exec("INSERT INTO customers (name, standing) VALUES (?, ?)", name, JSON.stringify(standing));
      for (const id of standing?.audiences ?? []) this.#sql.exec("INSERT INTO members (audience, name) VALUES (?, ?)", id, name);
    });
    this.#enrolled?.add(name);
    return this.#kv.get("baseline");
  }

  remove(name) {
    this.ctx.storage.transactionSync(() => this.#strike(name));
    this.#enrolled?.delete(name);
  }

  /** The baseline, of a model that takes it: from the last census. */
  async baseline() {
    const known = this.#kv.get("baseline");
    if (known !== undefined || Date.now() < this.#noneUntilMs) return known;
    this.#asking ??= this.#askBaseline().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Before the first census every question of every customer comes here: that one object is asked once a minute. */
  async #askBaseline() {
    const found = await censusIn(this.env).baseline();
    if (found === undefined) this.#noneUntilMs = Date.now() + NONE_MS;
    return found;
  }

  /** The customers of an audience after a name, by name: where they stood when they last said so. */
  members(audience, after, limit) {
    return this.#sql
      .exec("SELECT name, standing FROM members JOIN customers USING (name) WHERE audience = ? AND members.name > ? ORDER BY members.name LIMIT ?", audience, after, limit)
      .toArray()
      .map(({ name, standing }) => {
        const { stars, segment, at } = JSON.parse(standing);
        return { customer: name, stars, segment, at };
      });
  }

  /** Begins a step of a census, or goes on with it; what was asked before is given up. `size` customers are asked at a time. */
  begin({ run, phase, at, shard, shards, size, baseline, keepsPoints }) {
    const before = this.#kv.get("walk");
    if (before?.run > run) return;
    if (before?.run !== run || before.phase !== phase) {
      this.ctx.storage.transactionSync(() => {
        if (before?.run !== run || keepsPoints) this.#sql.exec("DELETE FROM pages");
        this.#kv.put("walk", { run, phase, at, shard, shards, size, baseline, keepsPoints, cursor: "", page: 0, tries: 0, isDone: false, tally: blankTally() });
        if (baseline !== undefined) this.#kv.put("baseline", baseline);
      });
      this.#sorted = undefined;
    }
    this.ctx.storage.setAlarm(Date.now());
  }

  /** Of the points of a run, how many go on with each value of a digit, for each beginning; null where nothing is known of it. */
  counts(run, prefixes) {
    const walk = this.#kv.get("walk");
    if (walk?.run !== run || !walk.isDone) return null;
    if (this.#sorted?.run !== run) this.#sorted = { run, points: this.#points() };
    return prefixes.map((prefix) => countsAfter(this.#sorted.points, prefix));
  }

  async alarm() {
    const walk = this.#kv.get("walk");
    if (!walk) return;
    try {
      this.#enrolled = new Set();
      if (!walk.isDone) await (walk.phase === "move" ? this.#move(walk) : this.#ask(walk));
      else await this.#report(walk);
    } catch (error) {
      console.error(error);
      this.ctx.storage.setAlarm(Date.now() + AGAIN_MS);
    } finally {
      this.#enrolled = undefined;
    }
  }

  /** A page of customers, each asked where they stand; those who are unknown are struck off. */
  async #ask(walk) {
    const { at, phase, baseline, tally } = walk;
    const names = this.#namesAfter(walk.cursor, walk.size);
    const answers = await this.#calls(names, (customer) => customer.standing(at, { phase, baseline }));
    if (!this.#isCurrent(walk)) return;
    const isFailed = answers.some(({ fault }) => fault);
    if (isFailed && walk.tries + 1 < TRIES) return this.#again(walk);
    const points = [];
    for (const { value, fault } of answers) {
      if (fault) tally.unanswered += 1;
      else if (value) {
        count(tally, value);
        points.push(value.points);
      }
    }
    this.ctx.storage.transactionSync(() => {
      for (const [place, { value, fault }] of answers.entries()) if (!fault && value === null && !this.#enrolled.has(names[place])) this.#strike(names[place]);
      if (walk.keepsPoints && points.length) this.#sql.exec("INSERT OR REPLACE INTO pages (number, points) VALUES (?, ?)", walk.page, Float64Array.from(points).buffer);
      this.#turn(walk, names, walk.size, tally);
    });
  }

  /** Customers who belong elsewhere enrol there, and are struck off here. */
  async #move(walk) {
    const { shard, shards, tally } = walk;
    let names = this.#namesAfter(walk.cursor, NAMES);
    const places = await Promise.all(names.map((name) => shardOf(name, shards)));
    let strays = names.filter((_, place) => places[place] !== shard);
    const isWhole = strays.length <= walk.size;
    if (!isWhole) {
      strays = strays.slice(0, walk.size);
      names = names.slice(0, names.indexOf(strays.at(-1)) + 1);
    }
    const answers = await this.#calls(strays, (customer) => customer.enrolAnew());
    if (!this.#isCurrent(walk)) return;
    if (answers.some(({ fault }) => fault) && walk.tries + 1 < TRIES) return this.#again(walk);
    this.ctx.storage.transactionSync(() => {
      for (const [place, { value, fault }] of answers.entries()) {
        // Only from where they know of it themselves: while a deployment spreads, there are two opinions on SHARDS.
        if (!fault && (value === null || value !== shard) && !this.#enrolled.has(strays[place])) this.#strike(strays[place]);
      }
      this.#turn(walk, names, isWhole ? NAMES : 0, tally);
    });
  }

  /** All at once; one who does not answer is a fault among the others. */
  #calls(names, call) {
    const { CUSTOMERS } = this.env;
    return Promise.all(names.map(async (name) => {
      try {
        return await call(CUSTOMERS.get(CUSTOMERS.idFromName(name)));
      } catch (error) {
        return { fault: { error: { message: String(error) } } };
      }
    }));
  }

  /** Turns the page; one that is not full was the last. */
  #turn(walk, names, full, tally) {
    const isDone = names.length < full || names.length === 0;
    // When it is done, it names nobody: whoever is forgotten later is not in it.
    this.#kv.put("walk", { ...walk, cursor: isDone ? "" : names.at(-1), page: walk.page + 1, tries: 0, tally, isDone });
    this.ctx.storage.setAlarm(Date.now());
  }

  #again(walk) {
    this.#kv.put("walk", { ...walk, tries: walk.tries + 1 });
    this.ctx.storage.setAlarm(Date.now() + AGAIN_MS * 2 ** walk.tries);
  }

  async #report(walk) {
    const left = this.#sql.exec("SELECT count(*) AS number FROM customers").one().number;
    const isOver = walk.phase === "move" && walk.shard >= walk.shards && left === 0;
    if (isOver) this.#kv.delete("announced");
    await censusIn(this.env).finished(walk.run, walk.phase, walk.shard, { ...walk.tally, left });
    // Nobody belongs here any more: nothing is left behind.
    if (isOver && this.#isCurrent(walk) && this.#namesAfter("", 1).length === 0) {
      await this.ctx.storage.deleteAll();
      this.#open();
    }
  }

  #isCurrent({ run, phase, page }) {
    const walk = this.#kv.get("walk");
    return walk?.run === run && walk.phase === phase && walk.page === page;
  }

  #namesAfter(name, limit) {
    return this.#sql.exec("SELECT name FROM customers WHERE name > ? ORDER BY name LIMIT ?", name, limit).toArray().map((row) => row.name);
  }

  #strike(name) {
    const [row] = this.#sql.exec("DELETE FROM customers WHERE name = ? RETURNING standing", name).toArray();
    for (const id of (row && JSON.parse(row.standing))?.audiences ?? []) this.#sql.exec("DELETE FROM members WHERE audience = ? AND name = ?", id, name);
  }

  /** All points of the run, sorted: 8 bytes a customer. */
  #points() {
    const size = this.#sql.exec("SELECT coalesce(sum(length(points)), 0) AS size FROM pages").one().size;
    const points = new Float64Array(size / NUMBER_BYTES);
    let place = 0;
    for (const row of this.#sql.exec("SELECT points FROM pages")) {
      const page = new Float64Array(row.points);
      points.set(page, place);
      place += page.length;
    }
    return points.sort();
  }
}
