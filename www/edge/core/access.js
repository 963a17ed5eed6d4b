/*
 * Who may do what: tokens are JSON Web Tokens, signed by HMAC with SHA-256, so that any backend can issue them.
 *
 * | scope | may |
 * |---|---|
 * | `read` | read what is known of one customer, the token's `sub` |
 * | `track` | send events of that customer, of now |
 * | `ingest` | send events and profiles of all customers |
 * | `admin` | read everybody, forget, export, take the census, issue tokens |
 */
import { sign, verify } from "hono/jwt";
import { Fault } from "./fault.js";

export const SCOPES = ["read", "track", "ingest", "admin"];
const TOKEN_LENGTH = 4096;
const LONGEST_SECONDS = 366 * 86_400;

/** Whose token a request carries: `{ scopes, customer, key }`. A token in the address is for pictures, and reads only. */
export async function bearerOf(request, { secrets }) {
  const header = request.headers.get("authorization");
  const [, own] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  const inAddress = header === null && request.method === "GET" ? new URL(request.url).searchParams.get("token") : null;
  const token = own ?? inAddress;
  if (!token) throw unauthorized("token-missing", "send `Authorization: Bearer <token>`");
  const payload = await verified(token, secrets);
  const scopes = typeof payload.scope === "string" ? payload.scope.split(" ").filter((scope) => SCOPES.includes(scope)) : [];
  const customer = typeof payload.sub === "string" ? payload.sub : undefined;
  return { scopes: own ? scopes : scopes.filter((scope) => scope === "read"), customer, key: `${customer ?? ""}/${payload.jti ?? scopes.join("+")}` };
}

async function verified(token, secrets) {
  if (token.length > TOKEN_LENGTH) throw unauthorized("token-invalid", "the token is too long");
  for (const secret of secrets) {
    try {
      const payload = await verify(token, secret, { alg: "HS256" });
      if (typeof payload.exp !== "number") throw unauthorized("token-invalid", "the token must have an `exp`");
      return payload;
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (error?.name === "JwtTokenExpired") throw unauthorized("token-expired", "the token has expired: get another one");
      // Signed with the other secret, or by somebody else.
    }
  }
  throw unauthorized("token-invalid", "the token is not one of ours, or not valid yet");
}

/** Refuses a request that the token does not allow. Whether the customer is known plays no part. */
export function demand({ scopes, customer }, { one, of }) {
  if (scopes.includes("admin") && one !== "track") return;
  if (of === undefined) {
    if (scopes.includes(one)) return;
  } else if (scopes.includes(one) && customer !== undefined && customer === of) return;
  throw new Fault(403, "token-not-allowed", of === undefined ? `the token must have the scope \`${one}\`` : `the token must have the scope \`${one}\`, of this customer`);
}

/** Issues a token. */
export async function issue({ scope, customer, seconds }, { secrets }, nowMs) {
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (!scopes.length || scopes.some((name) => !SCOPES.includes(name))) throw new Fault(400, "scope-invalid", `must be of ${SCOPES.join(", ")}, separated by spaces`, { path: "scope" });
  if (customer === undefined && scopes.some((name) => name === "read" || name === "track")) throw new Fault(400, "customer-missing", "`read` and `track` are of one customer", { path: "customer" });
  if (!(Number.isSafeInteger(seconds) && seconds > 0 && seconds <= LONGEST_SECONDS)) throw new Fault(400, "seconds-invalid", `must be a whole number from 1 to ${LONGEST_SECONDS}`, { path: "seconds" });
  const issued = Math.floor(nowMs / 1000);
  return sign({ scope: scopes.join(" "), sub: customer, iat: issued, exp: issued + seconds }, secrets[0], "HS256");
}

function unauthorized(code, message) {
  return new Fault(401, code, message, { headers: { "WWW-Authenticate": "Bearer" } });
}
