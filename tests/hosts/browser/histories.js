// The package by name on a page: the number over 10,000 histories, and all cases.
import * as starwise from "starwise";
import { report } from "./report.js";

export function run() {
  return report(starwise);
}
