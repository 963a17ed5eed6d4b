// A token, as any backend can sign one: a JSON Web Token by HMAC with SHA-256.
import { createHmac } from "node:crypto";

/** @param {string} secret TOKEN_SECRET @param {{ seconds?: number, scope: string, sub?: string, aud?: string }} claims `seconds` is how long it is good */
export function tokenOf(secret, { seconds = 86_400, ...claims }) {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const issued = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iat: issued, exp: issued + seconds, ...claims })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
