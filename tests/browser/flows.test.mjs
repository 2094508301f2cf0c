// What a reader does on a story, with and without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ARABIC, SAMPLE, STORY, pages, start, visit } from "./site.mjs";

const site = await start();
const quiet = { javaScriptEnabled: false };
const shown = (page, selector) => page.locator(selector).filter({ visible: true }).count();
const number = async (locator) => Number(/\d+/.exec(await locator.textContent())[0]);

test("without JavaScript every article is shown", () => visit(site, STORY, quiet, async (page) => {
  const all = await page.locator(".arts .a").count();
  const copies = await page.locator(".arts .more li").count();
  assert.ok(all > 20, `${all} articles`);
  assert.equal(await shown(page, ".arts .a"), all);
  assert.equal(all + copies, 42);
  assert.match(await page.locator("#articles > h2").textContent(), /^42 /);
}));

test("without JavaScript nothing is offered that needs it", () => visit(site, STORY, quiet, async (page) => {
  for (const selector of ["#sort", "#theme", "#keys", ".cb", "dialog"]) assert.equal(await shown(page, selector), 0, selector);
  assert.equal(await shown(page, "button"), 0);
}));

test("without JavaScript the articles filter by group", () => visit(site, STORY, quiet, async (page) => {
  const all = await shown(page, ".arts .a");
  const sum = [];
  for (const label of await page.locator(".show label").all()) {
    const input = label.locator("input"), value = await input.getAttribute("value");
    if (value === "all") continue;
    await label.click();
    assert.ok(await input.isChecked());
    const now = await shown(page, ".arts .a");
    assert.ok(now > 0 && now < all, `${value}: ${now} of ${all}`);
    for (const card of await page.locator(".arts .a").filter({ visible: true }).all())
      assert.ok(await card.evaluate((e, g) => e.matches(`.${g}`) || e.querySelector(`.${g}`) !== null, value), value);
    const marked = await page.locator(`.arts .list li.${value}`).count();
    assert.equal(await number(label.locator("span")), marked, `the count beside ${value}`);
    sum.push(marked);
  }
  assert.ok(sum.length >= 3);
  assert.equal(sum.reduce((a, b) => a + b), 42);
  await page.locator('.show label:has([value="all"])').click();
  assert.equal(await shown(page, ".arts .a"), all);
}));

test("without JavaScript the unit of counting switches", () => visit(site, STORY, quiet, async (page) => {
  const total = async () => {
    const rows = await page.locator(".dist.main .leg tbody tr").all();
    const counts = await Promise.all(rows.map((row) => row.locator("td").filter({ visible: true }).allTextContents()));
    for (const cells of counts) assert.equal(cells.length, 2, "a count and a share of one unit");
    return counts.map(([count]) => Number(count)).reduce((a, b) => a + b, 0);
  };
  const seen = new Set();
  for (const label of await page.locator(".units label").all()) {
    await label.click();
    const unit = await label.locator("input").getAttribute("value");
    const bars = await page.locator('.dist [class^="u-"]').filter({ visible: true }).all();
    assert.ok(bars.length > 0);
    for (const bar of bars) assert.match(await bar.getAttribute("class"), new RegExp(`u-${unit}`));
    assert.equal(await total(), await number(label.locator("b")), unit);
    seen.add(unit);
  }
  assert.deepEqual([...seen].sort(), ["articles", "outlets", "reports"]);
}));

test("every widget tells how it is counted, without JavaScript", () => visit(site, STORY, quiet, async (page) => {
  const folds = await page.locator("#coverage .how").all();
  const widgets = await page.locator("#coverage > .w").count();
  assert.ok(widgets >= 6);
  assert.equal(folds.length, widgets);
  for (const fold of folds) {
    assert.equal(await fold.locator("p").filter({ visible: true }).count(), 0);
    await fold.locator("summary").click();
    assert.ok((await fold.locator("> div").innerText()).length > 60);
    assert.ok(await fold.locator('a[href$=".json"]').count() || await fold.locator('a[href$="/methodology/"]').count());
  }
  for (const id of ["headlines", "matrix"]) assert.equal(await page.locator(`#${id} .how`).count(), 1, id);
}));

test("a chart's table says the same numbers as its bar", () => visit(site, STORY, quiet, async (page) => {
  const charts = await page.locator(".dist:has(.bar)").all();
  assert.ok(charts.length >= 4);
  for (const chart of charts) {
    const bar = await chart.locator(".u-outlets .bar i").evaluateAll((list) => list.map((i) => [/ax-\S+/.exec(i.className)[0], Number(/w-(\d+)/.exec(i.className)[1])]));
    assert.ok(bar.length >= 2);
    assert.ok(Math.abs(bar.reduce((a, [, w]) => a + w, 0) - 100) <= 1, JSON.stringify(bar));
    for (const [name, width] of bar) assert.equal(await number(chart.locator(`tr.${name} td`).filter({ visible: true }).last()), width, name);
  }
}));

