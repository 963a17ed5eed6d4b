/*
 * The one object that leads a census: it tells the registers what to ask of their customers, waits until all have reported,
 * and puts the parts together. It holds nothing of any customer.
 *
 *   move         customers who belong to another register, since SHARDS has changed, are enrolled there
 *   points       what everybody's points are, where the model's target is the baseline
 *   percentile   the percentiles of the points, digit by digit: the 95th is the baseline
 *   standing     where everybody stands, under that baseline, which the customers learn by the question
 *
 * A run has a number, and everything said in it carries that: what comes from an older one is passed over. All steps may be
 * done twice.
 */
import { DurableObject } from "cloudflare:workers";
import { BASELINE_PERCENT, narrowed, percentilesOf, prefixesOf, searchFor } from "../core/percentile.js";
import { MIN_BASELINE } from "../core/settings.js";
import { united } from "../core/tally.js";
import { registerIn } from "./everybody.js";

/** Registers that have not reported after this long are told again. */
const WATCH_MS = 60_000;
const AGAIN_MS = 5_000;
/** By the clock, one that has run longer than this is begun anew. */
const LONGEST_MS = 7 * 86_400_000;
/** So many of those that are waited for are named. */
const NAMED = 20;

export class CensusObject extends DurableObject {
  #sql;
  #kv;

  constructor(context, environment) {
    super(context, environment);
    this.#sql = context.storage.sql;
    this.#kv = context.storage.kv;
    this.#sql.exec("CREATE TABLE IF NOT EXISTS parts (shard INTEGER PRIMARY KEY, part TEXT NOT NULL)");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS registers (shard INTEGER PRIMARY KEY)");
  }

  /** Begins a run, and thereby ends an older one; unless `isNew`, one that is under way goes on. */
  start({ at, shards, page, version, needsBaseline, isNew }) {
    const before = this.#kv.get("run");
    const isSame = before?.shards === shards && before.version === version;
    if (!isNew && isSame && (before.at === at || (before.plan[before.step] !== "done" && at - before.at < LONGEST_MS))) {
      if (before.plan[before.step] !== "done") this.ctx.storage.setAlarm(Date.now());
      return { run: before.run, at: before.at };
    }
    const plan = needsBaseline ? ["move", "points", "percentile", "standing", "done"] : ["move", "standing", "percentile", "done"];
    const run = { run: (before?.run ?? 0) + 1, at, shards, page, version, needsBaseline, plan, step: 0 };
    this.#write(run);
    this.ctx.storage.setAlarm(Date.now());
    return { run: run.run, at };
  }

  /** A register is in use: it is asked to move its customers even when SHARDS no longer reaches it. */
  announce(shard) {
    this.#sql.exec("INSERT OR IGNORE INTO registers (shard) VALUES (?)", shard);
  }

  /** The part of a register; with the last one the run goes on. */
  finished(number, phase, shard, part) {
    const run = this.#kv.get("run");
    if (run?.run !== number || run.plan[run.step] !== phase) return;
    this.#sql.exec("INSERT OR REPLACE INTO parts (shard, part) VALUES (?, ?)", shard, JSON.stringify(part));
    if (!this.#missing(run).length) this.ctx.storage.setAlarm(Date.now());
  }

  /** The target of a model that takes the baseline; undefined before the first census. */
  baseline() {
    return this.#kv.get("baseline")?.value;
  }

  /** The last census that was finished, and how far the next one is. */
  read() {
    const run = this.#kv.get("run");
    const last = this.#kv.get("last") ?? { at: null };
    const baseline = this.#kv.get("baseline")?.value ?? null;
    if (!run || run.plan[run.step] === "done") return { done: run !== undefined, ...last, baseline };
    const parts = this.#parts();
    const isWalk = run.plan[run.step] !== "percentile";
    const missing = isWalk ? this.#missing(run) : [];
    return {
      done: false,
      ...last,
      baseline,
      running: {
        run: run.run, at: run.at, phase: run.plan[run.step], shards: run.shards,
        finished: parts.length, customers: united(parts).customers, waiting: missing.slice(0, NAMED),
      },
    };
  }

  async alarm() {
    const run = this.#kv.get("run");
    if (!run || run.plan[run.step] === "done") return;
    try {
      if (run.plan[run.step] === "percentile") await this.#search(run);
      else await this.#walk(run);
    } catch (error) {
      console.error(error);
      this.ctx.storage.setAlarm(Date.now() + AGAIN_MS);
    }
  }

  /** Tells those who have not reported what to do; when all have, goes on. */
  async #walk(run) {
    const phase = run.plan[run.step];
    const missing = this.#missing(run);
    if (!missing.length) return this.#next(run, { [phase]: united(this.#parts()) });
    // Set before the calls: whatever becomes of them, this comes again.
    this.ctx.storage.setAlarm(Date.now() + WATCH_MS);
    const { run: number, at, shards, page, needsBaseline } = run;
    const baseline = needsBaseline ? this.baseline() : undefined;
    const keepsPoints = phase === (needsBaseline ? "points" : "standing");
    const told = await Promise.allSettled(missing.map((shard) => registerIn(this.env, shard).begin({ run: number, phase, at, shard, shards, size: page, baseline, keepsPoints })));
    const failed = told.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
    return undefined;
  }

