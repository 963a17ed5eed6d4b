/* A slider and a number for one and the same quantity. The number takes what the slider has no room for. */
import { h } from "../element.js";

/**
 * `{ element, slider, number, set(value) }`. `read(slider value)` and `show(value)` translate where the slider says
 * something else than the number; `onInput(value)` gets every sound value, `onEnd` the end of a drag or of typing.
 */
export function lengthField({ id, label, unit, min, max, step = "any", isInside, show = Number, read = Number, words, onInput, onEnd }) {
  const slider = h("input", { type: "range", id: `${id}-slider`, class: "slider", min, max, step: 1 });
  const number = h("input", { type: "number", id, class: "number", step, inputmode: "decimal" });
  const name = h("label", { for: id }, label, unit && h("span", { class: "visually-hidden" }, ` in ${unit}`));
  const element = h("div", { class: "length" }, h("span", { class: "length-name" }, name), slider, h("span", { class: "length-number" }, number, unit && h("span", { class: "note", "aria-hidden": "true" }, unit)));
  slider.setAttribute("aria-label", label);
  let isKeyDown = false;

  slider.addEventListener("input", () => take(read(slider.valueAsNumber), number));
  number.addEventListener("input", () => {
    const value = number.valueAsNumber;
    const isSound = !Number.isNaN(value) && isInside(value);
    number.toggleAttribute("aria-invalid", !isSound);
    if (isSound) take(value, slider);
  });
  // A key that is held down changes the slider many times, and is one step.
  slider.addEventListener("keydown", () => (isKeyDown = true));
  slider.addEventListener("keyup", () => {
    isKeyDown = false;
    onEnd();
  });
  slider.addEventListener("change", () => isKeyDown || onEnd());
  slider.addEventListener("blur", () => {
    isKeyDown = false;
    onEnd();
  });
  number.addEventListener("change", () => {
    onEnd();
    set(now);
  });
  let now = NaN;

  function take(value, other) {
    now = value;
    write(other, value);
    tell(value);
    onInput(value);
  }

  function set(value) {
    if (value !== now || number.valueAsNumber !== value) {
      write(number, value);
      number.removeAttribute("aria-invalid");
    }
    now = value;
    write(slider, value);
    tell(value);
  }

  function write(input, value) {
    const text = String(input === slider ? Math.min(max, Math.max(min, Math.round(show(value)))) : value);
    if (input.value !== text) input.value = text;
  }

  function tell(value) {
    slider.setAttribute("aria-valuetext", words(value));
  }

  return { element, slider, number, set };
}
