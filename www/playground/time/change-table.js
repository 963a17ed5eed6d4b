/* All changes of stars, segment and audiences as a table: the picture for who does not see it, and a way to each of them. */
import { h, write } from "../element.js";
import { plural } from "../words.js";
import { audienceLabel, shortInstant, timeElement } from "./sentences.js";

/** `{ element, show(changes, view) }`; a view is `{ now, segments, json }`. `onGo(at)` gets the instant of a row. */
export function changeTable({ onGo }) {
  const body = h("tbody", {});
  const summary = h("summary", {});
  const head = h("tr", {}, ["When", "Stars", "Segment"].map((name) => h("th", { scope: "col" }, name)), h("th", { scope: "col" }, "Audiences"));
  const table = h("table", {}, h("caption", { class: "visually-hidden" }, "Changes of stars, segment and audiences"), h("thead", {}, head), body);
  const element = h("details", { class: "change-table" }, summary, h("div", { class: "scroller" }, table));

  function show(changes, { now, segments, json }) {
    const label = (id) => segments.find((one) => one.id === id)?.label ?? id;
    const moments = byInstant(changes);
    const hasAudiences = changes.some(({ what }) => what === "audience");
    head.lastElementChild.hidden = !hasAudiences;
    write(summary, `${plural(moments.size, "change")}, as a table`);
    const rows = Array.from(moments, ([at, turns]) => {
      const stars = turns.find(({ what }) => what === "stars");
      const segment = turns.find(({ what }) => what === "segment");
      const audiences = turns.filter(({ what }) => what === "audience").map(({ id, to }) => `${to ? "joins" : "leaves"} ${audienceLabel(json, id)}`);
      const go = h("button", { type: "button", class: "go", onclick: () => onGo(at) }, timeElement(at, shortInstant(at)));
      return h(
        "tr",
        { class: at > now ? "is-ahead" : null },
        h("th", { scope: "row" }, go, at > now ? h("small", {}, " forecast") : null),
        h("td", {}, stars ? `${stars.from} to ${stars.to}` : ""),
        h("td", {}, segment ? `${label(segment.from)} to ${label(segment.to)}` : ""),
        hasAudiences ? h("td", {}, audiences.join(", ")) : null,
      );
    });
    body.replaceChildren(...rows);
  }

  return { element, show };
}

function byInstant(changes) {
  const moments = new Map();
  for (const change of changes) moments.set(change.at, [...(moments.get(change.at) ?? []), change]);
  return moments;
}
