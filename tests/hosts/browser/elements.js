// Custom elements: two that a server drew are taken over as they stand, two are made here, and all of them answer.
import { restrict } from "./restrict.js";

const SOON = 200;

export async function run() {
  const served = [...document.querySelectorAll("#served > *")];
  const nodes = served.map(nodesOf);
  restrict("require-trusted-types-for 'script'; trusted-types starwise");
  await import("starwise/elements/define");
  const made = served.map(({ localName }) => document.createElement(localName));
  document.querySelector("#made").append(...made);
  const [stars, checklist] = made;
  stars.setAttribute("value", served[0].getAttribute("value"));
  checklist.checklist = JSON.parse(served[1].getAttribute("data"));
  await until(() => made.every((element) => nodesOf(element).length > 0));
  const isKept = served.every((element, position) => nodes[position].every((node, index) => node === nodesOf(element)[index]));

  const actions = [];
  addEventListener("starwise-action", (event) => {
    actions.push(event.detail.id);
    event.preventDefault(); // or the link would leave the page
  });
  for (const element of [served[1], checklist]) element.shadowRoot.querySelector("a").click();
  const before = pictureOf(served[0]);
  served[0].value = 1;
  await until(() => pictureOf(served[0]) !== before);
  const changed = served[0].shadowRoot.querySelector("title").textContent;
  served[0].value = 3.5;
  await until(() => pictureOf(served[0]) === before);
  return {
    hadShadows: nodes.map((list) => list.length > 0),
    isKept,
    hasSheets: [...served, ...made].every(({ shadowRoot }) => shadowRoot.adoptedStyleSheets.length > 0),
    isSame: made.map((element, position) => pictureOf(element) === pictureOf(served[position])),
    looksSame: made.map((element, position) => sizeOf(element) === sizeOf(served[position])),
    isSeen: made.every((element) => element.getBoundingClientRect().height > 10),
    actions,
    changed,
  };
}

/** What is drawn: all but the link to the stylesheet that a server's shadow has. */
function nodesOf({ shadowRoot }) {
  return [...(shadowRoot?.querySelectorAll(":not(link, slot, style)") ?? [])];
}

function pictureOf({ shadowRoot }) {
  return [...shadowRoot.children].filter(({ localName }) => localName !== "link").map(({ outerHTML }) => outerHTML).join("");
}

/** In hundredths of a pixel: Firefox subtracts floats, whose last bits are other further down the page. */
function sizeOf(element) {
  const { width, height } = element.getBoundingClientRect();
  return `${width.toFixed(2)} x ${height.toFixed(2)}`;
}

async function until(isTrue) {
  for (let turn = 0; turn < SOON && !isTrue(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!isTrue()) throw new Error(`still not so: ${isTrue}`);
}
