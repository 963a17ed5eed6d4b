/* The rest of Taskwise: the team, reminders, the plan with what is used of it, and a word about it all. */
import { h, put, reveal, write } from "../element.js";
import { count } from "../words.js";
import { picture } from "./picture.js";
import { initials, withMember } from "./tasks.js";

/** MB for files by plan. */
const ROOM = { free: 200, pro: 5000 };
const RATINGS = [1, 2, 3, 4, 5];

/** `{ element, show() }` */
export function accountCards(world, { onSay, onTell }) {
  const cards = [teamCard(world, onTell), remindersCard(world), planCard(world), reviewCard(world, onSay)];
  const element = h("div", { class: "account" }, cards.map((card) => card.element));
  return { element, show: () => cards.forEach((card) => card.show()) };
}

function card(icon, title, ...children) {
  return h("section", { class: "account-card" }, h("h3", {}, picture(icon), title), ...children);
}

function teamCard(world, onTell) {
  const { life } = world;
  const faces = h("ul", { class: "faces", "aria-label": "Members" });
  const field = h("input", { type: "email", id: "invite", required: true, placeholder: "ada@example.com", autocomplete: "off", "aria-label": "E-mail of a teammate" });
  const form = h("form", { class: "inline-form", onsubmit: invite }, field, h("button", { class: "button" }, "Invite"));

  function invite(event) {
    event.preventDefault();
    const email = field.value.trim().toLowerCase();
    field.value = "";
    life.product = withMember(life.product, email);
    world.add({ type: "member.invited", data: { email } });
    onTell(`Invited ${email}`);
  }

  function show() {
    const members = life.product.members;
    faces.replaceChildren(...members.map((email) => h("li", { title: email }, h("span", { "aria-hidden": "true" }, initials(email)), h("span", { class: "visually-hidden" }, email))));
    reveal(faces, members.length > 0);
  }

  return { element: card("people", "Team", faces, form), show };
}

function remindersCard(world) {
  const { life } = world;
  const box = h("input", { type: "checkbox", role: "switch", id: "reminders", class: "switch", onchange: change });

  function change() {
    world.become({ reminders: box.checked }, box.checked ? { type: "reminders.switched-on" } : undefined);
  }

  const label = h("label", { class: "switch-label", for: "reminders" }, box, "Remind me each morning");
  return { element: card("bell", "Reminders", label), show: () => (box.checked = life.profile.reminders === true) };
}

function planCard(world) {
  const { life } = world;
  const plans = Object.keys(ROOM).map((plan) => {
    const input = h("input", { type: "radio", name: "plan", value: plan, onchange: () => world.become({ plan, filesRoom: ROOM[plan] }, { type: "plan.changed", data: { plan } }) });
    return h("label", { class: "choice" }, input, plan === "free" ? "Free" : "Pro");
  });
  const used = h("output", { for: "files" });
  const slider = h("input", { type: "range", id: "files", class: "slider", min: 0, step: 10, "aria-label": "MB of files used" });
  // The meter moves along; what counts is where it is let go.
  slider.addEventListener("input", () => say(slider.valueAsNumber));
  slider.addEventListener("change", () => world.become({ filesUsed: slider.valueAsNumber }));

  function say(megabytes) {
    write(used, `${count(megabytes)} of ${count(life.profile.filesRoom)} MB for files`);
  }

  function show() {
    const { plan, filesUsed, filesRoom } = life.profile;
    for (const label of plans) label.firstChild.checked = label.firstChild.value === plan;
    put(slider, "max", String(filesRoom));
    slider.valueAsNumber = filesUsed;
    say(filesUsed);
  }

  return { element: card("card", "Plan", h("div", { class: "choices", id: "plan", tabindex: "-1", role: "radiogroup", "aria-label": "Plan" }, plans), used, slider), show };
}

function reviewCard(world, onSay) {
  const { life } = world;
  const choice = h("select", { id: "review", "aria-label": "Stars of your review" }, RATINGS.toReversed().map((stars) => h("option", { value: stars }, "★".repeat(stars))));
  const form = h("form", { class: "inline-form", onsubmit: send }, choice, h("button", { class: "button" }, "Post review"));
  const thanks = h("p", { class: "note" });

  function send(event) {
    event.preventDefault();
    life.product = { ...life.product, review: Number(choice.value) };
    // What comes of it has the last word.
    onSay("Thank you for your review");
    world.add({ type: "review.written", data: { stars: Number(choice.value) } });
  }

  function show() {
    const { review } = life.product;
    reveal(form, review === null);
    reveal(thanks, review !== null);
    write(thanks, review === null ? "" : `Your review: ${review} of 5 stars. Thank you.`);
  }

  return { element: card("star", "Review", form, thanks), show };
}
