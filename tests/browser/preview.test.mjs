// The preview in a real browser: what a person sees who writes in one window and looks in the other.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { CHROMIUM, FLAGS } from "./chromium.mjs";

const root = mkdtempSync(join(tmpdir(), "dateline-preview-"));
const put = (path, text) => {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const long = Array.from({ length: 80 }, (_, at) => `Paragraph ${at} of the story.`).join("\n\n");
const story = (title, words) => `+++\ntitle = "${title}"\ndate = 2025-01-02\n+++\n${words}\n\n${long}\n`;

let program, url, browser;

/** The address that the preview prints on its first line. */
function listening(child) {
  return new Promise((ready, failed) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      const line = text.split("\n").find((line) => line.includes('"local"'));
      if (line) ready(JSON.parse(line).local);
    });
    child.once("exit", (code) => failed(new Error(`the preview ended with ${code}: ${text}`)));
  });
}

before(async () => {
  put("dateline.toml", 'title = "Watched"\nbase_url = "https://example.org/"\nsearch = false\n');
  put("content/stories/2025-01-02-alpha.md", story("Alpha", "First words."));
  put("static/own.css", "body { --mark: first }");
  put("templates/hooks/head.html", '<link rel="stylesheet" href="/own.css">\n');
  program = spawn(process.env.DATELINE, ["serve", "--message-format", "json", "-r", root, "-p", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  url = await listening(program);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
after(async () => {
  await browser?.close();
  program?.kill();
  rmSync(root, { recursive: true, force: true });
});

/** A tab with the story; `window.kept` is lost by a reload. */
async function tab(context) {
  const page = await context.newPage();
  await page.goto(new URL("stories/alpha/", url).href);
  await page.evaluate(() => { window.kept = true; });
  return page;
}
const says = (page, words) => page.waitForFunction((words) => document.body.textContent.includes(words), words, { timeout: 15_000 });
const marked = (page, value) => page.waitForFunction(
  (value) => getComputedStyle(document.body).getPropertyValue("--mark").trim() === value, value, { timeout: 15_000 });

test("an edit is shown, at the place where the reader was", async () => {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  const page = await tab(context);
  await page.evaluate(() => scrollTo(0, 700));
  put("content/stories/2025-01-02-alpha.md", story("Alpha", "Second words."));
  await says(page, "Second words.");
  assert.equal(await page.evaluate(() => window.kept), undefined, "it was loaded anew");
  await page.waitForFunction(() => Math.abs(scrollY - 700) < 30, null, { timeout: 5_000 });
  await context.close();
});

test("a style sheet alone is swapped in without a reload", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  await marked(page, "first");
  put("static/own.css", "body { --mark: second }");
  await marked(page, "second");
  assert.equal(await page.evaluate(() => window.kept), true, "the page was not loaded anew");
  await context.close();
});

test("a broken story lies over the last good page, and clears itself", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  put("content/stories/2025-01-02-alpha.md", '+++\ntitel = "Alpha"\ndate = 2025-01-02\n+++\n');
  const overlay = page.locator("#dateline-problems");
  await overlay.waitFor({ state: "attached", timeout: 15_000 });
  const text = await overlay.evaluate((host) => host.shadowRoot.textContent);
  for (const part of ["content/stories/2025-01-02-alpha.md", "titel", "did you mean", "last good one"]) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.ok(await page.locator("h1").textContent(), "the last good page stays below");
  assert.equal(await page.evaluate(() => window.kept), true);
  put("content/stories/2025-01-02-alpha.md", story("Alpha", "Mended words."));
  await says(page, "Mended words.");
  assert.equal(await page.locator("#dateline-problems").count(), 0);
  await context.close();
});

test("text of a problem is never markup", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  put("content/stories/2025-01-02-alpha.md", '+++\n"<img src=x onerror=window.hit=1>" = 1\ntitle = "Alpha"\ndate = 2025-01-02\n+++\n');
  const overlay = page.locator("#dateline-problems");
  await overlay.waitFor({ state: "attached", timeout: 15_000 });
  assert.equal(await overlay.evaluate((host) => host.shadowRoot.querySelectorAll("img").length), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  put("content/stories/2025-01-02-alpha.md", story("Alpha", "Mended again."));
  await says(page, "Mended again.");
  await context.close();
});

test("ten tabs: those in the background hold no connection, and catch up when they are shown", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    let hidden = true;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    window.reveal = () => { hidden = false; document.dispatchEvent(new Event("visibilitychange")); };
  });
  const tabs = [];
  for (let at = 0; at < 10; at++) tabs.push(await tab(context));
  await tabs[9].evaluate(() => window.reveal());
  put("content/stories/2025-01-02-alpha.md", story("Alpha", "Words for ten."));
  await says(tabs[9], "Words for ten.");
  assert.equal(await tabs[0].evaluate(() => window.kept), true, "a hidden tab stays as it was");
  await tabs[0].evaluate(() => window.reveal());
  await says(tabs[0], "Words for ten.");
  await context.close();
});
