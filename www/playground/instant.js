/* The instant of evaluation as a field: a date and a time, in UTC. */

/** `{ show(at) }` on a form with an input and a button that leads back to the latest instant. */
export function instantField(form, { latest, onChange }) {
  const input = form.querySelector("input");
  const button = form.querySelector("button");
  input.addEventListener("change", () => {
    const at = Date.parse(`${input.value}Z`);
    if (!Number.isNaN(at)) onChange(at);
  });
  button.addEventListener("click", () => {
    onChange(latest);
    input.focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return {
    show(at) {
      input.value = new Date(at).toISOString().slice(0, 19);
      button.hidden = at === latest;
    },
  };
}
