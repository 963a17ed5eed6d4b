/*
 * One population under one model: the list, the bars, the form and the open customer, all showing the same scores. A move of
 * the form is scored in the next frame, once however many there were, and everything follows.
 */
import { customerPage, strangerPage } from "./customer.js";
import { customersList } from "./customers.js";
import { distribution, starKinds } from "./distribution.js";
import { h, reveal, write } from "./element.js";
import { draft } from "./form/draft.js";
import { modelForm } from "./form/model-form.js";
import { historyOf } from "./population.js";
import { matches, select, SORTS, sortWords, tally } from "./selection.js";
import { standing } from "./standing.js";
import { timeMachine } from "./time/time-machine.js";
import { count, plural, text, titled } from "./words.js";

const element = (id) => document.getElementById(id);
/** How long a form has to rest before trends that were left out are made up for. */
const REST_MS = 150;

/**
 * `page` is what the session has of the page around it: `{ where, tell, onEverybody, onBack, onColumns }`. Nothing is shown
 * before `start(at)`, which throws where nobody can be scored, and `show()`.
 */
export function openPopulation({ Model, Ledger, json, population, source, page }) {
  const { names } = population;
  const numbers = new Map(names.map((name, subject) => [name, subject]));
  const segments = segmentsOf(json);
  const of = json.stars?.at?.length ?? 5;
  const scores = standing({ Model, population, segments: segments.map(({ id }) => id) });
  const model = draft(json, source.recall());
  const filters = { query: "", matching: matches(names, ""), stars: new Set(), segment: new Set(), sort: { key: "score", descending: true } };
  let [list, starBars, segmentBars, form] = [];
  let [customer, subject, history] = [null, null, null];
  // The way of the open customer through time, and the instant at which it stands; null is that of everybody.
  let [machine, moment] = [null, null];
  let [frame, resting, first] = [0, 0, 0];
  let [catchingUp, isCustomerDue] = [0, true];
  const onChange = (change) => {
    model.change(change(model.now));
    frame ||= requestAnimationFrame(follow);
  };

  function start(at) {
    first = scores.update({ json: model.now, at }).took;
  }

  function show() {
    list = customersList(element("customers"), { size: names.length, of, onSort: sortBy, viewOf });
    const toggle = (chosen) => (value) => {
      if (!chosen.delete(value)) chosen.add(value);
      showList();
    };
    starBars = distribution(element("by-stars"), { name: "stars", kinds: starKinds(of), onToggle: toggle(filters.stars) });
    const segmentKinds = segments.map(({ label }, position) => ({ value: position, label })).reverse();
    segmentBars = distribution(element("by-segment"), { name: "segment", kinds: segmentKinds, onToggle: toggle(filters.segment) });
    const back = h("a", { class: "button back", id: "model-back" }, "Back");
    form = modelForm(element("model"), {
      model: json,
      back,
      intro: source.intro({ onBack: page.onBack, onColumns: page.onColumns }),
      outro: source.outro(),
      onChange,
      onEnd,
      onUndo: undo,
      onRedo: redo,
      onReset: () => model.reset() && taken(),
    });
    form.set(model.now);
    form.remember(model);
    showList();
    tell(first);
  }

  /** The frame after a move: everybody's scores, and all that rests on them. */
  function follow() {
    frame = 0;
    clearTimeout(resting);
    form.set(model.now);
    form.remember(model);
    if (!rescore({ json: model.now, isHurried: true })) return;
    showList(true);
    followCustomer();
    resting = setTimeout(rest, REST_MS);
  }

  /** Where scoring leaves little of a frame, the open customer follows in every second one, and at the end of a drag. */
  function followCustomer() {
    cancelAnimationFrame(catchingUp);
    if (isCustomerDue || !scores.isTrendLate) showCustomer();
    else catchingUp = requestAnimationFrame(() => (catchingUp = requestAnimationFrame(showCustomer)));
    isCustomerDue = !isCustomerDue;
  }

  function rest() {
    isCustomerDue = true;
    if (scores.isTrendLate) {
      scores.updateTrends();
      showList(true);
    }
  }

  /** The end of a drag, or of typing: one step to be undone. */
  function onEnd() {
    model.seal();
    form.remember(model);
    source.remember(model.now, model.isFirst);
  }

  function undo() {
    if (model.undo()) taken();
  }

  function redo() {
    if (model.redo()) taken();
  }

  /** After a jump to another model of the draft. */
  function taken() {
    source.remember(model.now, model.isFirst);
    frame ||= requestAnimationFrame(follow);
  }

  /** Whether it could be done; where it could not, the reason is said and everything stays. */
  function rescore(change) {
    try {
      tell(scores.update(change).took);
      form.tell({});
      return true;
    } catch (error) {
      const fault = error.message;
      if (change.json) form.tell({ fault: `Not possible: ${fault}` });
      else page.tell({ took: 0, population, fault });
      return false;
    }
  }

  function tell(took) {
    form.tell({ took: page.tell({ took, population }) });
  }

  function moveTo(at) {
    if (!rescore({ at })) return false;
    showList();
    customer = null;
    return true;
  }

  function showList(isMove = false) {
    const { columns } = scores;
    const shown = select(columns, filters);
    starBars.show(tally(columns.stars), filters.stars);
    segmentBars.show(tally(columns.segment), filters.segment);
    list.show(shown, { sort: filters.sort, isMove });
    element("customers").classList.toggle("is-trend-late", scores.isTrendLate);
    element("sort-choice").value = filters.sort.key;
    const isFiltered = filters.query.trim() !== "" || filters.stars.size > 0 || filters.segment.size > 0;
    reveal(element("clear"), isFiltered);
    reveal(element("nobody"), shown.length === 0);
    write(element("found"), `${isFiltered ? `${count(shown.length)} of ` : ""}${plural(names.length, "customer")}, ${sortWords(filters.sort)}`);
  }

  function viewOf(subject) {
    const { score, stars, segment, seen } = scores.columns;
    return {
      name: names[subject],
      href: page.where({ customer: names[subject] }),
      score: score[subject],
      stars: stars[subject],
      starsExact: scores.exactStarsOf(subject),
      segment: segments[segment[subject]].label,
      trend: scores.trendOf(subject),
      lastSeen: seen[subject],
      at: scores.at,
    };
  }

  /** Opens a customer by name, or nobody; `pane` is the one in front where there is no room for all. */
  function open(name, pane) {
    subject = name === null ? null : (numbers.get(name) ?? null);
    list.mark(subject);
    element("model-back").href = page.where({ customer: name });
    element("model-back").textContent = name === null ? "Back to the list" : `Back to ${name}`;
    element("model-back").classList.toggle("is-to-list", name === null);
    const detail = element("detail");
    if (name === null) {
      customer = null;
      leaveTime();
      delete detail.dataset.shows;
      detail.replaceChildren();
      return;
    }
    const shows = `${name} ${scores.at}`;
    if (customer && detail.dataset.shows === shows) return;
    const isTableOpen = detail.dataset.shows?.startsWith(`${name} `) && detail.querySelector(".receipt-table")?.open;
    if (!isTableOpen) detail.scrollTop = 0;
    detail.dataset.shows = shows;
    const links = { close: page.where({}), model: page.where({ customer: name, model: true }) };
    history = subject === null ? null : historyOf(population, subject);
    leaveTime();
    if (history !== null) machine = machineOf(history);
    customer = subject === null ? strangerPage(name, links) : customerPage({ name, events: history.events, time: machine.element, of }, links);
    detail.replaceChildren(...customer.elements);
    if (isTableOpen) detail.querySelector(".receipt-table").open = true;
    // From here on the core reads it, again and again.
    history &&= new TextEncoder().encode(JSON.stringify(history));
    showCustomer();
    if (pane === "list") list.reveal(subject);
  }

  function showCustomer() {
    if (customer === null || subject === null) return;
    showResult(scores.resultOf(history, moment ?? scores.at));
    machine.show(scores.json);
  }

  function machineOf(ownHistory) {
    const now = Math.max(population.to, scores.at);
    return timeMachine({ Model, Ledger, history: ownHistory, segments, now, home: scores.at, onMove: showMoment, onEverybody: page.onEverybody });
  }

  /** The customer where the time machine has moved to. */
  function showMoment(result) {
    moment = result.at === scores.at ? null : result.at;
    if (customer !== null) showResult(result);
  }

  function showResult(result) {
    const { label } = segments.find(({ id }) => id === result.segment);
    customer.show(result, { model: scores.json, segmentLabel: label });
  }

  function leaveTime() {
    machine?.remove();
    [machine, moment] = [null, null];
  }

  function sortBy(key) {
    const { sort } = filters;
    const isSame = sort.key === key;
    filters.sort = { key, descending: isSame ? !sort.descending : SORTS[key].descending };
    showList();
  }

  function find(query) {
    filters.query = query;
    filters.matching = matches(names, query);
    showList();
  }

  function clearFilters() {
    filters.stars.clear();
    filters.segment.clear();
    find("");
  }

  function close() {
    cancelAnimationFrame(frame);
    cancelAnimationFrame(catchingUp);
    clearTimeout(resting);
    list?.remove();
    scores.free();
    leaveTime();
    customer = null;
  }

  return {
    start,
    show,
    close,
    moveTo,
    open,
    undo,
    redo,
    sortBy,
    find,
    clearFilters,
    focusTime: () => machine?.focus(),
    focus: (name) => list.focus(numbers.get(name) ?? null),
    reveal: (name) => list.reveal(numbers.get(name) ?? null),
    population,
    get at() {
      return scores.at;
    },
  };
}

/** The model's segments, lowest first, or the ones that hold where it names none. */
function segmentsOf({ segments = ["very-disengaged", "engaged", "highly-engaged", "power-user"].map((id) => ({ id })) }) {
  return segments.map(({ id, label }) => ({ id, label: text(label) ?? titled(id) }));
}
