//! Every importer with its own sample input (invented), into a site that builds and whose numbers agree.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{Ran, dateline, write};

/// An empty site that rates nothing.
fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "dateline.toml", "title = \"Test\"\nbase_url = \"https://digest.example/\"\n");
    dir
}

fn sample(name: &str) -> String {
    format!("{}/tests/import/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn import(root: &Path, kind: &str, name: &str, more: &[&str]) -> Ran {
    let from = sample(name);
    let mut all = vec!["-r", root.to_str().unwrap(), "import", kind, &from];
    all.extend(more);
    let ran = dateline(&all);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

/// Builds with drafts; story.json by slug.
fn build(root: &Path) -> BTreeMap<String, Value> {
    let ran = dateline(&["-r", root.to_str().unwrap(), "build", "--drafts", "--now", "2026-06-01"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let folder = root.join("public/stories");
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
    folders
        .map(|entry| {
            let text = fs::read_to_string(entry.path().join("story.json")).unwrap();
            (entry.file_name().into_string().unwrap(), serde_json::from_str(&text).unwrap())
        })
        .collect()
}

/// All files below content/.
fn content(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in ["stories", "outlets"] {
        for entry in fs::read_dir(root.join("content").join(folder)).into_iter().flatten().flatten() {
            let name = entry.file_name().into_string().unwrap();
            files.insert(format!("{folder}/{name}"), fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

/// Imports, edits a file, imports again: nothing changes.
fn twice(root: &Path, kind: &str, name: &str, more: &[&str]) -> BTreeMap<String, String> {
    import(root, kind, name, more);
    let mut files = content(root);
    let (path, text) =
        files.iter().next().map(|(path, text)| (path.clone(), format!("{text}# edited\n"))).unwrap();
    fs::write(root.join("content").join(&path), &text).unwrap();
    files.insert(path, text);
    let again = import(root, kind, name, more);
    assert!(again.out.contains("0 files written") && again.out.contains("left alone"), "{again:?}");
    assert_eq!(content(root), files);
    files
}

#[test]
fn kite_maps_every_section() {
    let dir = site();
    let ran = import(dir.path(), "kite", "kite.json", &[]);
    assert!(ran.err.contains("`emoji`") && ran.err.contains("[nowhere.example#1]"), "{ran:?}");
    let stories = build(dir.path());
    let story = &stories["samplehaven-repairs-its-old-bridge"];
    assert_eq!(story["coverage"]["articles"], 3);
    assert_eq!(story["coverage"]["outlets"], 2);
    assert_eq!(story["coverage"]["reported"]["articles"], 9);
    assert_eq!(story["points"][0]["cites"], serde_json::json!(["post-example-1"]));
    assert_eq!(story["points"][1]["cites"], serde_json::json!(["post-example-2"]));
    assert_eq!(story["sources"][2]["url"], "https://www.herald.example/b");
    let page =
        fs::read_to_string(dir.path().join("public/stories/samplehaven-repairs-its-old-bridge/index.html"));
    let page = page.unwrap();
    for part in [
        "Opposition",
        "The old bridge stays.",
        "Ada Example",
        "None so far.",
        "It never moved.",
        "When?",
        "Two years ago: The bridge is closed.",
        "*soon*",
    ] {
        assert!(page.contains(part), "{part}");
    }
    twice(site().path(), "kite", "kite.json", &[]);
}

#[test]
fn feeds_become_drafts_or_sources() {
    let dir = site();
    twice(dir.path(), "feed", "feed.xml", &[]);
    let stories = content(dir.path());
    assert_eq!(stories.len(), 2);
    let text = &stories["stories/2026-01-02-bridge-tunnel.md"];
    assert!(
        text.contains("url = \"https://post.example/a\"")
            && text.contains("excerpt = \"The council voted.\""),
        "{text}"
    );
    assert!(text.contains("draft = true") && text.contains("published = 2026-01-02T07:00:00Z"), "{text}");
    let other = site();
    import(other.path(), "feed", "feed.xml", &["--sources"]);
    assert_eq!(build(other.path())["the-invented-post"]["coverage"]["articles"], 2);
    let json = site();
    import(json.path(), "feed", "feed.json", &[]);
    assert_eq!(build(json.path())["bridge"]["coverage"]["articles"], 1);
}

#[test]
fn tables_become_stories_by_their_column() {
    let dir = site();
    let ran = import(dir.path(), "csv", "sources.csv", &[]);
    assert!(ran.err.contains("`mood`") && ran.err.contains("`soon` is not a date"), "{ran:?}");
    let stories = build(dir.path());
    let coverage = &stories["invented-bridge"]["coverage"];
    assert_eq!((&coverage["articles"], &coverage["reports"]), (&2.into(), &1.into()));
    assert_eq!(stories["invented-library"]["coverage"]["articles"], 1);
    twice(site().path(), "csv", "sources.csv", &[]);
}

#[test]
fn outlets_that_a_table_names_get_a_file_if_they_have_none() {
    let dir = site();
    write(dir.path(), "content/outlets/mine.toml", "name = \"Mine\"\ndomains = [\"herald.example\"]\n");
    let table = "date,title,url,outlet\n2026-01-02,A,https://post.example/a,The Invented Post\n,B,https://www.post.example/b,Post\n,C,https://herald.example/c,Herald\n,D,,Print Only\n";
    write(dir.path(), "my-links.csv", table);
    let file = dir.path().join("my-links.csv");
    let ran = dateline(&["-r", dir.path().to_str().unwrap(), "import", "csv", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(content(dir.path()).keys().filter(|path| path.starts_with("outlets/")).count(), 3);
    let stories = build(dir.path());
    let ids: Vec<&Value> =
        stories["my-links"]["sources"].as_array().unwrap().iter().map(|s| &s["outlet"]["id"]).collect();
    assert_eq!(ids, ["the-invented-post", "the-invented-post", "mine", "print-only"]);
}

#[test]
fn a_page_keeps_its_totals_and_only_suggests_copies() {
    let dir = site();
    let ran = import(dir.path(), "page", "page.txt", &[]);
    assert!(ran.err.contains("counted on the page: 7 articles; listed: 3"), "{ran:?}");
    assert!(ran.err.contains("not mapped: To see more"), "{ran:?}");
    let stories = build(dir.path());
    let story = stories.values().next().unwrap();
    assert_eq!((&story["place"], &story["date"]), (&"Samplehaven".into(), &"2026-01-02".into()));
    assert_eq!((&story["coverage"]["articles"], &story["coverage"]["reports"]), (&3.into(), &3.into()));
    assert_eq!(story["coverage"]["reported"]["articles"], 7);
    assert_eq!(story["coverage"]["reported"]["axes"]["bias"]["center"], 60);
    assert_eq!(story["points"].as_array().unwrap().len(), 2);
    let files = twice(site().path(), "page", "page.txt", &[]);
    assert!(files.values().next().unwrap().contains("# Perhaps the text of `s1`"));
}

#[test]
fn a_day_of_wikipedia_becomes_a_draft_an_event() {
    let dir = site();
    import(dir.path(), "wikitext", "day.wikitext", &[]);
    let stories = build(dir.path());
    assert_eq!(stories.len(), 2);
    let story = &stories["the-council-of-samplehaven-votes-to-repair-the-old-bridge"];
    assert_eq!((&story["coverage"]["articles"], &story["date"]), (&2.into(), &"2026-01-02".into()));
    assert_eq!(story["topics"], serde_json::json!(["Politics and elections"]));
    let files = twice(site().path(), "wikitext", "day.wikitext", &[]);
    assert!(files.values().any(|text| text.contains("It stands under: Samplehaven's bridges")));
}

#[test]
fn outlets_keep_raters_dates_and_licences() {
    let dir = site();
    let ran = import(dir.path(), "outlets-csv", "outlets.csv", &[]);
    assert!(ran.err.contains("[axes.bias.raters.tilt-desk]") && ran.err.contains("`circulation`"), "{ran:?}");
    let config = "title = \"Test\"\n[axes.bias.raters.tilt-desk]\nlabels = { Middle = \"center\", \"Leans Left\" = \"lean-left\" }\n";
    write(dir.path(), "dateline.toml", config);
    write(
        dir.path(),
        "content/stories/2026-02-01-x.md",
        "+++\ntitle = \"X\"\n[[sources]]\nurl = \"https://post.example/a\"\n[[sources]]\nurl = \"https://herald.example/a\"\n+++\n",
    );
    let stories = build(dir.path());
    assert_eq!(stories["x"]["sources"][0]["levels"]["bias"], "lean-left");
    assert_eq!(stories["x"]["sources"][1]["levels"]["bias"], "center");
    let text = &content(dir.path())["outlets/the-invented-post.toml"];
    assert!(
        text.contains("license = \"CC0\"")
            && text.contains("country = \"DE\"")
            && text.contains("post2.example"),
        "{text}"
    );
    twice(site().path(), "outlets-csv", "outlets.csv", &[]);
    twice(site().path(), "csv", "outlets.csv", &[]);
}

#[test]
fn media_data_become_outlets() {
    let dir = site();
    let files = twice(dir.path(), "outlets-kite", "media_data.json", &[]);
    assert_eq!(files.len(), 2);
    assert!(files["outlets/invented-state-radio.toml"].contains("typology = \"State\""));
    build(dir.path());
}

#[test]
fn what_is_not_in_the_format_says_so() {
    let dir = site();
    write(dir.path(), "x.txt", "hello");
    let file = dir.path().join("x.txt");
    for kind in ["kite", "feed", "csv", "wikitext", "outlets-kite", "outlets-csv"] {
        let ran = dateline(&["-r", dir.path().to_str().unwrap(), "import", kind, file.to_str().unwrap()]);
        assert!(ran.code == 1 && ran.err.starts_with("error[syntax]: "), "{kind} {ran:?}");
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said_at_its_place() {
    let dir = site();
    let root = dir.path().to_str().unwrap();
    for (kind, text, wanted) in [
        ("kite", "{\n  \"stories\": [1,]\n}", ":2:17: error[syntax]: this is no JSON: trailing comma"),
        ("outlets-kite", "[\n", ":2:1: error[syntax]: this is no JSON: EOF while parsing a list"),
        ("csv", "name;link\nA;b\n", ":1:1: error[syntax]: the table needs a column `url` or `title`"),
        ("outlets-csv", "id,link\n", ":1:1: error[syntax]: the table needs a column `name`"),
        (
            "feed",
            "<rss>\n <channel>\n  <x></y>\n",
            ":3:6: error[syntax]: this is no feed: ill-formed document",
        ),
        ("feed", "\n<html></html>", ":2:1: error[syntax]: this is no feed: it has neither `rss`, `feed`"),
        ("feed", "{\n \"version\": \"x\",\n}", ":3:1: error[syntax]: this is no JSON: trailing comma"),
        ("wikitext", "\nNews\n", ":2:1: error[syntax]: there is no event in this text"),
        ("wikitext", "'''A'''\n*One\n", ":2:1: error[syntax]: there is no event with a source in this text"),
    ] {
        write(dir.path(), "x.txt", text);
        let file = dir.path().join("x.txt");
        let ran =
            dateline(&["-r", root, "import", kind, file.to_str().unwrap(), "--message-format", "short"]);
        assert!(ran.code == 1 && ran.err.contains(wanted), "{kind} {ran:?}");
    }
    write(
        dir.path(),
        "rows.csv",
        "url,title,published\nhttps://a.example/1,A,\nhttps://a.example/2,B,soon\n",
    );
    let ran = dateline(&["-r", root, "import", "csv", dir.path().join("rows.csv").to_str().unwrap()]);
    assert!(ran.err.contains("note: line 3: `soon` is not a date and was left out"), "{ran:?}");
    let feed = "<rss version=\"2.0\"><channel><title>T</title>\n<item><title>A</title></item>\n\n<item></item></channel></rss>";
    let day = "{{Current events|year=2026|month=01|day=02}}\n<!-- a\nb -->\n*Lost\n*A [https://a.example/ (A)]\n<!-- open\n";
    let table = "url,title,id,copy_of\nhttps://a.example/1,A,a,b\n";
    let outlets = "name,country,scope\nA,Germany,local\n";
    for (kind, text, wanted) in [
        ("feed", feed, "note: line 4: an entry without title and link was left out"),
        ("wikitext", day, "note: line 4: an event without a source was left out"),
        ("wikitext", day, "note: line 6: a comment begins that has no end; all after it was left out"),
        ("csv", table, "note: no source has the id `b`: the copy of it was left out"),
        ("outlets-csv", outlets, "note: line 2: `Germany` is no country and was left out"),
    ] {
        write(dir.path(), "x.txt", text);
        let ran = dateline(&["-r", root, "import", kind, dir.path().join("x.txt").to_str().unwrap()]);
        assert!(ran.code == 0 && ran.err.contains(wanted), "{kind} {ran:?}");
    }
}

/// A text with characters that act without being seen between its words, not in tags.
fn with_hidden(text: &str, hidden: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut in_tag = false;
    for (at, &c) in chars.iter().enumerate() {
        in_tag = if in_tag { c != '>' } else { c == '<' };
        let is_inside = |at: usize| chars.get(at).is_some_and(|c| c.is_alphabetic());
        if c == ' ' && !in_tag && at > 0 && is_inside(at - 1) && is_inside(at + 1) {
            out.push_str(hidden);
        }
        out.push(c);
    }
    out
}

#[test]
fn hidden_characters_of_others_do_not_arrive() {
    let samples = [
        ("kite", "kite.json"),
        ("feed", "feed.xml"),
        ("feed", "feed.json"),
        ("csv", "sources.csv"),
        ("page", "page.txt"),
        ("wikitext", "day.wikitext"),
        ("outlets-kite", "media_data.json"),
        ("outlets-csv", "outlets.csv"),
    ];
    for (kind, name) in samples {
        let hidden = match name.rsplit('.').next() {
            Some("json") => "\\u007f\\u202e\\ufffe",
            // XML does not even have the last one.
            Some("xml") => "\u{7f}\u{202E}",
            _ => "\u{7f}\u{202E}\u{FFFE}",
        };
        let text = fs::read_to_string(sample(name)).unwrap();
        let text = with_hidden(&text, hidden);
        assert!(text.contains(hidden), "{name}");
        let dir = site();
        write(dir.path(), name, &text);
        let file = dir.path().join(name);
        let ran = dateline(&["-r", dir.path().to_str().unwrap(), "import", kind, file.to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{name}: {ran:?}");
        let files = content(dir.path());
        assert!(!files.is_empty(), "{name}");
        for (path, text) in files {
            let is_written = text.contains(['\u{7f}', '\u{202E}', '\u{FFFE}']);
            let is_escaped =
                ["\\u007f", "\\u202e", "\\ufffe"].iter().any(|escape| text.to_lowercase().contains(escape));
            assert!(!is_written && !is_escaped, "{name}: {path}\n{text}");
        }
    }
}

/// Nobody knows an outlet.
#[cfg(unix)]
struct Nobody;

#[cfg(unix)]
impl dateline::import::Outlets for Nobody {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn by_host(&self, _: &str) -> Option<String> {
        None
    }
}

/// Processor time of this thread, which other programs cannot lengthen.
#[cfg(unix)]
fn processor_time() -> std::time::Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    std::time::Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(unix)]
#[test]
fn a_megabyte_of_anything_is_read_in_linear_time() {
    use dateline::import::Kind;
    let rows = |row: &dyn Fn(usize) -> String| (0..25_000).map(row).collect::<String>();
    let same_name = rows(&|_| "{\"organization\":\"A\",\"domains\":[]},".to_owned());
    let other_names = rows(&|at| format!("{{\"organization\":\"A{at}\",\"domains\":[\"a{at}.example\"]}},"));
    let list = |entries: &str| format!("[{}]", entries.trim_end_matches(','));
    let one_cell = rows(&|at| format!("a{at}.example "));
    let chain = rows(&|at| format!("S,https://a.example/,a{at},a{}\n", at + 1));
    let cases = [
        (Kind::OutletsKite, list(&same_name)),
        (Kind::OutletsKite, list(&other_names)),
        (Kind::OutletsCsv, format!("name\n{}", rows(&|at| format!("Outlet {at}\n")))),
        (Kind::OutletsCsv, format!("name,domains\nA,{one_cell}\n")),
        (
            Kind::Csv,
            format!("story,url,outlet\n{}", rows(&|at| format!("S{at},https://a{at}.example/,O{at}\n"))),
        ),
        (Kind::Csv, format!("story,url\n{}", rows(&|at| format!("S,https://a.example/{at}\n")))),
        (Kind::Csv, format!("story,url,id,copy_of\n{chain}")),
        (Kind::Wikitext, rows(&|at| format!("*E{at} [https://a.example/{at} (A)]\n"))),
        (Kind::Wikitext, format!("*A [https://a.example/ (A)]\n{}", rows(&|_| "*[[a\n".to_owned()))),
        (Kind::Wikitext, format!("*A [https://a.example/ (A)]\n*{}", rows(&|_| "[[a ".to_owned()))),
        (
            Kind::Feed,
            format!(
                "<rss version=\"2.0\"><channel>{}</channel></rss>",
                rows(&|_| "<item></item>".to_owned())
            ),
        ),
        (Kind::Page, rows(&|at| format!("Line {at}\n"))),
    ];
    let context = dateline::import::Context {
        name: "x".to_owned(),
        today: jiff::civil::date(2026, 1, 2),
        as_sources: false,
    };
    for (kind, text) in cases {
        let started = processor_time();
        if let Ok(mut imported) = dateline::import::read(kind, text.as_bytes(), &context) {
            dateline::import::add_missing_outlets(&mut imported, &Nobody);
        }
        // Without optimisation; what is quadratic takes minutes.
        let took = processor_time().saturating_sub(started);
        let start: String = text.chars().take(60).collect();
        assert!(took.as_secs() < 20, "{kind:?} {took:?}: {start}");
    }
}
