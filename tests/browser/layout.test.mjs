// Nothing scrolls sideways: on the narrowest phone, with large text, with the spacing that WCAG 1.4.12 lets readers set.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMBEDS, HOSTILE, HOSTILE_KINDS, KINDS, SAMPLE, STORY, isEmail, isEmbed, isRedirect, pages, start, visit } from "./site.mjs";

const SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
const CASES = {
  "320 px": [320, ""],
  "320 px, text 200 %": [320, "html { font-size: 200% }"],
  "320 px, text spacing": [320, SPACED],
  "768 px": [768, ""],
  "1280 px, text 200 %": [1280, "html { font-size: 200% }"],
  "1280 px, text spacing": [1280, SPACED],
};
const site = await start(SAMPLE), hostile = await start(HOSTILE);

/** What sticks out of the page to the side, with the folds open. */
function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  return [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")].filter((e) => {
    const box = e.getBoundingClientRect();
    return (box.right > width + 1 || box.left < -1) && getComputedStyle(e).position !== "absolute";
  }).slice(-4).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 30)}`)];
}

/** Text that its own box hides, cut off without a way to reach it (what 1.4.12 forbids). */
function cut() {
  return [...document.querySelectorAll("h1, h2, h3, p, li, th, td, a, label, button, summary, figcaption")].filter((e) => {
    const style = getComputedStyle(e);
    if (!e.checkVisibility() || e.closest(".vh, .skip, .x, .k-embed h1") || style.overflow !== "hidden") return false;
    return e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  }).map((e) => e.outerHTML.slice(0, 100));
}

async function measure(where, path) {
  await visit(where, path, { bypassCSP: true }, async (page) => {
    await page.evaluate(() => {
      document.querySelectorAll("details").forEach((d) => { d.open = true; });
      document.head.append(Object.assign(document.createElement("style"), { id: "case" }));
    });
    for (const [name, [width, css]] of Object.entries(CASES)) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((text) => { document.getElementById("case").textContent = text; }, css);
      assert.deepEqual({ out: await page.evaluate(overflow), cut: await page.evaluate(cut) }, { out: null, cut: [] }, `${path}: ${name}`);
    }
  });
}

for (const [kind, path] of Object.entries({ ...KINDS, ...EMBEDS })) test(`nothing scrolls sideways: ${kind}`, () => measure(site, path));
for (const [kind, path] of Object.entries(HOSTILE_KINDS)) test(`nothing scrolls sideways, hostile: ${kind}`, () => measure(hostile, path));

test("a page that scrolls sideways is found", () => visit(site, "/", { viewport: { width: 320, height: 900 } }, async (page) => {
  await page.evaluate(() => document.querySelector("main").append(Object.assign(document.createElement("pre"), { textContent: "x".repeat(400), className: "wide" })));
  await page.evaluate(() => { document.querySelector("pre.wide").style.whiteSpace = "pre"; document.querySelector("pre.wide").style.overflowWrap = "normal"; });
  assert.ok(await page.evaluate(overflow));
}));

test("motion is reduced where the reader asks for it", async () => {
  const behaviour = (reducedMotion) => visit(site, STORY, { reducedMotion }, (page) => page.evaluate(() => [
    getComputedStyle(document.documentElement).scrollBehavior,
    [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return style.animationName !== "none" || style.transitionDuration.split(",").some((t) => parseFloat(t) > 0);
    }).length,
  ]));
  assert.deepEqual(await behaviour("reduce"), ["auto", 0]);
  assert.equal((await behaviour("no-preference"))[0], "smooth");
});

test("headings stand in order, one h1 a page", () => {
  for (const [root, name] of [[SAMPLE, "sample"], [HOSTILE, "hostile"]])
    for (const page of pages(root)) {
      const levels = [...page.html.matchAll(/<h([1-6])[\s>]/g)].map((m) => Number(m[1]));
      assert.equal(levels.filter((l) => l === 1).length, 1, `${name} ${page.path}: ${levels}`);
      if (isRedirect(page)) continue;
      assert.equal(levels[0], 1, `${name} ${page.path} begins with h${levels[0]}`);
      levels.reduce((before, now) => { assert.ok(now <= before + 1, `${name} ${page.path}: h${before}, then h${now}`); return now; }, 1);
    }
});

test("landmarks and language stand on every page", () => {
  for (const page of pages(SAMPLE)) {
    const has = (pattern) => assert.ok(pattern.test(page.html), `${page.path}: ${pattern}`);
    has(/^<!doctype html>\n<html lang="[a-z-]+" dir="(ltr|rtl)">/i);
    if (isEmail(page)) continue;
    has(/<main[\s>]/);
    if (isRedirect(page) || isEmbed(page)) continue;
    has(/<a class="skip" href="#main">/);
    has(/<main id="main"/);
  }
});
