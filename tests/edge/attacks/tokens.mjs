// Tokens that are not ours, or no longer, or not yet. All of them ask for Ana's score.
import { tokenOf } from "../../../www/edge/token.mjs";
import { SECRET } from "../edge.mjs";
import { forged, ownKey } from "../forged.mjs";

const now = Math.floor(Date.now() / 1000);
const OF_ANA = { scope: "read", sub: "ana", iat: now, exp: now + 600 };
const good = tokenOf(SECRET, { scope: "read", sub: "ana" });
const [head, claims, signature] = good.split(".");
const mallory = tokenOf(SECRET, { scope: "read", sub: "mallory" }).split(".");
const signed = (more, options) => forged({ ...OF_ANA, ...more }, { secret: SECRET, ...options });
const bearing = (token) => ({ path: "/score/ana", headers: ["Authorization", `Bearer ${token}`] });
const sending = (...headers) => ({ path: "/score/ana", headers });

/** What it tries, the request, and what must come back. */
export const tokens = [
  ["no token", sending(), 401, "token-missing"],
  ["an empty token", sending("Authorization", "Bearer "), 401, "token-missing"],
  ["the token as a password", sending("Authorization", `Basic ${good}`), 401, "token-missing"],
  ["a tab for a space", sending("Authorization", `Bearer\t${good}`), 401, "token-missing"],
  ["words after the token", sending("Authorization", `Bearer ${good} admin`), 401, "token-missing"],
  ["two headers, the good one first", sending("Authorization", `Bearer ${good}`, "Authorization", "Bearer x"), 401, "token-missing"],
  ["two headers, the good one last", sending("Authorization", "Bearer x", "Authorization", `Bearer ${good}`), 401, "token-missing"],
  ["a token in another header", sending("X-Authorization", `Bearer ${good}`), 401, "token-missing"],
  ["a token in a cookie", sending("Cookie", `token=${good}`), 401, "token-missing"],
  ["a bad header hides a good address", { path: `/stars/ana.svg?token=${good}`, headers: ["Authorization", "Bearer x"] }, 401, "token-invalid"],
  ["no bearer hides a good address", { path: `/stars/ana.svg?token=${good}`, headers: ["Authorization", "x"] }, 401, "token-missing"],
  ["an empty token in the address", { path: "/stars/ana.svg?token=" }, 401, "token-missing"],
  ["a bad token in the address, a good one after it", { path: `/stars/ana.svg?token=x&token=${good}` }, 401, "token-invalid"],
  ["a token in the address of what is no picture", { path: `/score/ana?token=${good}` }, 401, "token-missing"],

  ["unsigned: alg none", bearing(signed({}, { header: { alg: "none" }, by: "none" })), 401, "token-invalid"],
  ["unsigned: alg nOnE", bearing(signed({}, { header: { alg: "nOnE" }, by: "none" })), 401, "token-invalid"],
  ["unsigned: alg empty", bearing(signed({}, { header: { alg: "" }, by: "none" })), 401, "token-invalid"],
  ["unsigned: alg null", bearing(signed({}, { header: { alg: null }, by: "none" })), 401, "token-invalid"],
  ["unsigned: alg a list", bearing(signed({}, { header: { alg: ["HS256"] }, by: "none" })), 401, "token-invalid"],
  ["unsigned, said to be HS256", bearing(signed({}, { by: "none" })), 401, "token-invalid"],
  ["alg none over a good signature", bearing(signed({}, { header: { alg: "none" } })), 401, "token-invalid"],
  ["HS384 of the right secret", bearing(signed({}, { header: { alg: "HS384" }, by: "HS384" })), 401, "token-invalid"],
  ["HS512 of the right secret", bearing(signed({}, { header: { alg: "HS512" }, by: "HS512" })), 401, "token-invalid"],
  ["RS256 in the header, an HMAC of the right secret below", bearing(signed({}, { header: { alg: "RS256" } })), 401, "token-invalid"],
  ["RS256 by a key of their own, sent along", bearing(signed({}, { header: { alg: "RS256", jwk: ownKey.jwk }, by: "RS256" })), 401, "token-invalid"],
  ["RS256 by a key of their own, said to be HS256", bearing(signed({}, { header: { jwk: ownKey.jwk }, by: "RS256" })), 401, "token-invalid"],
  ["HS256 with a public key for the secret", bearing(signed({}, { secret: ownKey.pem })), 401, "token-invalid"],
  ["a key at an address of theirs", bearing(signed({}, { header: { jku: "https://mallory.example/keys" }, secret: "x" })), 401, "token-invalid"],
  ["a key by a path", bearing(signed({}, { header: { kid: "../../../../dev/null" }, secret: "" })), 401, "token-invalid"],
  ["a key by SQL", bearing(signed({}, { header: { kid: "' UNION SELECT 'x" }, secret: "x" })), 401, "token-invalid"],
  ["a header that must be understood", bearing(signed({}, { header: { crit: ["b64"], b64: false } })), 401, "token-invalid"],
  ["a token of another type", bearing(signed({}, { header: { typ: "logout+jwt" } })), 401, "token-invalid"],

  ["an empty secret", bearing(signed({}, { secret: "" })), 401, "token-invalid"],
  ["a guessed secret", bearing(signed({}, { secret: "secret" })), 401, "token-invalid"],
  ["the secret in capitals", bearing(signed({}, { secret: SECRET.toUpperCase() })), 401, "token-invalid"],
  ["the secret with a space", bearing(signed({}, { secret: `${SECRET} ` })), 401, "token-invalid"],
  ["the secret of before, which is no longer set", bearing(signed({}, { secret: "the secret of last year, of 32 characters" })), 401, "token-invalid"],
  ["claims of Ana under Mallory's signature", bearing([mallory[0], claims, mallory[2]].join(".")), 401, "token-invalid"],
  ["a header changed after signing", bearing([Buffer.from('{"typ":"JWT","alg":"HS256"}').toString("base64url"), claims, signature].join(".")), 401, "token-invalid"],
  ["half a signature", bearing([head, claims, signature.slice(0, 20)].join(".")), 401, "token-invalid"],
  ["no signature", bearing(`${head}.${claims}.`), 401, "token-invalid"],
  ["two parts", bearing(`${head}.${claims}`), 401, "token-invalid"],
  ["four parts", bearing(`${good}.${signature}`), 401, "token-invalid"],
  ["an encrypted token", bearing(`${part5()}`), 401, "token-invalid"],
  ["four thousand dots", bearing(".".repeat(4000)), 401, "token-invalid"],
  ["a huge token, rightly signed", bearing(signed({ more: "x".repeat(5000) })), 401, "token-invalid"],
  ["no base64", bearing("!!!.???.***"), 401, "token-invalid"],
  ["claims that are no JSON", bearing(forged("{", { secret: SECRET })), 401, "token-invalid"],
  ["claims that are null", bearing(forged("null", { secret: SECRET })), 401, "token-invalid"],
  ["claims that are a list", bearing(forged([OF_ANA], { secret: SECRET })), 401, "token-invalid"],

  ["expired", bearing(signed({ exp: now - 1 })), 401, "token-expired"],
  ["expired before 1970", bearing(signed({ exp: -1 })), 401, "token-expired"],
  ["expired and forged: no word of the first", bearing(signed({ exp: now - 1 }, { secret: "x" })), 401, "token-invalid"],
  ["never expires", bearing(signed({ exp: undefined })), 401, "token-wrong-claim"],
  ["expires at null", bearing(signed({ exp: null })), 401, "token-wrong-claim"],
  ["expires at a text", bearing(signed({ exp: String(now + 600) })), 401, "token-wrong-claim"],
  ["expires at infinity", bearing(forged(JSON.stringify(OF_ANA).replace(/"exp":\d+/, '"exp":1e999'), { secret: SECRET })), 401, "token-wrong-claim"],
  ["expires in the year 50,000: milliseconds", bearing(signed({ exp: (now + 600) * 1000 })), 401, "token-wrong-claim"],
  ["expires twice, the last time in the past", bearing(forged(JSON.stringify(OF_ANA).replace("}", `,"exp":${now - 1}}`), { secret: SECRET })), 401, "token-expired"],
  ["not valid yet", bearing(signed({ nbf: now + 600 })), 401, "token-wrong-claim"],
  ["valid from a text on", bearing(signed({ nbf: "0" })), 401, "token-wrong-claim"],
  ["issued tomorrow", bearing(signed({ iat: now + 86_400 })), 401, "token-wrong-claim"],
  ["issued at a text", bearing(signed({ iat: "yesterday" })), 401, "token-wrong-claim"],

  ["of a list of customers", bearing(signed({ sub: ["ana"] })), 401, "token-wrong-claim"],
  ["of an object", bearing(signed({ sub: { toString: "ana" } })), 401, "token-wrong-claim"],
  ["of a number", bearing(signed({ sub: 7 })), 401, "token-wrong-claim"],
  ["of half a character", bearing(signed({ sub: "ana\ud800" })), 401, "token-wrong-claim"],
  ["of nobody", bearing(signed({ sub: undefined })), 403, "token-not-allowed"],
  ["of an empty name", bearing(signed({ sub: "" })), 401, "token-wrong-claim"],
  ["of two customers, the last of whom is Mallory", bearing(forged(JSON.stringify(OF_ANA).replace("}", ',"sub":"mallory"}'), { secret: SECRET })), 403, "token-not-allowed"],
];

function part5() {
  return ["eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0", "", "x", "x", "x"].join(".");
}
