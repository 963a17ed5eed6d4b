import { Ledger, Model } from "starwise";
import { fingerprint } from "../../fingerprint.js";

export default defineEventHandler(() => `[${fingerprint({ Ledger, Model })}]`);
