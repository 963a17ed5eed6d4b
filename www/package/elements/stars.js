/* <starwise-stars value="3.5"> */
import { starsSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";
import { numberOf, parsed } from "./settings.js";

export class StarwiseStars extends StarwiseElement {
  static dataAttributes = ["data", "value"];
  static isInline = true;
  static {
    describe(this, "value", ["size", "count"]);
  }

  static read(text, attribute) {
    return attribute === "value" ? numberOf(text) : parsed(text, attribute);
  }

  static markup(value, style) {
    return starsSvg(value, style);
  }
}
