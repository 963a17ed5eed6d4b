/* "Why this, and not that?": every nudge of the model, with what speaks for it and against it at the instant of the clock. */
import { h, write } from "../element.js";
import { titled } from "../words.js";
import { groundsOf, reasonWords, statusOf, titleOf } from "./why-words.js";

/** `{ element, show(seen, rules) }`; an instant that a reason names can be jumped to. */
export function whyPanel(world, { onJump }) {
  const list = h("ol", { class: "candidates" });
  const nobody = h("p", { class: "note" }, "This model has no nudges.");
  const summary = h("p", { class: "why-summary" });
  const element = h("div", { class: "panel-body" }, summary, list, nobody);
  let shape = null;

  function show({ at, decision }, rules) {
    nobody.hidden = decision.candidates.length > 0;
    const { nudge } = decision;
    write(summary, nudge === null ? "No nudge is on the page. Why not, one by one:" : `On the page: “${nudge.title}”. Why, and why not the others:`);
    const facts = nudge === null ? new Map() : world.facts(at);
    // What is shown comes first.
    const ordered = decision.candidates.toSorted((one, other) => other.chosen - one.chosen);
    const items = ordered.map((candidate) => wordsOf(candidate, rules, at, facts));
    const next = JSON.stringify(items);
    if (next === shape) return;
    shape = next;
    // What has the focus is made anew with the rest; it goes to its successor.
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.jump : null;
    list.replaceChildren(...items.map((item) => candidateItem(item, onJump)));
    if (focused) list.querySelector(`[data-jump="${focused}"]`)?.focus();
  }

  function wordsOf(candidate, rules, at, facts) {
    const { timeZone, profile } = world.life;
    const about = { rules, at, timeZone, profile };
    const nudge = rules.nudges.find(({ id }) => id === candidate.id);
    const grounds = candidate.chosen ? groundsOf(nudge, facts, about).map((words) => ({ kind: "ground", words: capital(words), until: null })) : [];
    const reasons = candidate.reasons.map((reason) => ({ kind: reason.reason, words: capital(reasonWords(reason, nudge, about)), until: reason.until ?? null }));
    const title = titleOf(rules, candidate.id, profile);
    return { id: candidate.id, kind: nudge.kind, title, status: statusOf(candidate), isChosen: candidate.chosen, reasons: [...grounds, ...reasons] };
  }

  return { element, show };
}

function candidateItem({ id, kind, title, status, isChosen, reasons }, onJump) {
  const lines = reasons.map(({ kind: reason, words, until }) =>
    h(
      "li",
      { "data-reason": reason },
      h("span", {}, words),
      until === null ? null : h("button", { type: "button", class: "link", "data-jump": `${id}-${reason}`, onclick: () => onJump(until) }, "Go there", h("span", { class: "visually-hidden" }, `, where ${title} is free again`)),
    ),
  );
  return h(
    "li",
    { class: isChosen ? "candidate is-chosen" : "candidate", "data-nudge": id },
    h("div", { class: "candidate-line" }, h("h3", {}, title), h("span", { class: "status" }, status)),
    h("p", { class: "note" }, titled(kind)),
    h("ul", { class: "reasons" }, lines),
  );
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
