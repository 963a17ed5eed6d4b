// Random nudges and a policy for a model that has all else (section 9 of the specification).

import { clockAt } from "../calendar.mjs";
import { languageOf, WRITTEN_TAGS } from "../numeral.mjs";
import { factsOf, onFacts } from "./audiences.mjs";
import { makeCondition } from "./conditions.mjs";
import { makeDuration, makeText } from "./criteria.mjs";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const KINDS = ["tooltip", "banner", "survey", "upgrade", "reward", "message", "checklist"];
const WORDS = ["Hello", " ", "you have ", "{{", "}}", " stars!", "\u{1F600}", "<b>&", "% "];
const OTHERWISE = ["", "friend", "nothing yet", "\u00e9t\u00e9", "0 %"];

/**
 * Adds nudges and a policy; `scene.nudgeEdges` gathers their durations, so that exposures stand at their edges, and
 * `scene.tags` the languages of their texts, with others of the same languages.
 */
export function addNudges(random, scene, model) {
  const asksNextStar = random.chance(7); // slow to work out naively
  scene.tags = makeTags(random);
  if (random.chance(15)) addFortune(random, scene, model);
  const facts = allFacts(scene, model, asksNextStar);
  const apart = { ...scene, edges: [] };
  model.nudges = random.times(random.integer(1, 5), (index) => makeNudge(random, apart, model, facts, `nudge-${index}`));
  if (asksNextStar) sayNextStar(random, model, random.pick(model.nudges));
  if (random.chance(60)) model.nudgePolicy = makePolicy(random, apart, scene);
  scene.nudgeEdges = [...apart.edges, HOUR, DAY];
}

/** A language with a country or without, another spelling of it, one that is not written in, and others. */
function makeTags(random) {
  const tag = random.pick(WRITTEN_TAGS);
  const alike = WRITTEN_TAGS.filter((other) => languageOf(other) === languageOf(tag));
  const drawn = [tag, random.pick(alike), languageOf(tag), "en", "tlh", random.pick(WRITTEN_TAGS), random.pick(WRITTEN_TAGS)];
  return [...new Map(drawn.map((one) => [one.toLowerCase(), one])).values()];
}

/** In the title, where coverage looks for it, and mostly before all others; often of somebody without any star. */
function sayNextStar(random, model, nudge) {
  nudge.title = random.pick(["{nextStar.points|no} to go: {nextStar.action|wait}", "{nextStar.points|no} more"]);
  if (random.chance(80)) Object.assign(nudge, { when: {}, priority: 20 });
  if (random.chance(50) || model.badges?.some(({ award }) => award.stars !== undefined)) return;
  delete model.stars;
  const { criteria } = model.parts?.[0] ?? model;
  criteria.push({ id: "debt", kind: "filter", points: random.pick([-17.25, -100, -3_210.5, 0]) });
}

/** Numbers that have groups, of either sign. */
function addFortune(random, scene, model) {
  const { criteria } = model.parts?.[0] ?? model;
  criteria.push({ id: "fortune", kind: "filter", points: random.pick([1234.56, 98_765.4, 1_234_567.89, -4_321.25, -20_000, 999.97]) });
}

function makeNudge(random, scene, model, facts, id) {
  const kinds = model.checklists === undefined ? KINDS.slice(0, -1) : KINDS;
  const nudge = { id, kind: random.pick(kinds), when: makeWhen(random, scene, facts), title: makeTemplate(random, scene, facts) };
  if (random.chance(70)) nudge.priority = random.pick([0, 1, 5, 5, 10, -3, 2.5]);
  if (random.chance(45)) nudge.cooldown = makeDuration(random, scene, [HOUR, 6 * HOUR, DAY, 3 * DAY]);
  if (random.chance(35)) nudge.maxShown = random.pick([1, 2, 3, 5]);
  if (random.chance(45)) nudge.again = makeDuration(random, scene, [HOUR, DAY, 2 * DAY, 7 * DAY]);
  if (random.chance(60)) nudge.body = makeTemplate(random, scene, facts);
  if (random.chance(50)) {
    nudge.cta = { label: makeTemplate(random, scene, facts) };
    if (random.chance(60)) nudge.cta.href = random.pick(["/upgrade", "https://example.com/pay"]);
  }
  if (nudge.kind === "checklist" && random.chance(80)) nudge.checklist = random.pick(model.checklists).id;
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
  if (random.chance(50)) policy.maxPerDay = random.pick([0, 1, 1, 1, 2, 2, 3, 3]);
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
function makeTemplate(random, scene, facts) {
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
  return Object.fromEntries(random.sample(scene.tags, random.integer(1, 3)).map((language) => [language, make()]));
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
      number(`streaks.${id}.freezesLeft`, [0, 1, 2]),
      flag(`streaks.${id}.atRisk`),
    ]),
    ...(model.badges ?? []).map(({ id }) => flag(`badges.${id}`)),
    ...(model.checklists ?? []).flatMap(({ id }) => [flag(`checklists.${id}.done`), number(`checklists.${id}.share`, [0, 0.5, 1])]),
    ...(model.audiences ?? []).map(({ id }) => flag(`audiences.${id}`)),
    ...(asksNextStar ? [number("nextStar.points", [0, 5, 10, 20])] : []),
    ...(asksNextStar ? [{ path: "nextStar.action", kind: "word", values: [], isText: true }] : []),
  ];
}
