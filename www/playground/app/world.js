/*
 * One customer's world: a clock that can be moved, a kept ledger under a model that can be changed, and what both come
 * to at the instant of the clock.
 */
import { factFinder } from "./facts.js";
import { eventsOf, log, newName } from "./life.js";

/** As long as nothing else is due, everything is worked out anew after this: scores fade all the time. */
const FADE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What the picture of the score shows around now. */
const PAST_MS = 21 * DAY_MS;
const AHEAD_MS = 14 * DAY_MS;
const STEP_MS = DAY_MS / 4;

/**
 * Opens the world of a life. `starwise` is the package with `keepLedger` and `wakeAt` of its keeper; `onChange()` is told
 * whenever what can be seen may have changed, `onWrite()` whenever the life is to be remembered, `onOver(name)` of a kept ledger
 * that is needed no more; a `backend` is told of events and of the profile.
 */
export async function openWorld({ starwise, life, onChange, onWrite, onOver, backend = null }) {
  const { Model, Ledger, keepLedger, wakeAt } = starwise;
  const settings = { timeZone: life.timeZone, dayStartHour: life.dayStartHour };
  let model = new Model(life.rules);
  let [kept, off, finder] = [null, null, null];
  let swapped = Promise.resolve();
  let stopWaiting = () => {};
  const open = () => keepLedger(model, { ...settings, name: life.name, storage: "local", profile: life.profile });
  const over = [];
  if (life.isToFill) rename();
  const first = await open();
  const events = life.isToFill ? (eventsOf(life) ?? []) : [];
  if (events.length > 0) first.add(events);
  take(first);
  if (life.isToFill) await filled();

  const now = () => life.heldAt ?? Date.now() + life.shift;

  function take(keeper) {
    kept = keeper;
    off = kept.onChange(({ from }) => from === "elsewhere" && onChange());
    kept.save();
  }

  /** Adds events at the instant of the clock, and logs what each did to the score. */
  function add(...events) {
    const time = now();
    const entries = events.map((event) => {
      const whole = { ...event, time, ...(backend && { id: crypto.randomUUID() }) };
      const before = scoreAt(time);
      kept.add(whole);
      return { ...whole, before, after: scoreAt(time) };
    });
    log(life, entries.toReversed());
    backend?.add(entries.map(({ type, data, id }) => ({ type, data, id, time })));
    changed();
  }

  /** Adds a history as it is. */
  function load(events) {
    if (events.length > 0) kept.add(events);
    log(life, events.map((event) => ({ ...event, time: Date.parse(event.time) })).toReversed());
    return kept.save();
  }

  /** Changes the profile, and tells of it by an event where there is one. */
  function become(change, event) {
    const before = scoreAt(now());
    // What is left empty is not there.
    life.profile = Object.fromEntries(Object.entries({ ...life.profile, ...change }).filter(([, value]) => value !== undefined));
    kept.ledger.profile = life.profile;
    kept.save();
    backend?.describe({ profile: life.profile });
    const entry = { type: "profile", isProfile: true, data: change, time: now(), before, after: scoreAt(now()) };
    log(life, [entry]);
    if (event) add(event);
    else changed();
  }

  /** Moves the clock. Whoever comes back later opens the page anew: nothing is on it. */
  function jumpTo(at) {
    life.showing = life.exposed = null;
    if (life.heldAt !== null) life.heldAt = at;
    else life.shift = at - Date.now();
    changed();
  }

  /**
   * Takes another model over at once, with all that the ledger still knows; what it never kept comes from the log. It is kept
   * again as soon as the keeper of the old model has ended. Throws, and changes nothing, where the model is not sound.
   */
  function setRules(rules) {
    const next = new Model(rules);
    const rebased = Ledger.fromBytes(next, kept.ledger.toBytes(), { rebase: true });
    const bridge = unkept(rebased.completeFrom > -Infinity ? (anew(next) ?? rebased) : rebased);
    if (bridge.ledger !== rebased) {
      rebased.free();
      // Under the name of before lies what is not whole.
      rename();
    }
    const former = { model, kept };
    off();
    [model, kept, off] = [next, bridge, () => {}];
    const isThere = JSON.parse(rules).nudges?.some(({ id }) => id === life.showing);
    Object.assign(life, { rules, ...(!isThere && { showing: null, exposed: null }) });
    kept.ledger.profile = life.profile;
    // Before anything is shown: whatever becomes of that, the ledger is kept.
    swapped = swapped.then(async () => {
      await former.kept.close();
      former.model.free();
      if (kept !== bridge) return;
      const keeper = await open();
      if (kept !== bridge) return void (await keeper.close());
      keeper.merge(bridge.ledger);
      bridge.ledger.free();
      take(keeper);
      if (life.isToFill) await filled();
    });
    changed();
    return swapped;
  }

  /** A ledger of another model, filled with everything that ever happened; null where that is not known. */
  function anew(next) {
    const events = eventsOf(life);
    if (events === null) return null;
    const ledger = new Ledger(next, { ...settings, profile: life.profile });
    if (events.length > 0) ledger.add(events);
    return ledger;
  }

  /** Begins a ledger of another name, which is to be filled. */
  function rename() {
    over.push(life.name);
    Object.assign(life, { name: newName(life.name.replace(/-[^-]*$/, "")), isToFill: true });
  }

  /** The ledger of the new name has been filled: it is stored before anybody is told so. */
  async function filled() {
    await kept.save();
    life.isToFill = false;
    onWrite();
    for (const name of over.splice(0)) onOver(name);
  }

  /** Everything that can be seen now. */
  function look() {
    const at = now();
    const { ledger } = kept;
    const { locale } = life;
    const result = ledger.score({ at, locale, include: "all" });
    const progress = ledger.progress({ at, locale });
    const decision = decide(at);
    life.showing = decision.nudge?.id ?? null;
    if (life.exposed !== life.showing) life.exposed = null;
    const started = instantIn(life.profile.createdAt) ?? at - PAST_MS;
    // Now is one of the instants that are drawn.
    const steps = Math.ceil((at - Math.max(at - PAST_MS, Math.min(started, at - 2 * DAY_MS))) / STEP_MS);
    const span = { from: at - steps * STEP_MS, to: at + AHEAD_MS, step: STEP_MS };
    const timeline = ledger.timeline(span);
    const yesterday = ledger.score({ at: at - DAY_MS }).score;
    wait(at, result, progress, decision);
    return { at, result, progress, decision, timeline, yesterday, span, completeFrom: ledger.completeFrom };
  }

  /** What is on the page stays there, unless something more important is to be shown. */
  function decide(at) {
    const { locale, showing } = life;
    const anew = kept.ledger.nudge({ at, locale });
    if (showing === null) return anew;
    const still = kept.ledger.nudge({ at, locale, showing });
    const isStill = still.nudge?.id === showing && !(anew.nudge?.priority > still.nudge.priority);
    return isStill ? still : anew;
  }

  /** What the nudges ask for, by fact: what is found of each. */
  function facts(at) {
    if (finder?.rules !== life.rules) {
      finder?.free();
      finder = { rules: life.rules, ...factFinder(starwise, life.rules) };
    }
    return finder.found(kept.ledger, { at });
  }

  /** A nudge has come into view: once for each time that it is put there. */
  function expose(event) {
    if (life.exposed === event.data.nudge) return;
    life.exposed = event.data.nudge;
    add({ type: event.type, data: event.data });
  }

  /** Something was done about a nudge. Whatever was done, it need not stay. */
  function react(event) {
    life.showing = null;
    add({ type: event.type, data: event.data });
  }

  function scoreAt(at) {
    return kept.score({ at }).score;
  }

  /** Looks again as soon as time alone changes something. */
  function wait(at, { nextChange }, { streaks }, { candidates }) {
    stopWaiting();
    if (life.heldAt !== null) return;
    const dues = [nextChange?.at, ...streaks.map(({ until }) => until), ...candidates.flatMap(({ reasons }) => reasons.map(({ until }) => until))];
    const due = Math.min(at + FADE_MS, ...dues.filter((instant) => instant > at));
    stopWaiting = wakeAt(due, onChange, { now });
  }

  function changed() {
    onWrite();
    onChange();
  }

  async function close() {
    stopWaiting();
    await swapped;
    off();
    finder?.free();
    await kept.close();
    model.free();
  }

  return { life, now, add, load, become, jumpTo, setRules, look, facts, expose, react, close, save: () => kept.save() };
}

/** An instant that a profile names, in epoch ms; undefined where it is none. */
function instantIn(value) {
  const time = new Date(value ?? NaN).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** A ledger that is not kept for a moment, as its keeper would be used. */
function unkept(ledger) {
  return { ledger, add: (event) => ledger.add(event), score: (options) => ledger.score(options), save: async () => false, close: async () => ledger.free() };
}
