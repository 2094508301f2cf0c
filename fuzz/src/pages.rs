//! A story of any bytes, built into every page of a site.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use dateline::build::{self, Memo, Options, Timings};
use dateline::site::Filter;
use dateline::snapshot;
use tempfile::TempDir;

use super::inert;

const CONFIG: &str = r#"title = "Fuzzed"
base_url = "https://fuzzed.example/"
search = false
[outputs]
story = ["html", "json", "csv", "csl", "svg", "embed"]
"#;
const OUTLETS: &str = r#"
[a]
name = "A"
domains = ["a.example"]
bias = "left"
[b]
name = "B"
domains = ["b.example"]
bias = "right"
wire = true
"#;
const EDITION: &str = "+++\ntitle = \"One\"\ndate = 2025-08-01\nstories = [\"a\"]\n+++\n";

struct Bench {
    folder: TempDir,
    memo: Memo,
}

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

fn bench() -> std::io::Result<Bench> {
    let folder = tempfile::tempdir()?;
    put(folder.path(), "dateline.toml", CONFIG.as_bytes())?;
    put(folder.path(), "content/outlets.toml", OUTLETS.as_bytes())?;
    put(folder.path(), "content/editions/one.md", EDITION.as_bytes())?;
    Ok(Bench { folder, memo: Memo::default() })
}

fn put(root: &Path, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap_or(root))?;
    fs::write(path, bytes)
}

/// Builds a site with this story; what is written is inert, and what is not has a reason.
pub fn story_page(bytes: &[u8]) {
    BENCH.with_borrow_mut(|slot| {
        let bench = slot.get_or_insert_with(|| bench().expect("a folder for temporary files"));
        put(bench.folder.path(), "content/stories/a.md", bytes).expect("a place for a story");
        built(bench);
    });
}

fn built(bench: &mut Bench) {
    let now = "2025-08-02T00:00:00Z".parse().expect("a date");
    let (snapshot, _) = snapshot::take(bench.folder.path(), "dateline.toml", now).expect("a site");
    let filter = Filter { drafts: true, future: true, expired: true };
    let options = Options { filter, ..Options::default() };
    let outcome =
        build::run_again(&snapshot, &options, &mut bench.memo, &mut Timings::default()).expect("a run");
    let Some(site) = outcome.built.filter(|_| build::may_write(&outcome.diags, false)) else {
        assert!(!outcome.diags.is_empty(), "no site, and no reason");
        return;
    };
    for page in site.pages.iter().filter(|page| !page.path.starts_with("assets/")) {
        let bytes = match site.bytes(page, &snapshot) {
            Ok(bytes) => bytes,
            Err(trouble) => panic!("{}: {trouble:?}", page.path),
        };
        assert_eq!(inert::faults(&page.path, &bytes), Vec::<String>::new(), "{}", page.path);
    }
}
