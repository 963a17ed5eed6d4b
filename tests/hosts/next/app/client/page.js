"use client";

import { Ledger, Model } from "starwise";
import { useEffect } from "react";
import { fingerprint } from "../../fingerprint.js";

export default function Page() {
  useEffect(() => {
    document.title = `done ${fingerprint({ Ledger, Model })}`;
  }, []);
  // Rendered on the server too.
  return <p>{`[${fingerprint({ Ledger, Model })}]`}</p>;
}
