/* What the customer sees of the score: stars, its course, level, streaks, checklists, badges and the team. */
import { h, put, reveal, write } from "../element.js";
import { number, setting, text, titled } from "../words.js";
import { currentTheme } from "./nudges.js";
import { teamBoard } from "./team.js";

const STARS_PX = 30;
const LEVEL_PX = 84;
const BADGE_PX = 60;
const SPARK_PX = { width: 280, size: 56 };

/** `{ element, show(seen, rules) }`; steps of checklists lead somewhere by `onGo(href)`. */
export function engagement(world, { leaderboard, onGo }) {
  const { life } = world;
  const stars = picture("stars", { size: STARS_PX });
  const verdict = h("p", { class: "verdict-words" });
  const spark = picture("sparkline", SPARK_PX);
  const level = picture("level", { size: LEVEL_PX });
  const levelWords = h("p", { class: "note level-words" });
  const badges = picture("badges", { size: BADGE_PX, label: "Badges" });
  const board = picture("leaderboard", { caption: "Your team" });
  const [streaks, checklists] = [many("streak"), many("checklist")];
  const name = h("h2", { id: "engagement-name" });
  const progressCard = h("div", { class: "card is-progress" }, level, streaks.element, levelWords);
  const badgesCard = h("div", { class: "card" }, h("h3", {}, "Badges"), badges);
  const element = h(
    "aside",
    { class: "engagement", "aria-labelledby": "engagement-name" },
    h("div", { class: "card is-verdict" }, name, stars, verdict, spark),
    progressCard,
    checklists.element,
    badgesCard,
    board,
  );
  element.addEventListener("starwise-action", (event) => {
    event.preventDefault();
    onGo(event.detail.href);
  });

  function show({ at, result, progress, decision, timeline, yesterday }, rules) {
    write(name, life.play ? text(life.profile.name) ?? "The customer" : life.profile.name);
    stars.data = { stars: result.stars, starsExact: result.starsExact };
    put(stars, "count", String(rules.stars?.at.length ?? 5));
    write(verdict, `Score ${number(result.score)} · ${segmentOf(rules, result.segment)}`);
    spark.data = timeline;
    put(spark, "now", String(at));
    level.data = progress.level;
    reveal(level, progress.level !== null);
    reveal(levelWords, progress.level !== null);
    write(levelWords, progress.level === null ? "" : levelOf(progress.level));
    streaks.show(progress.streaks);
    reveal(progressCard, progress.level !== null || progress.streaks.length > 0);
    // A list that a nudge shows is there once.
    checklists.show(progress.checklists.filter(({ id }) => id !== decision.nudge?.checklist?.id));
    badges.data = progress.badges;
    reveal(badgesCard, progress.badges.length > 0);
    reveal(board, life.play === null);
    if (life.play === null) board.data = teamBoard(leaderboard, { name: life.profile.name, score: result.score, yesterday });
  }

  return { element, show };
}

function picture(kind, attributes = {}) {
  return h(`starwise-${kind}`, { theme: currentTheme(), ...attributes });
}

/** One element for each thing of a list that may grow. */
function many(kind) {
  const element = h("div", { class: `many is-${kind}` });
  function show(list) {
    while (element.children.length > list.length) element.lastChild.remove();
    while (element.children.length < list.length) element.append(picture(kind));
    list.forEach((data, position) => (element.children[position].data = data));
    reveal(element, list.length > 0);
  }
  return { element, show };
}

/** "Planner, 24 points to level 3" */
function levelOf({ level, name, points, next }) {
  const missing = next === null ? "the highest there is" : `${setting(Math.ceil(10 * (next - points)) / 10)} points to level ${level + 1}`;
  return name === undefined ? capital(missing) : `${text(name)}, ${missing}`;
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function segmentOf({ segments = [] }, id) {
  return text(segments.find((segment) => segment.id === id)?.label) ?? titled(id);
}
