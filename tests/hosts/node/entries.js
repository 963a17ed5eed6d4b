// Every entry, at once and again, in one program: one core.
import { readFileSync } from "node:fs";
import { Ledger, Model } from "starwise";
import { Model as Inline } from "starwise/inline";
import { init, initSync, Model as Manual } from "starwise/manual";
import { fingerprint } from "./fingerprint.js";

const model = new Model({ criteria: [] });
initSync(readFileSync(new URL(import.meta.resolve("starwise/starwise.wasm"))));
await Promise.all([init(), init(new Uint8Array(0)), init(fetch("data:,"))]);
if (Model !== Inline || Model !== Manual) throw new Error("there are several cores");
model.score({ events: [] });
console.log(fingerprint({ Ledger, Model: Manual }));
