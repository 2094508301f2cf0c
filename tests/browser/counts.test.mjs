// Stories of 0, 1, 5, 42 and 300 sources: every chart there or in its empty state, inside its frame, and accessible.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { COUNTS } from "./counts.mjs";
import { ARTEFACTS, COUNTED, start, visit } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const AXES = ["bias", "factuality", "ownership"];
const WIDGETS = ["blindspot", "copies", "details", ...AXES.map((axis) => `distribution-${axis}`), "first", "headlines", "matrix", "perspectives", "places", "reported", "timeline"];
const site = await start(COUNTED);
const of = (count) => `/stories/sources-${count}/`;

/** What sticks out of the page to the side, with the folds open. */
function sticking() {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1).slice(-4).map((e) => e.outerHTML.slice(0, 80));
}

/** Texts and marks of a picture that leave its frame, and lines of text that run into each other. */
function spilled() {
  const [, , width, height] = document.documentElement.getAttribute("viewBox").split(" ").map(Number);
  const drawn = [...document.querySelectorAll("text, rect, line, path")].filter((e) => !e.closest("defs"));
  const out = drawn.filter((e) => { const b = e.getBBox(); return b.x < -1 || b.y < -1 || b.x + b.width > width + 1 || b.y + b.height > height + 1; });
  const texts = drawn.filter((e) => e.tagName === "text").map((e) => [e, e.getBBox()]);
  const met = texts.filter(([, a], at) => texts.slice(at + 1).some(([, b]) =>
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 2 && Math.abs(a.y - b.y) < 10));
  return [...out, ...met.map(([e]) => e)].map((e) => e.outerHTML.slice(0, 120));
}

async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"] }), TAGS);
  return found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary.slice(0, 300)}`);
}

async function picture(page, name) {
  const { width } = page.viewportSize(), height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path: `${ARTEFACTS}counts-${name}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 4000) } });
}

for (const count of COUNTS)
  test(`the story of ${count}`, () => visit(site, of(count), { bypassCSP: true }, async (page) => {
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await picture(page, `${count}-${width}-${colorScheme}`);
    }
    assert.equal(await page.locator("#articles .list .n").count(), count);
    assert.equal(await page.locator("#articles .none").count(), count ? 0 : 1);
    const charts = { ".cov .units": 1, ".leg:not(.theirs)": AXES.length - 1, "#perspectives": 1, "#headlines": 1, "#matrix": 1, ".matrix tbody tr": 3, ".ends": 1, ".cl": count > 7 ? 1 : 0 };
    for (const [chart, times] of Object.entries(charts))
      if (count > 1) assert.equal(await page.locator(chart).count(), times, `${chart} of ${count}`);
    assert.deepEqual(await page.evaluate(sticking), []);
    assert.deepEqual(await violations(page), []);
  }));

for (const count of COUNTS)
  test(`the widgets of ${count}, alone in a narrow frame`, () => visit(site, of(count), { viewport: { width: 240, height: 400 }, bypassCSP: true }, async (page) => {
    assert.deepEqual(readdirSync(join(COUNTED, of(count), "embed")).sort(), WIDGETS);
    for (const widget of WIDGETS) {
      await page.goto(`${site.host.url}${of(count)}embed/${widget}/`);
      await picture(page, `${count}-embed-${widget}`);
      assert.match(await page.locator("main").innerText(), /\S+\s+\S+\s+\S+/, `${widget} says what there is`);
      assert.ok(await page.locator("main").evaluate((main) => main.children.length > 1), `${widget} of ${count} is empty`);
      assert.deepEqual(await page.evaluate(sticking), [], `${widget} of ${count}`);
      if (count === COUNTS[WIDGETS.indexOf(widget) % COUNTS.length]) assert.deepEqual(await violations(page), [], `${widget} of ${count}`);
    }
  }));

for (const count of COUNTS)
  test(`the pictures of ${count}`, () => visit(site, of(count), { bypassCSP: true }, async (page) => {
    for (const widget of WIDGETS) {
      await page.goto(`${site.host.url}${of(count)}${widget}.svg`);
      assert.deepEqual(await page.evaluate(spilled), [], `${widget} of ${count}`);
      assert.ok(await page.evaluate(() => document.querySelectorAll("text").length > 4 && document.querySelector("desc").textContent.trim().length > 10), widget);
    }
  }));

test("the pictures side by side", () => visit(site, of(5), { viewport: { width: 1480, height: 900 }, bypassCSP: true }, async (page) => {
  for (const count of COUNTS)
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(([names, scheme]) => {
        document.documentElement.innerHTML = `<body style="margin:8px;columns:2;gap:8px;background:${scheme === "dark" ? "#444" : "#ccc"}">` +
          names.map((name) => `<img src="${name}" style="width:100%;display:block;margin:0 0 8px">`).join("");
        return Promise.all([...document.images].map((image) => image.decode()));
      }, [WIDGETS.map((widget) => `${site.host.url}${of(count)}${widget}.svg`), colorScheme]);
      await picture(page, `${count}-pictures-${colorScheme}`);
    }
}));

test("a text that leaves its picture is found", () => visit(site, `${of(5)}details.svg`, { bypassCSP: true }, async (page) => {
  await page.evaluate(() => { document.querySelector("text").textContent = "x".repeat(400); });
  assert.notDeepEqual(await page.evaluate(spilled), []);
}));
