// Writes a site that no editor would: `node hostile.mjs FOLDER THEME`. Its lengths and its texts try to break the pages.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [root, theme] = process.argv.slice(2);
if (!root || !theme) throw new Error("usage: node hostile.mjs FOLDER THEME");
rmSync(root, { recursive: true, force: true });

function write(path, text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const s = (text) => JSON.stringify(text); // a TOML basic string
const table = (name, keys) => `\n[[${name}]]\n` + pairs(keys);
const pairs = (keys) => Object.entries(keys).filter(([, v]) => v !== undefined)
  .map(([k, v]) => `${k} = ${v && v.toml ? v.toml : Array.isArray(v) ? `[${v.map(s).join(", ")}]` : typeof v === "string" ? s(v) : v}\n`).join("");
const date = (text) => ({ toml: text });

// Every breakout that HTML, attributes, scripts, styles and templates know. `pwned` is what the tests look for.
const MARKUP = `</title></script></style></textarea><script>window.pwned=1</script><img src=x onerror="window.pwned=1"><svg onload='window.pwned=1'>"'><b onmouseover=pwned=1>&lt;{{ 7 * 7 }}{% raw %}<!-- ]]>`;
const LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(2); // ninety letters without a place to break
const HEADLINE = ("The committee on the committee's own committee meets again to hear what its own report about the reports of " +
  "the previous committee had left out, and adjourns after eleven hours without a vote, a date, a chair or a room, " +
  "while outside the building those whom it had meant to hear wait in the rain with the very papers that it had asked " +
  "them for in March, and that nobody has since been able to find anywhere in the building at all").padEnd(400, "!").slice(0, 400);
const LETTERS = Array.from({ length: 120 }, (_, i) => String.fromCharCode(97 + (i * 7) % 26)).join(" ");
const LEVELS = ["far-left", "left", "lean-left", "center", "lean-right", "right", "far-right"];

write("dateline.toml", `title = "Hostile lengths"
description = ${s(LONG)}
base_url = "https://hostile.example/"
license = ${s(MARKUP)}

[axes.reach]
name = ${s("Reach " + LONG)}
kind = "category"
levels = [{ id = "a", name = ${s(LONG)} }, { id = "b", name = "B" }, { id = "c", name = ${s(MARKUP)} }]
`);
cpSync(theme, join(root, "themes/default"), { recursive: true });

let outlets = "";
for (let i = 0; i < 300; i++) {
  outlets += `\n[o${i}]\n` + pairs({
    name: i === 0 ? LONG : i === 1 ? MARKUP : i === 2 ? "X" : `Outlet number ${i} of a great many`,
    domains: [`o${i}.example`],
    country: ["US", "DE", "FR", "EG", "JP", "BR", "IN"][i % 7],
    language: ["en", "de", "fr", "ar", "ja", "pt", "hi"][i % 7],
    owner: i % 3 ? undefined : MARKUP,
    bias: i % 11 ? LEVELS[i % 7] : undefined,
    reach: ["a", "b", "c"][i % 3],
    factuality: i % 2 ? "high" : undefined,
  });
}
write("content/outlets.toml", outlets);

function story(slug, front, sources = "", body = "") {
  write(`content/stories/${slug}.md`, `+++\n${pairs({ date: date("2026-03-01T10:00:00Z"), ...front })}${sources}\n+++\n\n${body}\n`);
}
const source = (i, more = {}) => table("sources", {
  id: `s${i}`, outlet: `o${i % 300}`, url: `https://o${i % 300}.example/articles/${"path-".repeat(i % 9)}${i}`,
  title: `Article ${i} about what the others said`, excerpt: "An excerpt of the usual length, neither long nor short.",
  published: date(`2026-03-${String(1 + (i % 27)).padStart(2, "0")}T${String(i % 24).padStart(2, "0")}:15:00Z`), ...more,
});

story("long-headline", { title: HEADLINE, summary: HEADLINE, topics: [HEADLINE.slice(0, 120), "Lengths"], place: HEADLINE.slice(0, 90) },
  table("points", { text: HEADLINE, cites: ["s0"] }) + [0, 1, 2, 3, 4, 5].map((i) => source(i, { title: HEADLINE, excerpt: HEADLINE })).join("") +
  table("perspectives", { name: HEADLINE, side: "left", text: HEADLINE, cites: ["s1"] }) +
  table("quotes", { text: HEADLINE, speaker: HEADLINE, role: HEADLINE, cites: ["s2"] }) +
  table("timeline", { date: date("2026-01-01"), text: HEADLINE }) + table("questions", { question: HEADLINE, answer: HEADLINE }));

story("three-hundred", { title: "Three hundred sources", summary: "A story that everybody reported [@s299].", topics: ["Lengths"] },
  Array.from({ length: 12 }, (_, p) => table("points", { text: `Point ${p} with many witnesses`, cites: Array.from({ length: 25 }, (_, i) => `s${p * 25 + i}`) })).join("") +
  Array.from({ length: 300 }, (_, i) => source(i, i % 10 === 9 ? { copy_of: `s${i - 1}` } : {})).join(""));

story("letters", { title: LETTERS, summary: LETTERS, topics: ["A", "B", "Lengths"], place: "I" },
  table("points", { text: LETTERS, cites: ["s1"] }) + [0, 1, 2].map((i) => source(i, { title: LETTERS, excerpt: LETTERS })).join(""), LETTERS);

story("unbroken", { title: LONG, summary: LONG, topics: [LONG, "Lengths"], place: LONG, authors: [LONG] },
  table("points", { text: LONG, cites: ["s0", "s1"], denied_by: ["s2"] }) + Array.from({ length: 9 }, (_, i) => source(i, { title: LONG, excerpt: LONG, author: LONG, url: `https://o${i}.example/${LONG}` })).join("") +
  table("perspectives", { name: LONG, side: "left", text: LONG }) + table("perspectives", { name: LONG, side: "right", text: LONG }) +
  table("sections", { title: LONG, text: LONG, items: [LONG, LONG] }) + table("quotes", { text: LONG, speaker: LONG, role: LONG }) +
  table("timeline", { date: date("2026-01-01"), text: LONG }) + table("questions", { question: LONG, answer: LONG }) + table("revisions", { date: date("2026-03-02"), note: LONG, kind: { toml: '"correction"' } }),
  `## ${LONG}\n\n${LONG}\n\n| ${LONG} | b |\n|---|---|\n| ${LONG} | ${LONG} |\n\n- ${LONG}\n\n> ${LONG}\n\n\`\`\`\n${LONG}${LONG}\n\`\`\`\n`);

story("empty", { title: "Nothing yet" });

story("markup", { title: MARKUP, summary: MARKUP, topics: [MARKUP, "Lengths"], place: MARKUP, authors: [MARKUP], disclosure: MARKUP, follows: "empty" },
  table("points", { text: MARKUP, cites: ["s0"], denied_by: ["s1"] }) + Array.from({ length: 12 }, (_, i) => source(i, { title: MARKUP, excerpt: MARKUP, author: MARKUP })).join("") +
  table("perspectives", { name: MARKUP, side: "left", text: MARKUP, cites: ["s0"] }) + table("sections", { title: MARKUP, text: MARKUP, items: [MARKUP] }) +
  table("quotes", { text: MARKUP, speaker: MARKUP, role: MARKUP }) + table("timeline", { date: date("2026-01-01"), text: MARKUP }) +
  table("questions", { question: MARKUP, answer: MARKUP }) + table("revisions", { date: date("2026-03-02"), note: MARKUP }),
  `# ${MARKUP}\n\n${MARKUP}\n\n[a link](javascript:window.pwned=1) ![${MARKUP}](https://evil.example/x.png)\n\n| a | b |\n|:--|--:|\n| ${MARKUP.replaceAll("|", "")} | 1 |\n`);

story("arabic", { title: "سكان المدينة القديمة يطالبون بإعادة فتح الجسر قبل الشتاء", lang: "ar", summary: "قال المجلس إن الأعمال تحتاج إلى ثمانية أشهر، ويقول السكان إنهم انتظروا عامين [@s3].", topics: ["Lengths"], place: "القاهرة" },
  table("points", { text: "أُغلق الجسر في مارس 2024 بعد ظهور شقوق في الدعامة الثالثة.", cites: ["s0", "s1"] }) +
  table("points", { text: "تبلغ الكلفة 14.5 مليون، وفق العقد.", cites: ["s3"], denied_by: ["s5"] }) +
  Array.from({ length: 14 }, (_, i) => source(i, i % 2 ? { title: "الجسر بين وعدين", excerpt: "تقرير من الضفتين." } : { title: "Bridge stays shut: what the contract says", lang: "en", ...(i === 8 ? { copy_of: "s6" } : {}) })).join("") +
  table("perspectives", { name: "ما تشدد عليه وسائل اليسار", side: "left", text: "الانتظار الطويل." }) + table("perspectives", { name: "ما تشدد عليه وسائل اليمين", side: "right", text: "الكلفة." }) +
  table("timeline", { date: date("2024-03-11"), text: "إغلاق الجسر." }) + table("quotes", { text: "نعبر النهر كل يوم بالقارب.", speaker: "ليلى حسن", role: "معلمة" }),
  "## ما الذي حدث\n\nنص عادي مع **تشديد** وقائمة:\n\n- أولًا\n- ثانيًا\n");

story("gone", { title: "A story that was taken back", withdrawn: MARKUP });

write("content/editions/one.md", `+++\n${pairs({ title: HEADLINE, number: 1, date: date("2026-03-03"), stories: ["long-headline", "unbroken", "markup", "arabic", "empty"] })}+++\n\n${LONG}\n\n${MARKUP}\n`);
write("content/topics/lengths.md", `+++\n${pairs({ name: "Lengths", description: MARKUP })}+++\n`);
write("content/pages/about.md", `+++\n${pairs({ title: LONG, description: MARKUP })}+++\n\n${MARKUP}\n\n${LONG}\n`);
