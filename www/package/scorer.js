/*
 * Scores many customers on another thread, so that a page stays smooth. `start` gives a thread: an object with
 * `post(message)`, `stop()`, and the callbacks `onMessage` and `onFailure` that are set here.
 */
import { errorOf } from "./error.js";

export class Scorer {
  #start;
  #thread;
  #calls = new Map();
  #next = 0;

  constructor(start) {
    this.#start = start;
  }

  /** As `model.scoreMany`, with the model's JSON; `transfer` hands the buffers of the input over instead of copying them. */
  scoreMany(model, input, { signal, onProgress, transfer = false, ...options } = {}) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = this.#next++;
      const end = (settle) => (outcome) => {
        signal?.removeEventListener("abort", abort);
        this.#calls.delete(id);
        settle(outcome);
      };
      const call = { resolve: end(resolve), reject: end(reject), onProgress };
      const abort = () => {
        call.reject(signal.reason);
        this.#restart();
      };
      call.message = { id, model, input, options: { ...options, at: options.at ?? Date.now() } };
      this.#calls.set(id, call);
      signal?.addEventListener("abort", abort, { once: true });
      try {
        this.#post(call, transfer ? buffersOf(input) : []);
      } catch (error) {
        call.reject(error);
      }
    });
  }

  /** Stops the thread; calls under way are refused. */
  terminate() {
    this.#stop();
    const reason = new DOMException("the scorer was terminated", "AbortError");
    for (const call of [...this.#calls.values()]) call.reject(reason);
  }

  #post(call, buffers) {
    this.#thread ??= this.#begin();
    this.#thread.post(call.message, buffers);
    // What was handed over cannot be sent again.
    if (buffers.length > 0) call.message = undefined;
  }

  #begin() {
    const thread = this.#start();
    thread.onMessage = (message) => this.#receive(message);
    thread.onFailure = (error) => {
      this.#thread = undefined;
      for (const call of [...this.#calls.values()]) call.reject(error);
    };
    return thread;
  }

  #receive({ id, progress, scores, faults, error }) {
    const call = this.#calls.get(id);
    if (!call) return;
    if (progress) call.onProgress?.(...progress);
    else if (scores) call.resolve(scores);
    else call.reject(faults ? errorOf(faults) : new Error(error));
  }

  /** A thread that is at work hears nothing: it is stopped, and what else it was asked is asked of another. */
  #restart() {
    this.#stop();
    for (const call of [...this.#calls.values()]) {
      if (call.message) this.#post(call, []);
      else call.reject(new DOMException("the thread was stopped, and the input had been handed over to it", "AbortError"));
    }
  }

  #stop() {
    this.#thread?.stop();
    this.#thread = undefined;
  }
}

if (Symbol.dispose) {
  Object.defineProperty(Scorer.prototype, Symbol.dispose, {
    value: Scorer.prototype.terminate,
    configurable: true,
    writable: true,
  });
}

/** The buffers behind columns or bytes, each once. */
function buffersOf(input) {
  const columns = ArrayBuffer.isView(input) || input instanceof ArrayBuffer ? [input] : Object.values({ ...input, ...input?.data });
  const views = columns.flatMap((column) => (column?.codes ? [column.codes] : [column]));
  const buffers = views.map((view) => (ArrayBuffer.isView(view) ? view.buffer : view));
  return [...new Set(buffers.filter((buffer) => buffer instanceof ArrayBuffer))];
}
