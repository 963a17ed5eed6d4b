/* Where a play of the playbook is acted: its customer, the moments its story has, and what the customer could do now. */
import { h, reveal, write } from "../element.js";
import { text } from "../words.js";
import { deedsOf } from "./deeds.js";
import { iconButton, picture } from "./picture.js";
import { profileForm } from "./profile-form.js";

/** `{ element, show(), placeOf(id), tooltip, banner, float }`, as the product has it; `onMoment(customer, moment)` opens another moment. */
export function stage(world, play, { onMoment, onLeave }) {
  const { life } = world;
  const customer = play.customers.findIndex(({ name }) => name === life.play.customer);
  const { moments } = play.customers[customer];
  const { moment } = life.play;
  const [tooltip, banner, float] = ["at-feature", "at-top", "at-end"].map((place) => h("div", { class: `nudge-place is-${place}` }));
  const choice = h("select", { id: "play-customer", onchange: () => onMoment(choice.selectedIndex, 0) }, play.customers.map(({ name }) => h("option", {}, name)));
  choice.selectedIndex = customer;
  const step = (name, label, to) => iconButton(name, label, () => onMoment(customer, to), { disabled: to < 0 || to >= moments.length, id: `moment-${name}` });
  const deeds = h("div", { class: "deeds", role: "group", "aria-labelledby": "deeds-name" });
  const profile = profileForm(world);
  let deedsFor = null;

  const element = h(
    "section",
    { class: "product is-stage", "aria-labelledby": "product-name" },
    h("header", { class: "product-bar" }, h("h2", { id: "product-name", class: "wordmark" }, h("span", { "aria-hidden": "true" }, play.rules.icon), text(play.rules.name)), h("button", { type: "button", class: "button", onclick: onLeave }, "Back to Taskwise")),
    banner,
    h(
      "div",
      { class: "product-body" },
      h("p", { class: "play-about" }, text(play.rules.description)),
      h(
        "div",
        { class: "story" },
        h("label", { class: "story-who", for: "play-customer" }, "Customer"),
        choice,
        h("div", { class: "story-steps" }, step("back", "The moment before", moment - 1), h("span", {}, `Moment ${moment + 1} of ${moments.length}`), step("on", "The moment after", moment + 1)),
        h("p", { class: "story-words" }, moments[moment].why),
      ),
      h("h3", { id: "deeds-name" }, "What could happen now"),
      deeds,
      tooltip,
      profile.element,
    ),
    float,
  );

  /** A button for each thing that the model reads, and a field for each of the profile. */
  function show(rules) {
    if (deedsFor !== rules) {
      deedsFor = rules;
      const found = deedsOf(rules);
      deeds.replaceChildren(...found.map(deedButton));
      reveal(deeds, found.length > 0);
      profile.show(rules);
    }
  }

  function deedButton({ type, label, event }) {
    // However often the page is opened, no two are the same.
    const act = () => world.add(event(life.log.length));
    return h("button", { type: "button", class: "button deed", "data-type": type, onclick: act }, picture("bolt"), label);
  }

  write(element.querySelector(".story-words"), moments[moment].why);
  return { element, show, placeOf: () => null, tooltip, banner, float };
}
