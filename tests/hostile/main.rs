//! Content is hostile until shown otherwise (spec section 7): every text field, filled with every
//! text that tries to leave its place, in every output, read as readers' programs read it.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod files;
mod fill;
mod refused;
mod said;
mod texts;

#[path = "../common/mod.rs"]
mod common;
#[path = "../inert/mod.rs"]
mod inert;

use std::collections::BTreeMap;

use dateline::build::{self, Options, Timings};
use dateline::content::axis::RawRater;
use dateline::content::config::RawNav;
use dateline::content::outlet::RawOutlet;
use dateline::content::pages::{RawEdition, RawPage, RawTopic};
use dateline::content::story::raw::RawStory;
use dateline::diag::Severity;
use dateline::snapshot;
use dateline::starter::quoted;

use fill::{Filler, mark};

/// Fields that no page shows: identities are hashed, and a topic bears the name of its own file.
const UNSEEN: [&str; 3] = ["RawStory.topics", "RawEdition.id", "RawStory.id"];

#[test]
fn no_text_leaves_its_place_in_any_output() {
    let mut seen_kinds: BTreeMap<String, usize> = BTreeMap::new();
    for hostile in texts::all() {
        let mut filler = Filler::new(&hostile.text);
        let files = site(&mut filler);
        let has_paths = matches!(hostile.name, "markup" | "template" | "links");
        for relative in [false, true].into_iter().take(if has_paths { 2 } else { 1 }) {
            let out = built(&files, relative);
            for (path, bytes) in &out {
                let found = inert::faults(path, bytes);
                assert!(found.is_empty(), "{} in {path}: {found:#?}", hostile.name);
                *seen_kinds.entry(path.rsplit('.').next().unwrap().to_owned()).or_default() += 1;
            }
            if !relative {
                every_field_is_shown(hostile.name, &filler, &out);
                data_is_what_was_written(&hostile.text, &out);
            }
        }
    }
    for kind in ["html", "json", "csv", "svg", "xml", "opml", "txt"] {
        assert!(seen_kinds.contains_key(kind), "no {kind} was looked at");
    }
}

/// Otherwise nothing has been tried.
fn every_field_is_shown(name: &str, filler: &Filler, out: &BTreeMap<String, Vec<u8>>) {
    let all: Vec<std::borrow::Cow<str>> = out.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for (at, field) in filler.fields.iter().enumerate() {
        let is_own =
            field.ends_with(".extra") || field.ends_with("theme_options") || UNSEEN.contains(&&**field);
        let is_shown = all.iter().any(|text| text.contains(&mark(at)));
        // A text of several screens is cut where only a line has room.
        assert!(is_shown || is_own || name == "long", "{name}: no output shows {field}");
    }
}

/// Inert is not damaged: data holds the very text.
fn data_is_what_was_written(text: &str, out: &BTreeMap<String, Vec<u8>>) {
    let story: serde_json::Value = serde_json::from_slice(&out["stories/s/story.json"]).unwrap();
    let title = story["title"].as_str().unwrap();
    assert!(title.starts_with(text.trim_end()) || title.starts_with(text), "{title:?}");
    let source = story["sources"][0]["title"].as_str().unwrap();
    assert!(source.starts_with(text), "{source:?}");
}

/// The files of a site, every text field of which is filled.
fn site(filler: &mut Filler) -> Vec<(&'static str, Vec<u8>)> {
    let axis = "[axes.reach]\nkind = \"category\"\n";
    let config = format!(
        "title = {}\ndescription = {}\nlicense = {}\nbase_url = \"https://t.example/sub/\"\nsearch = true\n\
         nav = [{{ {} }}]\n[outputs]\nstory = [\"html\", \"json\", \"csv\", \"csl\", \"svg\", \"embed\"]\n\
         feeds = [\"site\", \"topics\", \"outlets\", \"blindspots\", \"editions\"]\n\
         [axes.bias.raters.tester]\n{}{axis}name = {}\nlevels = [{{ id = \"a\", name = {} }}, {{ id = \"b\", name = {} }}]\n",
        quoted(&filler.text("config.title")),
        quoted(&filler.text("config.description")),
        quoted(&filler.text("config.license")),
        filler.record(RawNav::RECORD).trim_end().replace('\n', ", "),
        filler.record(RawRater::RECORD),
        quoted(&filler.text("axis.name")),
        quoted(&filler.text("level.name")),
        quoted(&filler.text("level.name")),
    );
    let story = filler.record(RawStory::RECORD);
    let body = filler.text("story.body");
    let gone = format!(
        "title = \"Gone\"\ndate = 2026-01-02\nwithdrawn = {}\n",
        quoted(&filler.text("story.withdrawn"))
    );
    let outlet = filler.record(RawOutlet::RECORD) + "reach = \"a\"\n";
    let edition = filler.record(RawEdition::RECORD);
    let topic = filler.record(RawTopic::RECORD);
    let page = filler.record(RawPage::RECORD);
    let with_body = |front: &str, body: &str| format!("+++\n{front}+++\n\n{body}\n").into_bytes();
    vec![
        ("dateline.toml", config.into_bytes()),
        ("content/stories/s/index.toml", format!("{story}body = {}\n", quoted(&body)).into_bytes()),
        ("content/stories/s/picture.png", PICTURE.to_vec()),
        ("content/stories/gone.toml", gone.into_bytes()),
        ("content/outlets/o.toml", outlet.into_bytes()),
        ("content/outlets/tester.toml", TESTED.to_vec()),
        ("static/logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".to_vec()),
        ("content/editions/e.md", with_body(&edition, &filler.text("edition.body"))),
        ("content/topics/t.md", with_body(&topic, "")),
        ("content/pages/p.md", with_body(&page, &filler.text("page.body"))),
    ]
}

/// An outlet whose rating has the licence of its rater.
const TESTED: &[u8] = br#"name = "T"
logo = "/logo.svg"
reach = "b"
ratings = [{ axis = "bias", rater = "tester", level = "left" }]
"#;

/// One grey point.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

/// Every file of the output, by path.
fn built(files: &[(&str, Vec<u8>)], relative: bool) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let now = "2026-06-01T00:00:00Z".parse().unwrap();
    let (snapshot, _) = snapshot::take(folder.path(), "dateline.toml", now).unwrap();
    let options = Options { relative, ..Options::default() };
    let outcome = build::run(&snapshot, &options, &mut Timings::default()).unwrap();
    let errors = outcome.diags.iter().filter(|diag| diag.severity == Severity::Error);
    assert_eq!(errors.map(|diag| format!("{}: {}", diag.path, diag.message)).collect::<Vec<_>>(), [""; 0]);
    let site = outcome.built.unwrap();
    let bytes = |page: &dateline::page::Page| {
        let bytes =
            site.bytes(page, &snapshot).unwrap_or_else(|trouble| panic!("{}: {trouble:?}", page.path));
        (page.path.clone(), bytes)
    };
    site.pages.iter().filter(|page| !page.path.starts_with("assets/")).map(bytes).collect()
}
