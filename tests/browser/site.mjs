// What every test file starts from: the built sites, served, and a browser to look at them.
import { after } from "node:test";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { CHROMIUM, FLAGS } from "./chromium.mjs";
import { serve } from "./server.mjs";

export { CHROMIUM, FLAGS };

function folder(name) {
  const path = process.env[name];
  if (!path || !existsSync(join(path, "index.html"))) throw new Error(`${name} must name a built site: run tests/browser/run.sh`);
  return path;
}

export const SAMPLE = folder("DATELINE_SAMPLE");
export const HOSTILE = folder("DATELINE_HOSTILE");
export const WIRE = folder("DATELINE_WIRE");
export const COUNTED = folder("DATELINE_COUNTED");
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

const kindOf = (page) => /<body class="k-([a-z0-9]+)/.exec(page.html)?.[1];

/** Pages to look at: every kind of page of a site, and the stories and lists named in `more` beside them. */
export function kinds(root, more = {}) {
  const found = {};
  for (const page of pages(root)) {
    const kind = kindOf(page);
    if (kind && kind !== "embed" && !(kind in found)) found[kind] = page.path;
  }
  for (const [name, path] of Object.entries(more)) {
    if (!existsSync(join(root, path, "index.html"))) throw new Error(`${path} is not on the site`);
    found[name] = path;
  }
  return found;
}

export const STORY = "/stories/marenia-rent-cap/"; // the lead story: 42 sources
export const SEED = "/stories/space-chiefs/"; // the page that it all began with
export const ARABIC = "/stories/lighthouse-relit/";
export const TOPIC = "/topics/housing/";
export const KINDS = kinds(SAMPLE, {
  story: STORY, seed: SEED, arabic: ARABIC, german: "/stories/laternen-aus/", japanese: "/stories/evening-market/",
  topic: TOPIC, outlet: "/outlets/meridian-wire/", edition: "/editions/november-2026/", month: "/archive/2026/05/",
});
export const HOSTILE_KINDS = kinds(HOSTILE, {
  story: "/stories/long-headline/", "three-hundred": "/stories/three-hundred/", letters: "/stories/letters/", unbroken: "/stories/unbroken/",
  empty: "/stories/empty/", markup: "/stories/markup/", arabic: "/stories/arabic/",
});

const embeds = existsSync(join(SAMPLE, STORY, "embed")) ? readdirSync(join(SAMPLE, STORY, "embed")).sort() : [];
/** The widgets of the lead story, each alone on a page for frames on other sites. */
export const EMBEDS = Object.fromEntries(embeds.map((name) => [`embed-${name}`, `${STORY}embed/${name}/`]));

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
