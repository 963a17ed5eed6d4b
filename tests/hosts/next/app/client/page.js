"use client";

import { Model } from "starwise";
import { useEffect } from "react";
import { fingerprint } from "../../fingerprint.js";

export default function Page() {
  useEffect(() => {
    document.title = `done ${fingerprint(Model)}`;
  }, []);
  // Rendered on the server too.
  return <p>{`[${fingerprint(Model)}]`}</p>;
}
