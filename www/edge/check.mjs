// Run before each deploy: a model with faults stops it, and what is doubtful is told.
import { readFileSync } from "node:fs";
import { Model } from "starwise";

const text = readFileSync(new URL("model.json", import.meta.url), "utf8");
const faults = Model.check(text);
for (const { code, message } of faults) console.error(`model.json: ${message} (${code})`);
if (faults.length) process.exit(1);
for (const { code, message } of Model.lint(text)) console.warn(`model.json: ${message} (${code})`);
