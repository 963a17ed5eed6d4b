/*
 * What is known of a ledger, as a store: asked for whenever it is wanted, told when events come and when time changes
 * it. Nothing waits while nobody listens, so a watch may be made wherever a framework likes, and forgotten.
 */
import { followChanges } from "./keep/changes.js";
import { checkFunction, refuse, tell } from "./keep/listener.js";

/** Days and hours of every zone begin at one of these, in ms: when progress and nudges may change besides. */
const QUARTER = 900_000;
/** An answer that is younger may stand, in ms. Chosen: from the drawing of a component to its first sign of life. */
const RECENT = 1000;
const NOTHING = Object.freeze({});

/**
 * By ledger: how often a watch has changed it, and whom that is told; and the nudge that was told last, how many watches
 * that ask for nudges are listened to, and when there was one last.
 */
const changesOf = new WeakMap();

/** Watches a ledger, a kept one, or nothing, where there is no ledger yet. */
export function watchLedger(ledger, options) {
  const { initial } = options ?? {};
  if (ledger === null || ledger === undefined) return watchNothing(initial ?? NOTHING);
  // A model has a score as well.
  if (typeof ledger.add !== "function") refuse("source", "ledger", "a ledger", ledger);
  const { horizon, onError, keepAlive, now = Date.now, nudge, showing } = options ?? {};
  const answerOf = questionOf(ledger, options ?? {});
  if (!changesOf.has(ledger)) changesOf.set(ledger, { count: 0, updates: new Set(), asking: 0 });
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
    [snapshot, due] = answerOf(at, shownAt(at));
    if (nudge) changes.shown = snapshot.nudge?.id;
    taken = at;
  }

  /** What is on the screen: what was told last, here or by the watch whose place this one takes; else what was to begin with. */
  function shownAt(at) {
    if (snapshot) return snapshot.nudge?.id;
    return changes.asking > 0 || isMoment(changes.left, at) ? changes.shown : showing;
  }

  const isRecent = (at) => snapshot && counted === changes.count && at < due && isMoment(taken, at);

  function start() {
    // What a component was drawn with stands where nothing has happened since: nothing is drawn twice.
    let mayStand = true;
    const source = (at) => {
      const isStanding = mayStand && isRecent(at) && JSON.stringify(answerOf(taken, snapshot.nudge?.id)[0]) === JSON.stringify(snapshot);
      mayStand = false;
      if (!isStanding) take(at);
      return { nextChange: { at: due } };
    };
    const tellAll = () => {
      for (const { listener } of [...listeners]) tell(listener, snapshot);
    };
    const following = followChanges(source, tellAll, { horizon, onError, keepAlive, now });
    changes.updates.add(following.update);
    if (nudge) changes.asking += 1;
    const off = ledger.onChange?.(() => following.update());
    stop = () => {
      off?.();
      changes.updates.delete(following.update);
      if (nudge) {
        changes.asking -= 1;
        changes.left = now();
      }
      following.stop();
      stop = undefined;
    };
  }

  function subscribe(listener) {
    checkFunction(listener, "listener");
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

/** Whether an instant is another one, or hardly later. */
function isMoment(instant, at) {
  return at >= instant && at < instant + RECENT;
}

/** Gives a function of the instant and of the nudge on the screen: what is known, and when that changes by itself. */
function questionOf(ledger, { progress, nudge, showing: _, include, horizon, now, onError, keepAlive, initial, ...scoring }) {
  const included = include === "all" ? include : [...(include ?? []), "nextChange"];
  const { locale, baseline, profile } = scoring;
  return (at, showing) => {
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
      const decision = decide(inner, { at, locale, baseline, profile, showing });
      answer.nudge = decision.nudge;
      for (const { reasons } of decision.candidates) instants.push(...reasons.map(({ until }) => until));
    }
    if (progress || nudge) instants.push((Math.floor(at / QUARTER) + 1) * QUARTER);
    return [answer, Math.min(...instants.filter((instant) => instant > at))];
  };
}

/** What is to be shown. A nudge that the model no longer has, of a page before, is no longer on the screen. */
function decide(ledger, options) {
  try {
    return ledger.nudge(options);
  } catch (error) {
    if (error.code !== "options-unknown-nudge") throw error;
    return ledger.nudge({ ...options, showing: null });
  }
}
