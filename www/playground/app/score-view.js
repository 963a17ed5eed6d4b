/* The receipt behind the stars, as on the page of the shop. */
import { h, write } from "../element.js";
import { receiptLines } from "../receipt-lines.js";
import { receiptPicture } from "../receipt.js";
import { number, plural, titled } from "../words.js";
import { awayWords, momentWords } from "./when.js";

/** `{ element, show(seen, rules) }` */
export function scoreView(world) {
  const lead = h("p", { class: "score-lead" });
  const next = h("p", { class: "note" });
  const change = h("p", { class: "note" });
  const audiences = h("p", { class: "note" });
  const receipt = receiptPicture();
  const element = h("div", { class: "panel-body score-view" }, lead, next, change, audiences, receipt.element);

  function show({ at, result }, rules) {
    const { points, score, stars, nextStar, nextChange } = result;
    write(lead, `${number(points)} points are a score of ${number(score)}: ${plural(stars, "star")}.`);
    write(next, nextStar === null ? "There is no higher star." : nextWords(nextStar));
    write(change, nextChange === null ? "Nothing changes by itself within a year." : `If nothing more happens: ${plural(nextChange.stars, "star")}, ${titled(nextChange.segment)} ${awayWords(nextChange.at, at)} (${momentWords(nextChange.at, world.life.timeZone)}).`);
    write(audiences, result.audiences.length === 0 ? "In none of the model's audiences." : `Audiences: ${result.audiences.map(titled).join(", ")}.`);
    receipt.show(receiptLines(result, withoutPictures(rules)));
  }

  return { element, show };
}

function nextWords({ stars, points, actions }) {
  const ways = actions.slice(0, 2).map(({ count, label, criterion }) => `${count} × ${label ?? titled(criterion)}`);
  const by = ways.length === 0 ? "" : `, by ${ways.join(" or ")}`;
  return `${number(Math.ceil(points * 10) / 10)} points to ${plural(stars, "star")}${by}.`;
}

/** The icons of these models are texts, and the receipt draws its own. */
function withoutPictures(rules) {
  const bare = (criteria) => criteria?.map((criterion) => ({ ...criterion, icon: undefined }));
  return { ...rules, criteria: bare(rules.criteria), parts: rules.parts?.map((part) => ({ ...part, criteria: bare(part.criteria) })) };
}
