// Pages keep to the policy that the host sets, ask nobody else for anything, and run nothing that an author wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMBEDS, HOSTILE, HOSTILE_KINDS, KINDS, SAMPLE, isEmail, pages, start, visit } from "./site.mjs";

const site = await start(SAMPLE), hostile = await start(HOSTILE);

/** Script, style or an event in the page itself. Data blocks (JSON-LD) do not run. Mails need their styles inline. */
function inline({ html }) {
  const found = [];
  for (const [tag, name, attributes] of html.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi)) {
    const names = [...attributes.matchAll(/([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?/g)].map((m) => [m[1].toLowerCase(), m[2] ?? ""]);
    const keys = names.map(([k]) => k);
    if (name.toLowerCase() === "style" || keys.includes("style") || keys.some((k) => k.startsWith("on"))) found.push(tag);
    if (name.toLowerCase() === "script" && !keys.includes("src") && !/type="application\/ld\+json"/.test(attributes)) found.push(tag);
    if (names.some(([k, v]) => /^(href|src|action|formaction)$/.test(k) && /^["']?\s*(javascript|data|vbscript):/i.test(v))) found.push(tag);
  }
  return found.map((tag) => tag.slice(0, 120));
}

for (const [name, root] of [["sample", SAMPLE], ["hostile", HOSTILE]])
  test(`no inline script, style or event attribute: ${name}`, () => {
    const bad = pages(root).filter((p) => !isEmail(p)).map((p) => [p.path, inline(p)]).filter(([, f]) => f.length);
    assert.deepEqual(bad, []);
  });

test("inline script, style and events are found", () => {
  for (const html of ["<p style='x'>", '<a href=x onclick="y">', "<script>x</script>", "<style>", '<a href="javascript:x">', "<img src=x onerror=y>"])
    assert.equal(inline({ html }).length, 1, html);
  assert.equal(inline({ html: '<p class="a">onclick=x style="y"</p><script type="application/ld+json">{}</script>' }).length, 0);
});

async function watch(where, path) {
  return visit(where, path, {}, async (page) => {
    const asked = [], complaints = [];
    page.on("request", (r) => asked.push(r.url()));
    page.on("console", (m) => { if (m.type() === "error") complaints.push(m.text().slice(0, 140)); });
    page.on("pageerror", (e) => complaints.push(e.message));
    await page.addInitScript(() => {
      window.broken = [];
      document.addEventListener("securitypolicyviolation", (e) => window.broken.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
    });
    await page.reload({ waitUntil: "load" });
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 2000) { scrollTo(0, y); await new Promise(requestAnimationFrame); }
    });
    await page.waitForTimeout(50);
    return {
      asked: asked.length > 0,
      elsewhere: asked.filter((u) => !u.startsWith(where.host.url + "/")),
      violations: [...new Set(await page.evaluate(() => window.broken))],
      complaints: [...new Set(complaints)].filter((c) => path !== "/404.html" || !/404/.test(c)),
      pwned: await page.evaluate(() => window.pwned ?? null),
    };
  });
}
const CLEAN = { asked: true, elsewhere: [], violations: [], complaints: [], pwned: null };

for (const [kind, path] of Object.entries({ ...KINDS, ...EMBEDS }))
  test(`policy kept, nobody else asked: ${kind}`, async () => assert.deepEqual(await watch(site, path), CLEAN));
for (const [kind, path] of Object.entries(HOSTILE_KINDS))
  test(`policy kept, nobody else asked, nothing run: hostile ${kind}`, async () => assert.deepEqual(await watch(hostile, path), CLEAN));

test("what an author writes is text, on every page of the hostile site", () => {
  let seen = 0;
  for (const { path, html } of pages(HOSTILE)) {
    assert.ok(!/<script>window\.pwned/.test(html) && !/<img src=x/.test(html) && !/<svg onload/.test(html) && !/<b onmouseover/.test(html), path);
    if (html.includes("7 * 7")) seen++;
    assert.ok(!/&#39;&gt;[^<]{0,40}49/.test(html), `${path}: a template in a text ran`);
    for (const [, data] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) assert.doesNotThrow(() => JSON.parse(data), path);
  }
  assert.ok(seen > 5, `the text stands on ${seen} pages`);
});
