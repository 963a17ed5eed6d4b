// The one nudge to show now, and why not the others (section 9 of the specification).

import { endOfClock, endOfDay, intervalOf, isWithinClock, placeOf } from "./calendar.mjs";
import { matchingEvents } from "./criterion.mjs";
import { factsFor } from "./nudge-facts.mjs";
import { fillText } from "./placeholder.mjs";
import { progress, situate } from "./progress.mjs";
import { holds, valueAt } from "./condition.mjs";
import { pickText } from "./text.mjs";
import { parseDuration } from "./time.mjs";

/** `{ at, nudge, candidates }` without messages; options are those of scoring and `showing`, the id of the nudge on screen. */
export function nudge(model, history, options) {
  const nudges = model.nudges ?? [];
  const { showing } = options;
  if (showing !== undefined && showing !== null && !nudges.some(({ id }) => id === showing)) throw new Error("options.showing");

  const situation = situate(model, history, options);
  const { checklists } = progress({ ...model, badges: [] }, history, options);
  const facts = nudges.length === 0 ? {} : factsFor(model, history, options);
  const candidates = nudges.map((one) => {
    const isShowing = one.id === showing;
    const reasons = [...reasonsItself(one, facts, situation), ...(isShowing ? [] : reasonsOfTime(model, one, situation))];
    return { one, isShowing, reasons };
  });

  const able = candidates.filter(({ reasons }) => reasons.length === 0);
  const best = able.find(({ isShowing }) => isShowing) ?? highestOf(able);
  for (const candidate of able) {
    candidate.reasons.push(candidate === best ? { reason: "chosen" } : { reason: "outranked", by: best.one.id });
  }
  return {
    at: situation.at,
    nudge: best === undefined ? null : writeNudge(best.one, facts, checklists, options.locale),
    candidates: candidates.map((candidate) => ({ id: candidate.one.id, chosen: candidate === best, reasons: candidate.reasons })),
  };
}

/** What speaks against a nudge whether it is on screen or not: its condition, and the customer's own word. */
function reasonsItself(one, facts, situation) {
  const { at } = situation;
  const reasons = [];
  if (!holds(one.when, facts, at)) {
    const failing = [...new Set(failingFacts(one.when, facts, at))];
    for (const fact of failing) reasons.push({ reason: "condition", fact, found: foundAt(facts, fact) });
    if (failing.length === 0) reasons.push({ reason: "condition" });
  }

  const last = exposures(situation, ["nudge.dismissed", "nudge.answered"]).findLast((event) => isAbout(event, one));
  if (last !== undefined) {
    const reason = last.type.slice("nudge.".length);
    if (one.again === undefined) reasons.push({ reason });
    else if (at < last.time + parseDuration(one.again)) reasons.push({ reason, until: last.time + parseDuration(one.again) });
  }
  return reasons;
}

/** What speaks against showing it now: how often and how lately, and the hour. */
function reasonsOfTime(model, one, situation) {
  const { at, options } = situation;
  const policy = model.nudgePolicy ?? {};
  const place = placeOf(options);
  const shownOfAll = exposures(situation, ["nudge.shown"]); // of whatever nudge, be it unknown or not named
  const shown = shownOfAll.filter((event) => isAbout(event, one));
  const reasons = [];

  if (one.maxShown !== undefined && shown.length >= one.maxShown) reasons.push({ reason: "max-shown", count: shown.length });
  if (one.cooldown !== undefined && shown.length > 0) {
    const until = shown.at(-1).time + parseDuration(one.cooldown);
    if (at < until) reasons.push({ reason: "cooldown", until });
  }
  if (policy.maxPerDay !== undefined) {
    const today = intervalOf(at, "day", place);
    const shownToday = shownOfAll.filter(({ time }) => intervalOf(time, "day", place) === today);
    if (shownToday.length >= policy.maxPerDay) {
      const until = policy.maxPerDay === 0 ? {} : { until: endOfDay(at, place) }; // none at all, on no day
      reasons.push({ reason: "max-per-day", ...until });
    }
  }
  if (policy.minGap !== undefined && shownOfAll.length > 0) {
    const until = shownOfAll.at(-1).time + parseDuration(policy.minGap);
    if (at < until) reasons.push({ reason: "min-gap", until });
  }
  if (policy.quietHours !== undefined && isWithinClock(at, policy.quietHours, place.timeZone)) {
    const until = endOfClock(at, policy.quietHours, place.timeZone);
    reasons.push({ reason: "quiet-hours", ...(until === null ? {} : { until }) }); // 00:00 to 24:00 never end
  }
  return reasons;
}

/** The events of these types, in canonical order. */
function exposures(situation, types) {
  return matchingEvents(types, undefined, situation);
}

function isAbout({ data }, { id }) {
  return valueAt(data, "nudge") === id;
}

/** The value of a fact, never -0; null where there is none. */
function foundAt(facts, path) {
  const value = valueAt(facts, path) ?? null;
  return Object.is(value, -0) ? 0 : value;
}

/** The facts that make a condition fail: of several the failing ones, of `any` all, of `not` those inside. */
function failingFacts(condition, facts, now) {
  return Object.entries(condition).flatMap(([key, test]) => {
    if (holds({ [key]: test }, facts, now)) return [];
    if (key === "all" || key === "any") return test.flatMap((inner) => failingFacts(inner, facts, now));
    return key === "not" ? pathsOf(test) : [key];
  });
}

/** All facts that a condition tests. */
function pathsOf(condition) {
  return Object.entries(condition).flatMap(([key, test]) => {
    if (key === "all" || key === "any") return test.flatMap(pathsOf);
    return key === "not" ? pathsOf(test) : [key];
  });
}

/** The highest priority, then the model's order. */
function highestOf(candidates) {
  const priorities = candidates.map(({ one }) => one.priority ?? 0);
  return candidates[priorities.indexOf(Math.max(...priorities))];
}

function writeNudge(one, facts, checklists, locale) {
  const text = (key, holder = one) => (holder[key] === undefined ? {} : { [key]: fillText(holder[key], facts, locale) });
  const { id, kind, priority = 0 } = one;
  const written = { id, kind, priority, ...text("title"), ...text("body") };
  if (one.cta !== undefined) written.cta = { ...text("label", one.cta), ...(one.cta.href === undefined ? {} : { href: one.cta.href }) };
  if (kind === "checklist" && checklists.length > 0) {
    const { checklist: wanted = checklists[0].id } = one;
    written.checklist = checklists.find((checklist) => checklist.id === wanted);
  }
  if (kind === "survey") {
    const { from = 0, to = 10, low, high } = one.survey ?? {};
    written.survey = {
      from,
      to,
      ...(low === undefined ? {} : { low: pickText(low, locale) }),
      ...(high === undefined ? {} : { high: pickText(high, locale) }),
    };
  }
  return written;
}
