/**
 * A ledger for Svelte, 4 and later.
 *
 * @example
 * ```svelte
 * <script>
 *   import { starwise } from "starwise/svelte";
 *   const { ledger } = $props();
 *   const known = $derived(starwise(ledger));
 * </script>
 * <button onclick={() => known.add({ type: "visit", time: Date.now() })}>{$known.result.stars} stars</button>
 * ```
 * @packageDocumentation
 */

import type { Answer, AnswerTo, Watch, Watchable, WatchOptions } from "./watch.js";

/** A store of Svelte's, readable: `$known`, or `fromStore(known).current`. */
export interface Starwise<Known = Answer> extends Pick<Watch, "add" | "update"> {
  /** Tells what is known, at once and whenever it changes; gives what ends it. */
  subscribe(run: (known: Known) => void): () => void;
}

/**
 * What is known of a ledger, as a store that changes when events come and when time changes it.
 *
 * Nothing waits while nobody has subscribed, so a server waits for nothing. With null for a ledger, as long as a kept one
 * is being opened, it gives `initial`.
 *
 * @throws {StarwiseError} `options-invalid-source`; on subscribing, those of the ledger's `score`, `progress` and `nudge`
 */
export function starwise<Options extends WatchOptions>(ledger: Watchable, options?: Options | null): Starwise<AnswerTo<Options>>;
export function starwise<Options extends WatchOptions>(
  ledger: Watchable | null | undefined,
  options?: Options | null,
): Starwise<Partial<AnswerTo<Options>>>;
