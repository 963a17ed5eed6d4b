// Names that look like Ana's, and addresses that lead to her by a detour. Mallory has a good token of her own.
import { tokenOf } from "../../../www/edge/token.mjs";
import { SECRET } from "../edge.mjs";

const own = (sub, path = "/score/ana") => ({ path, headers: ["Authorization", `Bearer ${tokenOf(SECRET, { scope: "read track", sub })}`] });
const at = (path) => own("mallory", path);
const LOOK_ALIKES = ["ANA", "Ana", "ana ", " ana", "ana.", "ana/", "./ana", "../ana", "ana\0", "\0ana", "ana\n", "ana\u200b", "\ufeffana", "\u0430na", "%61na", "%2561na", "ana%00", "ana,mallory", "mallory ana", "*", "ana*", "__proto__", "constructor", "toString", "null", "undefined", "'ana'", "ana' OR '1'='1"];

export const names = [
  ...LOOK_ALIKES.map((name) => [`a token of ${JSON.stringify(name)}`, own(name), 403, "token-not-allowed"]),
  ["Zoë composed, by the token of Zoë decomposed", own("zoe\u0308", `/score/${encodeURIComponent("zo\u00eb")}`), 403, "token-not-allowed"],

  ["plainly", at("/score/ana"), 403, "token-not-allowed"],
  ["progress", at("/progress/ana"), 403, "token-not-allowed"],
  ["nudge", at("/nudge/ana"), 403, "token-not-allowed"],
  ["timeline", at("/timeline/ana?from=0&to=1000"), 403, "token-not-allowed"],
  ["a letter encoded", at("/score/%61na"), 403, "token-not-allowed"],
  ["a letter encoded twice", at("/score/%2561na"), 403, "token-not-allowed"],
  ["an encoded slash behind", at("/score/ana%2F"), 403, "token-not-allowed"],
  ["a slash behind", at("/score/ana/"), 404, "not-found"],
  ["two slashes", at("/score//ana"), 404, "not-found"],
  ["another folder", at("/score/mallory/ana"), 404, "not-found"],
  ["a way up", at("/score/mallory/../ana"), [403, 404]],
  ["a way up, encoded", at("/score/mallory/%2e%2e/ana"), [403, 404]],
  ["a way up, encoded twice", at("/score/mallory/%252e%252e/ana"), 404, "not-found"],
  ["a way up with encoded slashes", at("/score/mallory%2F..%2Fana"), 403, "token-not-allowed"],
  ["a way up with backslashes", at("/score/mallory%5C..%5Cana"), 403, "token-not-allowed"],
  ["a parameter of the path", at("/score/ana;mallory"), 403, "token-not-allowed"],
  ["a NUL between", at("/score/mallory%00ana"), 403, "token-not-allowed"],
  ["a NUL behind", at("/score/ana%00"), 403, "token-not-allowed"],
  ["an overlong letter", at("/score/%C1%A1na"), 400, "customer-invalid"],
  ["half a character", at("/score/ana%ED%A0%80"), 400, "customer-invalid"],
  ["half an escape", at("/score/ana%4"), 400, "customer-invalid"],
  ["a name that is too long", at(`/score/${"a".repeat(257)}`), 400, "customer-invalid"],
  ["an empty name", at("/score/"), 404, "not-found"],
  ["a key of every object", at("/score/__proto__"), 403, "token-not-allowed"],
  ["a route in capitals", at("/SCORE/ana"), 404, "not-found"],
  ["another host", { ...at("/score/ana"), headers: [...at("").headers, "Host", "mallory"] }, 403, "token-not-allowed"],

  ["a picture", at("/stars/ana.svg"), 403, "token-not-allowed"],
  ["a picture's dot encoded", at("/stars/ana%2Esvg"), [403, 404]],
  ["a picture of a picture", at("/stars/ana.svg.svg"), 403, "token-not-allowed"],
  ["a picture in another folder", at("/stars/mallory/ana.svg"), 404, "not-found"],
  ["a picture behind a picture", at("/stars/mallory.svg/ana.svg"), 404, "not-found"],
  ["a picture with a NUL", at("/stars/ana.svg%00mallory.svg"), 403, "token-not-allowed"],
  ["a picture in capitals", at("/stars/ana.SVG"), 404, "not-found"],
  ["a picture of nobody", at("/stars/.svg"), 404, "not-found"],
  ["a picture without its ending", at("/stars/ana"), 404, "not-found"],
];
