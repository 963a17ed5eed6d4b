/* The clock of the customer's world, and the buttons that move it. */
import { h, write } from "../element.js";
import { MORNING } from "./life.js";
import { daysLater, instantOf, wallOf } from "./wall.js";
import { momentWords } from "./when.js";

const HOUR_MS = 3_600_000;
const TICK_MS = 1000;

/** Fills the bar: `{ show(world) }`; `onJump(at)` is asked for another instant. */
export function clockBar(bar, { onJump }) {
  let world = null;
  const words = h("output", { class: "clock-words", id: "clock" });
  const back = h("p", { class: "note clock-note", role: "status" });
  const field = h("input", { type: "datetime-local", step: 60, min: "2000-01-01T00:00", max: "9999-12-31T23:59", id: "clock-field", "aria-label": "Move the clock to" });
  const by = (label, target) => h("button", { type: "button", class: "button tool", onclick: () => onJump(target()) }, label);
  const days = (count, time) => () => daysLater(world.now(), count, world.life.timeZone, time);
  const hours = (count) => () => world.now() + count * HOUR_MS;
  bar.replaceChildren(
    h("span", { class: "clock-label", "aria-hidden": "true" }, "Move time"),
    h("div", { class: "clock-back", role: "group", "aria-label": "Back in time" }, by("−1 week", days(-7)), by("−1 day", days(-1)), by("−1 h", hours(-1))),
    h("div", { class: "clock-face" }, words, field),
    h(
      "div",
      { class: "clock-on", role: "group", "aria-label": "On in time" },
      by("+1 h", hours(1)),
      by("Tomorrow", days(1, MORNING)),
      by("+1 week", days(7)),
      by("Now", () => Date.now()),
    ),
    back,
  );
  field.addEventListener("change", () => field.value !== "" && field.checkValidity() && onJump(instantOf(`${field.value}:00`.slice(0, 19), world.life.timeZone)));
  setInterval(tick, TICK_MS);

  function tick() {
    if (!world) return;
    const { timeZone } = world.life;
    write(words, `${momentWords(world.now(), timeZone)} ${timeZone === "UTC" ? "UTC" : ""}`.trim());
    write(back, isLookingBack(world) ? "You are looking back: what was done later does not count yet." : "");
    if (document.activeElement !== field) field.value = wallOf(world.now(), timeZone).slice(0, 16);
  }

  function show(next) {
    world = next;
    tick();
  }

  return { show };
}

/** Whether something was done after the instant of the clock. */
function isLookingBack({ life, now }) {
  const at = now();
  return life.log.some(({ type, time }) => time > at && !type.startsWith("nudge."));
}
