// Lighthouse as on a phone. Performance varies with the machine: the median of three, the other categories once each.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { CHROMIUM, FLAGS, SAMPLE, STORY, TOPIC } from "./site.mjs";
import { serve } from "./server.mjs";

const host = await serve(SAMPLE);
const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const chrome = await launch({ chromePath: CHROMIUM, userDataDir: profile, chromeFlags: ["--headless=new", ...FLAGS] });
after(async () => {
  await chrome.kill();
  host.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

const run = async (path, onlyCategories) => (await lighthouse(host.url + path, { port: chrome.port, output: "json", logLevel: "error", onlyCategories })).lhr;
const score = (lhr, id) => Math.round(lhr.categories[id].score * 100);

for (const [name, path] of Object.entries({ home: "/", story: STORY, topic: TOPIC }))
  test(`Lighthouse: ${name}`, async (t) => {
    const first = await run(path, ["performance", "accessibility", "best-practices", "seo"]);
    assert.equal(first.runtimeError, undefined);
    const speed = [first, await run(path, ["performance"]), await run(path, ["performance"])].map((lhr) => score(lhr, "performance")).sort((a, b) => a - b);
    const rest = ["accessibility", "best-practices", "seo"].map((id) => [id, score(first, id)]);
    t.diagnostic(`performance ${speed.join(", ")}; ${rest.map(([id, s]) => `${id} ${s}`).join(", ")}`);
    const missed = Object.values(first.audits).filter((a) => a.score !== null && a.score < 1 && rest.some(([id]) => first.categories[id].auditRefs.some((r) => r.id === a.id && r.weight > 0)));
    for (const [id, s] of rest) assert.equal(s, 100, `${id}: ${missed.map((a) => `${a.id}: ${a.title} ${JSON.stringify(a.details?.items?.slice(0, 2) ?? "")}`).join("; ")}`);
    assert.ok(speed[1] >= 95, `performance ${speed.join(", ")}`);
  });
