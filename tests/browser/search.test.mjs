// Searching: loads on the first input, keeps the policy, finds, filters, sorts, and remembers in the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { HOSTILE, SAMPLE, SEED, start, visit } from "./site.mjs";

const site = await start(SAMPLE), hostile = await start(HOSTILE);

const hits = (page) => page.locator("#results article");
async function settled(page) {
  await page.waitForFunction(() => document.getElementById("status").textContent !== "", null, { timeout: 20_000 });
  await page.waitForTimeout(100);
}
async function search(page, words) {
  await page.evaluate(() => { document.getElementById("status").textContent = ""; });
  await page.locator("#q").fill(words);
  await settled(page);
}

test("the search loads with the first letter, and finds", () => visit(site, "/search/", {}, async (page) => {
  const asked = [], complaints = [];
  page.on("request", (r) => asked.push(new URL(r.url()).pathname));
  page.on("console", (m) => { if (m.type() === "error") complaints.push(m.text()); });
  page.on("pageerror", (e) => complaints.push(e.message));
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((p) => /pagefind/.test(p)), [], "nothing is loaded before");
  await search(page, "rent cap");
  assert.ok(asked.some((p) => /pagefind\.js$/.test(p)));
  assert.ok(await hits(page).count() > 0);
  assert.match(await page.locator("#status").textContent(), /\d+ result/);
  const first = hits(page).first();
  assert.match(await first.locator("h2").textContent(), /rent/i);
  assert.ok(await first.locator("mark").count() > 0);
  assert.match(page.url(), /\?q=rent/);
  assert.deepEqual(complaints, []);
  await first.locator("h2 a").click();
  await page.waitForURL(/\/stories\//);
  assert.match(await page.locator("h1").textContent(), /rent/i);
}));

test("a word that stands only in the headline of a story's third source is found", () => visit(site, "/search/", {}, async (page) => {
  const headline = JSON.parse(readFileSync(join(SAMPLE, SEED, "story.json"), "utf8")).sources[2].title;
  const stories = readdirSync(join(SAMPLE, "stories"), { recursive: true }).filter((f) => f.endsWith("story.json"));
  const texts = stories.map((f) => readFileSync(join(SAMPLE, "stories", f), "utf8")).join("\n");
  assert.equal(texts.match(/\bvow/gi).length, 1, "nowhere else in any story");
  assert.match(headline, /\bvow\b/i);
  await search(page, "vow");
  assert.equal(await hits(page).count(), 1);
  assert.equal(new URL(await hits(page).locator("h2 a").getAttribute("href"), page.url()).pathname, SEED);
}));

test("results filter and sort", () => visit(site, "/search/", {}, async (page) => {
  await search(page, "the");
  const all = await page.locator("#status").textContent();
  const filters = page.locator("#filters select");
  assert.ok(await filters.count() >= 3, "topic, outlet, group, year");
  const topic = filters.first(), choice = await topic.locator("option").nth(1).getAttribute("value");
  await page.evaluate(() => { document.getElementById("status").textContent = ""; });
  await topic.selectOption(choice);
  await settled(page);
  assert.notEqual(await page.locator("#status").textContent(), all);
  assert.equal(new URL(page.url()).searchParams.get("topic"), choice);
  await topic.selectOption("");
  await settled(page);
  await page.evaluate(() => { document.getElementById("status").textContent = ""; });
  await page.locator("#order").selectOption("asc");
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get("sort"), "asc");
  const more = page.locator("#moreresults");
  for (let shown = 0; await more.isVisible() && shown !== await hits(page).count();) {
    shown = await hits(page).count();
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll("#results article").length > n, shown);
  }
  const days = await page.evaluate(async () => {
    const links = [...document.querySelectorAll('#results h2 a[href*="/stories/"]')].map((a) => a.href); // plain pages have no data
    return Promise.all(links.map(async (href) => (await (await fetch(new URL("story.json", href))).json()).date));
  });
  assert.ok(days.length > 10, "more than one page of results");
  assert.deepEqual(days, days.toSorted(), "also across languages");
}));

test("a search can be sent by its address", () => visit(site, "/search/?q=heron", {}, async (page) => {
  await settled(page);
  assert.equal(await page.locator("#q").inputValue(), "heron");
  assert.ok(await hits(page).count() > 0);
}));

test("a search without an answer says so", () => visit(site, "/search/", {}, async (page) => {
  await search(page, "zzyzxqqj");
  assert.equal(await hits(page).count(), 0);
  assert.ok((await page.locator("#status").textContent()).length > 5);
}));

test("the key / leads to the search", () => visit(site, "/about/", {}, async (page) => {
  await page.keyboard.press("/");
  await page.waitForURL(/\/search\//);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
}));

test("without JavaScript the search says what to do instead", () => visit(site, "/search/", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("form").filter({ visible: true }).count(), 0);
  assert.ok(await page.locator('noscript a[href$="/archive/"]').isVisible());
}));

test("what an author wrote does not run in the results", () => visit(hostile, "/search/", {}, async (page) => {
  await search(page, "nobody");
  await search(page, "pwned");
  assert.ok(await hits(page).count() > 0);
  assert.equal(await page.evaluate(() => window.pwned ?? null), null);
  assert.equal(await page.locator("#results script, #results img, #results svg").count(), 0);
}));
