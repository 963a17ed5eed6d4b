/*
 * A file of the user's own: chosen with a button or dropped anywhere on the page, read beside it, and handed over when it
 * is sound. What is wrong with it is said, and the page stays as it was.
 */
import { h } from "../element.js";
import { FileFault } from "./fault.js";
import { readBeside } from "./reader.js";

/** `{ read(file, columns), clear() }`; `onRead({ file, population, report })` gets what was read. */
export function ownFile({ button, input, notice, veil }, { onRead }) {
  let reading = null;
  let depth = 0;

  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const [file] = input.files;
    // The same file may be chosen again, when it has been mended.
    input.value = "";
    if (file) read(file);
  });
  addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  addEventListener("dragleave", (event) => hasFiles(event) && leave());
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 1;
    leave();
    const [file] = event.dataTransfer.files;
    if (file) read(file);
  });

  function leave() {
    depth = Math.max(0, depth - 1);
    veil.hidden = depth > 0 ? veil.hidden : true;
  }

  async function read(file, columns) {
    reading?.abort(new DOMException("another file", "AbortError"));
    const own = new AbortController();
    reading = own;
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Reading ${file.name}` });
    const words = h("p", {}, `Reading ${file.name}`);
    const cancel = h("button", { type: "button", class: "button", onclick: () => own.abort(new DOMException("cancelled", "AbortError")) }, "Cancel");
    show("status", words, bar, cancel);
    try {
      const onProgress = (share) => {
        bar.value = share;
        words.textContent = `Reading ${file.name}: ${Math.round(100 * share)} %`;
      };
      const found = await readBeside(file, { columns, onProgress, signal: own.signal });
      clear();
      onRead({ file, ...found });
    } catch (error) {
      if (reading !== own) return;
      if (error.name === "AbortError") return clear();
      const reason = error instanceof FileFault || error.faults ? error.message : `something went wrong: ${error.message}`;
      show("alert", h("p", {}, h("strong", {}, `${file.name} was not taken over. `), capital(reason.replace(/\.$/, "")), ". What was shown before stays."), h("button", { type: "button", class: "button", onclick: dismiss }, "Dismiss"));
    } finally {
      if (reading === own) reading = null;
    }
  }

  function dismiss() {
    clear();
    button.focus();
  }

  function clear() {
    notice.hidden = true;
    notice.replaceChildren();
  }

  function show(role, ...children) {
    notice.hidden = false;
    notice.className = `file-notice is-${role}`;
    notice.replaceChildren(h("div", { role, class: "file-notice-words" }, children.filter((child) => child.tagName !== "BUTTON")), ...children.filter((child) => child.tagName === "BUTTON"));
  }

  return { read, clear };
}

function hasFiles({ dataTransfer }) {
  return dataTransfer !== null && Array.from(dataTransfer.types).includes("Files");
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
