/* A ledger for Svelte: its stores are a contract, so nothing of Svelte is needed. */
import { watchLedger } from "./watch.js";

export function starwise(ledger, options) {
  const { subscribe, getSnapshot, add, update } = watchLedger(ledger, options);
  return {
    subscribe(run) {
      // What cannot be known is thrown before anything waits.
      getSnapshot();
      const off = subscribe(run);
      run(getSnapshot());
      return off;
    },
    add,
    update,
  };
}
