use std::fs;
use std::path::Path;

use super::*;
use crate::build::{Built, Options, Timings, run, run_again};
use crate::site::Filter;
use crate::snapshot;

const OUTLET: &str = "name = \"Post\"\ndomains = [\"post.example\"]\nbias = \"left\"\n";

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    put(root, "dateline.toml", "title = \"T\"\nmin_rated = 1\n");
    put(root, "content/outlets/post.toml", OUTLET);
    put(root, "content/outlets/wire.toml", "name = \"Wire\"\nwire = true\nbias = \"center\"\n");
    let source = "[[sources]]\nurl = \"https://post.example/a\"\ntitle = \"A\"\n";
    put(root, "content/stories/2025-01-01-a.md", &format!("+++\ntitle = \"A\"\n{source}+++\nBody\n"));
    let wired = "[[sources]]\nurl = \"https://other.example/a\"\ntitle = \"A\"\nwire = \"wire\"\n";
    put(root, "content/stories/2025-01-02-b.md", &format!("+++\ntitle = \"B\"\n{wired}+++\nBody\n"));
    dir
}

fn built(root: &Path, memo: Option<&mut Memo>) -> (Built, snapshot::Snapshot) {
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let (snapshot, _) = snapshot::take(root, "dateline.toml", now).unwrap();
    let options = Options { filter: Filter::default(), ..Options::default() };
    let mut timings = Timings::default();
    let outcome = match memo {
        Some(memo) => run_again(&snapshot, &options, memo, &mut timings),
        None => run(&snapshot, &options, &mut timings),
    };
    let outcome = outcome.unwrap();
    assert!(outcome.diags.iter().all(|diag| diag.severity != crate::diag::Severity::Error));
    (outcome.built.unwrap(), snapshot)
}

/// Every page by its path.
fn pages((built, snapshot): &(Built, snapshot::Snapshot)) -> Vec<(String, String)> {
    let bytes = |page| String::from_utf8(built.bytes(page, snapshot).unwrap()).unwrap();
    built.pages.iter().map(|page| (page.path.clone(), bytes(page))).collect()
}

#[test]
fn a_run_with_a_memo_gives_what_a_fresh_one_gives() {
    let dir = site();
    let root = dir.path();
    let mut memo = Memo::default();
    let edits: [(&str, &str); 14] = [
        ("content/outlets/post.toml", "name = \"Post\"\ndomains = [\"post.example\"]\nbias = \"right\"\n"),
        ("content/outlets/wire.toml", "name = \"Wire\"\nwire = true\nbias = \"far-left\"\n"),
        ("content/outlets/post.toml", "name = \"Post\"\ndomains = [\"new.example\"]\nbias = \"right\"\n"),
        ("content/outlets/post.toml", "name = \"Renamed\"\ndomains = [\"post.example\"]\n"),
        ("content/stories/2025-01-02-b.md", "+++\ntitle = \"Other\"\ntopics = [\"X\"]\n+++\n"),
        ("content/stories/2025-01-02-b.md", "+++\ntitle = \"Yet another\"\ntopics = [\"X\"]\n+++\nBody\n"),
        (
            "content/stories/2025-01-02-b.md",
            "+++\ntitle = \"B\"\naliases = [\"/old/\"]\ntopics = [\"X\"]\n+++\n",
        ),
        (
            "content/stories/2025-01-02-b.md",
            "+++\ntitle = \"B\"\ntopics = [\"X\"]\n[[points]]\ntext = \"P\"\n[[perspectives]]\nname = \"N\"\ntext = \"T\"\n+++\n",
        ),
        ("content/stories/2025-01-03-c.md", "+++\ntitle = \"C\"\ndraft = true\n+++\n"),
        ("content/stories/2025-01-03-c.md", "+++\ntitle = \"C\"\n+++\n"),
        ("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nText\n"),
        ("dateline.toml", "title = \"U\"\nmin_rated = 9\ntimezone = \"Asia/Tokyo\"\n"),
        (
            "dateline.toml",
            "title = \"U\"\n[axes.tone]\nname = \"Tone\"\nkind = \"category\"\nlevels = [{ id = \"x\", name = \"X\" }]\n",
        ),
        ("templates/404.html", "gone, said {{ site.title }}"),
    ];
    assert_eq!(pages(&built(root, Some(&mut memo))), pages(&built(root, None)));
    for (path, text) in edits {
        put(root, path, text);
        assert_eq!(pages(&built(root, Some(&mut memo))), pages(&built(root, None)), "after {path}");
    }
    fs::remove_file(root.join("content/stories/2025-01-01-a.md")).unwrap();
    assert_eq!(pages(&built(root, Some(&mut memo))), pages(&built(root, None)));
}

#[test]
fn what_is_unchanged_is_kept() {
    let dir = site();
    std::thread::sleep(std::time::Duration::from_millis(80));
    let mut memo = Memo::default();
    let (first, _) = built(dir.path(), Some(&mut memo));
    put(dir.path(), "content/outlets/post.toml", &OUTLET.replace("left", "right"));
    let (second, _) = built(dir.path(), Some(&mut memo));
    let story = |built: &Built, at: usize| built.world.site.stories()[at].clone();
    for at in [0, 1] {
        assert!(Arc::ptr_eq(&story(&first, at).story, &story(&second, at).story));
    }
    assert!(Arc::ptr_eq(&story(&first, 0).summary, &story(&second, 0).summary), "has no changed outlet");
    assert!(!Arc::ptr_eq(&story(&first, 1).summary, &story(&second, 1).summary));
    assert!(Arc::ptr_eq(&first.world.renderer, &second.world.renderer));
    assert!(Arc::ptr_eq(&first.pages, &second.pages), "no page comes or goes");
}

#[test]
fn a_stamp_is_not_trusted_while_it_is_new() {
    let dir = site();
    let mut memo = Memo::default();
    let path = "content/stories/2025-01-01-a.md";
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let (mut snapshot, _) = snapshot::take(dir.path(), "dateline.toml", now).unwrap();
    let changed = snapshot.find(path).unwrap().stamp.ctime;
    let mut title = |taken: i128, text: &str| {
        // The same stamp, other bytes: written within one tick of the file system's clock.
        put(dir.path(), path, &format!("+++\ntitle = \"{text}\"\n+++\n"));
        snapshot.taken = taken;
        let outcome = run_again(&snapshot, &Options::default(), &mut memo, &mut Timings::default()).unwrap();
        outcome.built.unwrap().world.site.stories()[1].story.title.value.to_string()
    };
    let (soon, later) = (changed + 1_000_000, changed + 1_000_000_000);
    assert_eq!([title(soon, "B"), title(soon, "C")], ["B", "C"], "a new stamp may stand for other bytes");
    assert_eq!([title(later, "D"), title(later, "E")], ["D", "D"], "an old one does not");
}
