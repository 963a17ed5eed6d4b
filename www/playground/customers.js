/*
 * The list of customers. Only the rows in view, and a few beyond, are in the page; each is drawn where its rank is, and
 * glides there when the order changes. Arrow keys move from one customer to the next, Enter opens: only one link of the
 * list at a time is in the page's tab order (roving focus), and its row stays in the page wherever it is.
 */
import { h, svg } from "./element.js";
import { glide } from "./glide.js";
import { customerRow } from "./row.js";
import { SORTS } from "./selection.js";

/** How far Page Up and Page Down go. */
const PAGE = 10;
/** How many rows beyond those in view are kept ready. */
const OVERSCAN = 4;
/** How many rows may wait out of view until they are needed. */
const SLACK = 6;
/** How long the order has to rest before the rows stand in it in the page too, for who reads it with a screen reader. */
const REST_MS = 250;

/**
 * `{ show(order, options), mark(subject), focus(subject), reveal(subject), remove() }` in a scrolling element around a
 * `<table>`. `size` is the number of customers, `viewOf(subject)` what a row shows, `onSort(key)` is called by a heading.
 */
export function customersList(scroller, { size, of, onSort, viewOf }) {
  const table = scroller.querySelector("table");
  const headings = Object.entries(SORTS).map(([key, { label }]) => heading(key, label, onSort));
  const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row", "aria-rowindex": 1 }, headings.map(({ element }) => element)));
  const body = h("tbody", { role: "rowgroup", onkeydown: move, onfocusin: ({ target }) => rove(subjectOf(target)) });
  table.style.setProperty("--stars", of);
  table.append(head, body);

  const rows = new Map();
  const spare = [];
  const ranks = new Int32Array(size).fill(-1);
  const motion = glide((subject, y) => rows.get(subject)?.place(ranks[subject], y));
  const ending = new AbortController();
  let [order, range, rowHeight] = [[], [0, 0], 0];
  let [roving, marked, resting] = [null, null, 0];

  document.addEventListener("scroll", look, { capture: true, passive: true, signal: ending.signal });
  const sizes = new ResizeObserver(look);
  sizes.observe(scroller);

  /** Shows customers in an order; `isMove` where it came about by other scores, and rows are to glide. */
  function show(next, { sort, isMove = false }) {
    for (const { mark } of headings) mark(sort);
    const isResized = next.length !== order.length;
    const wasAt = isMove ? ranks.slice() : null;
    for (const subject of order) ranks[subject] = -1;
    order = next;
    order.forEach((subject, rank) => (ranks[subject] = rank));
    if (isResized) {
      table.setAttribute("aria-rowcount", order.length + 1);
      body.style.blockSize = `${order.length * rowHeight}px`;
    }
    if (roving === null || ranks[roving] === -1) roving = order[0] ?? null;
    if (isResized || rowHeight === 0 || !isMove) measure();
    draw(wasAt);
  }

  /** Which ranks are in view. */
  function measure() {
    const probe = rows.values().next().value ?? addRow(roving);
    if (!probe) return;
    const height = probe.element.offsetHeight;
    if (height === 0) return;
    if (height !== rowHeight) {
      const place = rowHeight === 0 ? 0 : scroller.scrollTop / rowHeight;
      rowHeight = height;
      body.style.blockSize = `${order.length * rowHeight}px`;
      scroller.scrollTop = place * rowHeight;
      motion.forget();
    }
    const view = scroller.getBoundingClientRect();
    const { top } = body.getBoundingClientRect();
    const first = Math.floor((Math.max(view.top, 0) - top) / rowHeight) - OVERSCAN;
    const last = Math.ceil((Math.min(view.bottom, innerHeight) - top) / rowHeight) + OVERSCAN;
    range = [Math.max(0, first), Math.min(order.length, last)];
  }

  function look() {
    const before = [...range, rowHeight].join();
    measure();
    if ([...range, rowHeight].join() !== before) draw(null);
  }

  /** Brings the rows in view up to date; `wasAt` are the ranks that rows glide from, null where they do not. */
  function draw(wasAt) {
    const wanted = order.slice(...range);
    if (roving !== null && (ranks[roving] < range[0] || ranks[roving] >= range[1])) wanted.push(roving);
    const isWanted = new Set(wanted);
    const unwanted = [...rows.keys()].filter((subject) => !isWanted.has(subject));
    // What is not needed for others stays a little longer: rows that go and come cost more than rows that wait.
    const missing = wanted.filter((subject) => !rows.has(subject)).length;
    unwanted.forEach((subject, position) => {
      if (ranks[subject] !== -1 && position >= missing && position < missing + SLACK) return void wanted.push(subject);
      spare.push(rows.get(subject));
      rows.delete(subject);
      motion.drop(subject);
    });
    for (const subject of wanted) {
      const isNew = !rows.has(subject);
      const row = rows.get(subject) ?? addRow(subject);
      row.update(viewOf(subject));
      const y = ranks[subject] * rowHeight;
      if (!wasAt) motion.put(subject, y);
      else motion.send(subject, isNew ? edgeOf(wasAt[subject], y) : null, y);
      // The rank is told at once, however far the row still has to glide.
      row.place(ranks[subject], motion.at(subject));
    }
    for (const row of spare.splice(0)) row.element.remove();
    clearTimeout(resting);
    if (wasAt) resting = setTimeout(putInOrder, REST_MS);
    else putInOrder();
  }

  /** Who comes into view comes from the side on which they were. */
  function edgeOf(rank, y) {
    if (rank === -1) return y;
    const [first, last] = range;
    return Math.min((last + 1) * rowHeight, Math.max((first - 2) * rowHeight, rank * rowHeight));
  }

  function addRow(subject) {
    if (subject === null) return null;
    const row = spare.pop() ?? customerRow(of);
    rows.set(subject, row);
    row.mark(subject === marked);
    row.link.setAttribute("tabindex", subject === roving ? "0" : "-1");
    if (!row.element.isConnected) body.append(row.element);
    return row;
  }

  /** The rows in the order of their ranks; the one with the focus is not touched, because it would lose it. */
  function putInOrder() {
    const elements = [...rows].sort(([one], [other]) => ranks[one] - ranks[other]).map(([, row]) => row.element);
    if (elements.every((element, position) => element === body.children[position])) return;
    const still = elements.findIndex((element) => element.contains(document.activeElement));
    for (const element of elements.slice(0, Math.max(0, still))) body.insertBefore(element, elements[still]);
    for (const element of elements.slice(still + 1)) body.append(element);
  }

  /** Marks the one that is open, and makes it the one that Tab leads to. */
  function mark(subject) {
    rows.get(marked)?.mark(false);
    marked = subject;
    if (subject !== null && ranks[subject] !== -1) rove(subject);
    draw(null);
    rows.get(subject)?.mark(true);
  }

  function focus(subject) {
    const next = subject !== null && ranks[subject] !== -1 ? subject : roving;
    if (next === null) return false;
    rove(next);
    draw(null);
    rows.get(next).link.focus({ preventScroll: true });
    scrollTo(next, "nearest");
    return true;
  }

  /** Scrolls somebody who was opened from elsewhere into the list's view. */
  function reveal(subject) {
    if (subject === null || ranks[subject] === -1) return;
    look();
    scrollTo(subject, "center");
  }

  function scrollTo(subject, block) {
    rows.get(subject)?.element.scrollIntoView({ block });
    look();
  }

  function rove(subject) {
    if (subject === undefined || subject === roving) return;
    rows.get(roving)?.link.setAttribute("tabindex", "-1");
    roving = subject;
    rows.get(subject)?.link.setAttribute("tabindex", "0");
  }

  function subjectOf(link) {
    for (const [subject, row] of rows) if (row.link === link) return subject;
    return undefined;
  }

  function move(event) {
    const here = ranks[subjectOf(event.target) ?? roving];
    const there = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + PAGE, PageUp: here - PAGE, Home: 0, End: order.length - 1 }[event.key];
    if (there === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    focus(order[Math.min(order.length - 1, Math.max(0, there))]);
  }

  function remove() {
    ending.abort();
    sizes.disconnect();
    motion.forget();
    clearTimeout(resting);
    head.remove();
    body.remove();
  }

  return { show, mark, focus, reveal, remove };
}

/** A heading that sorts, and says how it does. */
function heading(key, label, onSort) {
  const arrow = svg("svg", { class: "sort-arrow", viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("path", { d: "M1 3.5 L5 7.5 L9 3.5" }));
  const button = h("button", { type: "button", class: "sort", onclick: () => onSort(key) }, label, arrow);
  const element = h("th", { scope: "col", role: "columnheader", class: `column-${key}` }, button);
  return {
    element,
    mark(sort) {
      const now = sort.key === key ? (sort.descending ? "descending" : "ascending") : null;
      if (now === element.getAttribute("aria-sort")) return;
      if (now === null) element.removeAttribute("aria-sort");
      else element.setAttribute("aria-sort", now);
    },
  };
}
