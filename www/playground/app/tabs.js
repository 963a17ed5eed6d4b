/* Panels of which one is open: tabs as the ARIA practices have them. */
import { h } from "../element.js";

/** `{ element, open(id), current }` of panels `{ id, label, element }`; arrows lead from one tab to the next. */
export function tabs(name, panels, { onOpen }) {
  let current = panels[0].id;
  const made = panels.map(({ id, label, element }) => ({
    id,
    tab: h("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, class: "tab", onclick: () => open(id) }, label),
    panel: h("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, class: "panel" }, element),
  }));
  const list = h("div", { role: "tablist", class: "tab-list", "aria-label": name, onkeydown: move }, made.map(({ tab }) => tab));
  const element = h("div", { class: "tabs" }, list, made.map(({ panel }) => panel));

  function open(id) {
    current = id;
    for (const { id: own, tab, panel } of made) {
      tab.setAttribute("aria-selected", String(own === id));
      tab.tabIndex = own === id ? 0 : -1;
      panel.hidden = own !== id;
    }
    onOpen(id);
  }

  function move(event) {
    const isMirrored = getComputedStyle(list).direction === "rtl";
    const steps = { ArrowRight: isMirrored ? -1 : 1, ArrowLeft: isMirrored ? 1 : -1 };
    const place = made.findIndex(({ id }) => id === current);
    const ends = { Home: 0, End: made.length - 1 };
    const next = ends[event.key] ?? (steps[event.key] === undefined ? undefined : (place + steps[event.key] + made.length) % made.length);
    if (next === undefined) return;
    event.preventDefault();
    open(made[next].id);
    made[next].tab.focus();
  }

  return { element, open, get current() { return current; } };
}
