/*
 * One line of the list. It is made once and then shows whoever comes into view; what has not changed is not written again,
 * so that scoring everybody anew costs the list next to nothing.
 */
import { h, write } from "./element.js";
import { starsPicture } from "./stars.js";
import { trendMark } from "./trend.js";
import { ago, instant, number } from "./words.js";

/**
 * `{ element, link, update(view), place(rank, y), mark(isOpen) }`; a view is
 * `{ name, href, score, starsExact, stars, segment, trend, lastSeen, at }`, `lastSeen` NaN for who has done nothing yet.
 */
export function customerRow(of) {
  const link = h("a", { class: "row-link", tabindex: "-1" });
  const note = h("span", { class: "row-note" });
  const stars = starsPicture(of);
  const score = h("td", { class: "is-number column-score", role: "cell" });
  const segment = h("td", { class: "column-segment", role: "cell" });
  const trend = trendMark();
  const seen = h("time", {});
  const element = h(
    "tr",
    { role: "row", onclick: (event) => event.target.closest("a") ?? link.click() },
    h("th", { scope: "row", role: "rowheader" }, link, note),
    h("td", { class: "column-stars", role: "cell" }, stars.element),
    score,
    segment,
    h("td", { class: "is-number column-trend", role: "cell" }, trend.element),
    h("td", { class: "column-seen", role: "cell" }, seen),
  );
  const shown = {};

  function update({ name, href, lastSeen, at, ...view }) {
    if (name !== shown.name) link.textContent = link.title = name;
    if (href !== shown.href) link.href = href;
    if (lastSeen !== shown.lastSeen || at !== shown.at) showSeen(lastSeen, at);
    Object.assign(shown, { name, href, lastSeen, at });
    write(note, `${view.segment} · ${seen.textContent}`);
    stars.set(view.starsExact, view.stars);
    write(score, number(view.score));
    write(segment, view.segment);
    trend.set(view.trend);
  }

  function showSeen(lastSeen, at) {
    const isNever = Number.isNaN(lastSeen);
    seen.textContent = isNever ? "never" : ago(lastSeen, at);
    seen.title = isNever ? "" : `${instant(lastSeen)} UTC`;
    if (isNever) seen.removeAttribute("datetime");
    else seen.dateTime = new Date(lastSeen).toISOString();
  }

  return {
    element,
    link,
    update,
    /** Where it stands in the list, counted from 0, and how far down it is drawn. */
    place(rank, y) {
      if (rank !== shown.rank) element.setAttribute("aria-rowindex", rank + 2);
      if (y !== shown.y) element.style.transform = `translateY(${y}px)`;
      Object.assign(shown, { rank, y });
    },
    mark(isOpen) {
      element.classList.toggle("is-open", isOpen);
      if (isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    },
  };
}
