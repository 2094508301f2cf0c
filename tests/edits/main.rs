//! Random edit scripts: after every edit the output folder holds exactly what a cold build of the
//! same files writes into an empty one.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

#[path = "../common/mod.rs"]
mod common;
mod script;

use std::collections::BTreeMap;
use std::fs;

use common::{TestSite, copy};
use script::Script;

fn build(site: &TestSite, now: &str) -> String {
    let said = site.run(&["build", "--timings", "--now", now]);
    assert_eq!(said.code, 0, "{}", said.err);
    said.err
}

/// The numbers of pages that a build rendered and remembered, as `--timings` has them.
fn rendered(timings: &str) -> (usize, usize) {
    let line = timings.lines().find(|line| line.contains(" pages rendered, ")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    (words[0].parse().unwrap(), words[3].parse().unwrap())
}

/// What a cold build of the same files writes.
fn cold(site: &TestSite, now: &str) -> BTreeMap<String, Vec<u8>> {
    let cold = TestSite::new();
    for part in ["content", "static", "templates", "i18n"] {
        copy(&site.path(part), &cold.path(part));
    }
    fs::copy(site.path("dateline.toml"), cold.path("dateline.toml")).unwrap();
    build(&cold, now);
    cold.output()
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files.keys().collect()
}

#[test]
fn the_output_is_what_a_cold_build_writes_whatever_was_edited() {
    let mut remembered = 0;
    for seed in 1..=8u64 {
        let mut script = Script::new(seed);
        for _ in 0..10 {
            for _ in 0..=script.dice.roll(2) {
                script.edit();
            }
            remembered += rendered(&build(&script.site, script.now)).1;
            let (warm, cold) = (script.site.output(), cold(&script.site, script.now));
            let done = &script.done;
            assert_eq!(names(&warm), names(&cold), "seed {seed} after {done:?}");
            for (path, bytes) in &warm {
                assert!(cold[path] == *bytes, "{path} differs, seed {seed} after {done:?}");
            }
        }
    }
    assert!(remembered > 500, "only {remembered} pages were remembered");
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"AAAA\"");
    site.build();
    let path = site.path("content/stories/2025-01-01-a.md");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    site.story("2025-01-01-a.md", "title = \"BBBB\"");
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    site.build();
    assert!(site.page("stories/a/index.html").contains("BBBB"));
}

#[test]
fn a_build_of_the_same_is_recognized_and_what_is_remembered_may_be_lost_or_damaged() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"A\"");
    // Only files that have been as they are for a moment are recognized.
    std::thread::sleep(std::time::Duration::from_millis(120));
    let is_made = || site.run(&["build", "--timings"]).err.contains("rendering");
    assert!(is_made());
    let first = site.output();
    assert!(!is_made());
    fs::write(site.path("public/stories/a/index.html"), "altered").unwrap();
    assert!(is_made() && site.output() == first);
    assert!(!is_made());
    let note = site.path(".dateline/built");
    let text = fs::read_to_string(&note).unwrap();
    fs::write(&note, text.replace("built 2 ", "built 2 0")).unwrap();
    assert!(is_made() && site.output() == first);
    fs::remove_dir_all(site.path(".dateline")).unwrap();
    assert!(is_made() && site.output() == first);
    site.write("templates/hooks/foot.html", "<p>foot</p>");
    assert!(is_made() && site.output() != first);
}

#[test]
fn a_story_that_is_not_parsed_again_has_its_warnings_said_again() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"A\"").story("2025-01-02-b.md", "title = \"B\"");
    let path = site.path("content/stories/2025-01-01-a.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\nIt <b>happened</b>.\n")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(120));
    let warnings = |more: &[&str]| {
        let said = site.run(&[&["build"], more].concat());
        said.err.split("\n\n").filter(|part| part.contains("warning")).collect::<Vec<_>>().join("\n")
    };
    let first = warnings(&[]);
    assert!(first.contains("raw-html") && first.contains("It <b>happened</b>"), "{first}");
    assert!(site.path(".dateline/stories").read_dir().unwrap().count() > 0);
    site.story("2025-01-02-b.md", "title = \"Other\"");
    assert_eq!(warnings(&[]), first);
    // The same bytes with another time, as after a fresh checkout.
    fs::File::options().write(true).open(&path).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(warnings(&[]), first);
    assert_eq!(warnings(&["--no-cache"]), first);
}

