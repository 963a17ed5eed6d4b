// The worker under sabotage: `POST /test/:what` with JSON, in front of the routes.
import { workerOf as sound } from "../../www/edge/cloudflare.js";
import { arm, delivered, disarm } from "./sabotage.mjs";

export function workerOf(json) {
  const worker = sound(json);
  return {
    ...worker,
    async fetch(request, environment, context) {
      const [, isTest, what] = new URL(request.url).pathname.split("/");
      if (isTest !== "test") return worker.fetch(request, environment, context);
      const { CUSTOMERS } = environment;
      const { name, ...order } = await request.json();
      const id = CUSTOMERS.idFromName(name);
      if (what === "arm") return Response.json(arm({ object: id.toString(), ...order }) ?? null);
      if (what === "disarm") return Response.json(disarm());
      if (what === "delivered") return Response.json(delivered.filter(({ text }) => text.includes(JSON.stringify(name))));
      const outcome = await CUSTOMERS.get(id)[what]().then((value) => ({ value: value ?? null }), (error) => ({ error: String(error) }));
      return Response.json(outcome);
    },
  };
}
