/* <starwise-sparkline> */
import { sparklineSvg } from "../render.js";
import { describe, StarwiseElement } from "./element.js";

export class StarwiseSparkline extends StarwiseElement {
  static isInline = true;
  static {
    describe(this, "timeline", ["size", "width", "of", "now", "thresholds"]);
  }

  static markup(timeline, style) {
    return sparklineSvg(timeline, style);
  }
}
