// On paper: the addresses of the sources, the folded copies, and no menus.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ARABIC, ARTEFACTS, SAMPLE, SEED, STORY, start, visit } from "./site.mjs";
import { readFileSync } from "node:fs";

const site = await start();

async function paper(path, name, options) {
  const file = join(ARTEFACTS, `${name}.pdf`);
  await visit(site, path, options, async (page) => page.pdf({ path: file, format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } }));
  execFileSync("pdftoppm", ["-r", "60", "-png", file, join(ARTEFACTS, name)]);
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
}

for (const js of [true, false])
  test(`a printed story names the address of every source, JavaScript ${js ? "on" : "off"}`, async (t) => {
    const text = await paper(STORY, js ? "print-story" : "print-story-plain", { javaScriptEnabled: js, colorScheme: "dark" });
    const run = text.replace(/\s+/g, "");
    const { sources } = JSON.parse(readFileSync(join(SAMPLE, STORY, "story.json"), "utf8"));
    const urls = sources.map((s) => s.url).filter(Boolean);
    assert.ok(urls.length > 30);
    assert.deepEqual(urls.filter((u) => !run.includes(u)), []);
    t.diagnostic(`${urls.length} addresses on ${text.split("\f").length - 1} sheets`);
    assert.ok(!text.includes("Keyboard shortcuts") && !text.includes("How this is counted\n+"));
    assert.ok(text.includes("Key points") && text.includes("Coverage details") && text.includes("Bias"));
  });

test("a story without addresses prints, too", async () => {
  const text = await paper(SEED, "print-seed", {});
  assert.match(text, /US, Russia Space Chiefs/);
});

test("a story in Arabic prints", async () => {
  const text = await paper(ARABIC, "print-arabic", {});
  assert.match(text, /[\u0600-\u06ff\ufb50-\ufefc]{3}/);
});

test("print is ink on white, also from a dark page", () => visit(site, STORY, { colorScheme: "dark" }, async (page) => {
  await page.locator("#theme").click();
  await page.locator("#theme").click(); // an explicit dark
  await page.emulateMedia({ media: "print" });
  const [ink, ground] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
  assert.equal(ink, "rgb(0, 0, 0)");
  assert.equal(ground, "rgb(255, 255, 255)");
}));
