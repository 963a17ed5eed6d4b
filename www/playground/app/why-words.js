/* Why a nudge is shown or not, in words: the reasons of the decision, beside what the model asks for. */
import { duration, setting, text, titled } from "../words.js";
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

/** A reason as a sentence. `rules` is the model, `nudge` the nudge as it stands there. */
export function reasonWords(reason, nudge, rules, { at, timeZone }) {
  const { until, by, count } = reason;
  const then = until === undefined || until === null ? null : `${momentWords(until, timeZone)} (${awayWords(until, at)})`;
  const again = then === null ? "It does not come again." : `It may come again from ${then}.`;
  switch (reason.reason) {
    case "chosen":
      return "Everything it asks for holds, and nothing more important does.";
    case "outranked":
      return `It could be shown, but “${titleOf(rules, by)}” comes first.`;
    case "condition":
      return conditionWords(reason, nudge, rules, at);
    case "dismissed":
      return `You dismissed it. ${again}`;
    case "answered":
      return `You answered it. ${again}`;
    case "max-shown":
      return `It was shown ${times(count)}, and is to be shown ${times(nudge.maxShown)} at most.`;
    case "cooldown":
      return `It was shown less than ${duration(nudge.cooldown)} ago: not before ${then}.`;
    case "max-per-day":
      return `The day has had its ${setting(rules.nudgePolicy.maxPerDay)}: more from ${then}.`;
    case "min-gap":
      return `Something else was shown less than ${duration(rules.nudgePolicy.minGap)} ago: not before ${then}.`;
    case "quiet-hours":
      return `These are quiet hours, until ${then}.`;
    default:
      return reason.message;
  }
}

/** The title of a nudge as the model has it, with its placeholders as dots. */
export function titleOf(rules, id) {
  const nudge = rules.nudges.find((candidate) => candidate.id === id);
  return (text(nudge?.title) ?? id).replace(/\{[^{}|]*\|([^{}]*)\}/g, "$1").replace(/\{[^{}]*\}/g, "…");
}

function conditionWords({ fact, found }, { when }, rules, at) {
  const plainly = typeof found === "boolean" ? flagWords(fact, found, rules) : null;
  if (plainly !== null) return plainly;
  const asked = asksOf(when, fact).map((tests) => testWords(tests, rules)).filter(Boolean);
  const is = `${factWords(fact, rules)} is ${valueWords(found, at)}`;
  return asked.length === 0 ? `${is}.` : `${is}; asked for: ${asked.join(", or ")}.`;
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

/** What a condition asks of a fact, wherever it does. */
function asksOf(condition, fact) {
  return Object.entries(condition ?? {}).flatMap(([key, value]) => {
    if (key === "all" || key === "any") return value.flatMap((one) => asksOf(one, fact));
    if (key === "not") return asksOf(value, fact).map((tests) => ({ not: tests }));
    return key === fact ? [value] : [];
  });
}

function testWords(tests, rules) {
  if (typeof tests !== "object" || tests === null) return valueWords(tests);
  if (tests.not !== undefined) return `not (${testWords(tests.not, rules)})`;
  return Object.entries(tests)
    .map(([test, operand]) => {
      if (test === "exists") return operand ? "there" : "absent";
      if (test === "in" || test === "notIn") return `${test === "in" ? "one" : "none"} of ${operand.map((one) => valueWords(one)).join(", ")}`;
      if (["olderThan", "within", "dueWithin"].includes(test)) return TESTS[test] + duration(operand);
      const isPath = typeof operand === "object" && operand !== null;
      return (TESTS[test] ?? `${test} `) + (isPath ? factWords(operand.path, rules) : valueWords(operand));
    })
    .join(" and ");
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
