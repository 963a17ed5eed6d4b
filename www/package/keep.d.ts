/// <reference lib="esnext.disposable" />

/**
 * Keeps a ledger in the storage of a device, and waits for the instants at which a score changes by itself.
 *
 * @example
 * ```ts
 * import { Model } from "starwise";
 * import { followChanges, keepLedger } from "starwise/keep";
 * const kept = await keepLedger(new Model(rules), { name: "shop" });
 * followChanges(kept, ({ stars }) => show(stars));
 * kept.add({ type: "visit", time: Date.now() });
 * ```
 * @packageDocumentation
 */

import type { Bytes, Event, Ledger, LedgerOptions, LedgerResult, LedgerScoreOptions, Model, ScoreResult, Time } from "./index.js";

/** How an instant is waited for. */
export interface WakeOptions {
  /** The clock, in epoch milliseconds; `Date.now` by default. */
  now?: () => number;
  /** Whether a program of Node or Deno goes on for the sake of the wait; false by default. */
  keepAlive?: boolean;
}

/**
 * Calls a listener once, when the clock has reached an instant.
 *
 * Never early, however far away the instant is, and though the page sleeps or the clock is set anew meanwhile: the clock
 * is looked at once an hour at least, and whenever a page comes back. An instant that is past is told at once, after the
 * code that asks has ended.
 *
 * @param listener what it throws is the host's, as with any timer
 * @returns what calls the wait off
 * @throws {StarwiseError} `options-invalid-at`, `options-invalid-listener`
 */
export function wakeAt(at: Time, listener: () => void, options?: WakeOptions | null): () => void;

/** How a score is followed; of a ledger also the options of its `score`, save `at`. */
export interface FollowOptions extends WakeOptions, Omit<LedgerScoreOptions, "at"> {
  /** In milliseconds: after so long, another score is told at the latest; 365 days by default, as far as `nextChange` looks. */
  horizon?: number;
  /** Is told what the source or the listener throws; by default it is reported as an error that nobody catches; in Node it is written to the console. */
  onError?: (error: unknown) => void;
}

/** A score that is being followed. */
export interface Following {
  /** Tells the score of now, and waits for its next change: for when events were added. */
  update(): void;
  /** Ends it. */
  stop(): void;
}

/** What can be followed: a ledger, a kept one, or a function that scores with `include: ["nextChange"]`. */
export type Source<Result> =
  | { score(options: LedgerScoreOptions): Result; onChange?(listener: () => void): () => void }
  | ((at: number) => Result);

/**
 * Tells a listener the score, at once and again whenever its `nextChange` comes.
 *
 * A kept ledger says itself when events were added, here or in another tab; for any other source, call `update()`. Changes
 * less than 100 ms apart are told together. Whatever throws, the following goes on: a source that threw is asked again
 * after a minute. A clock that was put back has the score told anew, within the hour.
 *
 * @throws {StarwiseError} `options-invalid-source`, `options-invalid-listener`, `options-invalid-horizon`
 */
export function followChanges<Result extends Pick<ScoreResult, "nextChange"> = ScoreResult>(
  source: Source<Result>,
  listener: (result: Result) => void,
  options?: FollowOptions | null,
): Following;

/** What can hold texts by key: `localStorage`, or anything like it. Its answers may be promises. */
export interface TextStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
  /** With `key`, the number of keys. */
  readonly length?: number;
  /** The key at a place. Where a storage has it, and answers at once, a page that goes can save without waiting. */
  key?(place: number): string | null;
}

/**
 * Nothing can be stored: there is no room, the host refuses or does not answer, or there is no storage at all. The ledger
 * goes on in memory, and each save tries again. Or the history was forgotten: then the ledger goes on empty, and is never
 * saved again.
 */
export interface StorageTrouble {
  kind: "full" | "blocked" | "unavailable" | "forgotten";
  /** What the storage threw. */
  error: unknown;
}

/**
 * A snapshot was refused: it is not whole, of another model, or of a newer starwise. It is moved to
 * `starwise:<name>:aside` before its place is written, and tried again whenever the ledger is opened.
 */
