/* The instant of evaluation as a field: a date and a time, in UTC. */

/** `{ show(at, latest) }` on a form with an input and a button that leads back to the latest instant, as `onLatest` does. */
export function instantField(form, { onChange, onLatest }) {
  const input = form.querySelector("input");
  const button = form.querySelector("button");
  input.addEventListener("change", () => {
    const at = Date.parse(`${input.value}Z`);
    if (!Number.isNaN(at)) onChange(at);
  });
  button.addEventListener("click", () => {
    onLatest();
    input.focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return {
    show(at, latest) {
      input.value = new Date(at).toISOString().slice(0, 19);
      button.hidden = at === latest;
    },
  };
}
