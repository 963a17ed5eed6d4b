// The worker for tests of crashes: `POST /evict/:customer` throws a customer's object out of memory.
import { workerOf as sound } from "../../www/edge/cloudflare.js";

export function workerOf(json) {
  const worker = sound(json);
  return {
    ...worker,
    async fetch(request, environment, context) {
      const [, what, name] = new URL(request.url).pathname.split("/");
      if (what !== "evict") return worker.fetch(request, environment, context);
      const { CUSTOMERS } = environment;
      await CUSTOMERS.get(CUSTOMERS.idFromName(decodeURIComponent(name))).evict().catch(() => {});
      return new Response(null, { status: 204 });
    },
  };
}