export interface SnapshotTrouble {
  kind: "damaged" | "foreign" | "newer";
  /** Why. */
  error: unknown;
  /** Where it lay; nowhere, of one that another tab has just sent. */
  key?: string;
  /** What lay there. One snapshot is set aside at a time, so whoever wants to keep others has them here. */
  value: unknown;
  /** Of a foreign one: whether it was carried over to the model after all. */
  isRebased?: boolean;
}

/** What is wrong with what is kept, or with keeping it. */
export type Trouble = StorageTrouble | SnapshotTrouble;

/** How a ledger is kept. Profile, zone and hour are those of a new ledger. */
export interface KeepOptions extends LedgerOptions {
  /**
   * Whose ledger it is: a text of 1 to 200 characters without `:`. All that has the same name in the same storage is one
   * history, so let it tell customers apart where several use one browser.
   */
  name: string;
  /** Where: by default IndexedDB where there is one, else `localStorage`. */
  storage?: "local" | "indexed" | TextStorage | null;
  /** The customer's profile; where it is given, it also replaces the one that was kept. */
  profile?: object | null;
  /** Is put before this tab's own name, which is random: no two tabs are ever the same replica. */
  replica?: string | null;
  /** Is told what goes wrong; a storage that fails is told once, until something was stored again. */
  onTrouble?: (trouble: Trouble) => void;
  /** How long after the first of some changes they are saved, in milliseconds; 1000 by default. */
  saveAfter?: number;
}

/** A ledger that outlives its page. */
export interface KeptLedger extends AsyncDisposable {
  /**
   * The ledger itself. After what is done to it directly, call `save()`. It is freed by `close()`, and when the history is
   * forgotten, which leaves an empty one in its place.
   */
  readonly ledger: Ledger;
  /** Why nothing can be stored at the moment; null when all is well. */
  readonly trouble: StorageTrouble | null;
  /** As `add` of the ledger; saved soon. */
  add(events: Event | readonly Event[]): void;
  /** As `score` of the ledger. */
  score(options?: LedgerScoreOptions | null): LedgerResult;
  /** Takes over what another ledger of the same customer knows; saved soon. */
  merge(other: Bytes | Ledger): void;
  /** Saves now. Tells whether all of it is stored; where it is not, `trouble` says why. */
  save(): Promise<boolean>;
  /** Is told of each change: `"here"` by `add`, `merge` and `forget`, `"elsewhere"` by another tab. Gives what ends it. */
  onChange(listener: (change: { from: "here" | "elsewhere" }) => void): () => void;
  /**
   * Removes what is kept, as `forgetLedger`. Afterwards this ledger is empty, in memory only and never saved again; open it
   * anew to keep what comes.
   */
  forget(): Promise<void>;
  /** Saves, ends and frees the ledger. */
  close(): Promise<void>;
}

/** What is to be forgotten: as it was kept. */
export type ForgetOptions = Pick<KeepOptions, "name" | "storage">;

/**
 * Removes all that is kept under a name: for a customer who logs out, or wants to be forgotten.
 *
 * Ledgers that are open under it, in this and in other tabs, go on empty and in memory only, and tell that by `onTrouble`
 * as `"forgotten"`: nothing writes it back, neither a tab that was writing nor one that slept. What is opened under the name
 * afterwards is kept anew.
 *
 * @throws {StarwiseError} `options-invalid-name`, `options-invalid-storage`; what the storage throws where it refuses, or
 *   does not answer within three seconds: it may not be forgotten then
 */
export function forgetLedger(options: ForgetOptions): Promise<void>;

/**
 * Opens the ledger that is kept under a name, or a new one.
 *
 * It always opens: what cannot be read or written is told to `onTrouble`. A storage that does not answer holds it up for
 * three seconds at most.
 *
 * @throws {StarwiseError} `options-invalid-name`, `options-invalid-storage`, `options-invalid-save-after`,
 *   `options-invalid-listener`, and those of `new Ledger`
 */
export function keepLedger(model: Model, options: KeepOptions): Promise<KeptLedger>;
