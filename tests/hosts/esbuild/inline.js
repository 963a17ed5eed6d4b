import { Ledger, Model } from "starwise/inline";
import { fingerprint } from "./fingerprint.js";

document.title = `done ${fingerprint({ Ledger, Model })}`;
