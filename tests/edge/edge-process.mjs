// The process of an edge worker under test: told what to serve, it says where; then it hands over what the platform would.
import { serveEdge } from "../../www/edge/serve.mjs";

process.once("message", async (settings) => {
  try {
    const { address, miniflare } = await serveEdge(settings);
    process.on("message", (event) => void dispatch(miniflare, event));
    process.send({ address });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.once("disconnect", () => process.exit());

/** A batch of a queue, or the clock of a cron. */
async function dispatch(miniflare, { number, batch, scheduled }) {
  try {
    const worker = await miniflare.getWorker();
    const result = batch
      ? await worker.queue("starwise-events", batch.map((message) => ({ ...message, timestamp: new Date(message.timestamp) })))
      : await worker.scheduled({ ...scheduled, scheduledTime: new Date(scheduled.scheduledTime) });
    process.send({ number, result });
  } catch (error) {
    process.send({ number, error: String(error?.stack ?? error) });
  }
}
