// A site behind the worker: pages that are plain, compressed, slow, moved or no pages at all, under a strict policy.
import { createServer } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import sirv from "sirv";

export const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types starwise",
].join("; ");

const SQUEEZE = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

/**
 * Serves pages by path. A page is `{ status, headers, body, encoding, type }`, or a function of the request and the response; what else is
 * asked for is a file of `folder`.
 *
 * @returns {Promise<{ address: string, pages: Map<string, object>, seen: object[], close: () => void }>} `seen` are the requests that came
 */
export async function serveSite({ folder } = {}) {
  const pages = new Map();
  const seen = [];
  const files = folder && sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    const page = pages.get(request.url.split("?")[0]);
    if (typeof page === "function") return page(request, response);
    if (page) return send(response, page);
    const notFound = () => response.writeHead(404).end();
    if (!request.url.startsWith("/starwise/") || !files) return notFound();
    request.url = request.url.slice("/starwise".length);
    return files(request, response, notFound);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, pages, seen, close };
}

function send(response, { status = 200, headers = {}, body = "", encoding, type = "text/html; charset=utf-8" }) {
  const bytes = encoding ? SQUEEZE[encoding](body) : Buffer.from(body);
  response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": POLICY, ...(encoding && { "Content-Encoding": encoding }), "Content-Length": bytes.length, ...headers });
  response.end(bytes);
}
