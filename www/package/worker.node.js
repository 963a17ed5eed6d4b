/* The scorer on a worker of Node. */
import { Worker } from "node:worker_threads";
import { Scorer as AnyScorer } from "./scorer.js";

export class Scorer extends AnyScorer {
  constructor() {
    super(start);
  }
}

function start() {
  const worker = new Worker(new URL("./worker-thread.node.js", import.meta.url));
  // A scorer that lies idle keeps no program alive.
  worker.unref();
  let open = 0;
  const thread = {
    post(message, buffers) {
      if (open++ === 0) worker.ref();
      worker.postMessage(message, buffers);
    },
    stop: () => void worker.terminate(),
  };
  worker.on("message", (data) => {
    if (!data.progress && --open === 0) worker.unref();
    thread.onMessage(data);
  });
  worker.on("error", (error) => thread.onFailure(error));
  return thread;
}
