/* The page's side of reading a file: a worker for each, and an end to it when the user has had enough. */
import { FileFault } from "./fault.js";

/** As `readFile`, in a worker; `signal` cancels it. */
export function readBeside(blob, { columns, onProgress, signal }) {
  const worker = new Worker(new URL("reading-worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    worker.addEventListener("error", (event) => reject(new Error(event.message || "the reader could not be started")));
    worker.addEventListener("message", ({ data: { progress, fault, population, report } }) => {
      if (progress !== undefined) onProgress(progress);
      else if (fault !== undefined) reject(new FileFault(fault));
      else resolve({ population, report });
    });
    worker.postMessage({ blob, columns });
  }).finally(() => worker.terminate());
}
