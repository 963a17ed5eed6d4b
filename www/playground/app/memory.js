/* What this page remembers on the device besides the ledger, which `starwise/keep` keeps: one record, as JSON. */

import { forgetLedger } from "starwise/keep";

const KEY = "starwise-app";

/** `{ read(), write(record), forget(life), onElsewhere(listener) }`; a storage that refuses lasts as long as the page. */
export function memory() {
  let present = null;

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      return found?.format === 1 ? found : null;
    } catch {
      return present;
    }
  }

  function write(record) {
    present = { ...record, format: 1 };
    try {
      localStorage.setItem(KEY, JSON.stringify(present));
    } catch {
      // As said.
    }
  }

  /** Erases the ledger of a life that is over. */
  function forget(name) {
    // A storage that refuses has nothing to erase.
    return forgetLedger({ name, storage: "local" }).catch(() => {});
  }

  /** Tells a listener what another tab wrote. */
  function onElsewhere(listener) {
    addEventListener("storage", ({ key }) => key === KEY && listener(read()));
  }

  return { read, write, forget, onElsewhere };
}
