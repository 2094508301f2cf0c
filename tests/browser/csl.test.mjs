// The source lists of the stories, read by a CSL processor: one entry a source, with its title, outlet and date.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import CSL from "citeproc";

const SAMPLE = process.env.DATELINE_SAMPLE;
// A style of few words: what an item must bring along is seen in what it prints.
const STYLE = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=" | "><names variable="author"><name/></names><text variable="title"/><text variable="container-title"/><date variable="issued" form="numeric" date-parts="year-month-day"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date><text variable="URL"/></group></layout></bibliography></style>`;
const LOCALE = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
<date form="numeric"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
<terms><term name="et-al">et al.</term><term name="and">and</term><term name="open-quote">“</term><term name="close-quote">”</term><term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term></terms></locale>`;
const text = (html) => html.replace(/<[^>]*>/g, "").replaceAll("&#38;", "&").replaceAll("&amp;", "&").trim();
const plain = (title) => title.replace(/[‘’“”'"]/g, "'").replace(/\s+/g, " ");

const lists = readdirSync(SAMPLE, { recursive: true }).filter((file) => file.endsWith("sources.csl.json")).sort();

test("there are lists of sources", () => assert.ok(lists.length >= 13));

for (const file of lists) test(`a CSL processor reads ${file}`, () => {
  const items = JSON.parse(readFileSync(join(SAMPLE, file), "utf8"));
  const story = JSON.parse(readFileSync(join(SAMPLE, file.replace("sources.csl.json", "story.json")), "utf8"));
  assert.equal(items.length, story.sources.length);
  const byId = new Map(items.map((item) => [item.id, item]));
  assert.equal(byId.size, items.length, "ids are unique");
  const engine = new CSL.Engine({ retrieveLocale: () => LOCALE, retrieveItem: (id) => byId.get(id) }, STYLE);
  engine.updateItems([...byId.keys()]);
  const [about, entries] = engine.makeBibliography() || [{ entry_ids: [], bibliography_errors: [] }, []];
  // An item without a word to print is one for which neither title nor outlet nor url is known.
  const silent = items.filter((item) => !item.title && !item["container-title"] && !item.URL && !item.issued && !item.author);
  assert.deepEqual(about.bibliography_errors.map((error) => error.itemID), silent.map((item) => item.id));
  story.sources.forEach((source, at) => {
    const entry = text(entries[about.entry_ids.findIndex(([id]) => id === items[at].id)] ?? "");
    if (source.title) assert.ok(plain(entry).includes(plain(source.title)), `${entry} lacks the title ${source.title}`);
    if (source.outlet) assert.ok(plain(entry).includes(plain(source.outlet.name)), `${entry} lacks ${source.outlet.name}`);
    if (source.url) assert.ok(entry.includes(source.url), `${entry} lacks ${source.url}`);
    if (source.published) assert.match(entry, /\d{4}-\d{2}-\d{2}/);
  });
});
