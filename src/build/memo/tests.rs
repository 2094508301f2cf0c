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

/// What a run says and shows, as text.
fn told(root: &Path, memo: &mut Memo) -> Vec<String> {
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let (snapshot, _) = snapshot::take(root, "dateline.toml", now).unwrap();
    let outcome = run_again(&snapshot, &Options::default(), memo, &mut Timings::default()).unwrap();
    let built = outcome.built.unwrap();
    let page = |page: &crate::page::Page| match built.bytes(page, &snapshot) {
        Ok(bytes) => format!("{} {} {:?}", page.path, page.source, String::from_utf8_lossy(&bytes)),
        Err(trouble) => format!("{} {trouble:?}", page.path),
    };
    let diags = outcome.diags.iter().map(|diag| format!("{} {:?} {}", diag.path, diag.span, diag.message));
    diags.chain([outcome.until.to_string()]).chain(built.pages.iter().map(page)).collect()
}

/// Edits of all kinds, one upon another, good ones and bad ones.
#[test]
fn whatever_is_edited_a_memo_changes_nothing() {
    const FRONTS: [&str; 16] = [
        "title = \"One\"\ntopics = [\"X\"]",
        "title = \"Two\"\ntopics = [\"X\"]",
        "title = \"Two\"\ntopics = [\"X\", \"Y\"]",
        "title = \"One\"\ntopics = [\"X\"]\nrelated = [\"s1\"]",
        "title = \"One\"\nfollows = \"s2\"\ntopics = [\"Y\"]",
        "title = \"One\"\nfollows = \"s2\"\ntopics = [\"Y\"]\ndraft = true",
        "title = \"One\"\nlang = \"de\"\ntranslations = [\"s0\"]",
        "title = \"One\"\nwithdrawn = \"wrong\"",
        "title = \"One\"\naliases = [\"/old/\"]",
        "title = \"One\"\nslug = \"s3\"",
        "title = \"One\"\nid = \"same\"",
        "title = \"One\"\nweight = 2\nimage = { src = \"a.png\" }",
        "title = \"One\"\nexpires = 2026-03-01",
        "title = \"One\"\n[[sources]]\nurl = \"https://post.example/a\"\ntitle = \"A\"",
        "title = \"One\"\n[[sources]]\nurl = \"https://a.example/a\"\ntitle = \"A\"\nwire = \"wire\"",
        "title = \"One\"\n[[sources]]\noutlet = \"nobody\"\ntitle = \"A\"",
    ];
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    put(
        root,
        "dateline.toml",
        "title = \"T\"\nmin_rated = 1\nsearch = false\n[outputs]\nstory = [\"html\", \"svg\"]\n",
    );
    put(root, "content/outlets/wire.toml", "name = \"Wire\"\nwire = true\nbias = \"center\"\n");
    let mut seed = 7u32;
    let mut any = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    let mut memo = Memo::default();
    for step in 0..60 {
        let at = any(4);
        let story = format!("content/stories/2025-01-0{}-s{at}.md", at + 1);
        let (path, text) = match any(12) {
            0 => (
                "content/outlets/post.toml".into(),
                OUTLET.replace("left", ["right", "center"][any(2) as usize]),
            ),
            1 => ("content/outlets/wire.toml".into(), format!("name = \"Wire {}\"\nwire = true\n", any(2))),
            2 => (
                "content/topics/x.md".into(),
                format!("+++\nname = \"X\"\nparent = \"{}\"\n+++\n", ["Y", "Z"][any(2) as usize]),
            ),
            3 => (
                "content/editions/2025-02-01.md".into(),
                format!("+++\ntitle = \"E\"\nstories = [\"s{}\"]\n+++\n", any(4)),
            ),
            4 => {
                let _ = fs::remove_file(root.join(&story));
                ("content/pages/about.md".into(), format!("+++\ntitle = \"About\"\n+++\n{step}\n"))
            }
            _ => (story, format!("+++\n{}\n+++\nBody {}\n", FRONTS[any(16) as usize], any(3))),
        };
        put(root, &path, &text);
        assert_eq!(told(root, &mut memo), told(root, &mut Memo::default()), "step {step}: {path}\n{text}");
    }
}
