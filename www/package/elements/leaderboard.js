/* <starwise-leaderboard> */
import { leaderboardHtml } from "../render.js";
import { describe, StarwiseElement } from "./element.js";

export class StarwiseLeaderboard extends StarwiseElement {
  static {
    describe(this, "leaderboard", ["caption"]);
  }

  static markup(leaderboard, style) {
    return leaderboardHtml(leaderboard, style);
  }
}
