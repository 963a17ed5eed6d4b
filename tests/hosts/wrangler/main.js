import { Ledger, Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

export default {
  fetch() {
    return new Response(fingerprint({ Ledger, Model }));
  },
};
