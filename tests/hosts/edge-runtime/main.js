import { Ledger, Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

addEventListener("fetch", (event) => event.respondWith(new Response(fingerprint({ Ledger, Model }))));
