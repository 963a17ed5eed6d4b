/* Leads the eye and the keyboard to a place of the page. */

/** How long the place is marked, in ms. */
const MARKED_MS = 1800;
let timer = 0;

/** Gives the focus to what is to be used there, and marks the card around it once the page has settled. */
export function leadTo(target) {
  const usable = target.querySelector("input:checked, input:not([type=radio])") ?? target;
  usable.focus({ preventScroll: true, focusVisible: true });
  // What led here may go, and something else come: the place is known when that is drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => mark(usable.closest(".account-card") ?? usable.closest(".task, .inline-form") ?? target)));
}

function mark(place) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
  clearTimeout(timer);
  document.querySelector(".is-led-to")?.classList.remove("is-led-to");
  place.classList.add("is-led-to");
  timer = setTimeout(() => place.classList.remove("is-led-to"), MARKED_MS);
}
