// A plain static host: what a built site must be able to live on, with the strictest policy it promises to survive.
import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv; charset=utf-8", ".xml": "application/xml",
  ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif", ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm", ".opml": "text/x-opml",
};
const SQUEEZED = new Set([".html", ".css", ".js", ".svg", ".json", ".csv", ".xml", ".txt", ".opml"]);

/** The file behind a path of the site, or null. */
export function lookup(root, path) {
  let file = join(root, normalize("/" + decodeURIComponent(path)));
  try {
    if (statSync(file).isDirectory()) file = join(file, "index.html");
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

export function serve(root, port = 0) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const found = lookup(root, path);
    const file = found ?? lookup(root, "/404.html");
    const head = { "content-security-policy": POLICY, "cache-control": "max-age=31536000", "x-content-type-options": "nosniff" };
    if (!file) {
      response.writeHead(404, head).end("not found");
      return;
    }
    const ending = extname(file);
    let body = readFileSync(file);
    head["content-type"] = TYPES[ending] ?? "application/octet-stream";
    if (SQUEEZED.has(ending) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      body = gzipSync(body);
      head["content-encoding"] = "gzip";
    }
    response.writeHead(found ? 200 : 404, head).end(body);
  });
  return new Promise((ready, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () =>
      ready({ url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } }));
  });
}
