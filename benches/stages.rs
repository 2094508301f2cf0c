//! What single stages of a build cost: `cargo bench`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "benchmarks write files of their own")]

use std::fs;

use dateline::build::{self, Options, Timings};
use dateline::content::story;
use dateline::coverage::{self, Rules};
use dateline::page::Kind;
use dateline::snapshot;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const PATH: &str = "content/stories/2025-07-31-bridge.md";

/// A story with as many articles, each of an outlet of its own.
fn text(articles: usize) -> String {
    let mut text = String::from(
        "+++\ntitle = \"Bridge opens after nine years\"\nplace = \"Port Sorrel\"\nsummary = \"The new bridge opened on Saturday.\"\n\
         topics = [\"Bridges\"]\npoints = [\"It cost twice the estimate.\"]\n",
    );
    for at in 0..articles {
        text.push_str(&format!(
            "[[sources]]\nurl = \"https://outlet-{at}.example/2025/07/31/bridge\"\ntitle = \"Headline {at} about a bridge\"\n\
             published = 2025-07-31T10:{:02}:00Z\nexcerpt = \"The bridge, begun nine years ago, opened on Saturday to crowds.\"\n",
            at % 60
        ));
    }
    text + "+++\n\nMore about it, in *Markdown*.\n"
}

#[divan::bench(args = [5, 20, 60])]
fn parse(bencher: Bencher, articles: usize) {
    let text = text(articles);
    bencher.bench(|| story::parse(PATH, black_box(text.as_bytes())));
}

/// A site of one story in a temporary folder, up to the plan of its pages.
fn site(articles: usize) -> (tempfile::TempDir, snapshot::Snapshot, build::Built) {
    let folder = tempfile::tempdir().unwrap();
    let stories = folder.path().join("content/stories");
    fs::create_dir_all(&stories).unwrap();
    fs::write(folder.path().join(PATH), text(articles)).unwrap();
    let outlet = |at| {
        let level = ["left", "center", "right"][at % 3];
        format!("[o{at}]\nname = \"Outlet {at}\"\ndomains = [\"outlet-{at}.example\"]\nbias = \"{level}\"\n")
    };
    let outlets: String = (0..articles).map(outlet).collect();
    fs::write(folder.path().join("content/outlets.toml"), outlets).unwrap();
    let now = "2025-08-31T00:00:00Z".parse().unwrap();
    let (snapshot, _) = snapshot::take(folder.path(), "dateline.toml", now).unwrap();
    let outcome = build::run(&snapshot, &Options::default(), &mut Timings::default()).unwrap();
    (folder, snapshot, outcome.built.unwrap())
}

#[divan::bench(args = [5, 20, 60])]
fn count(bencher: Bencher, articles: usize) {
    let (_folder, _, built) = site(articles);
    let site = &built.world.site;
    let rules = Rules::of(&site.config);
    bencher.bench(|| coverage::count(&site.stories()[0].story, &site.registry, &rules, site.zone()));
}

#[divan::bench(args = [5, 20, 60])]
fn page(bencher: Bencher, articles: usize) {
    let (_folder, snapshot, built) = site(articles);
    let page = built.pages.iter().find(|page| page.kind == Kind::Story(0)).unwrap();
    bencher.bench(|| built.bytes(page, &snapshot).is_ok());
}
