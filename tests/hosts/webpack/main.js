import { Ledger, Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

document.title = `done ${fingerprint({ Ledger, Model })}`;
