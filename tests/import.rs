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
    assert!(ran.err.contains("7 articles are counted on the page, 3 are listed"), "{ran:?}");
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
}
