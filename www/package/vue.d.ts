/**
 * A ledger for Vue, 3.3 and later.
 *
 * @example
 * ```ts
 * // in <script setup lang="ts">
 * import { useStarwise } from "starwise/vue";
 * const { result, add } = useStarwise(ledger);
 * // in the template: <button @click="add({ type: 'visit', time: Date.now() })">{{ result.stars }} stars</button>
 * ```
 * @packageDocumentation
 */

import type { ComputedRef, MaybeRefOrGetter } from "vue";
import type { Answer, AnswerTo, Watch, Watchable, WatchOptions } from "./watch.js";

/** What the composable gives: what is known, each as a ref, and how it is changed. */
export interface Starwise<Known extends Partial<Answer> = Answer> extends Pick<Watch, "add" | "update"> {
  readonly result: ComputedRef<Known["result"]>;
  readonly progress: ComputedRef<Known["progress"]>;
  readonly nudge: ComputedRef<Known["nudge"]>;
}

/**
 * What is known of a ledger, as refs that change when events come and when time changes it.
 *
 * Ledger and options may be refs or getters; another one is taken over at once. It listens from when the component is
 * mounted until its scope is disposed of, so a server waits for nothing. With null for a ledger, as long as a kept one
 * is being opened, it gives `initial`; hand that over too where page and server have to begin alike.
 *
 * @throws {StarwiseError} those of the ledger's `score`, `progress` and `nudge`
 */
export function useStarwise<Options extends WatchOptions>(
  ledger: MaybeRefOrGetter<Watchable>,
  options?: MaybeRefOrGetter<Options | null | undefined>,
): Starwise<AnswerTo<Options>>;
export function useStarwise<Options extends WatchOptions>(
  ledger: MaybeRefOrGetter<Watchable | null | undefined>,
  options?: MaybeRefOrGetter<Options | null | undefined>,
): Starwise<Partial<AnswerTo<Options>>>;
