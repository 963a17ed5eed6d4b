/* The playground at work: one state, and list and customer kept in step with it and with the address. */
import * as address from "./address.js";
import { customerPage, strangerPage } from "./customer.js";
import { customersTable } from "./customers.js";
import { distribution, starKinds, tally } from "./distribution.js";
import { instantField } from "./instant.js";
import { modelPage } from "./model-card.js";
import { showFailure, showProgress } from "./notice.js";
import { scoreAll } from "./population.js";
import { select, SORTS, sortWords } from "./selection.js";
import { count, plural, text, titled } from "./words.js";

const element = (id) => document.getElementById(id);

/** Starts it with a checked model, its JSON, and a file of events. */
export function startPlayground({ model, json, file }, notice) {
  const segments = segmentsOf(json);
  const of = json.stars?.at?.length ?? 5;
  const labels = new Map(segments.map(({ id, label }) => [id, label]));
  const state = { at: file.to, entries: [], query: "", stars: new Set(), segment: new Set(), sort: { key: "score", descending: true }, open: null, model: false };
  let scoring = new AbortController();

  const table = customersTable(element("customers-table"), { of, onSort: sortBy });
  const starBars = distribution(element("by-stars"), { name: "stars", kinds: starKinds(of), onToggle: (value) => toggle(state.stars, value) });
  const segmentKinds = segments.map(({ id, label }) => ({ value: id, label })).reverse();
  const segmentBars = distribution(element("by-segment"), { name: "segment", kinds: segmentKinds, onToggle: (value) => toggle(state.segment, value) });
  const instant = instantField(element("instant"), { latest: file.to, onChange: (at) => rescore(at) });

  element("search").addEventListener("input", ({ target }) => {
    state.query = target.value;
    showList();
  });
  element("finder").addEventListener("submit", (event) => event.preventDefault());
  element("clear").addEventListener("click", () => {
    element("search").value = state.query = "";
    state.stars.clear();
    state.segment.clear();
    showList();
    element("search").focus();
  });
  const sortChoice = element("sort-choice");
  for (const [key, { label }] of Object.entries(SORTS)) sortChoice.append(new Option(label, key));
  sortChoice.addEventListener("change", () => sortBy(sortChoice.value));
  addEventListener("hashchange", () => route(true));
  document.addEventListener("keydown", closeOnEscape);
  route(false);

  /** Takes the address over; what it opens gets the focus when a user, not the start, brought it about. */
  function route(isMove) {
    const { customer, model: isModel, at } = address.read();
    const [before, wasModel] = [state.open, state.model];
    state.open = customer;
    state.model = isModel;
    const instantNow = at === null || Number.isNaN(at) ? file.to : at;
    if (instantNow !== state.at || state.entries.length === 0) return rescore(instantNow, isMove);
    showDetail();
    if (isMove && (before !== customer || wasModel !== isModel)) moveFocus(before);
  }

  function moveFocus(before) {
    if (state.open !== null || state.model) element("detail").querySelector("h2").focus();
    else if (!table.focus(before)) element("search").focus();
  }

  async function rescore(at, isMove = false) {
    scoring.abort();
    scoring = new AbortController();
    const { signal } = scoring;
    element("page").setAttribute("aria-busy", "true");
    const isFirst = state.entries.length === 0;
    const onProgress = (done, all) => isFirst && showProgress(notice, `Scoring ${count(done)} of ${count(all)} customers`, done / all);
    try {
      const { entries, took } = await scoreAll(model, file.histories, at, { signal, onProgress });
      Object.assign(state, { at, entries });
      const fragment = address.write({ ...where(state.open), model: state.model });
      if (fragment !== (location.hash || "#")) history.replaceState(null, "", fragment);
      instant.show(at);
      element("outcome").textContent = `${plural(entries.length, "customer")} and ${plural(file.count, "event")} scored in ${count(took)} ms, on this device. Nothing left this page.`;
      notice.hidden = true;
      element("page").hidden = false;
      showList();
      showDetail();
      if (isMove) moveFocus(null);
      if (isFirst) table.reveal(state.open);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (at === file.to) return showFailure(notice, error);
      // There are instants nobody can be scored at; what was shown stays, or the latest instant takes its place.
      if (isFirst) return rescore(file.to, isMove);
      instant.show(state.at);
      element("outcome").textContent = `Not possible: ${error.message}`;
    }
    element("page").removeAttribute("aria-busy");
  }

  function showList() {
    const shown = select(state.entries, state, segments.map(({ id }) => id));
    starBars.show(tally(state.entries, ({ result }) => result.stars), state.stars);
    segmentBars.show(tally(state.entries, ({ result }) => result.segment), state.segment);
    table.show(shown, { sort: state.sort, viewOf: ({ id, result }) => viewOf(id, result) });
    sortChoice.value = state.sort.key;
    const isFiltered = state.query.trim() !== "" || state.stars.size > 0 || state.segment.size > 0;
    element("clear").hidden = !isFiltered;
    element("nobody").hidden = shown.length > 0;
    element("found").textContent = `${isFiltered ? `${count(shown.length)} of ` : ""}${plural(state.entries.length, "customer")}, ${sortWords(state.sort)}`;
  }

  function showDetail() {
    const detail = element("detail");
    const closeHref = address.write(where(null));
    table.mark(state.open);
    const entry = state.entries.find(({ id }) => id === state.open);
    element("page").dataset.open = state.open !== null || state.model ? "detail" : "list";
    detail.setAttribute("aria-labelledby", state.open === null ? "model-name" : "customer-name");
    const isSame = detail.dataset.shows === String(state.open);
    const isTableOpen = isSame && detail.querySelector("details")?.open;
    detail.dataset.shows = String(state.open);
    if (!isSame) detail.scrollTop = 0;
    element("model-link").href = address.write({ ...where(null), model: true });
    document.title = state.open === null ? "starwise playground" : `${state.open} · starwise playground`;
    if (state.open === null) return detail.replaceChildren(...modelPage(json, { closeHref }).flat(Infinity).filter(Boolean));
    if (!entry) return detail.replaceChildren(...strangerPage(state.open, closeHref));
    // The list asked for the trend alone; one customer gets everything there is.
    const result = model.score({ events: entry.events }, { at: state.at, include: "all" });
    const segmentLabel = labels.get(result.segment);
    detail.replaceChildren(...customerPage({ ...entry, result }, { model: json, of, segmentLabel, closeHref }));
    if (isTableOpen) detail.querySelector("details").open = true;
  }

  function viewOf(id, result) {
    return { at: state.at, href: address.write(where(id)), segmentLabel: labels.get(result.segment) };
  }

  /** The address of a customer, or of the list, at the instant that is set. */
  function where(customer) {
    return { customer, at: state.at === file.to ? null : state.at };
  }

  function sortBy(key) {
    const isSame = state.sort.key === key;
    state.sort = { key, descending: isSame ? !state.sort.descending : SORTS[key].descending };
    showList();
  }

  function toggle(chosen, value) {
    if (!chosen.delete(value)) chosen.add(value);
    showList();
  }

  function closeOnEscape(event) {
    const isElsewhere = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== "Escape" || event.defaultPrevented || isElsewhere) return;
    if (state.open === null && !state.model) return;
    location.hash = address.write(where(null));
  }
}

/** The model's segments, lowest first, or the ones that hold where it names none. */
function segmentsOf({ segments = ["very-disengaged", "engaged", "highly-engaged", "power-user"].map((id) => ({ id })) }) {
  return segments.map(({ id, label }) => ({ id, label: text(label) ?? titled(id) }));
}
