// Two pages of one visitor, the second in a frame: each sees what the other adds.
import { Model } from "starwise";
import { keepLedger } from "starwise/keep";

export async function run(storage, role) {
  const model = new Model({ criteria: [{ id: "visit", kind: "event", event: "visit", points: 1 }] });
  const troubles = [];
  const kept = await keepLedger(model, { name: "tabs", storage, saveAfter: 20, onTrouble: ({ kind }) => troubles.push(kind) });
  const visit = () => kept.add({ type: "visit", time: Date.now() });
  const points = (wanted) => until(() => kept.score().points >= wanted);
  if (role === "other") {
    await points(1);
    visit();
    await kept.save();
    return troubles;
  }
  const frame = document.createElement("iframe");
  frame.src = `?tabs&${storage}&other`;
  document.body.append(frame);
  await until(() => frame.contentWindow?.location.search.includes("other"));
  visit();
  await points(2);
  await kept.close();
  return troubles;
}

async function until(isTrue) {
  for (let turn = 0; turn < 400 && !isTrue(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!isTrue()) throw new Error(`still not so: ${isTrue}`);
}
