// Which answers about progress and nudges a set of cases leads to, and which there must be.

const REASONS = [
  "condition", "dismissed", "answered", "max-shown", "cooldown", "max-per-day", "min-gap", "quiet-hours", "chosen", "outranked",
  "dismissed.until", "answered.until", "condition.null", "several",
];
const STEPS = ["event", "profile", "criterion:event", "criterion:frequency", "criterion:filter"];
const KINDS = ["checklist", "tooltip", "banner", "survey", "upgrade", "reward", "message"];

/** Everything that generated cases must lead to between them. */
export const ANSWERS_TO_COVER = [
  ...named("streak", ["day", "week", "month", "label", "icon", "atRisk", "frozen-now", "freezes-used", "over", "alive", "longest>current"]),
  ...named("recent", ["done", "open", "missed", "before", "frozen"]),
  ...named("level", ["none", "0", "1", "2", "higher", "name", "no-name", "last", "share=0", "share<1", "triangular", "habitica", "thresholds"]),
  ...["event", "uniqueBy", "streak", "level", "stars"].flatMap((award) => named("badge", [`${award}:earned`, `${award}:not`])),
  ...named("badge", ["share=0", "0<share<1", "lost-again"]),
  ...STEPS.flatMap((step) => named("step", [`${step}:done`, `${step}:not`])),
  ...named("checklist", ["done", "done-at", "done-without-instant", "some", "none", "next", "next-optional", "all-optional"]),
  ...named("reason", REASONS),
  ...named("nudge", ["none", "showing-stays", "showing-goes", "body", "cta", "cta.href", "low", "high", ...KINDS]),
];

function named(subject, names) {
  return names.map((name) => `${subject}.${name}`);
}

/** Notes what a case and the oracle's two answers to it are examples of. */
export function noteAnswers(used, { model, options }, progress, decision) {
  for (const streak of progress.streaks) noteStreak(used, streak);
  noteLevel(used, model, progress.level);
  progress.badges.forEach((badge, index) => noteBadge(used, model.badges[index].award, badge, progress));
  progress.checklists.forEach((checklist, index) => noteChecklist(used, model, model.checklists[index], checklist));
  noteDecision(used, options, decision);
}

function noteStreak(used, streak) {
  const note = (name, holds = true) => holds && used.add(`streak.${name}`);
  note(streak.every);
  note("label", streak.label !== undefined);
  note("icon", streak.icon !== undefined);
  note("atRisk", streak.atRisk);
  note("frozen-now", streak.atRisk && streak.freezesLeft < streak.freezes);
  note("freezes-used", streak.done && streak.freezesLeft < streak.freezes);
  note(streak.current === 0 ? "over" : "alive", streak.longest > 0);
  note("longest>current", streak.longest > streak.current);
  for (const { state } of streak.recent) used.add(`recent.${state}`);
}

function noteLevel(used, model, level) {
  const note = (name, holds = true) => holds && used.add(`level.${name}`);
  if (level === null) {
    note("none");
    return;
  }
  note(level.level > 2 ? "higher" : String(level.level));
  note(level.name === undefined ? "no-name" : "name");
  note("last", level.next === null);
  note("share=0", level.share === 0);
  note("share<1", level.share > 0 && level.share < 1);
  note(typeof model.levels.curve === "object" ? "thresholds" : model.levels.curve);
}

function noteBadge(used, award, badge, progress) {
  const kind = award.uniqueBy === undefined ? Object.keys(award).find((key) => ["event", "streak", "level", "stars"].includes(key)) : "uniqueBy";
  used.add(`badge.${kind}:${badge.earned ? "earned" : "not"}`);
  if (!badge.earned) used.add(badge.share === 0 ? "badge.share=0" : "badge.0<share<1");
  if (kind === "level" && badge.earned && progress.level.level < badge.need) used.add("badge.lost-again");
}

function noteChecklist(used, model, rules, checklist) {
  const criteria = model.criteria ?? model.parts.flatMap((part) => part.criteria);
  checklist.steps.forEach((step, index) => {
    const { done } = rules.steps[index];
    const kind = done.criterion === undefined ? (done.profile === undefined ? "event" : "profile") : `criterion:${criteria.find(({ id }) => id === done.criterion).kind}`;
    used.add(`step.${kind}:${step.done ? "done" : "not"}`);
  });
  const note = (name, holds = true) => holds && used.add(`checklist.${name}`);
  note(checklist.done ? "done" : checklist.share > 0 ? "some" : "none");
  note(checklist.doneAt === null ? "done-without-instant" : "done-at", checklist.done);
  note(checklist.done ? "next-optional" : "next", checklist.next !== null);
  note("all-optional", checklist.steps.every(({ optional }) => optional));
}

function noteDecision(used, { showing }, { nudge, candidates }) {
  for (const { id, chosen, reasons } of candidates) {
    if (id === showing) used.add(chosen ? "nudge.showing-stays" : "nudge.showing-goes");
    if (reasons.length > 1) used.add("reason.several");
    for (const { reason, until, found } of reasons) {
      used.add(`reason.${reason}`);
      if (until !== undefined) used.add(`reason.${reason}.until`);
      if (found === null) used.add("reason.condition.null");
    }
  }
  if (nudge === null) {
    used.add("nudge.none");
    return;
  }
  const parts = { body: nudge.body, cta: nudge.cta, "cta.href": nudge.cta?.href, low: nudge.survey?.low, high: nudge.survey?.high };
  for (const [name, part] of Object.entries(parts)) if (part !== undefined) used.add(`nudge.${name}`);
  used.add(`nudge.${nudge.kind}`);
}
