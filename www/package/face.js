/* What every entry point exports; they differ only in how the WebAssembly arrives. */
export { StarwiseError } from "./error.js";
export { leaderboard } from "./leaderboard.js";
export { Ledger } from "./ledger.js";
export { Model } from "./model.js";
export {
  badgeSvg,
  checklistHtml,
  leaderboardHtml,
  levelSvg,
  nudgeHtml,
  sparklineSvg,
  starsSvg,
  streakSvg,
  stylesheet,
} from "./render.js";
