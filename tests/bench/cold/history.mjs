// What is scored first, everywhere.
import { AT, makeHistory } from "../workload.mjs";

export const EVENTS = 100;
export const history = makeHistory(EVENTS);
export { AT };
