/* The scorer on a web worker. The literal address is what bundlers look for. */
import { Scorer as AnyScorer } from "./scorer.js";

export class Scorer extends AnyScorer {
  constructor() {
    super(start);
  }
}

function start() {
  const worker = new Worker(new URL("./worker-thread.js", import.meta.url), { type: "module" });
  const thread = {
    post: (message, buffers) => worker.postMessage(message, buffers),
    stop: () => worker.terminate(),
  };
  worker.onmessage = ({ data }) => thread.onMessage(data);
  worker.onerror = (event) => thread.onFailure(new Error(`the worker of starwise failed: ${event.message ?? "it could not be started"}`));
  return thread;
}
