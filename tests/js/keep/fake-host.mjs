// Hosts for the tests of starwise/keep: storages that fail in their ways, a page that is hidden, locks.
import { after } from "node:test";

/** Puts globals in place until the test is over; gives what takes them away. */
export function withGlobals(t, globals) {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(globals)) {
    const property = typeof value === "function" && value.isGetter ? { get: value } : { value, writable: true };
    Object.defineProperty(globalThis, name, { configurable: true, ...property });
  }
  const restore = () => {
    for (const [name, descriptor] of before.splice(0)) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else delete globalThis[name];
    }
  };
  (t?.after.bind(t) ?? after)(restore);
  return restore;
}

/** A property that throws when it is read. */
export function throwing(error) {
  return Object.assign(() => { throw error; }, { isGetter: true });
}

/** `localStorage` with a quota in characters; every other behaviour can be put in its way by a test. */
export class FakeStorage {
  constructor(quota = Infinity) {
    this.quota = quota;
    this.values = new Map();
    this.writes = 0;
  }

  get length() {
    return this.values.size;
  }

  key(place) {
    return [...this.values.keys()][place] ?? null;
  }

  getItem(key) {
    return this.values.get(key) ?? null;
  }

  setItem(key, value) {
    const others = [...this.values].filter(([other]) => other !== key);
    const size = others.reduce((sum, [name, text]) => sum + name.length + text.length, key.length + value.length);
    if (size > this.quota) throw new DOMException("the quota is exceeded", "QuotaExceededError");
    this.writes += 1;
    this.values.set(key, value);
  }

  removeItem(key) {
    this.values.delete(key);
  }
}

/** A storage that answers with promises, each after as many turns as `turns()` says, and cannot say what lies in it. */
export function slowStorage(turns) {
  const values = new Map();
  const soon = async (work) => {
    for (let turn = turns(); turn > 0; turn -= 1) await new Promise(setImmediate);
    return work();
  };
  return {
    values,
    getItem: (key) => soon(() => values.get(key) ?? null),
    setItem: (key, value) => soon(() => void values.set(key, value)),
    removeItem: (key) => soon(() => void values.delete(key)),
  };
}

/** A window that hears events, and a document that is visible or hidden. */
export function fakePage(t) {
  const target = new EventTarget();
  const document = { visibilityState: "visible" };
  withGlobals(t, {
    document,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  });
  return {
    document,
    dispatch: (type, properties) => target.dispatchEvent(Object.assign(new Event(type), properties)),
    hide() {
      document.visibilityState = "hidden";
      this.dispatch("visibilitychange");
    },
  };
}

/** `navigator.locks`, one holder of a name at a time. */
export function fakeLocks() {
  const tails = new Map();
  return {
    request(name, options, work) {
      const turn = (tails.get(name) ?? Promise.resolve()).then(() => work());
      tails.set(name, turn.catch(() => {}));
      return turn;
    },
  };
}

/** Numbers from 0 to `below`, the same in each run. */
export function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lets everything that is under way come to its end. */
export async function settle(turns = 20) {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
}
