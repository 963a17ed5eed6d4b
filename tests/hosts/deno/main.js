import { Ledger, Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

console.log(fingerprint({ Ledger, Model }));
