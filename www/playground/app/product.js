/* Taskwise, the pretend product: a small task app that tells its ledger what its customer does. */
import { h, reveal, write } from "../element.js";
import { picture } from "./picture.js";
import { accountCards } from "./account-cards.js";
import { taskRow } from "./task-row.js";
import { daysOf, withChange, withComment, withoutTask, withTask } from "./tasks.js";
import { briefWords } from "./when.js";

const VIEWS = { tasks: { label: "Tasks", icon: "list" }, timeline: { label: "Timeline view", icon: "bars" } };

/** `{ element, show(), placeOf(id), tooltip, banner, float }`: the last three are the places where nudges appear. */
export function taskwise(world, { onSay, onTell }) {
  const { life } = world;
  let open = null;
  const field = h("input", { id: "new-task", "aria-label": "New task", placeholder: "What is to be done?", autocomplete: "off", maxlength: 120 });
  const form = h("form", { class: "inline-form", onsubmit: addTask }, field, h("button", { class: "button is-main" }, picture("plus"), "Add"));
  const list = h("ul", { class: "tasks", id: "tasks", tabindex: "-1", "aria-label": "Tasks" });
  const empty = h("p", { class: "note empty" }, "Nothing to do yet. Add your first task above.");
  const days = h("div", { class: "timeline-view" });
  const locked = h("span", { class: "lock" }, picture("lock"));
  const tabs = Object.entries(VIEWS).map(([view, { label, icon }]) =>
    h("button", { type: "button", class: "view", "data-view": view, onclick: () => choose(view) }, picture(icon), label, view === "timeline" ? locked : null),
  );
  const [tooltip, banner, float] = ["at-feature", "at-top", "at-end"].map((place) => h("div", { class: `nudge-place is-${place}` }));
  const cards = accountCards(world, { onSay, onTell });
  const tasksView = h("div", {}, form, list, empty);
  const element = h(
    "section",
    { class: "product", "aria-labelledby": "product-name" },
    h("header", { class: "product-bar" }, h("h2", { id: "product-name", class: "wordmark" }, picture("check"), "Taskwise"), h("div", { class: "views", role: "group", "aria-label": "View" }, tabs), tooltip),
    banner,
    h("div", { class: "product-body" }, tasksView, days, cards.element),
    float,
  );

  const on = {
    open: (id) => {
      open = open === id ? null : id;
      show();
      (document.getElementById(`comment-${id}`) ?? rowOf(id)?.querySelector(".task-talk"))?.focus();
    },
    toggle(id) {
      const { isDone } = taskOf(id);
      life.product = withChange(life.product, id, { isDone: !isDone, doneAt: isDone ? null : world.now() });
      world.add({ type: isDone ? "task.reopened" : "task.completed", data: { task: id } });
      document.getElementById(id)?.focus();
    },
    rename(id, title) {
      if (title !== taskOf(id).title) {
        life.product = withChange(life.product, id, { title });
        world.add({ type: "task.renamed", data: { task: id } });
      }
      show();
      document.getElementById(id)?.focus();
    },
    remove(id) {
      const { title } = taskOf(id);
      life.product = withoutTask(life.product, id);
      world.add({ type: "task.deleted", data: { task: id } });
      onTell(`Deleted ${title}`);
      list.focus();
    },
    comment(id, words) {
      life.product = withComment(life.product, id, words);
      world.add({ type: "comment.written", data: { task: id } });
      document.getElementById(`comment-${id}`)?.focus();
    },
  };

  function addTask(event) {
    event.preventDefault();
    const title = field.value.trim();
    if (title === "") return field.focus();
    field.value = "";
    life.product = withTask(life.product, title);
    world.add({ type: "task.added", data: { task: life.product.tasks[0].id } });
    onTell(`Added ${title}`);
    return field.focus();
  }

  /** The timeline is there for Pro only; who tries it on Free tells something by it. */
  function choose(view) {
    if (view === "timeline" && life.profile.plan === "free") {
      world.add({ type: "feature.blocked", data: { feature: "timeline" } });
      // A nudge comes when it may; the product answers whoever clicks.
      return life.showing === "timeline" ? undefined : onSay("The timeline is part of Pro, and you are on Free");
    }
    life.product = { ...life.product, view };
    return view === "timeline" ? world.add({ type: "timeline.viewed" }) : show();
  }

  function show() {
    const { product, profile } = life;
    const isTimeline = product.view === "timeline" && profile.plan !== "free";
    for (const tab of tabs) tab.setAttribute("aria-pressed", String((tab.dataset.view === "timeline") === isTimeline));
    tabs[1].setAttribute("aria-label", profile.plan === "free" ? "Timeline view, part of Pro" : "Timeline view");
    reveal(locked, profile.plan === "free");
    reveal(tasksView, !isTimeline);
    reveal(days, isTimeline);
    showTasks(product.tasks);
    if (isTimeline) showDays(product);
    cards.show();
  }

  /** Where something of this is done: "tasks" is at the first open task, "comment" at the newest one's thread. */
  function placeOf(id) {
    const needed = { tasks: life.product.tasks.find(({ isDone }) => !isDone), comment: life.product.tasks[0] };
    if (!(id in needed)) return null;
    if (life.product.view !== "tasks") life.product = { ...life.product, view: "tasks" };
    const task = needed[id];
    if (id === "comment" && task) open = task.id;
    show();
    if (!task) onSay("Add a task first");
    if (!task) return field;
    return id === "comment" ? document.getElementById(`comment-${task.id}`) : rowOf(task.id);
  }

  /** Rows are made anew, save the one in which somebody types. */
  function showTasks(tasks) {
    reveal(empty, tasks.length === 0);
    const shape = JSON.stringify([tasks, open]);
    if (list.dataset.shape === shape && !list.querySelector(".task-rename")) return;
    list.dataset.shape = shape;
    list.replaceChildren(...tasks.map((task) => taskRow(task, { isOpen: open === task.id, on })));
  }

  function showDays(product) {
    const found = daysOf(product, (ms) => briefWords(ms, Number.NEGATIVE_INFINITY, life.timeZone).split(",")[0]);
    const lists = found.map(([day, titles]) => h("div", { class: "timeline-day" }, h("h3", {}, day), h("ul", {}, titles.map((title) => h("li", {}, title)))));
    days.replaceChildren(...(lists.length > 0 ? lists : [h("p", { class: "note" }, "What you finish stands here, day by day.")]));
  }

  function taskOf(id) {
    return life.product.tasks.find((task) => task.id === id);
  }

  function rowOf(id) {
    return list.querySelector(`[data-task="${id}"]`);
  }

  write(days, "");
  return { element, show, placeOf, tooltip, banner, float };
}
