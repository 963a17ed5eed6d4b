/// <reference lib="esnext.disposable" />

/**
 * Scores many customers on another thread: a web worker, or a worker of Node.
 *
 * @packageDocumentation
 */

import type { Bytes, Columns, ManyOptions, ModelJson, Scores } from "./index.js";

/** How many customers are to be scored on another thread. */
export interface ScorerOptions extends ManyOptions {
  /**
   * Whether the buffers behind the input are handed over instead of copied; false by default. Then every view of them,
   * the input itself among them, has length 0 here from the call on.
   */
  transfer?: boolean;
}

/**
 * A thread of its own, on which one call after the other is worked out.
 *
 * The thread starts with the first call. In Node it keeps the program alive only as long as calls are under way.
 *
 * @example
 * ```ts
 * import { Scorer } from "starwise/worker";
 * const scorer = new Scorer();
 * const { subjects, stars } = await scorer.scoreMany(rules, columns, { onProgress: console.log });
 * scorer.terminate();
 * ```
 */
export class Scorer {
  /** Starts nothing yet. */
  constructor();

  /**
   * Scores many customers, as `scoreMany` of a model does.
   *
   * A signal stops the thread at once, whatever it is at. Other calls then begin anew on another thread; those whose
   * input was handed over cannot, and are refused with an `AbortError`.
   *
   * @param model the model's JSON, as for `new Model`: it is checked anew with each call
   * @param input as for `scoreMany` of a model
   * @param options as there, and `transfer`; they are copied, so functions other than `onProgress` are refused
   * @throws {StarwiseError} any `model-…` code and those of `scoreMany`, with no `cause`; otherwise the signal's reason,
   *   an `AbortError` after `terminate()`, or what kept the thread from starting
   */
  scoreMany(model: ModelJson | string | Bytes, input: Columns, options?: ScorerOptions): Promise<Scores<Uint32Array>>;
  scoreMany(model: ModelJson | string | Bytes, input: string | Bytes, options?: ScorerOptions): Promise<Scores<string[]>>;
  scoreMany(model: ModelJson | string | Bytes, input: Columns | string | Bytes, options?: ScorerOptions): Promise<Scores>;

  /** Stops the thread and refuses the calls under way. A later call starts another. */
  terminate(): void;

  /** The same as `terminate()`, for `using`. */
  [Symbol.dispose](): void;
}
