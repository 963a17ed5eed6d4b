/* <starwise-level> */
import { levelSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";

export class StarwiseLevel extends StarwiseElement {
  static isInline = true;
  static {
    describe(this, "level", ["size"]);
  }

  static markup(level, style) {
    return levelSvg(level, style);
  }
}
