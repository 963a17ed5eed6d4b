// Tokens as an attacker would make them, and requests as no well-behaved client sends them.
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";

const HASHES = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const part = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A token of these claims, or of that text; `header` replaces and adds, `by` names what really signs. */
export function forged(claims, { header = {}, secret, by = "HS256" }) {
  const text = `${part({ alg: "HS256", typ: "JWT", ...header })}.${part(claims)}`;
  if (by === "none") return `${text}.`;
  if (by === "RS256") return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey).toString("base64url")}`;
  return `${text}.${createHmac(HASHES[by], secret).update(text).digest("base64url")}`;
}

/** The public half of what `by: "RS256"` signs with. */
export const ownKey = { pem: publicKey.export({ type: "spki", format: "pem" }), jwk: publicKey.export({ format: "jwk" }) };

/** A request whose path goes out as it is written, with headers that may come twice. */
export function rawly(address, { method = "GET", path, headers = [], body }) {
  const { hostname, port, host } = new URL(address);
  const all = headers.some((name, place) => place % 2 === 0 && name === "Host") ? headers : ["Host", host, ...headers];
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: all, agent: false }, (response) => {
      const parts = [];
      response.on("data", (data) => parts.push(data));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, headers: new Headers(Object.entries(response.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))), text: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Writes to a connection, and cuts it there; or waits for the first of an answer. */
export function cutOff(address, text, { waits = false } = {}) {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, () => { if (!waits) socket.end(() => socket.destroy()); }));
    socket.on("error", (error) => (waits ? reject(error) : resolve("")));
    socket.on("close", () => resolve(""));
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
}
