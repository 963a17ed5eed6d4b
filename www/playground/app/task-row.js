/* One task: done or not, its name, and the conversation about it. */
import { h } from "../element.js";
import { plural } from "../words.js";
import { iconButton, picture } from "./picture.js";

/** A list item; what it can do is in `on`: `toggle`, `rename`, `remove`, `comment`, each by the task's id. */
export function taskRow(task, { isOpen, on }) {
  const { id, title, isDone, comments } = task;
  const box = h("input", { type: "checkbox", id, checked: isDone, onchange: () => on.toggle(id) });
  const name = h("label", { for: id, class: "task-title" }, title);
  const count = comments.length === 0 ? null : h("span", { class: "task-count" }, String(comments.length));
  const talk = h(
    "button",
    { type: "button", class: "icon-button task-talk", "aria-expanded": String(isOpen), "aria-label": `Comments on ${title}: ${plural(comments.length, "comment")}`, onclick: () => on.open(id) },
    picture("chat"),
    count,
  );
  const line = h(
    "div",
    { class: "task-line" },
    box,
    name,
    h("span", { class: "task-tools" }, talk, iconButton("pen", `Rename ${title}`, () => edit()), iconButton("bin", `Delete ${title}`, () => on.remove(id))),
  );
  const element = h("li", { class: isDone ? "task is-done" : "task", "data-task": id }, line, isOpen ? thread(task, on) : null);

  /** The name becomes a field until Enter or Escape. */
  function edit() {
    const field = h("input", { class: "task-field", "aria-label": `New name of ${title}`, value: title });
    const form = h("form", { class: "task-rename", onsubmit: (event) => end(event, true) }, field);
    let isEnded = false;
    function end(event, isKept) {
      event?.preventDefault();
      if (isEnded) return;
      isEnded = true;
      const words = field.value.trim();
      on.rename(id, isKept && words !== "" ? words : title);
    }
    field.addEventListener("keydown", (event) => event.key === "Escape" && end(event, false));
    field.addEventListener("blur", () => end(null, true));
    name.replaceWith(form);
    field.focus();
    field.select();
  }

  return element;
}

function thread({ id, title, comments }, on) {
  const field = h("input", { id: `comment-${id}`, "aria-label": `Comment on ${title}`, placeholder: "Write a comment", autocomplete: "off", required: true });
  const send = (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (words !== "") on.comment(id, words);
  };
  return h(
    "div",
    { class: "thread" },
    comments.length === 0 ? null : h("ul", { class: "comments" }, comments.map((words) => h("li", {}, words))),
    h("form", { class: "inline-form", onsubmit: send }, field, h("button", { class: "button" }, "Send")),
  );
}
