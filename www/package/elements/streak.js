/* <starwise-streak> */
import { streakSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";

export class StarwiseStreak extends StarwiseElement {
  static isInline = true;
  static {
    describe(this, "streak", ["size"]);
  }

  static markup(streak, style) {
    return streakSvg(streak, style);
  }
}
