/*
 * One customer's world: a clock that can be moved, a kept ledger under a model that can be changed, and what both come
 * to at the instant of the clock.
 */
import { logged } from "./life.js";

/** As long as nothing else is due, everything is worked out anew after this: scores fade all the time. */
const FADE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What the picture of the score shows around now. */
const PAST_MS = 21 * DAY_MS;
const AHEAD_MS = 14 * DAY_MS;
const STEP_MS = DAY_MS / 4;

/**
 * Opens the world of a life. `starwise` is the package with `keepLedger` and `wakeAt` of its keeper; `onChange()` is told
 * whenever what can be seen may have changed, `onWrite()` whenever the life is to be remembered; a `backend` is told of
 * events and of the profile.
 */
export async function openWorld({ starwise, life, onChange, onWrite, backend = null }) {
  const { Model, Ledger, keepLedger, wakeAt } = starwise;
  const settings = { name: life.name, storage: "local", timeZone: life.timeZone, dayStartHour: life.dayStartHour };
  let model = new Model(life.rules);
  let [kept, off] = [null, null];
  let swapped = Promise.resolve();
  let stopWaiting = () => {};
  const open = () => keepLedger(model, { ...settings, profile: life.profile });
  take(await open());

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
    life.log = logged(life.log, entries.toReversed());
    backend?.add(entries.map(({ type, data, id }) => ({ type, data, id, time })));
    changed();
  }

  /** Adds a history as it is. */
  function load(events) {
    if (events.length > 0) kept.add(events);
    life.log = logged([], events.map((event) => ({ ...event, time: Date.parse(event.time) })).toReversed());
    return kept.save();
  }

  /** Changes the profile, and tells of it by an event where there is one. */
  function become(change, event) {
    const before = scoreAt(now());
    life.profile = { ...life.profile, ...change };
    kept.ledger.profile = life.profile;
    kept.save();
    backend?.describe({ profile: life.profile });
    const entry = { type: "profile", isProfile: true, data: change, time: now(), before, after: scoreAt(now()) };
    life.log = logged(life.log, [entry]);
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
   * Takes another model over at once, with all that the ledger still knows; it is kept again as soon as the keeper of the
   * old model has ended. Throws, and changes nothing, where the model is not sound.
   */
  function setRules(rules) {
    const next = new Model(rules);
    const bridge = unkept(Ledger.fromBytes(next, kept.ledger.toBytes(), { rebase: true }));
    const former = { model, kept };
    off();
    [model, kept, off] = [next, bridge, () => {}];
    const isThere = JSON.parse(rules).nudges?.some(({ id }) => id === life.showing);
    Object.assign(life, { rules, ...(!isThere && { showing: null, exposed: null }) });
    kept.ledger.profile = life.profile;
    changed();
    swapped = swapped.then(async () => {
      await former.kept.close();
      former.model.free();
      if (kept !== bridge) return;
      const keeper = await open();
      if (kept !== bridge) return void (await keeper.close());
      keeper.merge(bridge.ledger);
      bridge.ledger.free();
      take(keeper);
    });
    return swapped;
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
    const started = life.profile.createdAt === undefined ? at - PAST_MS : Date.parse(new Date(life.profile.createdAt).toISOString());
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
    await kept.close();
    model.free();
  }

  return { life, now, add, load, become, jumpTo, setRules, look, expose, react, close, save: () => kept.save() };
}

/** A ledger that is not kept for a moment, as its keeper would be used. */
function unkept(ledger) {
  return { ledger, add: (event) => ledger.add(event), score: (options) => ledger.score(options), save: async () => false, close: async () => ledger.free() };
}
