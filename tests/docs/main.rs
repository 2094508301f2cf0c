//! Every code block of the documentation is tried. Its first line says what it is (CONTRIBUTING.md):
//!
//! - `toml PATH`, `md PATH`, `html PATH`, …: a file of the page's session; `append` adds to one
//! - `sh`: commands of the session, run one after another in a folder of the page's own
//! - `sh elsewhere`: commands that need a network, a host or a person; only their form is checked
//! - `text output`: what the commands right before it print
//! - `toml KIND`: a whole file of that kind; `toml in KIND`: a piece of one
//! - `html`, `json`, `css`, `yaml`: read by what reads such a thing

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod block;
#[path = "../common/mod.rs"]
mod common;
mod piece;
mod session;

use std::fs;
use std::path::{Path, PathBuf};

use block::{Block, Role};

/// What a reader of the documentation may see: the pages of docs/ and the texts at the root.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md"].iter().map(|name| root.join(name)).collect();
    found.retain(|path| path.is_file());
    let mut folders = vec![root.join("docs/content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn blocks(path: &Path) -> Vec<Block> {
    let inner = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
    block::all(&inner.to_string_lossy(), &fs::read_to_string(path).unwrap())
}

#[test]
fn every_block_is_what_it_says() {
    let mut troubles = Vec::new();
    for path in documents() {
        for block in blocks(&path) {
            let trouble = match &block.role {
                Role::Piece { of, whole } => piece::check(&block, of, *whole),
                Role::Elsewhere => session::check_form(&block),
                Role::Unknown => Err("say what the block is: see tests/docs/main.rs".to_owned()),
                Role::File { .. } | Role::Commands | Role::Output => Ok(()),
            };
            if let Err(trouble) = trouble {
                troubles.push(format!("{}:{}: {trouble}", block.file, block.line));
            }
        }
    }
    assert!(troubles.is_empty(), "\n{}", troubles.join("\n"));
}

#[test]
fn every_session_runs() {
    let documents = documents();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let half = documents.len().div_ceil(2);
        let runs = documents.chunks(half).map(|part| {
            scope.spawn(move || {
                let run = |path: &PathBuf| session::run(&blocks(path)).err();
                part.iter().filter_map(run).collect::<Vec<_>>()
            })
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "\n{}", failed.join("\n\n"));
}

#[test]
fn what_only_a_clone_can_try_is_tried_in_a_clone() {
    let run = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).unwrap();
    for path in documents() {
        let blocks = blocks(&path);
        for line in session::cargo_lines(&blocks) {
            assert!(run.contains(line), "{}: .ci/run does not try `{line}`", path.display());
        }
    }
}

#[test]
fn the_worked_example_is_the_one_that_stands_on_the_site() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut compared = 0;
    for block in blocks(&docs.join("content/pages/guide/public-and-private.md")) {
        let Role::File { path, .. } = &block.role else { continue };
        let own = fs::read_to_string(docs.join(path)).unwrap();
        let same = match path.as_str() {
            // The site has settings of its own before those of the example.
            "dateline.toml" => own.ends_with(&block.text[block.text.find("[axes]").unwrap()..]),
            _ => own == block.text,
        };
        assert!(same, "docs/{path} and line {} of the page", block.line);
        compared += 1;
    }
    assert_eq!(compared, 3);
}
