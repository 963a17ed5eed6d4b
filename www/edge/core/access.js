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
import { base64UrlOf } from "./bytes.js";
import { Fault } from "./fault.js";
import { faultOfName } from "./intake.js";

export const SCOPES = ["read", "track", "ingest", "admin"];
/** Of these a token is one customer's. */
const OWN_SCOPES = ["read", "track"];
const TOKEN_LENGTH = 4096;
const LONGEST_SECONDS = 366 * 86_400;
/** So far ahead of ours may be the clock of whoever issues tokens. */
const SKEW_SECONDS = 60;

/**
 * Whose token a request carries; `isPicture` where it may stand in the address, for pictures can send no headers. There it
 * reads only.
 *
 * @returns {Promise<{ scopes: string[], customer?: string, isBackend: boolean, key: string }>} the key is what requests are counted by
 */
export async function bearerOf(request, settings, { isPicture = false, nowMs = Date.now() } = {}) {
  const header = request.headers.get("authorization");
  const [, own] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  const token = own ?? (header === null && isPicture ? new URL(request.url).searchParams.get("token") : null);
  if (!token) throw unauthorized("token-missing", "send `Authorization: Bearer <token>`");
  const { scope = "", sub: customer, jti } = checked(await signed(token, settings), settings, nowMs);
  const scopes = scope.split(" ").filter((name) => SCOPES.includes(name) && (own || name === "read"));
  const isBackend = scopes.some((name) => !OWN_SCOPES.includes(name));
  return { scopes, customer, isBackend, key: isBackend ? `token ${typeof jti === "string" ? jti : scope}` : `customer ${customer}` };
}

/** The claims of a token that is signed with one of our secrets; nothing else of it has been looked at. */
async function signed(token, { secrets }) {
  if (token.length > TOKEN_LENGTH) throw unauthorized("token-invalid", "the token is too long");
  for (const secret of secrets) {
    // What fails here is signed with the other secret, or by somebody else, or by nobody.
    const claims = await verify(token, keyOf(secret), { alg: "HS256", exp: false, nbf: false, iat: false }).catch(() => null);
    if (claims !== null && typeof claims === "object" && !Array.isArray(claims)) return claims;
  }
  throw unauthorized("token-invalid", "the token is not signed with the secret of this deployment");
}

/** What an issuer can get wrong is told: only one who has the secret comes to hear of it. */
function checked(claims, { audience }, nowMs) {
  const { scope, sub, exp, nbf, iat, aud } = claims;
  const nowSeconds = nowMs / 1000;
  const wrong = (message) => unauthorized("token-wrong-claim", message);
  if (typeof exp !== "number") throw wrong("the token must have an `exp`, in seconds");
  if (!(exp > nowSeconds)) throw unauthorized("token-expired", "the token has expired: get another one");
  if (!(exp <= nowSeconds + LONGEST_SECONDS + SKEW_SECONDS)) throw wrong("`exp` must be within a year, in seconds");
  for (const [name, value] of Object.entries({ nbf, iat })) {
    if (value !== undefined && !(typeof value === "number" && value <= nowSeconds + SKEW_SECONDS)) throw wrong(`\`${name}\` must be an instant that has come, in seconds`);
  }
  if (scope !== undefined && typeof scope !== "string") throw wrong("`scope` must be a text, with spaces between the scopes");
  if (sub !== undefined && faultOfName(sub)) throw wrong(`\`sub\` ${faultOfName(sub)}`);
  if (audience && ![aud].flat().includes(audience)) throw wrong("`aud` must be the audience of this deployment");
  return claims;
}

/** A secret as a key: given as text, one that has `PUBLIC` in it would be read as something else. */
function keyOf(secret) {
  return { kty: "oct", alg: "HS256", k: base64UrlOf(new TextEncoder().encode(secret)) };
}

/** Refuses a request that the token does not allow. Whether the customer is known plays no part. */
export function demand({ scopes, customer }, { one, of }) {
  if (scopes.includes("admin") && one !== "track") return;
  const isOwn = OWN_SCOPES.includes(one);
  // A token of nobody is one of nobody's: never of everybody's.
  if (scopes.includes(one) && (!isOwn || (customer !== undefined && customer === of))) return;
  throw new Fault(403, "token-not-allowed", isOwn ? `the token must have the scope \`${one}\`, of this customer` : `the token must have the scope \`${one}\``);
}

/** Issues a token. */
export async function issue({ scope, customer, seconds }, { secrets, audience }, nowMs) {
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (!scopes.length || scopes.some((name) => !SCOPES.includes(name))) throw new Fault(400, "scope-invalid", `must be of ${SCOPES.join(", ")}, separated by spaces`, { path: "scope" });
  if (customer === undefined && scopes.some((name) => OWN_SCOPES.includes(name))) throw new Fault(400, "customer-missing", "`read` and `track` are of one customer", { path: "customer" });
  if (customer !== undefined && faultOfName(customer)) throw new Fault(400, "customer-invalid", faultOfName(customer), { path: "customer" });
  if (!(Number.isSafeInteger(seconds) && seconds > 0 && seconds <= LONGEST_SECONDS)) throw new Fault(400, "seconds-invalid", `must be a whole number from 1 to ${LONGEST_SECONDS}`, { path: "seconds" });
  const issued = Math.floor(nowMs / 1000);
  return sign({ scope: scopes.join(" "), sub: customer, aud: audience || undefined, iat: issued, exp: issued + seconds }, keyOf(secrets[0]), "HS256");
}

function unauthorized(code, message) {
  return new Fault(401, code, message, { headers: { "WWW-Authenticate": "Bearer" } });
}
