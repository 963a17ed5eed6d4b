import { Ledger, Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

// Virtual machines ask their host for every global, which takes 10,000 histories ten times as long.
test("scores", () => expect(fingerprint({ Ledger, Model })).toBe(process.env.EXPECTED), 120_000);
