// The worker under a model that takes the baseline, with a census that counts who asks it for one, and a register that shows how far it walked.
import { workerOf } from "../../www/edge/cloudflare.js";
import { CensusObject as Census } from "../../www/edge/durable/census-object.js";
import { customerObject } from "../../www/edge/durable/customer-object.js";
import { censusIn, registerIn } from "../../www/edge/durable/everybody.js";
import { RegisterObject as Register } from "../../www/edge/durable/register-object.js";

const model = { target: "baseline", criteria: [{ id: "buy", kind: "event", event: "buy", points: 10 }] };
const worker = workerOf(model);

export const CustomerObject = customerObject(model);

export class CensusObject extends Census {
  #asked = 0;

  baseline() {
    this.#asked += 1;
    return super.baseline();
  }

  asked() {
    return this.#asked;
  }
}

export class RegisterObject extends Register {
  walk() {
    return this.ctx.storage.kv.get("walk");
  }
}

export default {
  async fetch(request, environment, ...rest) {
    const { pathname } = new URL(request.url);
    if (pathname === "/test/asked") return Response.json(await censusIn(environment).asked());
    if (pathname === "/test/walk") return Response.json(await registerIn(environment, 0).walk());
    return worker.fetch(request, environment, ...rest);
  },
};
