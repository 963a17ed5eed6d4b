/* The page at work: one world at a time, the product and what is around it, and the look behind the scenes. */
import { write } from "../element.js";
import { number, plural } from "../words.js";
import { answersFrom } from "./answers-from.js";
import { backendOf } from "./backend.js";
import { clockBar } from "./clock-bar.js";
import { engagement } from "./engagement.js";
import { backendLife, ownLife, playLife } from "./life.js";
import { leadTo } from "./lead.js";
import { logView } from "./log-view.js";
import { memory } from "./memory.js";
import { modelEditor } from "./model-editor.js";
import { followTheme, nudgePlaces } from "./nudges.js";
import { playList } from "./play-list.js";
import { openingOf } from "./plays.js";
import { taskwise } from "./product.js";
import { scoreView } from "./score-view.js";
import { speechOf } from "./speech.js";
import { stage } from "./stage.js";
import { tabs } from "./tabs.js";
import { whyPanel } from "./why.js";
import { openWorld } from "./world.js";

const element = (id) => document.getElementById(id);
/** How long what was said stays in view. */
const SAID_MS = 4000;
/** How long a reset can be undone. */
const UNDO_MS = 20_000;
/** How long figures have to rest before they are told. */
const REST_MS = 700;

/** Drops everything that this page remembers, as if nobody had ever been here. */
export async function beginAnew() {
  const store = memory();
  const { own, play, edge } = store.read() ?? {};
  // First, so that nothing of it comes back whatever becomes of the rest.
  store.write({});
  await Promise.all([own, play, edge].map((life) => life && store.forget(life.name)));
}