  /** A round for the next digit of the percentiles. */
  async #search(run) {
    const counted = run.totals[run.needsBaseline ? "points" : "standing"];
    const search = run.search ?? searchFor(counted.customers);
    const prefixes = prefixesOf(search);
    if (!prefixes.length) return this.#settle(run, percentilesOf(search), counted);
    const answers = await Promise.all(Array.from({ length: run.shards }, (_, shard) => registerIn(this.env, shard).counts(run.run, prefixes)));
    if (!this.#isCurrent(run)) return undefined;
    // A register that knows nothing of this run has lost what it had: from the beginning.
    if (answers.includes(null)) return this.#write({ ...run, step: 0, search: undefined }) ?? this.ctx.storage.setAlarm(Date.now() + AGAIN_MS);
    const counts = prefixes.map((_, place) => {
      const sums = new Float64Array(256);
      for (const answer of answers) for (const [digit, many] of answer[place].entries()) sums[digit] += many;
      return sums;
    });
    this.#kv.put("run", { ...run, search: narrowed(search, prefixes, counts) });
    this.ctx.storage.setAlarm(Date.now());
    return undefined;
  }

  /** The percentiles are known. A baseline of two models, or one that is no target, is not taken: the one before stays. */
  #settle(run, percentiles, { customers, sum, min, max, models }) {
    const value = percentiles[`p${BASELINE_PERCENT}`];
    if (value >= MIN_BASELINE && Object.keys(models).length === 1) this.#kv.put("baseline", { value, at: run.at, run: run.run });
    this.#next(run, { points: { count: customers, min, mean: customers ? sum / customers : null, max, ...percentiles } }, "figures");
  }

  #next(run, found, into = "totals") {
    const after = { ...run, step: run.step + 1, [into]: { ...run[into], ...found } };
    if (after.plan[after.step] === "done") {
      const { run: number, at, shards, totals: { standing }, figures: { points } } = after;
      const { customers, unanswered, unscored, stars, segments, audiences, models } = standing;
      this.#kv.put("last", { run: number, at, finishedAt: Date.now(), shards, customers, unanswered, unscored, stars, segments, audiences, points, models });
    }
    // A register that is of use no more, and empty, is forgotten; one that is used again says so.
    if (run.plan[run.step] === "move") this.#sql.exec("DELETE FROM registers WHERE shard IN (SELECT shard FROM parts WHERE shard >= ? AND part ->> 'left' = 0)", run.shards);
    this.#write(after);
    this.ctx.storage.setAlarm(Date.now());
  }

  /** The run as it goes on; parts are of one step. */
  #write(run) {
    this.ctx.storage.transactionSync(() => {
      this.#sql.exec("DELETE FROM parts");
      this.#kv.put("run", run);
    });
  }

  #isCurrent({ run, step }) {
    const current = this.#kv.get("run");
    return current.run === run && current.step === step;
  }

  #parts() {
    return this.#sql.exec("SELECT part FROM parts").toArray().map(({ part }) => JSON.parse(part));
  }

  /** The registers that have not reported in this step. */
  #missing(run) {
    const shards = new Set(Array.from({ length: run.shards }, (_, shard) => shard));
    if (run.plan[run.step] === "move") for (const { shard } of this.#sql.exec("SELECT shard FROM registers")) shards.add(shard);
    for (const { shard } of this.#sql.exec("SELECT shard FROM parts")) shards.delete(shard);
    return [...shards];
  }
}
