/* <starwise-nudge>: what to show a customer now, or nothing. */
import { nudgeHtml } from "../render.js";
import { onAct, tell, tellAction } from "./acts.js";
import { actingIn } from "./drawing.js";
import { describe, StarwiseElement } from "./element.js";
import { leave } from "./leave.js";
import { whenVisible } from "./visible.js";

/** Keys that lead from one answer of a survey to another, and how far; those to the sides are mirrored from right to left. */
const ALONG = { ArrowDown: 1, ArrowUp: -1 };
const ASIDE = { ArrowRight: 1, ArrowLeft: -1 };

export class StarwiseNudge extends StarwiseElement {
  static {
    describe(this, "nudge", ["actions"]);
  }

  static markup(nudge, style) {
    return nudgeHtml(nudge, { actions: true, ...style });
  }

  #seen;
  #stopWatching;
  /** The nudge that is on its way out, and what lets it stay. */
  #leaving;
  #stay;

  constructor() {
    super();
    onAct(this.shadowRoot, (target, event) => this.#act(target, event));
    this.shadowRoot.addEventListener("keydown", (event) => this.#press(event));
  }

  disconnectedCallback() {
    this.#stopWatching?.();
  }

  /** A nudge is told as shown once, when it comes into view; after nothing was shown, the same one again. */
  drawn(nudge) {
    this.#stopWatching?.();
    // The same markup may be shown again: it is not to stay faded.
    if (nudge !== this.#leaving) this.#stay?.();
    if (nudge === null) this.#seen = undefined;
    if (nudge === null || nudge.id === this.#seen) return;
    this.#stopWatching = whenVisible(this, () => {
      this.#seen = nudge.id;
      tell(this, "starwise-shown", { element: this, id: nudge.id, event: eventOf("nudge.shown", nudge) });
    });
  }

  #act(target, event) {
    const nudge = this.data;
    if (!nudge) return;
    // One ending for each showing: what goes does nothing any more.
    if (nudge === this.#leaving) return event.preventDefault();
    const { starwiseAction: action, starwiseValue: value } = target.dataset;
    if (action === "dismiss") this.#end("starwise-dismiss", { event: eventOf("nudge.dismissed", nudge) });
    else if (action === "answer") this.#end("starwise-answer", { answer: Number(value), event: eventOf("nudge.answered", nudge, Number(value)) });
    else tellAction(this, target, event, { nudge: nudge.id, checklist: nudge.checklist?.id, event: eventOf("nudge.clicked", nudge) });
  }

  /** Tells the page, and goes, unless the page prevents it or has already something else to show. */
  #end(type, about) {
    const nudge = this.data;
    if (!tell(this, type, { element: this, id: nudge.id, ...about }) || this.data !== nudge) return;
    this.#leaving = nudge;
    this.#stay = leave(this.shadowRoot, () => {
      this.#leaving = undefined;
      if (this.data === nudge) this.data = null;
    });
  }

  /** Escape dismisses; arrows lead along the answers of a survey. */
  #press(event) {
    const { key, target } = event;
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const acting = actingIn(this.shadowRoot);
    const answers = acting.filter(({ dataset }) => dataset.starwiseAction === "answer");
    const next = nextOf(answers, target, key);
    if (next) next.focus();
    else if (key === "Escape") acting.find(({ dataset }) => dataset.starwiseAction === "dismiss")?.click();
    else return;
    event.preventDefault();
  }
}

/** What the page hands to its ledger. */
function eventOf(type, { id }, answer) {
  const data = answer === undefined ? { nudge: id } : { nudge: id, answer };
  return { type, time: Date.now(), data };
}

/** The answer that a key leads to. */
function nextOf(answers, answer, key) {
  const position = answers.indexOf(answer);
  if (position < 0) return undefined;
  if (key === "Home") return answers[0];
  if (key === "End") return answers.at(-1);
  const isMirrored = key in ASIDE && getComputedStyle(answer).direction === "rtl";
  const step = (ALONG[key] ?? ASIDE[key]) * (isMirrored ? -1 : 1);
  return answers[position + step];
}
