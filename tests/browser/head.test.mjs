// The head of every page says what it is: to search engines, to previews elsewhere, to feed readers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HOSTILE, SAMPLE, STORY, isEmail, isEmbed, isRedirect, pages } from "./site.mjs";

const headOf = (page) => page.html.slice(0, page.html.indexOf("</head>"));
const graphOf = (page) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(headOf(page))[1])["@graph"];
const whole = (root) => pages(root).filter((p) => !isRedirect(p) && !isEmbed(p) && !isEmail(p));
const LISTS = new Set(["home", "topics", "topic", "outlets", "outlet", "blindspots", "editions", "edition", "archive", "month"]);

for (const [name, root] of [["sample", SAMPLE], ["hostile", HOSTILE]])
  test(`every page of the ${name} site has all of a head`, () => {
    const seen = new Set();
    for (const page of whole(root)) {
      const head = headOf(page), kind = /<body class="k-([a-z0-9]+)/.exec(page.html)[1];
      for (const part of [/<link rel="canonical" href="https:\/\/[^"]+">/, /<meta property="og:title"/, /<meta property="og:url"/, /<meta property="og:type"/,
        /<meta name="twitter:card"/, /<link rel="alternate" type="application\/atom\+xml"/, /<link rel="icon"/, /<title>[^<]/])
        assert.match(head, part, page.path);
      assert.equal((page.html.match(/application\/ld\+json/g) ?? []).length, 1, `${page.path}: JSON-LD once, and in the head`);
      const types = graphOf(page).map((node) => node["@type"]);
      assert.ok(types.includes("BreadcrumbList"), page.path);
      if (LISTS.has(kind)) assert.ok(types.includes("ItemList"), page.path);
      if (kind === "story") assert.ok(types.includes("NewsArticle"), page.path);
      seen.add(kind);
    }
    assert.ok(seen.size >= 12, [...seen].join(" "));
  });

test("a story's JSON-LD cites every source that its data names", () => {
  const page = pages(SAMPLE).find((p) => p.path === STORY);
  const { sources } = JSON.parse(readFileSync(join(SAMPLE, STORY, "story.json"), "utf8"));
  const { citation } = graphOf(page).find((node) => node["@type"] === "NewsArticle");
  const told = sources.filter((s) => s.url || s.title);
  assert.ok(told.length > 40);
  assert.deepEqual(citation.map((c) => c.url ?? c.headline), told.map((s) => s.url ?? s.title));
  assert.ok(citation.every((c) => c["@type"] === "NewsArticle"));
  assert.equal(citation.filter((c) => c.publisher).length, told.filter((s) => s.outlet).length);
});
