/* The playbook: what each play is for, and a button that sets it up with its customer at once. */
import { h } from "../element.js";
import { text } from "../words.js";
import { picture } from "./picture.js";

/** `{ element, show(life) }` */
export function playList(plays, { onPlay, onLeave }) {
  const own = entry({ id: "taskwise", icon: "✅", name: "Taskwise", description: "Everything together: the task app of this page, with you as its customer.", label: "Go there", onclick: onLeave });
  const entries = plays.map((play) => entry({ id: play.id, icon: play.rules.icon, name: text(play.rules.name), description: text(play.rules.description), label: "Play it", onclick: () => onPlay(play) }));
  const list = h("ul", { class: "plays" }, [own, ...entries].map(({ element }) => element));
  const element = h("div", { class: "panel-body" }, h("p", { class: "note" }, "Ten models to start from, each with a customer to see it by. Change it under “Model”."), list);

  function show({ play }) {
    for (const { id, element: item } of [own, ...entries]) item.classList.toggle("is-on", id === (play?.id ?? "taskwise"));
  }

  return { element, show };
}

function entry({ id, icon, name, description, label, onclick }) {
  const button = h("button", { type: "button", class: "button", "aria-label": `${label}: ${name}`, onclick }, picture("play"), label);
  const element = h("li", { class: "play", "data-play": id }, h("span", { class: "play-icon", "aria-hidden": "true" }, icon), h("div", {}, h("h3", {}, name), h("p", { class: "note" }, description)), button);
  return { id, element };
}
