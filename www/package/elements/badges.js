/* <starwise-badges>: one badge beside the other, as a list. */
import { faultAt, reworded, StarwiseError } from "../error.js";
import { badgeSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";
import { attributesOf, escaped } from "./markup.js";

export class StarwiseBadges extends StarwiseElement {
  static {
    describe(this, "badges", ["size"]);
  }

  static markup(badges, { label, ...style }) {
    if (!Array.isArray(badges)) throw new StarwiseError([faultAt("picture-wrong-type", "badges", "must be a list")]);
    const items = badges.map((badge, position) => `<li part="item">${drawn(badge, position, style)}${named(badge)}</li>`);
    return `<ul${attributesOf({ class: "starwise-badges", part: "badges", role: "list", "aria-label": label })}>${items.join("")}</ul>`;
  }
}

/** The name below a badge, for the eye: the picture says it to those who listen. */
function named(badge) {
  return `<span${attributesOf({ part: "name", "aria-hidden": "true" })}><bdi>${escaped(badge.label)}</bdi></span>`;
}

/** One badge; ids differ from those of the others, and a fault says which one it is. */
function drawn(badge, position, style) {
  try {
    return badgeSvg(badge, { ...style, prefix: `starwise-${position}` });
  } catch (error) {
    throw reworded(error, (text) => text.replace(/^(`?)badge\b/, `$1badges[${position}]`));
  }
}