for (const js of [true, false])
  test(`a citation leads to its card and "cited in" leads back, JavaScript ${js ? "on" : "off"}`, () =>
    visit(site, STORY, { javaScriptEnabled: js, reducedMotion: "reduce" }, async (page) => {
      const point = page.locator(".points li").first(), cite = point.locator(".c").first();
      const href = await cite.getAttribute("href");
      await cite.click();
      assert.equal(new URL(page.url()).hash, href);
      const card = page.locator(href);
      assert.equal(await number(card.locator(".n").first()), await number(cite));
      await assert.doesNotReject(card.waitFor());
      assert.ok(await inView(page, card), "the card is on the screen");
      assert.ok(await card.evaluate((e) => e.matches(":target")));
      await card.locator('.m a.c[href^="#point-"]').first().click();
      assert.equal(new URL(page.url()).hash, "#" + await point.getAttribute("id"));
      assert.ok(await inView(page, point), "the point is on the screen");
    }));

async function inView(page, locator) {
  await page.waitForTimeout(100);
  const box = await locator.boundingBox(), height = page.viewportSize().height;
  return box && box.y >= -1 && box.y < height;
}

test("every link inside a page has its target, on every page", () => {
  let links = 0;
  for (const { path, html } of pages(SAMPLE)) {
    const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]));
    for (const [, to] of html.matchAll(/href="#([^"]+)"/g)) {
      links++;
      assert.ok(ids.has(to), `${path}: #${to}`);
    }
  }
  assert.ok(links > 500, `${links} links`);
});

test("copies unfold under their original", () => visit(site, STORY, quiet, async (page) => {
  const fold = page.locator(".arts .more").first();
  assert.match(await fold.locator("summary").textContent(), /and \d+ cop/);
  assert.equal(await fold.locator("li").filter({ visible: true }).count(), 0);
  await fold.locator("summary").click();
  assert.equal(await fold.locator("li").filter({ visible: true }).count(), await number(fold.locator("summary")));
}));

test("a citation of a folded copy opens the fold, whatever filter is set", () => visit(site, STORY, {}, async (page) => {
  const id = await page.locator(".arts .more li").first().getAttribute("id");
  await page.locator(".show label").last().click();
  await page.evaluate((hash) => { location.hash = hash; }, id);
  await page.locator("#" + id).waitFor({ state: "visible" });
  assert.ok(await inView(page, page.locator("#" + id)));
}));

test("the articles sort by time and by outlet", () => visit(site, STORY, {}, async (page) => {
  const column = (selector, attribute) => page.locator(".arts .list > .a").evaluateAll(
    (list, [s, a]) => list.map((li) => { const e = li.querySelector(s); return !e ? "" : a ? e.getAttribute(a) : e.textContent; }), [selector, attribute]);
  const listed = await column(".n");
  await page.locator("#sort").selectOption("new");
  const times = (await column(".o time", "datetime")).filter(Boolean);
  assert.ok(times.length > 20);
  assert.deepEqual(times, times.toSorted().reverse());
  await page.locator("#sort").selectOption("old");
  assert.deepEqual((await column(".o time", "datetime")).filter(Boolean), times.toSorted());
  await page.locator("#sort").selectOption("az");
  const names = await column(".o a, .o > span:not(.k)");
  assert.deepEqual(names, names.toSorted(new Intl.Collator("en").compare));
  await page.locator("#sort").selectOption("");
  assert.deepEqual(await column(".n"), listed);
}));

test("a citation of the page is copied", () => visit(site, STORY, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  const button = page.locator("#cite .cb").first();
  await button.click();
  await page.waitForFunction(() => document.querySelector("#cite .cb").textContent === document.querySelector("#help").dataset.copied);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(text, (await page.locator("#cite .copy").first().textContent()).trim());
  assert.match(text, /stories\/marenia-rent-cap/);
}));

test("the choice of light or dark is remembered", () => visit(site, STORY, { colorScheme: "light" }, async (page) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator("#theme").click();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await paper(), dark);
  await page.goto(site.host.url + "/");
  assert.equal(await paper(), dark);
  await page.locator("#theme").click();
  assert.equal(await paper(), light);
  await page.reload();
  assert.equal(await paper(), light);
}));

