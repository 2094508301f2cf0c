// The site opened as files, as from a USB stick: pages lead to each other, look as they should, and the search says why it cannot work.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM, FLAGS } from "./chromium.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = mkdtempSync(join(tmpdir(), "stick "));
let browser;
before(async () => {
  execFileSync(process.env.DATELINE, ["-q", "-r", root, "build", "--relative", "-o", folder]);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const address = (path) => pathToFileURL(join(folder, path)).href;

test("every page that links lead to opens, with its style", async () => {
  const page = await browser.newPage();
  const failed = [];
  page.on("requestfailed", (r) => r.failure().errorText === "net::ERR_ABORTED" || failed.push(`${page.url()}: ${r.url()}`));
  page.on("pageerror", (e) => failed.push(`${page.url()}: ${e.message}`));
  const start = address("index.html"), seen = new Set([start]), open = [start];
  const inside = new URL(".", start).href;
  for (let at = 0; at < open.length && at < 60; at++) {
    await page.goto(open[at], { waitUntil: "load" });
    const { links, styles } = await page.evaluate(() => ({
      links: [...document.querySelectorAll("a[href]")].map((a) => a.href.replace(/[#?].*/, "")),
      styles: [...document.styleSheets].length,
    }));
    assert.ok(styles > 0, `${open[at]} has no style`);
    for (const link of links.filter((l) => l.startsWith("file:") && l.endsWith(".html") && !/\/(email|embed\/.*)/.test(l))) {
      assert.ok(link.startsWith(inside), `${open[at]} leads out of the folder: ${link}`);
      if (!seen.has(link)) { seen.add(link); open.push(link); }
    }
    assert.deepEqual(links.filter((l) => l.startsWith("file:") && l.endsWith("/")), [], `${open[at]} leads to a folder`);
  }
  assert.ok(open.length >= 60, `only ${open.length} pages were found`);
  assert.deepEqual(failed, []);
  await page.close();
});

test("the search of files says why there is none", async () => {
  const page = await browser.newPage();
  await page.goto(address("search/index.html"));
  await page.locator("#q").fill("rent");
  await page.waitForFunction(() => document.getElementById("status").textContent !== "");
  assert.match(await page.locator("#status").textContent(), /web server/);
  await page.close();
});
