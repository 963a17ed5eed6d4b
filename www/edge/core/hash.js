/* Hashes of texts: short, and the same everywhere. */

const DIGITS = 16;

/** The first 16 hexadecimal digits of a text's SHA-256. */
export async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, DIGITS / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
