import { useState } from "react";
import { useStarwise } from "starwise/react";

export function App({ ledger }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <main>
      {isOpen && <Stars ledger={ledger} />}
      <button id="toggle" onClick={() => setOpen(!isOpen)}>open or close</button>
    </main>
  );
}

function Stars({ ledger }) {
  const { result, progress, add } = useStarwise(ledger, { progress: true });
  return (
    <button id="visit" onClick={() => add({ type: "visit", time: Date.now() })}>
      {result.stars} stars, {progress.streaks[0].current} days
    </button>
  );
}
