//! Every input that fuzzing found worth keeping, through the functions of the fuzz targets.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use dateline::import::Kind;
use fuzz::{content, imports, markdown, pages};

fn each(target: &str, check: impl Fn(&[u8])) {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut inputs = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        check(&std::fs::read(path).unwrap());
        inputs += 1;
    }
    assert!(inputs > 0, "{folder} is empty");
}

#[test]
fn kept_inputs_of_files() {
    each("front_matter", content::front_matter);
    each("format", content::format);
    each("markdown", markdown::markdown);
}

#[test]
fn kept_inputs_of_pages() {
    each("story_page", pages::story_page);
}

#[test]
fn kept_inputs_of_importers() {
    each("web_page", imports::web_page);
    for (target, kind) in [
        ("import_kite", Kind::Kite),
        ("import_feed", Kind::Feed),
        ("import_csv", Kind::Csv),
        ("import_page", Kind::Page),
        ("import_wikitext", Kind::Wikitext),
        ("import_outlets_kite", Kind::OutletsKite),
        ("import_outlets_csv", Kind::OutletsCsv),
    ] {
        each(target, |bytes| imports::import(kind, bytes));
    }
}
