//! The reference pages of docs/ say what the program says: between `<!-- begin NAME -->` and
//! `<!-- end -->` stands what is made from the code. `SNAPSHOTS=overwrite cargo test --test reference`
//! brings them up to date.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::reference;
use dateline::schema::Kind;

/// Every part that is made from the code.
const PARTS: [&str; 15] = [
    "variables",
    "components",
    "filters",
    "story",
    "outlet",
    "edition",
    "topic",
    "page",
    "config",
    "theme",
    "axes",
    "outputs",
    "commands",
    "problems",
    "schemas",
];

fn part(name: &str) -> String {
    match name {
        "axes" => reference::axes(),
        "components" => reference::components(),
        "variables" => reference::variables(),
        "filters" => reference::filters(),
        "outputs" => reference::outputs(),
        "commands" => reference::commands(&dateline::cmd::command()),
        "problems" => reference::problems(),
        "schemas" => Kind::ALL.map(|kind| format!("`{}`", kind.name())).join(", ") + "\n",
        name => {
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
            reference::keys(kind.unwrap_or_else(|| panic!("nothing makes a part called {name}")))
        }
    }
}

fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { pages.push(path) }
        }
    }
    pages.sort();
    pages
}

/// A page with its parts made anew, and their names.
fn renewed(text: &str) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- begin ") {
        let (name, after) = after.split_once(" -->").expect("`<!-- begin NAME` ends in `-->`");
        let (_, after) = after.split_once("<!-- end -->").expect("what begins has an end");
        out.push_str(&format!("{before}<!-- begin {name} -->\n\n{}\n\n<!-- end -->", part(name).trim_end()));
        names.push(name.to_owned());
        rest = after;
    }
    (out + rest, names)
}

#[test]
fn the_reference_says_what_the_code_says() {
    let mut found = BTreeSet::new();
    for path in pages() {
        let (expected, names) = renewed(&fs::read_to_string(&path).unwrap());
        found.extend(names);
        snapbox::assert_data_eq!(expected, snapbox::Data::read_from(&path, None).raw());
    }
    let wanted: BTreeSet<String> = PARTS.into_iter().map(str::to_owned).collect();
    assert_eq!(found, wanted, "every part stands on a page");
}

#[test]
fn every_key_of_every_file_is_explained() {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::StoryJson) {
        let keys = reference::keys(kind);
        let rows = keys.lines().filter(|line| line.starts_with("| `"));
        let unexplained: Vec<&str> = rows.filter(|row| row.ends_with("|  |")).collect();
        assert_eq!(unexplained, Vec::<&str>::new(), "{}", kind.name());
    }
    assert!(reference::keys(Kind::Story).contains("### `[[sources]]` {#story-sources}"));
    assert!(reference::keys(Kind::Config).contains("### `[axes.NAME]` {#config-axes-name}"));
}

#[test]
fn every_component_says_what_it_shows() {
    let components = reference::components();
    assert!(components.contains("### widgets.card {#widgets-card}"), "{components}");
    assert!(!components.contains("}\n\n In `"), "a component without a comment at its head");
}
