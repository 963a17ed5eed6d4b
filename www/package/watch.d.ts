/**
 * What is known of a ledger, as a store for any framework: asked for whenever it is wanted, told when it changes.
 *
 * @example
 * ```ts
 * import { Ledger, Model } from "starwise";
 * import { watchLedger } from "starwise/watch";
 * const watch = watchLedger(new Ledger(new Model(rules)), { progress: true });
 * const off = watch.subscribe(({ result }) => show(result.stars));
 * watch.add({ type: "visit", time: Date.now() });
 * off();
 * ```
 * @packageDocumentation
 */

import type { ChosenNudge, Event, Ledger, LedgerResult, Progress } from "./index.js";
import type { FollowOptions, KeptLedger } from "./keep.js";

/** What can be watched: a ledger, or a kept one. */
export type Watchable = Ledger | KeptLedger;

/** What is known of a ledger at an instant, that of its `result`. */
export interface Answer {
  /** The score, with its `nextChange`. */
  result: LedgerResult;
  /** With the option `progress`. */
  progress?: Progress;
  /** What is to be shown, with the option `nudge`; null for nothing. */
  nudge?: ChosenNudge | null;
}

/** What is known with these options: progress and a nudge for sure where they are asked for. */
export type AnswerTo<Options> = Answer &
  (Options extends { progress: true } ? { progress: Progress } : unknown) &
  (Options extends { nudge: true } ? { nudge: ChosenNudge | null } : unknown);

/**
 * How a ledger is watched: what is wanted besides the score, the options of `followChanges`, and of the ledger's `score`
 * all but `at`.
 */
export interface WatchOptions extends FollowOptions {
  /** Whether streaks, level, badges and checklists are wanted; false by default. */
  progress?: boolean;
  /** Whether a nudge is wanted; false by default. */
  nudge?: boolean;
  /**
   * The id of the nudge that was on the screen when watching began: before a reload, say, or on the page before; null or
   * nothing for none, and so is one that the model does not have. From the first answer on it is the nudge that was told
   * last, by this or another watch of the ledger, so that it stays until it is dismissed or answered, or its condition no
   * longer holds.
   */
  showing?: string | null;
  /** What is answered while there is no ledger, and by `getServerSnapshot`: what a server has worked out, say. */
  initial?: Partial<Answer>;
}

/** A ledger that is being watched by those who subscribe. It can be taken apart: nothing in it needs its `this`. */
export interface Watch<Known = Answer> {
  /**
   * Is told what is known whenever that changes: when events come, and when time changes it. Nothing is told at once.
   * What the listener throws is reported as an error that nobody catches; in Node it is written to the console. Gives what
   * ends it; when nobody listens any more, nothing waits.
   *
   * @throws {StarwiseError} `options-invalid-listener`, `options-invalid-horizon`, of the options
   */
  subscribe(listener: (known: Known) => void): () => void;
  /**
   * What is known: the same object until it changes. While nobody listens it is at most a second old.
   *
   * @throws {StarwiseError} those of the ledger's `score`, `progress` and `nudge`
   */
  getSnapshot(): Known;
  /** What a server draws, and a page at first: `initial`, or what is known. */
  getServerSnapshot(): Known | Partial<Answer>;
  /**
   * Adds events to the ledger, and tells all who watch it.
   *
   * @throws {StarwiseError} those of the ledger's `add`; `options-invalid-source` while there is no ledger
   */
  add(events: Event | readonly Event[]): void;
  /** Works out anew what is known: after something was done to the ledger itself. Tells all who watch it. */
  update(): void;
}

/**
 * Watches a ledger: the score, and progress and a nudge where they are wanted, worked out anew when events come and when
 * time changes it.
 *
 * That is at `nextChange`; of progress and nudges also when a streak or a reason ends, and every quarter of an hour. A
 * kept ledger says itself when events were added, any other one hears it by `add` or `update` of any of its watches. Making
 * one costs nothing: it scores when it is asked, and waits while somebody listens. With null for a ledger it answers
 * `initial`, or an object without anything in it.
 *
 * @throws {StarwiseError} `options-invalid-source`
 */
export function watchLedger<Options extends WatchOptions>(ledger: Watchable, options?: Options | null): Watch<AnswerTo<Options>>;
export function watchLedger<Options extends WatchOptions>(
  ledger: Watchable | null | undefined,
  options?: Options | null,
): Watch<Partial<AnswerTo<Options>>>;
