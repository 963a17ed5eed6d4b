/**
 * A ledger for React, 18 and later.
 *
 * @example
 * ```tsx
 * import { useStarwise } from "starwise/react";
 * function Stars({ ledger }: { ledger: Ledger }) {
 *   const { result, add } = useStarwise(ledger);
 *   return <button onClick={() => add({ type: "visit", time: Date.now() })}>{result.stars} stars</button>;
 * }
 * ```
 * @packageDocumentation
 */

import type { Answer, AnswerTo, Watch, Watchable, WatchOptions } from "./watch.js";

/** What the hook gives: what is known, and how it is changed. */
export type Starwise<Known = Answer> = Known & Pick<Watch, "add" | "update">;

/**
 * What is known of a ledger: the component is drawn anew when events come and when time changes it.
 *
 * The object is the same until then; `add` and `update` are, as long as ledger and options are. Options may be written
 * where the hook is called: they are compared by what they say, functions (`now`, `onError`) by nothing, so the first ones
 * stay. With null for a ledger, as long as a kept one is being opened, it gives `initial`. A server draws `initial`, or the
 * score of now, and waits for nothing; hand over `initial` where page and server have to begin alike.
 *
 * @throws {StarwiseError} those of the ledger's `score`, `progress` and `nudge`, while drawing
 */
export function useStarwise<Options extends WatchOptions>(ledger: Watchable, options?: Options | null): Starwise<AnswerTo<Options>>;
export function useStarwise<Options extends WatchOptions>(
  ledger: Watchable | null | undefined,
  options?: Options | null,
): Starwise<Partial<AnswerTo<Options>>>;
