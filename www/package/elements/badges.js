/* <starwise-badges>: one badge beside the other, as a list. */
import { errorAt, reworded } from "../error.js";
import { badgeSvg, leaderboardHtml } from "../render.js";
import { describe, StarwiseElement } from "./element.js";
import { attributesOf, escaped } from "./markup.js";

export class StarwiseBadges extends StarwiseElement {
  static {
    describe(this, "badges", ["size"]);
  }

  static markup(badges, { label, ...style }) {
    if (!Array.isArray(badges)) throw errorAt("picture-wrong-type", "badges", "must be a list");
    const items = badges.map((badge, position) => `<li part="item">${drawn(badge, position, style)}${named(badge)}</li>`);
    const root = { class: `starwise starwise-${style.theme ?? "auto"} starwise-badges`, part: "badges", role: "list", dir: directionOf(style), lang: style.locale, "aria-label": label };
    return `<ul${attributesOf(root)}>${items.join("")}</ul>`;
  }
}

/** The name below a badge, for the eye: the picture says it to those who listen. */
function named(badge) {
  return `<span${attributesOf({ part: "name", dir: "auto", "aria-hidden": "true" })}>${escaped(badge.label)}</span>`;
}

/** The renderer knows which languages begin at the right: the least of its pictures says so. */
function directionOf({ locale, dir }) {
  return / dir="(\w+)"/.exec(leaderboardHtml({ rows: [] }, { locale, dir }))[1];
}

/** One badge; a fault says which one it is. */
function drawn(badge, position, style) {
  try {
    return badgeSvg(badge, style);
  } catch (error) {
    throw reworded(error, (text) => text.replace(/^(`?)badge\b/, `$1badges[${position}]`));
  }
}
