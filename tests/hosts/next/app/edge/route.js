import { Ledger, Model } from "starwise";
import { fingerprint } from "../../fingerprint.js";

export const runtime = "edge";

export function GET() {
  return new Response(`[${fingerprint({ Ledger, Model })}]`);
}
