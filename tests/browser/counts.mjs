// Writes a site whose stories have 0, 1, 5, 42 and 300 sources: `node counts.mjs FOLDER`. All else about them is alike,
// so that what differs between their charts comes from the counts.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const COUNTS = [0, 1, 5, 42, 300];

const HEADLINES = {
  en: "The bridge stays shut until the council finds out who pays for it",
  el: "Κλειστή έως την άνοιξη η γέφυρα: ποιος θα πληρώσει τα έργα",
  ru: "Мост закрыт до весны: город ищет деньги на ремонт опоры",
  ar: "سكان المدينة القديمة يطالبون بإعادة فتح الجسر قبل الشتاء",
  ja: "橋は春まで閉鎖 修理費用の負担をめぐり市議会が対立",
};
const COUNTRIES = ["US", "DE", "FR", "EG", "JP", "BR", "IN", "GR", "RU"];
const LEVELS = ["far-left", "left", "lean-left", "center", "lean-right", "right", "far-right"];
// The words of twenty newsrooms, none of them as long as the next.
const TITLES = ["Bridge shut", "Council split over the bill for the bridge", "Who pays? Nobody, for now", "Eight more months: what the engineers' report says about the third pillar",
  "Ferries run every ten minutes from Monday", "“We were promised spring”: a morning on the wrong side of the river, with those who cross it every day to work, to school and back"];
const NAMES = ["Tidewater", "The Northern Ledger", "Radio Estuary", "The Old Town Evening Messenger and Advertiser", "Quay", "Both Banks Weekly", "Nightboat"];

const s = (text) => JSON.stringify(text);
const quoted = (keys) => Object.entries(keys).filter(([, value]) => value !== undefined).map(([key, value]) =>
  `${key} = ${Array.isArray(value) ? `[${value.map(s).join(", ")}]` : key === "published" || key === "date" ? value : s(value)}\n`).join("");

/** A source; every eighth copies the one before, every thirteenth is a wire text, every ninth has no outlet of the site. */
function source(at) {
  const day = 1 + Math.floor((at * at) / 97) % 20, hour = (at * 5) % 24;
  return "\n[[sources]]\n" + quoted({
    id: `s${at}`,
    outlet: at % 9 === 8 ? undefined : `o${at % 120}`,
    url: `https://o${at % 120}.example/articles/${at}`,
    title: TITLES[at % TITLES.length],
    excerpt: "The third pillar has cracks, says the report; the council votes in May.",
    published: at % 11 === 10 ? undefined : `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:15:00Z`,
    copy_of: at % 8 === 7 ? `s${at - 1}` : undefined,
    wire: at % 13 === 12 ? "o2" : undefined,
  });
}

function story(name, count, lang) {
  const cites = (from, most) => Array.from({ length: Math.min(most, Math.max(0, count - from)) }, (_, at) => `s${from + at}`);
  const points = ["The bridge has been shut since March 2024.", "Repairs cost 14.5 million, says the contract; a second offer came to 9 million.", "The ferries are free."]
    .map((text, at) => "\n[[points]]\n" + quoted({ text, cites: cites(at * 3, 4 + at * 20), denied_by: at === 1 && count > 30 ? ["s30"] : undefined })).join("");
  const sides = ["left", "center", "right"].map((side) => "\n[[perspectives]]\n" + quoted({
    name: `What the ${side} stresses`, side, text: "The waiting, the bill, and who had been warned.", cites: cites(1, 3) })).join("");
  const front = quoted({ title: HEADLINES[lang], lang, date: "2026-03-21T10:00:00Z", place: "Tidewater", topics: ["Bridges"],
    summary: "The council has put off the repair again; both banks wait." });
  const reported = '\n[reported]\nby = "Another digest"\narticles = 77\n\n[reported.axes.bias]\nleft = 40\ncenter = 35\nright = 25\n';
  return [`content/stories/${name}.md`, `+++\n${front}${points}${sides}${Array.from({ length: count }, (_, at) => source(at)).join("")}${reported}+++\n\nText.\n`];
}

function outlets() {
  return Array.from({ length: 120 }, (_, at) => `\n[o${at}]\n` + quoted({
    name: `${NAMES[at % NAMES.length]}${at < NAMES.length ? "" : ` ${at}`}`, domains: [`o${at}.example`],
    country: COUNTRIES[(at * at) % COUNTRIES.length], language: ["en", "de", "fr"][at % 3], scope: at % 4 ? "local" : "national",
    bias: at % 6 === 5 ? undefined : LEVELS[(at * at) % 7], factuality: at % 2 ? "high" : "mixed",
  })).join("");
}

/** Every file of the site. */
function files() {
  return [
    ["dateline.toml", 'title = "Counts"\ndescription = "Stories of 0, 1, 5, 42 and 300 sources."\nbase_url = "https://counts.example/"\n\n[outputs]\nstory = ["html", "json", "csv", "svg", "embed", "card"]\n'],
    ["content/outlets.toml", outlets()],
    ...COUNTS.map((count) => story(`sources-${count}`, count, "en")),
    ...["el", "ru", "ar", "ja"].map((lang) => story(`letters-${lang}`, 5, lang)),
  ];
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const root = process.argv[2];
  if (!root) throw new Error("usage: node counts.mjs FOLDER");
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of files()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
