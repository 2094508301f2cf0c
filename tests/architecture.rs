//! Holds the house to its plan: modules import only from further down, and say what they are.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the roof to the ground. A module may import from those after it.
const ORDER: [&str; 28] = [
    "cmd",
    "serve",
    "check",
    "probe",
    "add",
    "edit",
    "import",
    "reference",
    "schema",
    "starter",
    "output",
    "build",
    "page",
    "render",
    "theme",
    "site",
    "coverage",
    "text",
    "locale",
    "content",
    "markdown",
    "snapshot",
    "picture",
    "html",
    "slug",
    "link",
    "scan",
    "diag",
];

/// Modules that touch the disk, the clock, the network or the environment.
const IO: [&str; 6] = ["cmd", "import", "output", "probe", "serve", "snapshot"];

fn sources() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inner = path.strip_prefix(&src).unwrap();
                let module = inner.components().next().unwrap().as_os_str().to_str().unwrap();
                let module = module.trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).unwrap();
                files.push((module, path, text));
            }
        }
    }
    files
}

/// The modules of this crate that a text names: `crate::page::…`, and `use crate::{…}`.
fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        found.insert(rest[..end].to_owned());
    }
    found
}

#[test]
fn modules_import_only_from_further_down() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut upward = Vec::new();
    for (module, path, text) in sources() {
        if module == "main" || module == "lib" {
            continue;
        }
        let Some(own) = place(&module) else { panic!("{module} has no place in the order of modules") };
        for other in named(&text) {
            if place(&other).is_some_and(|other| other < own) {
                upward.push(format!("{} imports {other}", path.display()));
            }
        }
    }
    assert_eq!(upward, Vec::<String>::new());
}

#[test]
fn only_modules_at_the_rim_do_input_and_output() {
    let calls = ["std::fs", "fs::read", "std::env::var", "Timestamp::now", "Instant::now", "std::net"];
    let mut found = Vec::new();
    for (module, path, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        // Stages of the pipeline time themselves; that is no input.
        let allowed = |call: &str| call == "Instant::now" && module == "build";
        for call in calls.iter().filter(|call| code.contains(**call) && !allowed(call)) {
            if !IO.contains(&module.as_str()) && !path.to_string_lossy().ends_with("tests.rs") {
                found.push(format!("{} uses {call}", path.display()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, path, text)| !text.starts_with("//!") && !path.to_string_lossy().ends_with("tests.rs"))
        .map(|(_, path, _)| path.display().to_string())
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    assert!(map.lines().count() < 120, "ARCHITECTURE.md is for one screen");
    for module in ORDER {
        assert!(map.contains(&format!("`{module}/")) || map.contains(&format!("`{module}.rs")), "{module}");
    }
}

/// What a page is made from is noted on its own thread.
#[test]
fn pages_hand_work_to_other_threads_by_reads_alone() {
    let is_page = |module: &str| ["page", "render"].contains(&module);
    let parallel: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|(module, _, text)| is_page(module) && (text.contains("rayon") || text.contains("thread::")))
        .map(|(_, path, _)| path)
        .collect();
    assert!(parallel.is_empty(), "use site::reads::in_parallel: {parallel:?}");
}
