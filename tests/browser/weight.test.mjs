// What a story weighs: 42 sources in 25 kB of HTML and 12 kB of CSS as they travel, a script under 6 kB, six requests.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SAMPLE, STORY, gz, start, visit } from "./site.mjs";

const site = await start();
const asset = (name) => {
  const [stem, end] = name.split(".");
  const file = readdirSync(join(SAMPLE, "assets")).find((f) => new RegExp(`^${stem}\\.(?:[0-9a-f]+\\.)?${end}$`).test(f));
  assert.ok(file, name);
  return readFileSync(join(SAMPLE, "assets", file));
};

test("a story of 42 sources in 25 kB", (t) => {
  const html = readFileSync(join(SAMPLE, STORY, "index.html"));
  assert.equal((html.toString().match(/<li class="[^"]*" id="source-/g) ?? []).length, 42);
  t.diagnostic(`HTML ${gz(html)} B gzipped, ${html.length} B plain`);
  assert.ok(gz(html) <= 25_000, `${gz(html)} B`);
});

test("the style sheet in 12 kB", (t) => {
  const css = asset("style.css");
  t.diagnostic(`CSS ${gz(css)} B gzipped, ${css.length} B plain`);
  assert.ok(gz(css) <= 12_000, `${gz(css)} B`);
});

test("one deferred script under 6 kB", (t) => {
  const js = asset("app.js");
  t.diagnostic(`app.js ${js.length} B plain, ${gz(js)} B gzipped`);
  assert.ok(js.length < 6_000, `${js.length} B`);
  const scripts = [...readFileSync(join(SAMPLE, STORY, "index.html"), "utf8").matchAll(/<script(?! type="application\/ld\+json")([^>]*)>/g)].map((m) => m[1]);
  assert.equal(scripts.length, 1, scripts.join("\n"));
  assert.match(scripts[0], / defer\b/);
});

test("at most six requests", (t) => visit(site, STORY, {}, async (page) => {
  const asked = new Set();
  page.on("request", (r) => asked.add(new URL(r.url()).pathname));
  await page.reload({ waitUntil: "networkidle" });
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForTimeout(200);
  asked.add(await page.locator('link[rel="icon"]').getAttribute("href")); // a browser without a window may leave it out
  t.diagnostic([...asked].join(" "));
  assert.ok(asked.size >= 4 && asked.size <= 6, [...asked].join(" "));
}));
