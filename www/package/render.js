/* Pictures: what is drawn and how go in as bytes, text comes out. */
import { atDesk, FAULTY, faultOf, layBytes, textOf } from "./desk.js";
import { MAX_PICTURE } from "./limits.js";
import { Packer, settled, TAG } from "./wire.js";

/** The columns of a timeline; its instants first. */
const COLUMNS = ["times", "score", "points", "stars"];
/** The core's number for the stylesheet. */
const SHEET = 8;

/** Stars as SVG. */
export function starsSvg(value, style) {
  return draw(0, "value", value, style);
}

/** A level as SVG. */
export function levelSvg(level, style) {
  return draw(1, "level", level, style);
}

/** A streak as SVG. */
export function streakSvg(streak, style) {
  return draw(2, "streak", streak, style);
}

/** A badge as SVG. */
export function badgeSvg(badge, style) {
  return draw(3, "badge", badge, style);
}

/** A timeline as a small SVG. */
export function sparklineSvg(timeline, style) {
  return draw(4, "timeline", timeline, style, packTimeline);
}

/** A checklist as HTML. */
export function checklistHtml(checklist, style) {
  return draw(5, "checklist", checklist, style);
}

/** A nudge as HTML; nothing of none. */
export function nudgeHtml(nudge, style) {
  return draw(6, "nudge", nudge, style);
}

/** A leaderboard as HTML. */
export function leaderboardHtml(leaderboard, style) {
  return draw(7, "leaderboard", leaderboard, style);
}

/** The text of starwise.css. */
export function stylesheet() {
  return draw(SHEET, "value");
}

function draw(kind, name, value, style, pack = (packer, given) => packer.value(given)) {
  return atDesk((desk) => {
    const packer = new Packer("picture", MAX_PICTURE, name).run((packing) => {
      packing.tag(TAG.list);
      packing.count(2);
      pack(packing, settled(value, ""));
      packing.turnTo("style");
      packing.value(settled(style, ""));
    });
    const length = layBytes(desk, packer.bytes);
    packer.release();
    if (desk.draw(kind, length) === FAULTY) throw faultOf(desk);
    return textOf(desk);
  });
}

/** A timeline, whose columns may be of typed numbers. */
function packTimeline(packer, timeline) {
  if (typeof timeline !== "object" || timeline === null || Array.isArray(timeline)) return packer.value(timeline);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(COLUMNS.length);
  for (const name of COLUMNS) {
    packer.at(name);
    packer.characters(name);
    packer.column(timeline[name] ?? null, name);
  }
  packer.leave();
}
