import { Ledger, Model } from "starwise";
import { fingerprint } from "../../fingerprint.js";

export const runtime = "edge";

export default function Page() {
  return <p>{`[${fingerprint({ Ledger, Model })}]`}</p>;
}
