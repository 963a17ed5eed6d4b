/* Where nudges appear, and what becomes of them: shown, clicked, answered and dismissed go back into the ledger. */
import { h } from "../element.js";
import { moveOnce } from "./motion.js";

/** The kinds of nudges, by the place in which each of them appears. */
const PLACES = { tooltip: ["tooltip"], banner: ["banner", "checklist"], float: ["survey", "upgrade", "reward", "message"] };

/** `{ show(nudge), clear() }` in the places of a product; `onGo(href)` leads to where a nudge calls to. */
export function nudgePlaces(places, world, { speech, onGo, onSay, onTell }) {
  let told = null;
  const elements = Object.keys(PLACES).map((place) => {
    const element = h("starwise-nudge", { theme: currentTheme(), ...speech });
    element.nudge = null;
    element.addEventListener("starwise-shown", ({ detail }) => world.expose(detail.event));
    element.addEventListener("starwise-dismiss", ({ detail }) => react(detail));
    element.addEventListener("starwise-answer", ({ detail }) => react(detail, `Thank you. Your answer was ${detail.answer}`));
    element.addEventListener("starwise-action", (event) => {
      const { detail } = event;
      event.preventDefault();
      event.stopPropagation();
      if (detail.action === "cta") world.react(detail.event);
      onGo(detail.href);
    });
    places[place].replaceChildren(element);
    return [place, element];
  });

  function react({ event }, words) {
    if (words) onSay(words);
    world.react(event);
  }

  function show(nudge) {
    for (const [place, element] of elements) {
      const isHere = nudge !== null && PLACES[place].includes(nudge.kind);
      // It moves when it comes, and not when something changes about it.
      if (isHere && nudge.id !== told) moveOnce(element);
      element.nudge = isHere ? nudge : null;
      places[place].hidden = !isHere;
    }
    if (nudge !== null && nudge.id !== told) onTell(nudge.title);
    told = nudge?.id ?? null;
  }

  /** As on a page that is opened anew: what comes next has not been shown. */
  function clear() {
    told = null;
    for (const [, element] of elements) {
      element.nudge = null;
      element.render();
    }
  }

  return { show, clear };
}

/** What elements are told of the theme that was chosen on the page; without a choice they follow the system. */
export function currentTheme() {
  return document.documentElement.dataset.theme ?? "auto";
}

/** Lets all elements follow the theme of the page. */
export function followTheme() {
  const names = ["stars", "level", "streak", "badges", "checklist", "nudge", "leaderboard", "sparkline"];
  const selector = names.map((name) => `starwise-${name}`).join();
  const apply = () => document.querySelectorAll(selector).forEach((element) => element.setAttribute("theme", currentTheme()));
  new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
