/* <starwise-checklist> */
import { checklistHtml } from "../render.js";
import { onAct, tellAction } from "./acts.js";
import { describe, StarwiseElement } from "./element.js";

export class StarwiseChecklist extends StarwiseElement {
  static {
    describe(this, "checklist", ["actions"]);
  }

  static markup(checklist, style) {
    return checklistHtml(checklist, { actions: true, ...style });
  }

  constructor() {
    super();
    onAct(this.shadowRoot, (target, event) => tellAction(this, target, event, { checklist: this.data?.id }));
  }
}
