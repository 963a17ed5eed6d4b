/* The playground at work: one state, and list, model and customer kept in step with it and with the address. */
import * as address from "./address.js";
import { write } from "./element.js";
import { ownFile } from "./file/own-file.js";
import { instantField } from "./instant.js";
import { showFailure } from "./notice.js";
import { openPopulation } from "./session.js";
import { SORTS } from "./selection.js";
import { ownModel, shopModel } from "./source.js";
import { plural, milliseconds } from "./words.js";

const element = (id) => document.getElementById(id);
/** How long the figures have to rest before they are told to who does not see them. */
const REST_MS = 700;

/** Starts it with the scorer, and with the shop: its model and its population. */
export function startPlayground({ Model, Ledger, json, population }, notice) {
  const state = { open: null, isModel: false };
  const shop = { json, population, source: shopModel(json) };
  let session = null;
  let telling = 0;

  const instant = instantField(element("instant"), { onChange: (at) => rescoreAt(at), onLatest: () => rescoreAt(session.population.to) });
  const file = ownFile({ button: element("open-file"), input: element("file"), notice: element("file-notice"), veil: element("veil") }, { onRead: takeFile });

  element("search").addEventListener("input", ({ target }) => session.find(target.value));
  element("finder").addEventListener("submit", (event) => event.preventDefault());
  element("clear").addEventListener("click", () => {
    element("search").value = "";
    session.clearFilters();
    element("search").focus();
  });
  for (const [key, { label }] of Object.entries(SORTS)) element("sort-choice").append(new Option(label, key));
  element("sort-choice").addEventListener("change", ({ target }) => session.sortBy(target.value));
  addEventListener("hashchange", () => route(true));
  document.addEventListener("keydown", keys);
  enter(shop);

  /** Puts a population and its model in the place of the ones before. */
  function enter(next) {
    const { customer, model, at } = address.read();
    const opened = openPopulation({ Model, Ledger, ...next, page: { where, tell, onEverybody, onBack: leaveFile, onColumns: (columns) => file.read(next.file, columns) } });
    const latest = next.population.to;
    try {
      opened.start(at === null || Number.isNaN(at) ? latest : at);
    } catch (error) {
      // There are instants nobody can be scored at; the latest takes their place.
      try {
        opened.start(latest);
      } catch {
        opened.close();
        return showFailure(notice, error);
      }
    }
    session?.close();
    session = opened;
    element("search").value = "";
    notice.hidden = true;
    element("page").hidden = false;
    session.show();
    Object.assign(state, { open: customer, isModel: model });
    settle();
    session.reveal(state.open);
  }

  /** Takes the address over; what it opens gets the focus, because a user brought it about. */
  function route(isMove) {
    const { customer, model, at } = address.read();
    const before = { ...state };
    Object.assign(state, { open: customer, isModel: model });
    const instantNow = at === null || Number.isNaN(at) ? session.population.to : at;
    if (instantNow !== session.at && !session.moveTo(instantNow)) return settle();
    settle();
    if (isMove && (before.open !== state.open || before.isModel !== state.isModel)) moveFocus(before.open);
  }

  /** The page as the state has it. */
  function settle() {
    const fragment = where({ customer: state.open, model: state.isModel });
    if (fragment !== (location.hash || "#")) history.replaceState(null, "", fragment);
    instant.show(session.at, session.population.to);
    const pane = state.isModel ? "model" : state.open === null ? "list" : "customer";
    Object.assign(element("page").dataset, { open: pane, customer: String(state.open !== null) });
    element("model-link").href = where({ model: true });
    document.title = state.open === null ? "starwise playground" : `${state.open} · starwise playground`;
    session.open(state.open, pane);
  }

  /** Everybody where the time machine of one customer is. */
  function onEverybody(at) {
    rescoreAt(at);
    session.focusTime();
  }

  function rescoreAt(at) {
    if (at !== session.at) session.moveTo(at);
    settle();
  }

  function moveFocus(before) {
    if (state.isModel) element("model-name").focus();
    else if (state.open !== null) element("customer-name").focus();
    else if (!session.focus(before)) element("search").focus();
  }

  /** The address of a customer, of the model or of the list, at the instant that is set. */
  function where({ customer = null, model = false }) {
    return address.write({ customer, model, at: session === null || session.at === session.population.to ? null : session.at });
  }

  /** What scoring came to: at once for the eye, and once it rests for who listens. */
  function tell({ took, population: { count, names }, fault }) {
    const words = `${plural(count, "event")} of ${plural(names.length, "customer")} in ${milliseconds(took)} ms`;
    write(element("outcome"), fault ? `Not possible: ${fault}` : `${words}, on this device. Nothing left this page.`);
    clearTimeout(telling);
    telling = setTimeout(() => (element("said").textContent = element("outcome").textContent), REST_MS);
    return words;
  }

  /** A file that was read: a first model is suggested for it, and it takes the shop's place. */
  function takeFile({ file: chosen, population: found, report }) {
    const next = ownModel({ Model, file: chosen, population: found, report });
    history.replaceState(null, "", "#model");
    enter(next);
    element("file-name").focus();
  }

  function leaveFile() {
    history.replaceState(null, "", "#model");
    enter(shop);
    element("model-name").focus();
  }

  function keys(event) {
    const { target } = event;
    const isTyping = target.matches("input:not([type=range], [type=checkbox]), textarea");
    if (event.key === "Escape" && !event.defaultPrevented && !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) {
      if (state.open !== null || state.isModel) location.hash = where({ customer: state.isModel ? state.open : null });
      return;
    }
    if (isTyping || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      if (key === "z" && !event.shiftKey) session.undo();
      else session.redo();
    }
  }
}
