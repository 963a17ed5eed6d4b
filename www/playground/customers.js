/*
 * The list of customers. Arrow keys move from one to the next, Enter opens: only one link of the list at a time
 * is in the page's tab order (roving focus).
 */
import { h, svg } from "./element.js";
import { customerRow } from "./row.js";
import { SORTS } from "./selection.js";

/** How far Page Up and Page Down go. */
const PAGE = 10;

/** `{ show(entries, view), mark(id), focus(id), reveal(id) }` on a `<table>`; `onSort(key)` is called when a heading is pressed. */
export function customersTable(table, { of, onSort }) {
  const rows = new Map();
  const headings = Object.entries(SORTS).map(([key, { label }]) => heading(key, label, onSort));
  const body = h("tbody", { onkeydown: move, onfocusin: (event) => rove(event.target) });
  table.append(h("thead", {}, h("tr", {}, headings.map(({ element }) => element))), body);
  let roving = null;
  let marked = null;

  function show(entries, { sort, viewOf }) {
    for (const { mark } of headings) mark(sort);
    const elements = entries.map((entry) => {
      const row = rows.get(entry.id) ?? customerRow(entry.id, of);
      rows.set(entry.id, row);
      row.update(entry, viewOf(entry));
      return row.element;
    });
    const isSameOrder = elements.length === body.children.length && elements.every((element, position) => element === body.children[position]);
    if (!isSameOrder) body.replaceChildren(...elements);
    if (!roving?.isConnected) rove(body.querySelector("a"));
  }

  /** Marks the one that is open, and makes it the one that Tab leads to. */
  function mark(id) {
    rows.get(marked)?.mark(false);
    rows.get(id)?.mark(true);
    marked = id;
    rove(linkOf(id));
  }

  function focus(id) {
    const link = linkOf(id) ?? roving;
    if (!link?.isConnected) return false;
    rove(link);
    link.focus();
    link.closest("tr").scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Scrolls somebody who was opened from elsewhere into the list's view. */
  function reveal(id) {
    linkOf(id)?.closest("tr").scrollIntoView({ block: "center" });
  }

  function linkOf(id) {
    const link = rows.get(id)?.link;
    return link?.isConnected ? link : undefined;
  }

  function rove(link) {
    if (!link || link === roving) return;
    roving?.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    roving = link;
  }

  function move(event) {
    const links = [...body.querySelectorAll(".row-link")];
    const here = links.indexOf(event.target);
    const there = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + PAGE, PageUp: here - PAGE, Home: 0, End: links.length - 1 }[event.key];
    if (there === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const link = links[Math.min(links.length - 1, Math.max(0, there))];
    link.focus({ preventScroll: true });
    link.closest("tr").scrollIntoView({ block: "nearest" });
  }

  return { show, mark, focus, reveal };
}

/** A heading that sorts, and says how it does. */
function heading(key, label, onSort) {
  const arrow = svg("svg", { class: "sort-arrow", viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("path", { d: "M1 3.5 L5 7.5 L9 3.5" }));
  const button = h("button", { type: "button", class: "sort", onclick: () => onSort(key) }, label, arrow);
  const element = h("th", { scope: "col", class: `column-${key}` }, button);
  return {
    element,
    mark(sort) {
      if (sort.key === key) element.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
      else element.removeAttribute("aria-sort");
    },
  };
}
