// Random nudges and a policy for a model that has all else (section 9 of the specification).

import { clockAt } from "../calendar.mjs";
import { factsOf, onFacts } from "./audiences.mjs";
import { makeCondition } from "./conditions.mjs";
import { makeDuration, makeText } from "./criteria.mjs";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const KINDS = ["tooltip", "banner", "survey", "upgrade", "reward", "message", "checklist"];
const WORDS = ["Hello", " ", "you have ", "{{", "}}", " stars!", "\u{1F600}", "<b>&", "% "];
const OTHERWISE = ["", "friend", "nothing yet", "\u00e9t\u00e9", "0 %"];

/** Adds nudges and a policy; `scene.nudgeEdges` gathers their durations, so that exposures stand at their edges. */
export function addNudges(random, scene, model) {
  const asksNextStar = random.chance(6); // slow to work out naively
  const facts = allFacts(scene, model, asksNextStar);
  const apart = { ...scene, edges: [] };
  model.nudges = random.times(random.integer(1, 5), (index) => makeNudge(random, apart, model, facts, `nudge-${index}`));
  if (random.chance(60)) model.nudgePolicy = makePolicy(random, apart, scene);
  scene.nudgeEdges = [...apart.edges, HOUR, DAY];
}

function makeNudge(random, scene, model, facts, id) {
  const kinds = model.checklists === undefined ? KINDS.slice(0, -1) : KINDS;
  const nudge = { id, kind: random.pick(kinds), when: makeWhen(random, scene, facts), title: makeTemplate(random, facts) };
  if (random.chance(70)) nudge.priority = random.pick([0, 1, 5, 5, 10, -3, 2.5]);
  if (random.chance(45)) nudge.cooldown = makeDuration(random, scene, [HOUR, 6 * HOUR, DAY, 3 * DAY]);
  if (random.chance(35)) nudge.maxShown = random.pick([1, 2, 3, 5]);
  if (random.chance(45)) nudge.again = makeDuration(random, scene, [HOUR, DAY, 2 * DAY, 7 * DAY]);
  if (random.chance(60)) nudge.body = makeTemplate(random, facts);
  if (random.chance(50)) {
    nudge.cta = { label: makeTemplate(random, facts) };
    if (random.chance(60)) nudge.cta.href = random.pick(["/upgrade", "https://example.com/pay"]);
  }
  if (nudge.kind === "checklist") nudge.checklist = random.pick(model.checklists).id;
  if (nudge.kind === "survey" && random.chance(70)) nudge.survey = makeSurvey(random);
  return nudge;
}

function makeSurvey(random) {
  const survey = {};
  if (random.chance(50)) survey.from = random.pick([0, 1, -2]);
  if (random.chance(50) || survey.from === -2) survey.to = random.pick([3, 5, 8]);
  if (random.chance(50)) survey.low = makeText(random, "Not at all");
  if (random.chance(50)) survey.high = makeText(random, "Very much");
  return survey;
}

function makePolicy(random, scene, { at, zone }) {
  const policy = {};
  if (random.chance(50)) policy.maxPerDay = random.pick([1, 1, 2, 3]);
  if (random.chance(50)) policy.minGap = makeDuration(random, scene, [MINUTE, HOUR, 8 * HOUR, 2 * DAY]);
  if (random.chance(55)) {
    const now = clockAt(at, zone);
    const near = () => clockAt(at + random.integer(-600, 600) * MINUTE, zone);
    const hours = random.pick([["22:00", "07:00"], ["09:00", "17:30"], ["20:00", "24:00"], ["00:00", "06:00"], ["00:00", "24:00"], [now, near()], [near(), now], [near(), near()]]);
    if (hours[0] !== hours[1]) policy.quietHours = hours;
  }
  return policy;
}

function makeWhen(random, scene, facts) {
  if (random.chance(35)) return {};
  const tested = facts.filter(({ isText }) => isText !== true);
  const own = tested.slice(tested.findIndex(({ path }) => path === "trend.delta"));
  const fields = random.weighted([[50, tested], [35, own], [15, [random.pick(tested)]]]);
  return onFacts(makeCondition(random, scene, fields), tested);
}

/** A text, or one by language, of words and placeholders. */
function makeTemplate(random, facts) {
  const shown = facts.filter(({ kind, path }) => path.startsWith("profile.") || kind === "number" || kind === "word");
  const make = () => {
    const pieces = random.times(random.integer(1, 5), () => {
      if (random.chance(45)) return random.pick(WORDS);
      const { path } = random.chance(8) ? { path: "profile.not.there" } : random.pick(shown);
      return random.chance(40) ? `{${path}|${random.pick(OTHERWISE)}}` : `{${path}}`;
    });
    return `T${pieces.join("")}`;
  };
  if (random.chance(70)) return make();
  return Object.fromEntries(random.sample(["en", "de", "pt-BR", "fr"], random.integer(1, 3)).map((language) => [language, make()]));
}

/** The facts of audiences, then the nudges' own from `trend.delta` on. */
function allFacts(scene, model, asksNextStar) {
  const number = (path, values) => ({ path, kind: "number", values });
  const flag = (path) => ({ path, kind: "flag", values: [true, false] });
  return [
    ...factsOf(scene, model),
    number("trend.delta", [-10, -1, 0, 1, 10]),
    { path: "trend.direction", kind: "word", values: ["rising", "falling", "steady", "new"] },
    ...(model.levels === undefined ? [] : [number("level", [0, 1, 2, 3])]),
    ...(model.streaks ?? []).flatMap(({ id }) => [
      number(`streaks.${id}.current`, [0, 1, 2, 5]),
      number(`streaks.${id}.longest`, [0, 1, 3]),
      flag(`streaks.${id}.atRisk`),
    ]),
    ...(model.badges ?? []).map(({ id }) => flag(`badges.${id}`)),
    ...(model.checklists ?? []).flatMap(({ id }) => [flag(`checklists.${id}.done`), number(`checklists.${id}.share`, [0, 0.5, 1])]),
    ...(model.audiences ?? []).map(({ id }) => flag(`audiences.${id}`)),
    ...(asksNextStar ? [number("nextStar.points", [0, 5, 10, 20])] : []),
    ...(asksNextStar ? [{ path: "nextStar.action", kind: "word", values: [], isText: true }] : []),
  ];
}
