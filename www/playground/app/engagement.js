/* What the customer sees of the score: stars, its course, level, streaks, checklists, badges and the team. */
import { h, put, reveal, write } from "../element.js";
import { number, setting, signed, text, titled } from "../words.js";
import { gainsOf, gainWords, standingOf } from "./gains.js";
import { moveOnce } from "./motion.js";
import { currentTheme } from "./nudges.js";
import { streakWords } from "./streak-words.js";
import { teamBoard } from "./team.js";

const STARS_PX = 30;
const LEVEL_PX = 84;
const BADGE_PX = 48;
const SPARK_PX = { width: 280, size: 56 };
/** How long the points that came, or went, are told. */
const TOLD_MS = 3000;

/** `{ element, show(seen, rules) }`; steps of checklists lead somewhere by `onGo(href)`, what was earned is told by `onSay(words)`; `speech` is for pictures. */
export function engagement(world, { leaderboard, speech, onGo, onSay }) {
  const { life } = world;
  const picture = (kind, attributes = {}) => pictureOf(kind, { ...speech, ...attributes });
  const stars = picture("stars", { size: STARS_PX });
  const verdict = h("p", { class: "verdict-words" });
  const gain = h("p", { class: "gain", "aria-hidden": "true" });
  const spark = picture("sparkline", SPARK_PX);
  const sparkWords = h("p", { class: "note" }, "Score so far; dotted: if nothing is done");
  const level = picture("level", { size: LEVEL_PX });
  const levelWords = h("p", { class: "note level-words" });
  const badges = picture("badges", { size: BADGE_PX, label: "Badges" });
  const board = picture("leaderboard", { caption: "Your team" });
  const [streaks, checklists] = [many(() => picture("streak")), many(() => picture("checklist"))];
  const streakLines = h("ul", { class: "note" });
  const name = h("h2", { id: "engagement-name" });
  const progressCard = h("div", { class: "card is-progress" }, level, streaks.element, h("div", { class: "progress-words" }, levelWords, streakLines));
  const badgesCard = h("div", { class: "card is-badges" }, h("h3", {}, "Badges"), badges);
  const element = h(
    "aside",
    { class: "engagement", "aria-labelledby": "engagement-name" },
    h("div", { class: "card is-verdict" }, name, stars, h("div", { class: "verdict-line" }, verdict, gain), spark, sparkWords),
    progressCard,
    badgesCard,
    checklists.element,
    board,
  );
  element.addEventListener("starwise-action", (event) => {
    event.preventDefault();
    onGo(event.detail.href);
  });

  let [before, telling] = [null, 0];

  /** What has just been earned moves, and is told. */
  function celebrate(seen, rules) {
    const gains = gainsOf(before, seen, rules);
    before = standingOf(seen, rules);
    if (gains === null) return write(gain, "");
    if (gains.stars > 0) moveOnce(stars);
    if (gains.level !== null) moveOnce(level);
    if (gains.badges.length > 0) moveOnce(badges);
    const words = gainWords(gains);
    if (words !== null) onSay(words);
    return tellPoints(gains.points);
  }

  /** Points that are told stay for a moment, whatever is shown meanwhile. */
  function tellPoints(points) {
    if (Math.abs(points) < 0.05) return;
    write(gain, signed(points));
    gain.dataset.direction = points > 0 ? "up" : "down";
    clearTimeout(telling);
    telling = setTimeout(() => write(gain, ""), TOLD_MS);
  }

  function show(seen, rules) {
    const { at, result, progress, decision, timeline, yesterday } = seen;
    celebrate(seen, rules);
    write(name, life.play ? text(life.profile.name) ?? "The customer" : life.profile.name);
    // Whole ones, as the words beside them and everything else here have them.
    stars.data = result.stars;
    put(stars, "count", String(rules.stars?.at.length ?? 5));
    write(verdict, `Score ${number(result.score)} · ${segmentOf(rules, result.segment)}`);
    spark.data = timeline;
    put(spark, "now", String(at));
    level.data = progress.level;
    reveal(level, progress.level !== null);
    reveal(levelWords, progress.level !== null);
    write(levelWords, progress.level === null ? "" : levelOf(progress.level));
    streaks.show(progress.streaks);
    const lines = progress.streaks.map((streak) => streakWords(streak, at));
    if (lines.join() !== [...streakLines.children].map((line) => line.textContent).join()) streakLines.replaceChildren(...lines.map((words) => h("li", {}, words)));
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

function pictureOf(kind, attributes) {
  return h(`starwise-${kind}`, { theme: currentTheme(), ...attributes });
}

/** One element for each thing of a list that may grow. */
function many(make) {
  const element = h("div", { class: `many is-${make().localName.slice("starwise-".length)}` });
  function show(list) {
    while (element.children.length > list.length) element.lastChild.remove();
    while (element.children.length < list.length) element.append(make());
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
