// The process of an edge worker under test: told what to serve, it says where.
import { serveEdge } from "../../www/edge/serve.mjs";

process.once("message", async (settings) => {
  try {
    const { address } = await serveEdge(settings);
    process.send({ address });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.once("disconnect", () => process.exit());
