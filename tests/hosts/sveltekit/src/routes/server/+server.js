import { Ledger, Model } from "starwise";
import { fingerprint } from "../../../fingerprint.js";

export function GET() {
  return new Response(`[${fingerprint({ Ledger, Model })}]`);
}
