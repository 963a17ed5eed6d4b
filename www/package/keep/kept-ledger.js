/*
 * A ledger that outlives its page. It lies in storage twice, under `…:a` and `…:b`, written in turn: whatever becomes of
 * one write, the other is whole. Before each write both are read and merged, so that tabs never lose each other's events.
 * A page that goes leaves what is not yet saved under a key of its own, `…:<tab>`, for which no other tab is asked;
 * whoever comes next takes it over. A snapshot that is refused is moved to `…:aside` before its place is written.
 */
import { channelOf, forgetLife, lifeOf, prefixOf } from "./life.js";
import { checkFunction, refuse, tell } from "./listener.js";
import { covers, recordOf, united } from "./record.js";
import { NoStorage, OVER, PATIENCE, storageOf, within } from "./storage.js";

/** How long after a change it is saved, in ms. Chosen: a burst of events is one write. */
const SAVE_AFTER = 1000;
/** The longest timer there is, in ms. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** How a page says that it goes, or may go unseen; and that it is back, having heard nothing meanwhile. */
const GOINGS = ["pagehide", "visibilitychange", "pageshow"];

/** Opens what is kept under a name. `Ledger` is the class of it. */
export async function openLedger(Ledger, model, options) {
  const { name, storage: wish, onTrouble = () => {}, saveAfter = SAVE_AFTER, replica, ...settings } = options ?? {};
  const prefix = prefixOf(name);
  if (!(saveAfter >= 0 && saveAfter <= LONGEST_TIMER)) refuse("save-after", "options.saveAfter", `milliseconds from 0 to ${LONGEST_TIMER}`, saveAfter);
  checkFunction(onTrouble, "options.onTrouble");
  const storage = storageOf(wish, prefix);
  // Fresh, so that no two tabs ever number their events alike.
  const tab = randomName();
  const identity = { replica: replica ? `${replica}-${tab}` : tab };

  let ledger = new Ledger(model, { ...settings, ...identity });
  /** What is left when the history is forgotten: made now, because the model may be freed by then. */
  const blank = new Ledger(model, { ...settings, profile: null, ...identity });
  /** Whether that is still the empty one, which nobody has seen. */
  let isFresh = true;
  let hasRead = false;
  let closing;
  let isClosed = false;
  /** The life of the history that this is, once it is known, and whether that is over. */
  let life;
  let isOver = false;
  /** What the ledger has seen, as records tell it; the latest change of this tab; which of them is stored, which was left. */
  let seen = {};
  let change = 0;
  let stored = 0;
  let left = 0;
  let seq = 0;
  let trouble = null;
  const told = new Set();
  const listeners = new Set();
  let channel;
  let timer;
  let running = Promise.resolve();
  let waiting;

  const isPending = () => change > stored;
  const record = () => ({ seq: seq + 1, seen, life, bytes: ledger.toBytes() });
  const post = (written) => !isClosed && channel?.postMessage(written);
  const notify = (from) => {
    for (const listener of listeners) tell(listener, { from });
  };

  /** Counts a change of this tab: above any that it knows of. */
  function count() {
    change = 1 + Math.max(change, ...Object.values(seen));
    seen = united(seen, { [tab]: change });
  }

  function changed() {
    count();
    saveSoon();
    notify("here");
  }

  function saveSoon() {
    if (!isClosed && !isOver) timer ??= setTimeout(sync, saveAfter);
  }

  /** Brings storage and ledger together, after what is under way; whoever asks meanwhile waits for the same. */
  function sync() {
    clearTimeout(timer);
    timer = undefined;
    return (waiting ??= running.then(() => {
      waiting = undefined;
      return (running = run());
    }));
  }

  async function run() {
    let written;
    let upTo;
    const work = storage.update((found) => {
      const writes = isClosed ? [] : step(found, (value) => (written = value));
      upTo = change;
      return writes;
    }).then(() => {
      if (isOver) return;
      stored = Math.max(stored, upTo);
      trouble = null;
      if (written) post(written);
    }, fail);
    // What comes after the limit counts all the same.
    await within(PATIENCE, work).catch(fail);
  }

  /** Carries on in memory. Told once, until something is stored or something else is wrong. */
  function fail(error) {
    if (isOver) return;
    const kind = error instanceof NoStorage ? "unavailable" : /quota/i.test(error?.name) ? "full" : "blocked";
    const isNews = trouble?.kind !== kind;
    trouble = { kind, error };
    if (isNews) tell(onTrouble, trouble);
  }

  /** What is to be written, given what lies in storage: nothing, if that has all that is known here. */
  function step(found, write) {
    const current = lifeOf(name, found);
    life ??= current;
    end(current, "elsewhere");
    const lying = found.filter(([key]) => key !== OVER).map(entryOf);
    // What a tab wrote that did not know.
    const ended = lying.filter((entry) => entry.life < current).map(({ key }) => [key]);
    if (isOver) return ended;
    const entries = lying.filter((entry) => !(entry.life < current)).sort((a, b) => b.seq - a.seq);
    const [a, b, aside] = ["a", "b", "aside"].map((name) => entries.find(({ key }) => key === prefix + name) ?? entryOf([prefix + name]));
    const writes = new Map();
    let inSlots = {};
    let isNews = false;
    for (const entry of entries) {
      // What was set aside is tried once: another model or version may take it.
      if (entry === aside && hasRead) continue;
      try {
        if (entry.error) throw entry.error;
        if (!covers(seen, entry.seen)) isNews = take(entry);
        seen = united(seen, entry.seen);
        if (entry === a || entry === b) inSlots = united(inSlots, entry.seen);
        else writes.set(entry.key);
      } catch (error) {
        entry.error = error;
        const { key, value } = entry;
        if (entry !== aside && !told.has(key)) tell(onTrouble, { kind: kindOf(error), error, key, value });
        told.add(key);
      }
    }
    hasRead = true;
    if (isNews) queueMicrotask(() => notify("elsewhere"));
    seq = Math.max(a.seq, b.seq);
    // Among very many tabs it may be forgotten before it is written.
    if (isPending() && seen[tab] !== change) count();
    if (covers(inSlots, seen)) return [...ended, ...writes];
    // One that is not there, or was refused, before one that is sound.
    const target = a.error || (!b.error && a.seq < b.seq) ? a : b;
    const written = [target.key, write(record())];
    const isRefused = target.error && target.value !== undefined;
    // What was set aside before gives way only to what includes it.
    const givesWay = () => !aside.value || writes.delete(aside.key) || (aside.seq > 0 && covers(target.seen, aside.seen));
    return [...ended, ...(isRefused && givesWay() ? [[aside.key, target.value]] : []), written, ...writes];
  }

  /** Takes a record over, or throws and takes nothing. */
  function take({ key, value, bytes }) {
    try {
      // The newest one is the ledger itself, with its profile, zone and hour. What comes later may know this tab already.
      if (isFresh) become(Ledger.fromBytes(model, bytes, identity));
      else ledger.merge(bytes);
    } catch (error) {
      if (kindOf(error) !== "foreign") throw error;
      const other = Ledger.fromBytes(model, bytes, { ...(isFresh && identity), rebase: true });
      if (isFresh) become(other);
      else mergeOnce(other);
      tell(onTrouble, { kind: "foreign", error, key, value, isRebased: true });
    }
    return true;
  }

  function become(other) {
    if (settings.profile) other.profile = settings.profile;
    ledger.free();
    ledger = other;
    isFresh = false;
  }

  function mergeOnce(other) {
    try {
      ledger.merge(other);
    } finally {
      other.free();
    }
  }

  /** Where this life was forgotten, it goes on empty and in memory only, so that nothing comes back. */
  function end(newLife, from) {
    if (isOver || isClosed || !(newLife > (life ?? 0))) return false;
    isOver = true;
    settings.profile = null;
    become(blank);
    trouble = { kind: "forgotten", error: new Error("the history was forgotten") };
    if (from === "elsewhere") tell(onTrouble, trouble);
    queueMicrotask(() => notify(from));
    return true;
  }

  /** A page that goes, or may go unseen, leaves at once what is not stored yet. */
  function hide({ type }) {
    if (isOver) return;
    if (type === "pageshow") return saveSoon();
    if (type === "visibilitychange" && document.visibilityState !== "hidden") return;
    if (isPending() && change > left) {
      try {
        const leaving = record();
        storage.leave(prefix + tab, leaving);
        left = change;
        post(leaving);
      } catch {
        // What is wrong with the storage is found, and told, by what comes next.
      }
    }
    if (isPending() || timer) sync();
  }

  /** Another tab wrote; what it wrote comes along, for it may be written over already. */
  function hear(value) {
    if (isOver) return;
    // What was being written when it was forgotten is removed.
    if (value.forgotten) return void (end(value.forgotten, "elsewhere") && sync());
    try {
      const record = recordOf(value);
      if (record.life !== life) return saveSoon();
      if (!covers(seen, record.seen)) {
        take({ ...record, value });
        seen = united(seen, record.seen);
        notify("elsewhere");
      }
    } catch {
      // What is wrong with it is told when it is read from storage.
    }
    // It may have written over what only this tab knows by now.
    if (!storage.isAtomic) saveSoon();
  }

  function overhear({ key, newValue }) {
    if (key === OVER) sync();
    else if (newValue && key.startsWith(prefix)) hear(newValue);
  }

  async function close() {
    do await sync();
    while (isPending() && !trouble);
    isClosed = true;
    clearTimeout(timer);
    for (const going of GOINGS) globalThis.removeEventListener?.(going, hide, true);
    globalThis.removeEventListener?.("storage", overhear);
    channel?.close();
    ledger.free();
    blank.free();
  }

  await sync();
  isFresh = false;
  if (globalThis.document) for (const going of GOINGS) addEventListener(going, hide, true);
  if (!trouble) channel = channelOf(storage);
  if (channel) channel.onmessage = ({ data }) => hear(data);
  else if (storage.isLocal) globalThis.addEventListener?.("storage", overhear);

  const kept = {
    get ledger() {
      return ledger;
    },
    get trouble() {
      return trouble;
    },
    add(events) {
      ledger.add(events);
      changed();
    },
    score: (options) => ledger.score(options),
    merge(bytes) {
      ledger.merge(bytes);
      changed();
    },
    /** Writes now, also what was done to the ledger itself; gives whether it is stored. */
    async save() {
      if (!closing) count();
      await sync();
      return !trouble;
    },
    onChange(listener) {
      checkFunction(listener, "listener");
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Removes what is kept, here and for all tabs. */
    async forget() {
      end(await forgetLife({ name, storage: wish }), "here");
      await sync();
    },
    close: () => (closing ??= close()),
  };
  // Where the host has it; elsewhere `close()` is the way.
  if (Symbol.asyncDispose) kept[Symbol.asyncDispose] = kept.close;
  return kept;
}

/** What lies at a key, read as far as it can be. */
function entryOf([key, value]) {
  try {
    return { key, value, ...recordOf(value) };
  } catch (error) {
    return { key, value, seq: 0, seen: {}, error };
  }
}

/** Why a snapshot was refused. */
function kindOf({ code }) {
  return /newer|foreign/.exec(code)?.[0] ?? "damaged";
}

function randomName() {
  return crypto.getRandomValues(new BigUint64Array(1))[0].toString(36);
}
