// The Nu HTML checker has nothing to say about any page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HOSTILE, HOSTILE_KINDS, KINDS, SAMPLE, WIRE, pages } from "./site.mjs";

const jar = createRequire(import.meta.url)("vnu-jar");

function check(files) {
  assert.ok(files.length > 0);
  const run = spawnSync("java", ["-Xss4m", "-Xmx1g", "-jar", jar, "--stdout", "--format", "json", "--exit-zero-always", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout).messages.map((m) => `${m.subType ?? m.type} ${m.url.replace(/^file:/, "")}:${m.lastLine}: ${m.message} ${(m.extract ?? "").replaceAll("\n", " ")}`);
}
// Mail programs lay out by these attributes, and Outlook hides by a property of its own; they know no other way. Pages
// may not have them.
const MAIL = /^\w+ \S*\/email\.html:\d+: (The “(width|cellpadding|cellspacing|border|bgcolor|align)” attribute on the “(table|td)” element is obsolete|CSS: “mso-[a-z-]+”: Property)/;
const brief = (list) => list.length ? `${list.length} message(s)\n` + list.slice(0, 40).join("\n") : "";

test("every page of the sample site is valid", () => {
  const files = pages(SAMPLE).map((p) => p.file);
  assert.ok(files.length > 80, `${files.length} pages`);
  const found = check(files).filter((m) => !MAIL.test(m));
  assert.equal(brief(found), "");
});

test("every kind of page of the theme wire is valid", () => {
  const wanted = new Set(Object.values(KINDS));
  const found = check(pages(WIRE).filter((p) => wanted.has(p.path)).map((p) => p.file));
  assert.equal(brief(found), "");
});

test("every kind of page of the hostile site is valid", () => {
  const wanted = new Set(Object.values(HOSTILE_KINDS));
  const found = check(pages(HOSTILE).filter((p) => wanted.has(p.path)).map((p) => p.file));
  assert.equal(brief(found), "");
});

test("the checker finds errors and warnings", () => {
  const folder = mkdtempSync(join(tmpdir(), "nu-"));
  try {
    writeFileSync(join(folder, "bad.html"), '<!doctype html><html><head><title>x</title></head><body><p id="a"><p id="a"><section>x</section></body></html>');
    const found = check([join(folder, "bad.html")]).join("\n");
    assert.match(found, /Duplicate ID/);
    assert.match(found, /warning/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
