/* What the page says while it has nothing to show: how far it is, or what went wrong and what to do about it. */
import { h } from "./element.js";

/** Shows a line of progress; `share` from 0 to 1, or null where it is not known. */
export function showProgress(notice, words, share = null) {
  const bar = notice.querySelector("progress");
  if (bar) {
    notice.querySelector("p").textContent = words;
    if (share !== null) bar.value = share;
    return;
  }
  notice.hidden = false;
  notice.replaceChildren(h("p", {}, words), h("progress", { max: 1, value: share, "aria-label": "Progress" }));
}

/** Shows a failure: what happened, what to do, and the words of the machine. */
export function showFailure(notice, error) {
  const { title, advice } = explain(error);
  notice.hidden = false;
  notice.setAttribute("role", "alert");
  notice.replaceChildren(
    h("h2", {}, title),
    h("p", {}, withCode(advice)),
    h("pre", {}, (error.faults ?? [error]).map(({ message }) => message).join("\n")),
    h("button", { type: "button", class: "button", onclick: () => location.reload() }, "Try again"),
  );
}

/** An error that knows which step it comes from. */
export class StepError extends Error {
  constructor(step, cause) {
    super(cause.message, { cause });
    this.step = step;
    this.faults = cause.faults;
  }
}

/** What stands between backticks, as code. */
function withCode(words) {
  return words.split("`").map((part, position) => (position % 2 === 1 ? h("code", {}, part) : part));
}

function explain({ step, cause }) {
  if (step === "core") {
    // A page whose policy forbids it gets an error that WebAssembly is refused; an absent one is a policy or a setting too.
    const isRefused = typeof WebAssembly === "undefined" || /unsafe-eval|Content Security Policy|disallowed/i.test(cause.message);
    return isRefused
      ? { title: "This page may not run WebAssembly", advice: "The server's Content-Security-Policy has to allow 'wasm-unsafe-eval' in script-src, and the browser must have WebAssembly switched on. `make demo` serves the page that way." }
      : { title: "starwise could not be loaded", advice: "The package is served from pkg/. Build it with `make build`, start the page with `make demo`, and try again." };
  }
  if (step === "data") {
    return { title: "The history could not be read", advice: "The page reads www/playground/data/shop-events.csv.gz. Check that the file is there, that the server is still running, and that the browser is of 2023 or later." };
  }
  if (step === "model") {
    return { title: "The model is not sound", advice: "www/playground/shop-model.json was refused. These are its faults:" };
  }
  return { title: "Something went wrong", advice: "This is a defect of the page. What the browser says about it:" };
}
