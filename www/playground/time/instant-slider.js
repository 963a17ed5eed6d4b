/* A slider through time: a day a key, a week a page; what it stands at is said in words. */
import { h, put } from "../element.js";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** `{ element, set(at, words), reach(range) }`; `onMove(at)` gets each instant it is moved to. */
export function instantSlider({ id, label, onMove }) {
  const element = h("input", { type: "range", id, class: "slider time-slider", step: 1, "aria-label": label });
  let range = { from: 0, to: 1 };

  element.addEventListener("input", () => onMove(element.valueAsNumber));
  element.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = wayOf(event.key, getComputedStyle(element).direction === "rtl");
    if (way === null) return;
    event.preventDefault();
    // Keys may come faster than frames.
    element.valueAsNumber = Math.min(range.to, Math.max(range.from, element.valueAsNumber + way));
    onMove(element.valueAsNumber);
  });

  return {
    element,
    reach(next) {
      range = next;
      put(element, "min", String(next.from));
      put(element, "max", String(next.to));
    },
    set(at, words) {
      element.valueAsNumber = at;
      put(element, "aria-valuetext", words);
    },
  };
}

/** What a key moves by, in milliseconds; null where the browser knows better. */
function wayOf(key, isMirrored) {
  const forward = isMirrored ? -DAY_MS : DAY_MS;
  return { ArrowRight: forward, ArrowLeft: -forward, ArrowUp: DAY_MS, ArrowDown: -DAY_MS, PageUp: WEEK_MS, PageDown: -WEEK_MS }[key] ?? null;
}
