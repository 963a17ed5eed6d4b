// What a host reports of the package as it imports it: the number over 10,000 histories, and how all cases of `tests/cases` went.
import cases from "./cases/all.js";
import { runCases } from "./cases/run.mjs";
import { fingerprint } from "./fingerprint.js";

/** One line. */
export function report(starwise) {
  const { count, failures } = runCases({ cases }, starwise);
  return [fingerprint(starwise), `${count} cases`, ...failures].join(", ");
}
