// axe-core on every kind of page, light and dark, phone and desk; pictures of them for people.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { ARTEFACTS, EMBEDS, HOSTILE, HOSTILE_KINDS, KINDS, SAMPLE, WIRE, start, visit } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const site = await start(SAMPLE), hostile = await start(HOSTILE), wire = await start(WIRE);

async function violations(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"] }), TAGS);
  assert.ok(found.passes.length > 10, "axe has looked");
  return found.violations.map((v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 4).map((n) => `    ${n.html.slice(0, 160)}\n    ${n.failureSummary.split("\n").slice(1).join(" ").slice(0, 200)}`).join("\n"));
}

async function picture(page, name) {
  const { width } = page.viewportSize(), height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path: `${ARTEFACTS}${name}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 4000) } });
}

/** Every width in every scheme, on one load of the page. */
async function look(where, path, widths, schemes, name) {
  await visit(where, path, { reducedMotion: "reduce" }, async (page) => {
    for (const width of widths)
      for (const colorScheme of schemes) {
        await page.setViewportSize({ width, height: width > 1000 ? 900 : 780 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
        await picture(page, `${name}-${width}-${colorScheme}`);
        const found = await violations(page);
        assert.deepEqual(found, [], `${path} at ${width}, ${colorScheme}\n${found.join("\n")}`);
      }
  });
}

for (const [kind, path] of Object.entries(KINDS))
  test(`axe: ${kind}`, () => look(site, path, [1280, 360], ["light", "dark"], kind));

test("axe: widgets in frames", async () => {
  assert.ok(Object.keys(EMBEDS).length > 8, Object.keys(EMBEDS).join());
  for (const [kind, path] of Object.entries(EMBEDS)) await look(site, path, [420], ["light", "dark"], kind);
});

const FEW = ["404", "archive", "editions", "month", "methodology", "search"]; // whose texts the sample site has as well
for (const [kind, path] of Object.entries(HOSTILE_KINDS).filter(([k]) => !FEW.includes(k)))
  test(`axe, hostile: ${kind}`, () => look(hostile, path, [360], [kind.length % 2 ? "dark" : "light"], `hostile-${kind}`));

// The other built-in theme: what looks different there.
for (const kind of ["home", "story", "topic", "arabic", "edition", "blindspots"].filter((k) => KINDS[k]))
  test(`axe, wire: ${kind}`, () => look(wire, KINDS[kind], [1280, 360], ["light", "dark"], `wire-${kind}`));

test("axe finds what is wrong", () => visit(site, KINDS.about ?? KINDS.page, {}, async (page) => {
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML("beforeend", '<img src="/x.png"><h5>skipped</h5>');
    document.querySelector("h1").setAttribute("class", "none");
  });
  const found = (await violations(page)).join();
  assert.match(found, /image-alt/);
  assert.match(found, /heading-order/);
}));

test("the help is accessible when open", async () => {
  for (const colorScheme of ["light", "dark"])
    await visit(site, KINDS.story, { colorScheme }, async (page) => {
      await page.keyboard.press("?");
      await page.locator("#help").waitFor();
      const found = await violations(page);
      assert.deepEqual(found, [], found.join("\n"));
    });
});