/** Starts it: `starwise` is the package, `rules` the text of Taskwise's model, `plays` the playbook. */
export async function startApp({ starwise, rules, plays }) {
  const store = memory();
  const found = store.read();
  const record = found?.own ? found : { own: ownLife(rules), play: null, edge: null };
  let [world, views, parsed] = [null, null, null];
  let isOpening = Promise.resolve();
  let [saying, telling] = [0, 0];
  let [undo, noMoreUndo] = [null, () => {}];

  const backend = backendOf({ onChange: () => show({ isAnswered: true }) });
  const from = answersFrom(element("answers-from"), { onLeave: leaveBackend });
  if (backend && record.edge?.customer !== backend.customer) begin();

  const clock = clockBar(element("clock-bar"), { onJump: jump });
  const resetWords = element("reset").querySelector("span");
  element("reset").addEventListener("click", () => (undo ? undo() : reset()));
  for (const name of record.over ?? []) store.forget(name);
  record.over = [];
  // A ledger that another tab has yet to fill is its own until it has.
  store.onElsewhere((other) => other && !(other.play ?? other.own)?.isToFill && enter(other));
  addEventListener("pagehide", () => world?.save());
  followTheme();
  await enter(record);

  /** Opens the life that the record is in; one after the other, whoever asks. */
  function enter(next, events) {
    isOpening = isOpening.then(() => open(next, events));
    return isOpening;
  }

  async function open(next, events) {
    const before = world;
    world = null;
    await before?.close();
    Object.assign(record, next);
    const life = record.play ?? (backend ? record.edge : record.own);
    const speech = await speechOf(life);
    world = await openWorld({ starwise, life, onChange: () => show(), onWrite: remember, onOver: store.forget, backend: record.play ? null : backend });
    if (events) await world.load(events);
    build(life, speech);
    show();
    if (events) remember();
  }

  function build(life, speech) {
    const play = plays.find(({ id }) => id === life.play?.id);
    const product = play ? stage(world, play, { onMoment: (customer, moment) => start(play, customer, moment), onLeave: leave }) : taskwise(world, { onSay: say, onTell: tell });
    const around = engagement(world, { leaderboard: starwise.leaderboard, speech, onGo: go, onSay: say });
    const nudges = nudgePlaces(product, world, { speech, onGo: go, onSay: say, onTell: tell });
    const why = whyPanel(world, { onJump: jump });
    const score = scoreView(world);
    const log = logView(world);
    const editor = modelEditor({ Model: starwise.Model, onChange: (text) => world.setRules(text) });
    const book = playList(plays, { onPlay: (chosen) => start(chosen), onLeave: leave });
    const panels = [
      { id: "why", label: "Why", element: why.element, show: (seen) => why.show(seen, parsed) },
      { id: "score", label: "Score", element: score.element, show: (seen) => score.show(seen, parsed) },
      { id: "events", label: "Events", element: log.element, show: (seen) => log.show(seen) },
      { id: "model", label: "Model", element: editor.element, show: (seen) => editor.set(life.rules, play?.text ?? rules, seen.completeFrom) },
      { id: "playbook", label: "Playbook", element: book.element, show: () => book.show(life) },
    ];
    const behind = tabs("Behind the scenes", panels, { onOpen: (id) => views.seen && panels.find((panel) => panel.id === id).show(views.seen) });
    const opened = views?.behind.current ?? "why";
    element("product").replaceChildren(product.element);
    element("around").replaceChildren(around.element);
    element("behind").replaceChildren(behind.element);
    views = { product, around, nudges, panels, behind, seen: null, text: null };
    behind.open(opened);
    clock.show(world);
  }

  /** Everything as it is at the instant of the clock. */
  function show({ isAnswered = false } = {}) {
    if (!world || !views) return;
    const { life } = world;
    if (views.text !== life.rules) parsed = JSON.parse(life.rules);
    views.text = life.rules;
    const seen = world.look();
    if (backend) askBackend(seen, isAnswered);
    views.seen = seen;
    views.product.show(parsed);
    views.around.show(seen, parsed);
    views.nudges.show(seen.decision.nudge);
    tellScore(seen.result);
    views.panels.find(({ id }) => id === views.behind.current).show(seen);
    clock.show(world);
  }

  /** Lays what the backend said over what this device has worked out, and asks it anew unless it has just answered. */
  function askBackend(seen, isAnswered) {
    const reason = backendReason();
    if (!reason && !isAnswered) backend.ask(() => ({ at: world.now(), showing: world.life.showing, ...seen.span }));
    if (!reason && backend.answers) Object.assign(seen, backend.answers);
    from.show(backend, reason);
  }

  /** Why the backend is not asked. */
  function backendReason() {
    if (record.play) return "the playbook has models of its own";
    return world.life.rules === rules ? undefined : "the model was changed here, and the worker has its own";
  }

  /** The life of the backend's customer, from its first day. */
  function begin() {
    record.edge = backendLife(rules, backend.customer);
    const { profile, timeZone, dayStartHour } = record.edge;
    backend.describe({ profile, timeZone, dayStartHour });
  }

  function leaveBackend() {
    backend.leave();
    location.reload();
  }

  function jump(at) {
    views.nudges.clear();
    world.jumpTo(at);
  }

  /** Sets a play up at one of its moments: the customer as the playbook has it, with nothing of what was done here. */
  async function start(play, customer, moment) {
    const opening = customer === undefined ? openingOf(play) : { customer, moment };
    const chosen = play.customers[opening.customer];
    const over = record.play?.name;
    const focus = document.activeElement.id;
    noMoreUndo();
    const life = playLife({ play, rules: play.text, customer: chosen, moment: opening.moment });
    // What comes later in the story has not happened yet: from here on, it is the user's.
    const events = (chosen.history.events ?? []).filter(({ time }) => Date.parse(time) <= life.heldAt);
    await enter({ ...record, play: life }, events);
    if (over) store.forget(over);
    element("product-name").scrollIntoView({ block: "nearest" });
    focusAgain(focus);
    tell(`${chosen.name}, moment ${opening.moment + 1}`);
  }

  async function leave() {
    const over = record.play?.name;
    await enter({ ...record, play: null });
    if (over) store.forget(over);
    remember();
  }

  /** Begins the life that is open anew. */
  async function reset() {
    if (record.play) {
      const play = plays.find(({ id }) => id === record.play.play.id);
      return start(play, play.customers.findIndex(({ name }) => name === record.play.play.customer), record.play.play.moment);
    }
    if (backend) return say("The worker keeps what was done: CUSTOMER=ada make edge begins with somebody else");
    const former = record.own;
    await enter({ ...record, own: ownLife(rules) });
    offerUndo(former);
    return say("Everything is as on the first day");
  }

  /** For a while the button brings back what it has wiped; then, or when the page is opened again, that is forgotten. */
  function offerUndo(former) {
    const timer = setTimeout(() => noMoreUndo(), UNDO_MS);
    noMoreUndo = () => end(former);
    write(resetWords, "Undo reset");
    record.over = [former.name];
    remember();
    undo = async () => {
      const { own } = record;
      // Another tab may have dropped the ledger by now, and the log has everything.
      await enter({ ...record, own: { ...former, isToFill: former.isLogWhole } });
      end(own);
      say("Everything is back");
    };
    function end({ name }) {
      clearTimeout(timer);
      [undo, noMoreUndo] = [null, () => {}];
      write(resetWords, "Reset");
      store.forget(name);
      record.over = [];
      remember();
    }
  }

  /** What had the focus was made anew; a button that leads no further leaves it to its neighbour. */
  function focusAgain(id) {
    if (!["play-customer", "moment-back", "moment-on"].includes(id)) return;
    const found = [id, "moment-on", "moment-back"].map(element).find((candidate) => !candidate.disabled);
    found?.focus();
  }

  /** Leads where a step or a nudge calls to: to a place of this page, else it says where that would be. */
  function go(href) {
    if (href === undefined) return;
    const id = href.startsWith("#") ? href.slice(1) : null;
    const target = id && (views.product.placeOf(id) ?? document.getElementById(id));
    if (target) leadTo(target);
    else say(id === "support" ? "In a real product you would now pick a time to talk" : `In a real product this leads to ${href}`);
  }

  function remember() {
    store.write(record);
  }

  /** What came of it all, once it rests: for who does not see it. */
  function tellScore({ score, stars }) {
    const words = `Score ${number(score)}, ${plural(stars, "star")}`;
    clearTimeout(telling);
    telling = setTimeout(() => write(element("score-said"), words), REST_MS);
  }

  /** Says for who does not see it what everybody else sees. */
  function tell(words) {
    write(element("told"), words);
  }

  function say(words) {
    write(element("said"), words);
    element("said").classList.add("is-shown");
    clearTimeout(saying);
    saying = setTimeout(() => element("said").classList.remove("is-shown"), SAID_MS);
  }
}
