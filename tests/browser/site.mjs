// What every test file starts from: the built sites, served, and a browser to look at them.
import { after } from "node:test";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

function folder(name) {
  const path = process.env[name];
  if (!path || !existsSync(join(path, "index.html"))) throw new Error(`${name} must name a built site: run tests/browser/run.sh`);
  return path;
}

export const SAMPLE = folder("DATELINE_SAMPLE");
export const HOSTILE = folder("DATELINE_HOSTILE");
export const CHROMIUM = process.env.CHROME_PATH || "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
export const ARTEFACTS = new URL("./artefacts/", import.meta.url).pathname;
mkdirSync(ARTEFACTS, { recursive: true });

/** Every HTML page of a built site: its path on the host and its file. */
export function pages(root) {
  return readdirSync(root, { recursive: true })
    .filter((f) => f.endsWith(".html"))
    .sort()
    .map((f) => ({ path: "/" + f.replace(/(^|\/)index\.html$/, "$1"), file: join(root, f), html: readFileSync(join(root, f), "utf8") }));
}

export const isRedirect = (page) => /<meta http-equiv="refresh"/.test(page.html);
export const isEmbed = (page) => /<body class="k-embed"/.test(page.html);
export const isEmail = (page) => /\/email\.html$/.test(page.path);
export const gz = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** One page of each kind of the sample site. A kind that is not there is a fault of this list, and fails. */
export const KINDS = {
  home: "/",
  story: "/stories/marenia-rent-cap/",
  "story-seed": "/stories/space-chiefs/",
  "story-german": "/stories/laternen-aus/",
  topics: "/topics/",
  topic: "/topics/housing/",
  outlets: "/outlets/",
  outlet: "/outlets/meridian-wire/",
  blindspots: "/blindspots/",
  editions: "/editions/",
  edition: "/editions/november-2026/",
  archive: "/archive/",
  month: "/archive/2026/05/",
  methodology: "/methodology/",
  page: "/about/",
  404: "/404.html",
};
// Kinds that a site may switch off: looked at wherever the sample site has them.
for (const [kind, path] of Object.entries({ search: "/search/", withdrawn: "/stories/harbour-bells/" }))
  if (existsSync(join(SAMPLE, path, "index.html"))) KINDS[kind] = path;

/** Serves a folder and starts a browser until the test file ends. */
export async function start(root = SAMPLE) {
  const host = await serve(root);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  after(async () => {
    await browser.close();
    host.close();
  });
  return { host, browser };
}

/** Opens a path in a context of its own, hands the page to `look`, and closes both. */
export async function visit({ host, browser }, path, options, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const answer = await page.goto(host.url + path);
    if (answer.status() !== 200 && path !== "/404.html") throw new Error(`${path}: ${answer.status()}`);
    return await look(page, context);
  } finally {
    await context.close();
  }
}
