/*
 * What is known of a ledger, as a store: asked for whenever it is wanted, told when events come and when time changes
 * it. Nothing waits while nobody listens, so a watch may be made wherever a framework likes, and forgotten.
 */
import { followChanges } from "./keep/changes.js";
import { refuse, tell } from "./keep/listener.js";

/** Days and hours of every zone begin at one of these, in ms: when progress and nudges may change besides. */
const QUARTER = 900_000;
/** An answer that is younger may stand, in ms. Chosen: from the drawing of a component to its first sign of life. */
const RECENT = 1000;
const NOTHING = Object.freeze({});

/** By ledger: how often a watch has changed it, and whom that is told. */
const changesOf = new WeakMap();

/** Watches a ledger, a kept one, or nothing, where there is no ledger yet. */
export function watchLedger(ledger, options) {
  const { initial } = options ?? {};
  if (ledger === null || ledger === undefined) return watchNothing(initial ?? NOTHING);
  if (typeof ledger.score !== "function") refuse("source", "ledger", "a ledger", ledger);
  const { horizon, onError, keepAlive, now = Date.now } = options ?? {};
  const answerOf = questionOf(ledger, options ?? {});
  if (!changesOf.has(ledger)) changesOf.set(ledger, { count: 0, updates: new Set() });
  const changes = changesOf.get(ledger);

  const listeners = new Set();
  let snapshot;
  /** When it was taken, after how many changes, and when time changes it. */
  let taken;
  let counted;
  let due;
  let stop;

  function take(at) {
    counted = changes.count;
    [snapshot, due] = answerOf(at, snapshot);
    taken = at;
  }

  const isRecent = (at) => snapshot && counted === changes.count && at >= taken && at < Math.min(due, taken + RECENT);

  function start() {
    // What a component was drawn with stands where nothing has happened since: nothing is drawn twice.
    let mayStand = true;
    const source = (at) => {
      const isStanding = mayStand && isRecent(at) && JSON.stringify(answerOf(taken, snapshot)[0]) === JSON.stringify(snapshot);
      mayStand = false;
      if (!isStanding) take(at);
      return { nextChange: { at: due } };
    };
    const tellAll = () => {
      for (const { listener } of [...listeners]) tell(listener, snapshot);
    };
    const following = followChanges(source, tellAll, { horizon, onError, keepAlive, now });
    changes.updates.add(following.update);
    const off = ledger.onChange?.(() => following.update());
    stop = () => {
      off?.();
      changes.updates.delete(following.update);
      following.stop();
      stop = undefined;
    };
  }

  function subscribe(listener) {
    if (!stop) start();
    // One function may listen twice.
    const entry = { listener };
    listeners.add(entry);
    return () => {
      if (listeners.delete(entry) && listeners.size === 0) stop();
    };
  }

  function getSnapshot() {
    if (!(stop && snapshot) && !isRecent(now())) take(now());
    return snapshot;
  }

  function update() {
    changes.count += 1;
    for (const tellOne of [...changes.updates]) tellOne();
  }

  function add(events) {
    ledger.add(events);
    // A kept ledger has told it by now.
    if (ledger.onChange) changes.count += 1;
    else update();
  }

  return { subscribe, getSnapshot, getServerSnapshot: () => initial ?? getSnapshot(), add, update };
}

/** Where there is no ledger yet: nothing is known but what was handed over, and nothing can be added. */
function watchNothing(snapshot) {
  const getSnapshot = () => snapshot;
  const add = () => refuse("source", "ledger", "a ledger before anything is added", null);
  return { subscribe: () => () => {}, getSnapshot, getServerSnapshot: getSnapshot, add, update() {} };
}

/** Gives a function of the instant and of what was answered before: what is known, and when that changes by itself. */
function questionOf(ledger, { progress, nudge, showing, include, horizon, now, onError, keepAlive, initial, ...scoring }) {
  const included = include === "all" ? include : [...(include ?? []), "nextChange"];
  const { locale, baseline, profile } = scoring;
  return (at, former) => {
    const answer = { result: ledger.score({ ...scoring, at, include: included }) };
    const instants = [answer.result.nextChange?.at];
    // A kept ledger has those questions inside.
    const inner = ledger.ledger ?? ledger;
    if (progress) {
      answer.progress = inner.progress({ at, locale, baseline, profile });
      instants.push(...answer.progress.streaks.map(({ until }) => until));
    }
    if (nudge) {
      // What was told is on the screen by now, and nothing is to push it away.
      const shown = showing === undefined ? former?.nudge?.id : showing;
      const decision = inner.nudge({ at, locale, baseline, profile, showing: shown });
      answer.nudge = decision.nudge;
      for (const { reasons } of decision.candidates) instants.push(...reasons.map(({ until }) => until));
    }
    if (progress || nudge) instants.push((Math.floor(at / QUARTER) + 1) * QUARTER);
    return [answer, Math.min(...instants.filter((instant) => instant > at))];
  };
}
