/*
 * Where records lie. A storage has
 *
 *   update(step)        reads what lies under the prefix, and which lives are over, and writes what `step` makes of it: a list of `[key, value]`,
 *                       a value of `undefined` to remove; the value is a record, or what was read as it was
 *   leave(key, record)  writes one record before it returns, where the storage can; its page may be gone the next moment
 *   isAtomic            whether nothing comes between reading and writing, ever
 *   channel             the name by which other tabs with the same storage are found; none where there can be none
 *   isLocal             whether the host tells other tabs of writes, by `storage` events
 */
import { refuse } from "./listener.js";
import { textOf } from "./record.js";

/** How long a storage may take before it counts as blocked, in ms. Chosen: some never answer. */
export const PATIENCE = 3000;

/** How long another tab may hold the lock, in ms. Chosen: it is held while a page writes, and a frozen page holds it on. */
const LOCK_PATIENCE = 1000;
/** The database and its one store. */
const STARWISE = "starwise";

/** Where it is noted which lives are over: `{ [digest]: instant }`, as JSON. No name is empty, so no history lies there. */
export const OVER = "starwise::over";

/** Before the keys in `localStorage` of what is to go to IndexedDB. */
const LEFT = "left:";

/** There is nowhere to keep anything. */
export class NoStorage extends Error {}

/** The storage that is asked for, or the best there is. */
export function storageOf(wish, prefix) {
  const kind = wish ?? (globalThis.indexedDB ? "indexed" : "local");
  if (kind === "indexed") return indexedStorage(prefix);
  if (kind === "local") return textStorage(prefix, () => globalThis.localStorage, true, `${prefix}local`);
  const isStorage = ["getItem", "setItem", "removeItem"].every((name) => typeof kind[name] === "function");
  if (!isStorage) refuse("storage", "options.storage", '`"local"`, `"indexed"` or an object with `getItem`, `setItem` and `removeItem`', kind);
  // Beyond a page, one name may stand for the stores of many.
  return textStorage(prefix, () => kind, false, globalThis.document && `${prefix}own`);
}

/** Anything like `localStorage`; its answers may also be promises. */
function textStorage(prefix, find, isLocal, channel) {
  // The getter of a page that may not store throws, so it is asked each time.
  const storageNow = () => {
    const storage = find();
    if (!storage) throw new NoStorage("there is no storage here");
    return storage;
  };
  // Where the storage answers at once, so does this: nothing of this thread comes between reading and writing.
  const update = async (step) => {
    const storage = storageNow();
    const keys = [OVER, ...(isListed(storage) ? keysUnder(storage, prefix) : ["a", "b", "aside"].map((name) => prefix + name))];
    const answers = keys.map((key) => storage.getItem(key));
    const values = answers.some(isPromise) ? await Promise.all(answers) : answers;
    const found = keys.map((key, place) => [key, values[place]]);
    for (const [key, value] of step(found.filter(([, value]) => typeof value === "string"))) {
      const answer = value === undefined ? storage.removeItem(key) : storage.setItem(key, typeof value === "string" ? value : textOf(value));
      if (isPromise(answer)) await answer;
    }
  };
  return {
    isLocal,
    channel,
    update: (step) => locked(prefix, () => update(step)),
    leave(key, record) {
      // Only where it is found again.
      if (isListed(storageNow())) storageNow().setItem(key, textOf(record));
    },
  };
}

/**
 * IndexedDB, whose transactions are atomic over all tabs. One that waits for another's turn is given up when its page goes,
 * so what a page leaves lies in `localStorage` where there is room, which waits for nothing.
 */
function indexedStorage(prefix) {
  const leftPrefix = LEFT + prefix;
  let opening;
  let database;
  const close = () => {
    database?.close();
    database = opening = undefined;
  };
  const open = () =>
    new Promise((resolve, reject) => {
      if (!globalThis.indexedDB) throw new NoStorage("there is no storage here");
      const request = indexedDB.open(STARWISE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STARWISE);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        database = request.result;
        // Somebody deletes it: the next update makes it anew.
        database.onversionchange = database.onclose = close;
        resolve();
      };
    });
  const begin = () => {
    const transaction = database.transaction(STARWISE, "readwrite");
    return [transaction, transaction.objectStore(STARWISE)];
  };
  const transact = (step) =>
    new Promise((resolve, reject) => {
      const [transaction, store] = begin();
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const keys = store.getAllKeys(range);
      const over = store.get(OVER);
      const values = store.getAll(range);
      let failure;
      values.onsuccess = () => {
        try {
          for (const [key, value] of step([[OVER, over.result], ...keys.result.map((key, place) => [key, values.result[place]])])) {
            if (value === undefined) store.delete(key);
            else store.put(value, key);
          }
        } catch (error) {
          failure = error;
          transaction.abort();
        }
      };
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(failure ?? transaction.error);
    });
  return {
    isAtomic: true,
    channel: `${prefix}indexed`,
    async update(step) {
      try {
        await (opening ??= open());
        const left = leftUnder(leftPrefix);
        let writes;
        await transact((found) => {
          writes = step([...found, ...left]);
          return writes.filter(([key]) => !key.startsWith(LEFT));
        });
        for (const [key] of writes) if (key.startsWith(LEFT)) localStorage.removeItem(key);
      } catch (error) {
        // Whatever it was, a new connection may do better.
        close();
        throw error;
      }
    },
    leave(key, record) {
      try {
        localStorage.setItem(LEFT + key, textOf(record));
      } catch {
        const [transaction, store] = begin();
        store.put(record, key);
        // A page that goes does not wait for its transactions to end by themselves.
        transaction.commit?.();
      }
    },
  };
}

/** What pages have left in `localStorage`; nothing where that is refused. */
function leftUnder(prefix) {
  try {
    return keysUnder(localStorage, prefix).map((key) => [key, localStorage.getItem(key)]);
  } catch {
    return [];
  }
}

/** Does the work while no other tab does any; where there are no locks, or none is to be had in time, all the same. */
async function locked(name, work) {
  let working;
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_PATIENCE) }, () => (working = work()));
  } catch (error) {
    if (working) throw error;
    await work();
  }
}

/** A promise, refused when it takes longer. */
export function within(patience, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the storage has not answered for ${patience} ms`)), patience);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Whether a storage can say what lies in it. */
function isListed(storage) {
  return typeof storage.key === "function" && typeof storage.length === "number";
}

function keysUnder(storage, prefix) {
  return Array.from({ length: storage.length }, (_, place) => storage.key(place)).filter((key) => key?.startsWith(prefix));
}

function isPromise(answer) {
  return typeof answer?.then === "function";
}
