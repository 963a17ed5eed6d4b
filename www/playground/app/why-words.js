/* Why a nudge is shown or not, in words: the reasons of the decision, beside what the model asks for. */
import { duration, plural, setting, text, titled } from "../words.js";
import { asksOf } from "./facts.js";
import { awayWords, momentWords } from "./when.js";

const TESTS = {
  eq: "", ne: "not ", gt: "more than ", gte: "at least ", lt: "less than ", lte: "at most ", contains: "with ", startsWith: "beginning with ",
  olderThan: "longer ago than ", within: "within the last ", dueWithin: "due within ",
};
const STATUS = { chosen: "Shown now", outranked: "Waits its turn" };

/** What it comes to, in two words. */
export function statusOf({ chosen, reasons }) {
  if (chosen) return STATUS.chosen;
  return STATUS[reasons[0]?.reason] ?? "Not now";
}

/** A reason as a sentence. `nudge` is as it stands in the model, whose `rules` come with the instant, the zone and the profile. */
export function reasonWords(reason, nudge, { rules, at, timeZone, profile }) {
  const { until, by, count } = reason;
  const then = until === undefined || until === null ? null : `${momentWords(until, timeZone)} (${awayWords(until, at)})`;
  const again = then === null ? "It does not come again." : `It may come again from ${then}.`;
  switch (reason.reason) {
    case "chosen":
      return "All that it asks for holds, and nothing more important does.";
    case "outranked":
      return `It could be shown, but “${titleOf(rules, by, profile)}” comes first.`;
    case "condition":
      return conditionWords(reason.fact, reason.found, asksOf(nudge.when), { rules, profile });
    case "dismissed":
      return `You dismissed it. ${again}`;
    case "answered":
      return `You answered it. ${again}`;
    case "max-shown":
      return `It was shown ${times(count)}, and is to be shown ${times(nudge.maxShown)} at most.`;
    case "cooldown":
      return `It was shown less than ${duration(nudge.cooldown)} ago: not before ${then}.`;
    case "max-per-day":
      return `There ${rules.nudgePolicy.maxPerDay === 1 ? "was" : "were"} ${plural(rules.nudgePolicy.maxPerDay, "nudge")} today, as many as there may be${then === null ? "" : `: more from ${then}`}.`;
    case "min-gap":
      return `Something else was shown less than ${duration(rules.nudgePolicy.minGap)} ago: not before ${then}.`;
    case "quiet-hours":
      return `These are quiet hours, until ${then}.`;
    default:
      return reason.message;
  }
}

/** What speaks for a nudge that is shown: a sentence for each fact that it asks for, with what was found. */
export function groundsOf({ when }, facts, about) {
  const asks = asksOf(when).flatMap((ask) => [ask, ...audienceAsks(ask, about.rules)]).filter(({ fact }) => facts.has(fact));
  const isPlain = (fact) => asks.filter((ask) => ask.fact === fact).every((ask) => ask.isPlain);
  return [...new Set(asks.map(({ fact }) => fact))].map((fact) => conditionWords(fact, facts.get(fact), asks, about, isPlain(fact)));
}

/** Who has to be in an audience has to be as that asks. */
function audienceAsks({ fact, tests, isPlain }, { audiences = [] }) {
  const audience = tests === true && audiences.find(({ id }) => fact === `audiences.${id}`);
  return audience ? asksOf(audience.when, isPlain) : [];
}

/** The title of a nudge as the model has it: what the profile knows is filled in, other placeholders are dots. */
export function titleOf(rules, id, profile = {}) {
  const nudge = rules.nudges.find((candidate) => candidate.id === id);
  return (text(nudge?.title) ?? id).replace(/\{([^{}|]*)\|?([^{}]*)\}/g, (_, fact, otherwise) => {
    const known = fact.startsWith("profile.") ? profile[fact.slice("profile.".length)] : undefined;
    return typeof known === "number" ? setting(known) : typeof known === "string" ? known : otherwise || "…";
  });
}

