/* Everybody scored at one instant, in slices, so that the page stays responsive meanwhile. */

/** How long a slice may hold the page up: about one frame. */
const SLICE_MS = 12;

/**
 * Scores every history: `{ entries, took }`, `took` being the milliseconds spent in scoring.
 * An entry is `{ id, events, result, lastSeen }`; `lastSeen` is null for who has done nothing yet.
 * Throws the signal's reason when it is aborted.
 */
export async function scoreAll(model, histories, at, { signal, onProgress }) {
  const entries = [];
  let took = 0;
  let began = performance.now();
  for (const [id, events] of histories) {
    const result = model.score({ events }, { at, include: ["trend"] });
    entries.push({ id, events, result, lastSeen: lastBefore(events, at) });
    const now = performance.now();
    if (now - began < SLICE_MS) continue;
    took += now - began;
    onProgress(entries.length, histories.size);
    await pause();
    signal.throwIfAborted();
    began = performance.now();
  }
  return { entries, took: took + performance.now() - began };
}

function lastBefore(events, at) {
  return events.findLast((event) => event.time <= at)?.time ?? null;
}

/** Lets the browser paint and hear its user, without the delay that nested timers get. */
function pause() {
  if (globalThis.scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
