//! Writes the index of the search, made anew only if what it knows has changed.
//!
//! The memo lists the files of the last index by hash. The output checks every one of them, so a
//! memo that is old, damaged or of another folder costs time and nothing else.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::build::{Built, search};
use crate::diag::Error;
use crate::output::{Output, content_hash};

/// Writes or keeps every file of the index.
pub fn write(built: &Built, output: &Output, memo: &Path, is_fresh: bool) -> Result<(), Error> {
    let Some(records) = built.search_records() else {
        return Ok(());
    };
    let key = search::key(&records);
    let known = if is_fresh { Vec::new() } else { read(memo, key) };
    let kept: BTreeSet<&str> =
        known.iter().filter(|(hash, path)| output.keep(path, *hash)).map(|(_, path)| &**path).collect();
    if !known.is_empty() && kept.len() == known.len() {
        return Ok(());
    }
    let files = search::files(records)?;
    for (path, bytes) in files.iter().filter(|(path, _)| !kept.contains(&**path)) {
        output.write(path, bytes)?;
    }
    remember(memo, key, &files);
    Ok(())
}

/// The files of the index with this key; none if the memo is of another one, or damaged.
fn read(memo: &Path, key: u128) -> Vec<(u128, String)> {
    let text = fs::read_to_string(memo).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(&head(key)) || lines.next_back() != Some(END) {
        return Vec::new();
    }
    let file = |line: &str| {
        let (hash, path) = line.split_once(' ')?;
        Some((u128::from_str_radix(hash, 16).ok()?, path.to_owned()))
    };
    lines.map(file).collect::<Option<_>>().unwrap_or_default()
}

const END: &str = "end";

fn head(key: u128) -> String {
    format!("dateline-search 1 {key:032x}")
}

fn remember(memo: &Path, key: u128, files: &[(String, Vec<u8>)]) {
    let mut text = head(key) + "\n";
    for (path, bytes) in files {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{:032x} {path}", content_hash(bytes));
    }
    text.push_str(END);
    // Without a memo the next build indexes anew.
    let _ = memo.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(memo, text));
}
