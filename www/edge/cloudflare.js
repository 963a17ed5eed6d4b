/* Cloudflare's part: requests and batches of a queue, each to the Durable Objects of the customers they concern. */
import { failure } from "./core/answer.js";
import { appOf } from "./core/app.js";
import { rulesOf } from "./core/rules.js";
import { settingsOf } from "./core/settings.js";

/** The handlers of a Worker under a model's JSON. */
export function workerOf(json) {
  let served;

  /** The app of this isolate: a deployment's variables stay the same while it runs. */
  function servedIn(environment) {
    served ??= appOf({
      settings: settingsOf(environment),
      rules: rulesOf(json),
      customers: { of: (name) => environment.CUSTOMERS.get(environment.CUSTOMERS.idFromName(name)) },
      limit: async (kind, key) => (await (kind === "backend" ? environment.BACKEND_LIMITER : environment.LIMITER)?.limit({ key }))?.success,
      // Cloudflare sets it, over whatever was sent.
      addressOf: (request) => request.headers.get("cf-connecting-ip"),
    });
    return served;
  }

  return {
    async fetch(request, environment, context) {
      try {
        return await servedIn(environment).app.fetch(request, environment, context);
      } catch (error) {
        console.error(error);
        return failure(error);
      }
    },
  };
}
