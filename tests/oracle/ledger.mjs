// A ledger, naively: a list of everything ever added, each with its identity (section 11 of the specification).

import { scoreNaively } from "./oracle.mjs";

let lastHidden = 0;

/** Entries for a list of events: what a ledger keeps. An event without an id gets a number of its own. */
export function keep(events) {
  return events.map((event) => ({ event, hidden: typeof event.id === "string" ? null : ++lastHidden }));
}

/** The entries of several ledgers of one customer: those with the same hidden number are one event. */
export function unite(...ledgers) {
  const seen = new Set();
  return ledgers.flat().filter(({ hidden }) => {
    if (hidden === null) return true; // the same id twice is for the history to settle
    if (seen.has(hidden)) return false;
    seen.add(hidden);
    return true;
  });
}

/** Section 11: the score of a ledger is that of the united history. */
export function scoreLedger(model, entries, profile, options) {
  return scoreNaively(model, { events: entries.map(({ event }) => event), profile }, options);
}
