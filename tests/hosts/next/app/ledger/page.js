"use client";

import { Ledger, Model } from "starwise";
import { useStarwise } from "starwise/react";
import { useEffect, useState } from "react";

/** Server and page have to begin alike, whenever they are asked. */
const AT = Date.UTC(2024, 5, 30);
const rules = { criteria: [{ id: "visit", kind: "event", event: "visit", points: 50 }] };

function openLedger() {
  const ledger = new Ledger(new Model(rules));
  ledger.add({ type: "visit", time: AT });
  return ledger;
}

export default function Page() {
  const [ledger] = useState(openLedger);
  const { result, add } = useStarwise(ledger, { now: () => AT });
  const [isStarted, start] = useState(false);
  useEffect(() => {
    if (isStarted) document.title = `done ${result.stars} stars`;
    else start(true), add({ type: "visit", time: AT });
  }, [isStarted, result, add]);
  return <p>{`[00000000 ${result.stars} stars]`}</p>;
}
