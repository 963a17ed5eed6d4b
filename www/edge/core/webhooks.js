/* Who is told of changes, and how. */

/** Tries, and how long to wait before each. */
const BACK_OFF_MS = [5_000, 60_000, 300_000, 1_800_000, 7_200_000, 36_000_000];

/** One message for each change and each listener that wants it. */
export function messagesOf(webhooks, { name, number, changes, standing, at }) {
  return webhooks.flatMap((webhook, place) => changes.map((change, step) => ({
    id: `${webhook.id ?? place}-${number}-${step}`,
    to: webhook.url,
    form: webhook.form ?? "json",
    change: { customer: name, at, ...change, score: standing.score },
  })));
}

/** Sends a message; whether it was taken. */
export async function deliver({ to, change }) {
  const response = await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(change) });
  await response.body?.cancel();
  return response.ok;
}

/** When to try again after so many attempts. */
export function retryAt(attempts, nowMs) {
  return nowMs + BACK_OFF_MS[Math.min(attempts, BACK_OFF_MS.length - 1)];
}
