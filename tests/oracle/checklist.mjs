// Checklists (section 8 of the specification).

import { holds } from "./condition.mjs";
import { countEvents, matchingEvents, profileFacts, scoreCriterion } from "./criterion.mjs";
import { pickText } from "./text.mjs";
import { parseDuration } from "./time.mjs";

/** A checklist of the model at `at`. */
export function checklistOf(checklist, model, situation) {
  const { locale } = situation.options;
  const steps = checklist.steps.map((step) => ({
    id: step.id,
    label: pickText(step.label, locale),
    ...(step.href === undefined ? {} : { href: step.href }),
    optional: step.optional === true,
    ...readStep(step.done, model, situation),
  }));
  const required = steps.filter(({ optional }) => !optional);
  const counted = required.length > 0 ? required : steps; // "if all are optional, over all"
  const share = counted.filter((step) => step.done).length / counted.length;
  const done = share === 1;
  const times = counted.map(({ doneAt }) => doneAt);
  const next = counted.find((step) => !step.done) ?? steps.find((step) => !step.done);
  return {
    id: checklist.id,
    label: pickText(checklist.label, locale),
    ...(checklist.icon === undefined ? {} : { icon: checklist.icon }),
    done,
    doneAt: done && !times.includes(null) ? Math.max(...times) : null,
    share,
    doneSteps: counted.filter((step) => step.done).length,
    requiredSteps: counted.length,
    next: next?.id ?? null,
    steps,
  };
}

function readStep(rule, model, situation) {
  if (rule.profile !== undefined) return { done: holds(rule.profile, profileFacts(situation), situation.at), doneAt: null };
  if (rule.criterion !== undefined) return readCriterion(rule.criterion, model, situation);
  const { event, where, count: need = 1 } = rule;
  const matching = matchingEvents(event, where, situation);
  const doneAt = matching[need - 1]?.time ?? null;
  return { done: doneAt !== null, doneAt, count: Math.min(matching.length, need), need };
}

/** A criterion of the model: when it first counted, when it first was in range, or whether it holds. */
function readCriterion(id, model, situation) {
  const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
  const criterion = criteria.find((one) => one.id === id);
  if (criterion.kind === "filter") return { done: scoreCriterion(criterion, situation).count > 0, doneAt: null };
  const doneAt = criterion.kind === "event" ? firstCounted(criterion, situation) : firstInRange(criterion, situation);
  return { done: doneAt !== null, doneAt };
}

/** By replay, for `award: "last"` forgets what it counted before. */
function firstCounted(criterion, situation) {
  const { events } = situation;
  for (let known = 1; known <= events.length; known++) {
    if (countEvents(criterion, { ...situation, events: events.slice(0, known) }).length > 0) return events[known - 1].time;
  }
  return null;
}

/**
 * The number within `within` rises as events come and falls as they grow old; both are looked at. Where none are
 * enough, the customer's start is the first instant that counts, unless an event was counted by then.
 */
function firstInRange(criterion, situation) {
  const { atLeast, atMost = Infinity } = criterion;
  const { beginning } = situation;
  const within = parseDuration(criterion.within);
  const times = countEvents(criterion, situation).map(({ event }) => event.time);
  const changes = times.flatMap((time) => [time, time + within]);
  const looked = atLeast === 0 && !(times[0] <= beginning) ? [beginning, ...changes] : changes;
  const instants = looked.sort((left, right) => left - right);
  const isInRange = (instant) => {
    const number = times.filter((time) => time <= instant && instant - time < within).length;
    return number >= atLeast && number <= atMost;
  };
  return instants.find((instant) => instant <= situation.at && isInRange(instant)) ?? null;
}
