/* Actions to try at the chosen instant: those that reach the next star first, then everything the model speaks of. */
import { h, icon, put, reveal, write } from "../element.js";
import { number, plural, signed } from "../words.js";
import { doable, typeOf } from "./occurrence.js";
import { changeWords, longInstant, timeElement } from "./sentences.js";

/** `{ element, show(view), preview(outlookOf, points) }`; a view is `{ json, before, after, tries, nextStar, segments }`. */
export function triesPanel({ onTry, onUndo, onReset }) {
  const said = h("p", { class: "note", role: "status" });
  const undo = tool("Undo", "undo", onUndo);
  const reset = tool("Reset", "reset", onReset);
  const reaching = h("div", { class: "actions" });
  const others = h("div", { class: "actions" });
  const list = h("ol", { class: "tried" });
  const compared = comparison();
  const outcome = h("div", { class: "tries-outcome", hidden: true }, list, compared.element);
  const element = h(
    "div",
    { class: "tries", role: "group", "aria-labelledby": "tries-name" },
    h("div", { class: "tries-header" }, h("h4", { id: "tries-name" }, "Try an action and see"), h("div", { class: "tools" }, undo, reset)),
    reaching,
    others,
    said,
    outcome,
  );
  let [offered, choices, listed] = [null, [], null];

  function show({ json, before, after, tries, nextStar, segments }) {
    const wanted = nextStar?.actions ?? [];
    showReaching(json, wanted, nextStar);
    if (offered !== json) showOthers(json);
    for (const button of [undo, reset]) put(button, "aria-disabled", String(tries.length === 0));
    reveal(outcome, tries.length > 0);
    if (tries.length > 0) compared.show(before, after, segments);
    if (tries === listed) return;
    if (listed !== null) write(said, saidOf({ before, after, tries }));
    listed = tries;
    list.replaceChildren(...tries.map(({ count, label, at }) => h("li", {}, h("span", {}, `${count} × ${label}`), timeElement(at))));
  }

  /** Buttons are made once for as many actions as there are: the one that was pressed keeps the focus. */
  function showReaching(json, actions, nextStar) {
    reveal(reaching, actions.length > 0);
    while (reaching.childElementCount < actions.length) reaching.append(reachingButton());
    [...reaching.children].forEach((button, place) => {
      const action = actions[place];
      // A focus that would be lost goes on to the whole.
      if (!action && button === document.activeElement) undo.focus();
      reveal(button, Boolean(action));
      if (!action) return;
      const { count, label, criterion } = action;
      Object.assign(button, { attempt: { type: typeOf(json, criterion), count, label: label ?? criterion } });
      write(button.firstElementChild, `${count} × ${label ?? criterion}`);
      write(button.lastElementChild, reaches(nextStar.stars));
    });
  }

  function reachingButton() {
    const onclick = ({ currentTarget }) => onTry(currentTarget.attempt);
    return h("button", { type: "button", class: "button action is-reaching", onclick }, h("span", {}), h("small", {}));
  }

  function showOthers(json) {
    offered = json;
    choices = doable(json).map(({ type, label, icon: picture }) => {
      const gain = h("small", {});
      const onclick = () => onTry({ type, count: 1, label });
      return { type, gain, button: h("button", { type: "button", class: "button action", onclick }, icon(picture), h("span", {}, label), gain) };
    });
    others.replaceChildren(...choices.map(({ button }) => button));
  }

  /** What each would bring about by itself, once there is time for it; `outlookOf(type, count)` is a result. */
  function preview(outlookOf, points) {
    for (const { attempt, hidden, lastElementChild } of reaching.children) {
      // One of them may well lead further than to the next star.
      if (!hidden) write(lastElementChild, reaches(outlookOf(attempt.type, attempt.count).stars));
    }
    for (const { type, gain, button } of choices) {
      const by = outlookOf(type, 1).points - points;
      write(gain, signed(by));
      button.classList.toggle("is-taking", by < -0.05);
      button.classList.toggle("is-idle", Math.abs(by) < 0.05);
    }
  }

  return { element, show, preview };
}

function reaches(stars) {
  return `reaches ${plural(stars, "star")}`;
}

function tool(label, picture, onClick) {
  const onclick = ({ currentTarget }) => currentTarget.getAttribute("aria-disabled") === "true" || onClick();
  return h("button", { type: "button", class: "button tool", onclick, "aria-disabled": "true" }, icon(picture), label);
}

/** What there is, beside what there would be. */
function comparison() {
  const rows = ["Points", "Stars", "Segment", "Next change"].map((name) => {
    const [before, after] = [h("td", {}), h("td", {})];
    return { before, after, element: h("tr", {}, h("th", { scope: "row" }, name), before, after) };
  });
  const head = h("tr", {}, h("td", {}), h("th", { scope: "col" }, "As it is"), h("th", { scope: "col" }, "With what you try"));
  const element = h("table", { class: "comparison" }, h("caption", { class: "visually-hidden" }, "As it is, and with what you try"), h("thead", {}, head), h("tbody", {}, rows.map((row) => row.element)));

  function show(before, after, segments) {
    [before, after].forEach((result, side) => {
      const label = segments.find(({ id }) => id === result.segment).label;
      const change = result.nextChange;
      const words = [number(result.points), plural(result.stars, "star"), label, change ? `${changeWords(change, result, segments)}, ${longInstant(change.at)}` : "none within a year"];
      rows.forEach((row, place) => write(side === 0 ? row.before : row.after, words[place]));
    });
  }

  return { element, show };
}

function saidOf({ before, after, tries }) {
  if (tries.length === 0) return "Nothing is tried any more.";
  const { count, label } = tries.at(-1);
  return `With ${count} × ${label}${tries.length > 1 ? " and the rest" : ""}: ${number(after.points)} points and ${plural(after.stars, "star")}, instead of ${number(before.points)} and ${plural(before.stars, "star")}.`;
}
