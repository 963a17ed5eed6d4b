/*
 * What a page needs to keep a ledger: storage, and a clock. The core is that of the caller's model, started by whoever
 * made it, so nothing is loaded or started here.
 */
import { openLedger } from "./keep/kept-ledger.js";
import { forgetLife } from "./keep/life.js";
import { Ledger } from "./ledger.js";

export { followChanges } from "./keep/changes.js";
export { wakeAt } from "./keep/clock.js";

/** Removes what is kept under a name. */
export async function forgetLedger(options) {
  await forgetLife(options ?? {});
}

/** Keeps a ledger in the storage of this device. */
export function keepLedger(model, options) {
  return openLedger(Ledger, model, options);
}
