/* The events by their time, the latest first, with what each did to the score. */
import { h } from "../element.js";
import { plural, signed } from "../words.js";
import { briefWords } from "./when.js";

/** So many are shown; more than anybody reads. */
const MOST_SHOWN = 200;

/** `{ element, show(at) }` */
export function logView(world) {
  const { life } = world;
  const list = h("ol", { class: "log", tabindex: "0", "aria-label": "Events, the latest first" });
  const count = h("p", { class: "note" });
  const element = h("div", { class: "panel-body" }, count, list);
  let [shown, laterThen] = [null, null];

  function show({ at }) {
    const isLater = life.log.map(({ time }) => time > at).join();
    if (life.log === shown && isLater === laterThen) return;
    [shown, laterThen] = [life.log, isLater];
    count.textContent = life.log.length === 0 ? "Nothing has happened yet. Whatever you do in the product stands here." : `${plural(life.log.length, "event")}, the latest first.`;
    // Whoever goes back in time does things before those that were done.
    const ordered = life.log.toSorted((one, other) => other.time - one.time).slice(0, MOST_SHOWN);
    list.replaceChildren(...ordered.map((entry) => logLine(entry, at, life.timeZone)));
    list.hidden = life.log.length === 0;
  }

  return { element, show };
}

function logLine({ type, data, time, before, after }, at, timeZone) {
  const change = before === undefined || Math.abs(after - before) < 0.05 ? null : after - before;
  return h(
    "li",
    { "data-type": type, class: time > at ? "is-later" : null },
    h("time", { datetime: new Date(time).toISOString() }, briefWords(time, at, timeZone)),
    h("span", { class: "log-type" }, type),
    change === null ? null : h("strong", { class: change < 0 ? "is-down" : "is-up" }, signed(change)),
    data === undefined ? null : h("code", {}, JSON.stringify(data)),
  );
}