/** What was found of a fact beside what was asked for; `holds` where that is so. */
function conditionWords(fact, found, asks, about, holds = false) {
  const plainly = typeof found === "boolean" ? flagWords(fact, found, about.rules) : null;
  if (plainly !== null) return plainly;
  const asked = asks.filter((ask) => ask.fact === fact).map(({ tests }) => testWords(tests, about)).filter(Boolean);
  const value = valueWords(found);
  const is = `${factWords(fact, about.rules)} is ${value}`;
  // "free", and "free" was asked for.
  if (asked.length === 0 || (holds && asked.join() === value)) return `${is}.`;
  return holds ? `${is}: ${asked.join(" and ")}.` : `${is}; asked for: ${asked.join(", or ")}.`;
}

/** What either is or is not says by itself what was asked for. */
function flagWords(fact, found, rules) {
  const [head, , tail] = fact.split(".");
  const name = factWords(fact, rules);
  if (head === "badges") return `${name} is ${found ? "earned already" : "not earned yet"}.`;
  if (head === "audiences") return `You are ${found ? "in" : "not in"} ${name}.`;
  if (tail === "done") return `${name} is ${found ? "done already" : "not done yet"}.`;
  return tail === "atRisk" ? `${name} is ${found ? "" : "not "}at risk.` : null;
}

function testWords(tests, about) {
  if (typeof tests !== "object" || tests === null) return valueWords(tests);
  if (tests.not !== undefined) return `not (${testWords(tests.not, about)})`;
  return Object.entries(tests)
    .map(([test, operand]) => {
      if (test === "exists") return operand ? "there" : "absent";
      if (test === "in" || test === "notIn") return `${test === "in" ? "one" : "none"} of ${operand.map((one) => valueWords(one)).join(", ")}`;
      if (["olderThan", "within", "dueWithin"].includes(test)) return TESTS[test] + duration(operand);
      const isPath = typeof operand === "object" && operand !== null;
      return (TESTS[test] ?? `${test} `) + (isPath ? pathWords(operand.path, about) : valueWords(operand));
    })
    .join(" and ");
}

/** What another fact is, where the profile has it. */
function pathWords(path, { rules, profile }) {
  const value = path.startsWith("profile.") ? profile?.[path.slice("profile.".length)] : undefined;
  return factWords(path, rules) + (value === undefined ? "" : ` (${valueWords(value)})`);
}

/** "counts.nps" is "Latest survey answer, counted". */
export function factWords(fact, rules) {
  const [head, id, tail] = fact.split(".");
  const inList = (list) => text(list?.find((one) => one.id === id)?.label) ?? titled(id ?? "");
  const criteria = rules.parts?.flatMap((part) => part.criteria) ?? rules.criteria;
  switch (head) {
    case "profile":
      return `“${fact.slice("profile.".length)}” of the profile`;
    case "counts":
      return `the count of “${inList(criteria)}”`;
    case "parts":
      return `the part “${inList(rules.parts)}”`;
    case "badges":
      return `the badge “${inList(rules.badges)}”`;
    case "audiences":
      return `the audience “${inList(rules.audiences)}”`;
    case "checklists":
      return `“${inList(rules.checklists)}”${tail === "share" ? ", the share done," : ""}`;
    case "streaks":
      return `“${inList(rules.streaks)}”${tail === "atRisk" ? "" : `, ${tail},`}`;
    case "stars":
      return "the number of stars";
    case "starsExact":
      return "the exact number of stars";
    case "points":
      return "the number of points";
    case "daysSinceLast":
      return "the number of days since anything was done";
    case "tenureDays":
      return "the number of days as a customer";
    default:
      return `the ${fact.replace("trend.", "trend's ").toLowerCase()}`;
  }
}

function valueWords(value) {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return setting(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}

function times(count) {
  return count === 1 ? "once" : count === 2 ? "twice" : `${setting(count)} times`;
}