test("the choice is there at the first paint, however slow the script", () => visit(site, STORY, { colorScheme: "light" }, async (page) => {
  await page.locator("#theme").click();
  await page.route(/app\.[^/]*js$/, async (route) => {
    await new Promise((done) => setTimeout(done, 600));
    await route.continue();
  });
  await page.reload();
  const { painted, loaded } = await page.evaluate(() => new Promise((done) => {
    const script = performance.getEntriesByType("resource").find((r) => /app\.[^/]*js$/.test(r.name));
    new PerformanceObserver((list) => done({ painted: list.getEntries()[0].startTime, loaded: script.responseEnd })).observe({ type: "paint", buffered: true });
  }));
  assert.ok(loaded >= 600 && painted >= loaded, `painted at ${painted}, script there at ${loaded}`);
}));

test("without a choice the page follows the system", async () => {
  const paper = (colorScheme) => visit(site, "/", { colorScheme, ...quiet }, (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  assert.notEqual(await paper("light"), await paper("dark"));
});

test("the keyboard has a help that can be turned off", () => visit(site, STORY, {}, async (page) => {
  const help = page.locator("#help");
  await page.keyboard.press("?");
  assert.ok(await help.isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await help.isVisible()));
  await page.keyboard.press("j");
  const first = await page.evaluate(() => document.activeElement.closest(".a")?.id);
  assert.ok(first, "j goes to an article");
  await page.keyboard.press("j");
  const second = await page.evaluate(() => document.activeElement.closest(".a")?.id);
  assert.notEqual(second, first);
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".a")?.id), first);
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press("t");
  assert.notEqual(await page.evaluate(() => document.documentElement.dataset.theme), before);
  await page.locator("#keys").click();
  await page.locator("#keys-on").uncheck();
  await page.keyboard.press("Escape");
  await page.locator("body").press("?");
  assert.ok(!(await help.isVisible()), "the keys are off");
  await page.reload();
  await page.keyboard.press("?");
  assert.ok(!(await help.isVisible()), "and stay off");
}));

test("the keyboard reaches everything, and one sees where it is", () => visit(site, "/", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  assert.ok((await page.locator(".skip").boundingBox()).height > 20);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.goto("about:blank");
  await page.goto(site.host.url + "/");
  const stops = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter((e) => e.checkVisibility()).length);
  const seen = new Set();
  for (let i = 0; i < stops; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement, style = getComputedStyle(e);
      window.stops ??= [];
      if (!window.stops.includes(e)) window.stops.push(e);
      return { n: window.stops.indexOf(e), html: e.outerHTML.slice(0, 80), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, skip: e.className === "skip" };
    });
    assert.ok(at.outline || at.skip, `no visible focus: ${at.html}`);
    seen.add(at.n);
  }
  assert.equal(seen.size, stops);
}));

test("times of the last week are told from now, older ones are left", async () => {
  await visit(site, STORY, {}, async (page) => {
    await page.clock.install({ time: new Date("2026-11-21T09:00:00Z") });
    await page.reload();
    assert.match(await page.locator("time.rel").first().textContent(), /ago|yesterday/);
    await page.clock.setFixedTime(new Date("2027-11-21T09:00:00Z"));
    await page.reload();
    assert.match(await page.locator("time.rel").first().textContent(), /2026/);
  });
});

test("one screen says what happened, who reported it, and how the coverage leans", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }])
    await visit(site, STORY, { viewport, ...quiet }, async (page) => {
      const above = async (selector) => {
        const boxes = await page.locator(selector).filter({ visible: true }).all();
        assert.ok(boxes.length, selector);
        const box = await boxes[0].boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= viewport.height, `${selector} ends at ${box.y + box.height} of ${viewport.height}`);
      };
      await above("h1");
      await above(".sum");
      await above(".bar"); // how it leans
      await above(viewport.width > 1000 ? ".units" : '.strip a[href="#articles"]'); // who reported it
    });
});

test("a page in Arabic mirrors", async () => {
  const side = (path) => visit(site, path, quiet, async (page) => ({
    dir: await page.evaluate(() => document.documentElement.dir),
    beside: (await page.locator(".beside").boundingBox()).x - (await page.locator(".lede").boundingBox()).x,
    name: (await page.locator(".mast .name").boundingBox()).x,
    fold: await page.locator(".how summary").first().evaluate((e) => getComputedStyle(e).textAlign),
    bias: await page.locator(".dist.main .bar").first().evaluate((e) => e.firstElementChild.getBoundingClientRect().x < e.lastElementChild.getBoundingClientRect().x),
  }));
  const arabic = await side(ARABIC), english = await side(STORY);
  assert.equal(arabic.dir, "rtl");
  assert.equal(english.dir, "ltr");
  assert.ok(arabic.beside < 0 && english.beside > 0);
  assert.ok(arabic.name > 640 && english.name < 640);
  assert.ok(arabic.bias && english.bias, "left stays on the left of a bias bar");
});
