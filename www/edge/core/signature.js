/*
 * Signatures of messages, as Standard Webhooks 1.0 says (standardwebhooks.com): HMAC with SHA-256 over id, seconds and body.
 * Signed with several keys, a message can be verified with any of them, while receivers change from one to the other.
 */
import { base64Of } from "./bytes.js";

/** The headers of a message that was signed at an instant. */
export async function signedHeaders({ id, body, keys, nowMs }) {
  const seconds = Math.floor(nowMs / 1000);
  const text = new TextEncoder().encode(`${id}.${seconds}.${body}`);
  const signatures = await Promise.all(keys.map((key) => signatureOf(key, text)));
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") };
}

async function signatureOf(bytes, text) {
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, text));
  return `v1,${base64Of(signature)}`;
}
