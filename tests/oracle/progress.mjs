// Progress (section 8 of the specification): streaks, level, badges and checklists of a customer at one instant.

import { badgeOf } from "./badge.mjs";
import { checklistOf } from "./checklist.mjs";
import { readHistory } from "./history.mjs";
import { startOf } from "./instant.mjs";
import { levelOf } from "./level.mjs";
import { streakOf } from "./streak.mjs";
import { civilDay, parseTime } from "./time.mjs";

const MS_PER_DAY = 86_400_000;

/** `{ at, streaks, level, badges, checklists }`; options are `at`, timeZone, dayStartHour, onInvalid, locale, baseline. */
export function progress(model, history, options) {
  const situation = situate(model, history, options);
  return {
    at: situation.at,
    streaks: (model.streaks ?? []).map((streak) => streakOf(streak, situation)),
    level: levelOf(model, situation),
    badges: (model.badges ?? []).map((badge) => badgeOf(badge, model, situation)),
    checklists: (model.checklists ?? []).map((checklist) => checklistOf(checklist, model, situation)),
  };
}

/** What is known of a customer at `at`; `beginning` is the start, else `at`, and never after it. */
export function situate(model, history, options) {
  const at = parseTime(options.at);
  const read = readHistory(history, options.onInvalid);
  const events = read.events.filter((event) => event.time <= at);
  const start = startOf(model, read.profile, events.filter(({ type }) => !type.startsWith("nudge.")));
  return {
    at,
    events,
    profile: read.profile,
    start,
    beginning: Math.min(start ?? at, at),
    tenureDays: start === null ? null : (at - start) / MS_PER_DAY,
    dayOf: (time) => civilDay(time, options.timeZone ?? "UTC", options.dayStartHour ?? 0),
    noValue: new Set(),
    options,
  };
}
