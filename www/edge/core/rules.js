/* The model of a deployment: checked once for each start, and known by a hash of its text. */
import { Model } from "starwise";
import { Fault } from "./fault.js";

/** `{ model, version, starCount }` of a model's JSON; one that has faults stays one that cannot be asked, and says so each time. */
export async function rulesOf(json) {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const version = await hashOf(text);
  try {
    return { model: new Model(text), version, starCount: JSON.parse(text).stars?.at?.length };
  } catch ({ code, path, message, faults }) {
    return { fault: new Fault(503, "model-invalid", "the model of this deployment has faults; nothing was taken in, and nothing is lost", { faults: faults ?? [{ code, path, message }] }), version };
  }
}

/** The first 16 hexadecimal digits of a text's SHA-256. */
export async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
