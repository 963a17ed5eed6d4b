/* <starwise-badges>: one badge beside the other, as a list. */
import { badgeSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";
import { attributesOf } from "./markup.js";

export class StarwiseBadges extends StarwiseElement {
  static {
    describe(this, "badges", ["size"]);
  }

  static markup(badges, { label, ...style }) {
    const items = Array.from(badges, (badge, position) => {
      return `<li class="starwise-badges-item" part="badges-item">${badgeSvg(badge, { ...style, prefix: `starwise-${position}` })}</li>`;
    });
    const list = attributesOf({ class: "starwise-badges", part: "badges", role: "list", "aria-label": label });
    return `<ul${list}>${items.join("")}</ul>`;
  }
}