/// A site of many stories, each of one topic and two outlets.
fn large() -> TestSite {
    let site = TestSite::new();
    for n in 0..300 {
        let day = format!("2025-{:02}-{:02}", n / 28 + 1, n % 28 + 1);
        let source = |at: usize| format!("[[sources]]\noutlet = \"o{}\"\ntitle = \"H\"\n", (n + at) % 40);
        let front = format!("title = \"Story {n}\"\ntopics = [\"T{}\"]\n{}{}", n % 20, source(0), source(1));
        site.story(&format!("{day}-story-{n}.md"), &front);
    }
    for outlet in 0..40 {
        site.write(&format!("content/outlets/o{outlet}.toml"), &format!("name = \"Outlet {outlet}\"\n"));
    }
    site
}

#[test]
fn an_edit_renders_what_shows_it_and_nothing_else() {
    let site = large();
    let (all, none) = rendered(&build(&site, "2026-01-01"));
    assert!(all > 500 && none == 0, "{all} pages, {none} remembered");

    let path = site.path("content/stories/2025-06-11-story-150.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Body.", "Another body.")).unwrap();
    let (fresh, kept) = rendered(&build(&site, "2026-01-01"));
    assert_eq!(fresh, 1, "a body stands on one page");
    assert_eq!(fresh + kept, all);
    assert!(site.page("stories/story-150/index.html").contains("Another body"));

    site.story("2025-06-11-story-300.md", "title = \"One more\"\ntopics = [\"T3\"]");
    let (fresh, kept) = rendered(&build(&site, "2026-01-01"));
    assert!(fresh < 160, "{fresh} pages of {all} were rendered for one story more");
    assert!(fresh + kept > all);

    site.write(
        "templates/topic.html",
        "{% extends \"default/topic.html\" %}{% block head_extra %}<!-- x -->{% endblock %}",
    );
    let (fresh, _) = rendered(&build(&site, "2026-01-01"));
    assert_eq!(fresh, 20, "there are 20 pages of topics");
    assert!(site.page("topics/t3/index.html").contains("<!-- x -->"));

    let (fresh, _) = rendered(&build(&site, "2026-01-02"));
    assert!(fresh < 100, "{fresh} pages of {all} show which day it is");
}

#[test]
fn a_body_that_is_a_key_of_a_file_is_seen_to_change() {
    let site = TestSite::new();
    let story = |body: &str| format!("title = \"A\"\ndate = 2025-01-01\nbody = \"{body}\"\n");
    site.write("content/stories/a.toml", &story("One."));
    site.build();
    assert!(site.page("stories/a/index.html").contains("One."));
    site.write("content/stories/a.toml", &story("Two."));
    site.build();
    assert!(site.page("stories/a/index.html").contains("Two."));
}

#[test]
fn a_file_of_the_output_that_somebody_altered_is_written_again() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"A\"").story("2025-01-02-b.md", "title = \"B\"");
    site.build();
    let first = site.output();
    fs::write(site.path("public/stories/a/index.html"), "altered").unwrap();
    fs::remove_file(site.path("public/stories/b/index.html")).unwrap();
    site.build();
    assert!(site.output() == first);
}

#[test]
fn a_build_of_the_same_says_the_same_warnings_again() {
    let site = TestSite::new();
    site.story(
        "2025-01-01-a.md",
        "title = \"A\"\nimage = { src = \"https://elsewhere.example/a.png\", alt = \"A\" }",
    );
    site.write("content/stray.md", "Nobody reads this.");
    std::thread::sleep(std::time::Duration::from_millis(120));
    let build = |more: &[&str]| site.run(&[&["build", "--timings"], more].concat());
    let warnings = |said: &str| {
        said.split("\n\n").filter(|part| part.contains("warning")).collect::<Vec<_>>().join("\n")
    };
    let first = build(&[]);
    assert!(first.err.contains("stands on another server") && first.err.contains("nothing reads this file"));
    let again = build(&[]);
    assert!(again.err.contains("unchanged") && !again.err.contains("rendering"), "{}", again.err);
    assert_eq!(warnings(&again.err), warnings(&first.err));
    assert_eq!(build(&["--deny-warnings"]).code, 1);
    let json = |said: common::Said| {
        said.err.lines().filter(|line| line.starts_with('{')).map(str::to_owned).collect::<Vec<_>>()
    };
    let as_json = ["--message-format", "json", "build"];
    assert_eq!(json(site.run(&as_json)), json(site.run(&[&as_json[..], &["--no-cache"]].concat())));
}
