/* The plays of the playbook: models of the package, and the customers that the tests tell about them. */
import { expand } from "starwise-tests/cases/expand.mjs";

const IDS = [
  "onboarding-checklist", "weekly-streak", "conversation-badge", "locked-feature", "nps-survey",
  "upgrade-offer", "usage-limit", "early-rescue", "advocate-review", "sales-ready-trial",
];
const MODELS = "/node_modules/starwise/playbook/";
const CUSTOMERS = "/tests/playbook/";

/** Every play as `{ id, text, rules, customers }`; one that is not there is left out. */
export async function loadPlays() {
  const found = await Promise.all(IDS.map(loadPlay));
  return found.filter((play) => play !== null);
}

async function loadPlay(id) {
  const [model, tests] = await Promise.all([fetch(`${MODELS}${id}.json`), fetch(`${CUSTOMERS}${id}.json`)]);
  if (!model.ok || !tests.ok) return null;
  const text = await model.text();
  return { id, text, rules: JSON.parse(text), customers: expand(await tests.json()).customers };
}

/** The first moment of a play at which somebody is shown something: `{ customer, moment }`. */
export function openingOf({ customers }) {
  for (const [customer, { moments }] of customers.entries()) {
    const moment = moments.findIndex(({ nudge }) => nudge);
    if (moment >= 0) return { customer, moment };
  }
  return { customer: 0, moment: 0 };
}
