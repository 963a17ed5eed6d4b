/*
 * One customer's way through time under one model: what is known, asked again and again, and what it would be with events
 * that are only tried. Plain data in, plain data out; nothing here is shown.
 */
import { periodDays } from "../form/edit.js";
import { extra } from "./occurrence.js";

const DAY_MS = 86_400_000;
/** How many points the line is drawn through. */
const SAMPLES = 640;
/** And how many of them lie between two points of a line that only lasts for a frame. */
const AHEAD_STEPS = 3;
/** How far ahead is looked for the last change, and how much of that is shown at least and at most, in days. */
const LOOK_AHEAD = 365;
const AHEAD = { least: 30, most: 400 };
/** Shown ahead, in days, under a model of all time. */
const PERIOD = 60;
/** What is shown before the first event and after the last change, as a share of what lies between. */
const MARGIN = 0.03;

/**
 * `now` is where what is known ends and the forecast begins, `home` the instant of everybody's scores. `free()` gives back what the core holds.
 */
export function journey({ Model, Ledger, json, history: { events, profile }, now, home = now }) {
  const model = new Model(json);
  const known = ledgerOf(events);
  const range = rangeOf(known, { events, json, now, home });
  const lines = new Map();
  let tries = [];
  let trial = null;

  function ledgerOf(...lists) {
    const ledger = new Ledger(model, { profile });
    for (const list of lists) if (list.length > 0) ledger.add(list);
    return ledger;
  }

  /** `{ result, took }`, `took` in milliseconds: everything there is about an instant, as it is or with what is tried. */
  function at(instant, ledger = known) {
    const began = performance.now();
    const result = ledger.score({ at: instant, include: "all" });
    return { result, took: performance.now() - began };
  }

  function line() {
    if (!lines.has("known")) lines.set("known", known.timeline(range));
    return lines.get("known");
  }

  /** The line from an instant on if nothing more had been done from there. */
  function ahead(instant) {
    const idle = ledgerOf(
      events.filter(({ time }) => time <= instant),
      tries.flatMap((attempt) => (attempt.at <= instant ? attempt.events : [])),
    );
    const found = idle.timeline({ from: instant, to: range.to, step: AHEAD_STEPS * range.step });
    idle.free();
    return found;
  }

  function retry() {
    trial?.free();
    trial = tries.length === 0 ? null : ledgerOf(events, tries.flatMap((attempt) => attempt.events));
    lines.delete("tried");
  }

  return {
    range,
    line,
    at,
    ahead,
    /** All changes within the range, of what is tried where something is. */
    changes: () => (trial ?? known).transitions(range),
    /** The same with what is tried: `{ at(instant), line() }`; null while nothing is. */
    get tried() {
      if (trial === null) return null;
      return {
        at: (instant) => at(instant, trial),
        line() {
          if (!lines.has("tried")) lines.set("tried", trial.timeline(range));
          return lines.get("tried");
        },
      };
    },
    /** The result that so many events of a type would bring about. */
    outlook: (type, count, instant) => (trial ?? known).whatIf(extra({ type, count, at: instant, json, events }), { at: instant }),
    /** Has something happen that has not: `{ type, count, label, at }`. */
    attempt(attempt) {
      tries = [...tries, { ...attempt, events: extra({ ...attempt, json, events, from: tries.length }) }];
      retry();
    },
    undo() {
      tries = tries.slice(0, -1);
      retry();
    },
    reset() {
      tries = [];
      retry();
    },
    get tries() {
      return tries;
    },
    free() {
      trial?.free();
      known.free();
      model.free();
    },
  };
}

/** From the first event, or where everybody is scored, to where, as far as can be seen, nothing changes any more. */
function rangeOf(ledger, { events, json, now, home }) {
  const first = Math.min(events[0]?.time ?? now - AHEAD.least * DAY_MS, now - DAY_MS, home);
  const period = periodDays(json) ?? PERIOD;
  const last = ledger.transitions({ from: now, to: now + LOOK_AHEAD * DAY_MS }).at(-1)?.at ?? now;
  const days = Math.min(AHEAD.most, Math.max(AHEAD.least, period, (last - now) / DAY_MS));
  const margin = MARGIN * (now + days * DAY_MS - first);
  const from = Math.floor(first - margin);
  const step = Math.ceil((now + days * DAY_MS + margin - from) / SAMPLES);
  return { from, to: from + SAMPLES * step, step };
}
