/**
 * A model of the playbook, as it stands in its file.
 *
 * @example
 * ```ts
 * import { Model } from "starwise";
 * import rules from "starwise/playbook/weekly-streak.json" with { type: "json" };
 * const model = new Model(rules);
 * ```
 * @packageDocumentation
 */
import type { ModelJson } from "./index.js";

declare const rules: ModelJson;
export default rules;
