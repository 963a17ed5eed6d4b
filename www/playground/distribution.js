/* How many customers have how many stars, and are in which segment; each bar is also the filter for its kind. */
import { h, svg, write } from "./element.js";
import { starsPicture } from "./stars.js";
import { count, plural } from "./words.js";

/**
 * `{ show(counts, chosen) }` in an element: one bar a kind.
 * `kinds` are `[{ value, label, picture? }]`; `onToggle(value)` is called when a bar is pressed.
 */
export function distribution(container, { name, kinds, onToggle }) {
  const bars = kinds.map((kind) => {
    const bar = svg("rect", { height: "100%", rx: 2, class: "bar-given" });
    const amount = h("span", {});
    const noun = h("span", { class: "visually-hidden" });
    const name = kind.picture ? [kind.picture, h("span", { class: "visually-hidden" }, kind.label)] : kind.label;
    const button = h(
      "button",
      { type: "button", class: "share", "aria-pressed": "false", onclick: () => onToggle(kind.value) },
      h("span", { class: "share-label" }, name),
      svg("svg", { class: "share-bar", "aria-hidden": "true" }, bar),
      h("span", { class: "share-count" }, amount, noun),
    );
    return { ...kind, bar, amount, noun, button };
  });
  container.replaceChildren(
    h("h3", { class: "group-name", id: `${name}-name` }, name === "stars" ? "Stars" : "Segments"),
    h("div", { class: "shares", role: "group", "aria-labelledby": `${name}-name` }, bars.map(({ button }) => button)),
  );

  function show(counts, chosen) {
    const most = Math.max(1, ...counts.values());
    for (const { value, bar, amount, noun, button } of bars) {
      const customers = counts.get(value) ?? 0;
      const now = `${customers} of ${most}, ${chosen.has(value)}`;
      if (button.dataset.shows === now) continue;
      button.dataset.shows = now;
      button.setAttribute("aria-pressed", String(chosen.has(value)));
      bar.setAttribute("width", `${(100 * customers) / most}%`);
      write(amount, count(customers));
      write(noun, customers === 1 ? " customer" : " customers");
    }
  }

  return { show };
}

/** The kinds of stars, most first. */
export function starKinds(of) {
  return Array.from({ length: of + 1 }, (_, position) => {
    const stars = of - position;
    const picture = starsPicture(of, "stars is-small");
    picture.set(stars, stars);
    picture.element.removeAttribute("role");
    picture.element.removeAttribute("aria-label");
    picture.element.setAttribute("aria-hidden", "true");
    return { value: stars, label: plural(stars, "star"), picture: picture.element };
  });
}
