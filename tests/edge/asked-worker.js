// The worker, with customers who count what pages ask of them, and who can be slow or fail: `?customers=slow` on any address.
import { workerOf } from "../../www/edge/cloudflare.js";
import { customerObject } from "../../www/edge/durable/customer-object.js";
import model from "../../www/edge/model.json";

export { RegisterObject } from "../../www/edge/durable/register-object.js";

// Objects share this isolate with the worker here.
const state = { asked: 0, mood: "" };

export class CustomerObject extends customerObject(model) {
  async ask(what, ...rest) {
    if (what !== "page") return super.ask(what, ...rest);
    state.asked += 1;
    if (state.mood === "fail") throw new Error("on purpose");
    if (state.mood === "slow") await new Promise(() => {});
    return super.ask(what, ...rest);
  }
}

const worker = workerOf(model);

export default {
  async fetch(request, ...rest) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/asked") {
      const { asked } = state;
      Object.assign(state, { asked: 0, mood: searchParams.get("customers") ?? "" });
      return Response.json(asked);
    }
    return worker.fetch(request, ...rest);
  },
};
