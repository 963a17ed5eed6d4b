"use client";
/* A ledger for React. */
import { useMemo, useSyncExternalStore } from "react";
import { watchLedger } from "./watch.js";

export function useStarwise(ledger, options) {
  // Options are written where the hook is called, so they are other objects each time. These two are for the beginning.
  const key = JSON.stringify({ ...options, initial: undefined, showing: undefined });
  const watch = useMemo(() => watchLedger(ledger, options), [ledger, key]);
  const answer = useSyncExternalStore(watch.subscribe, watch.getSnapshot, watch.getServerSnapshot);
  return useMemo(() => ({ ...answer, add: watch.add, update: watch.update }), [answer, watch]);
}
