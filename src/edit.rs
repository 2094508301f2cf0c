//! Edits of files that a person wrote: what is not meant to change keeps every byte.
//!
//! In: a text and what to change. Out: the new text. Knows nothing of the disk.

mod append;
mod format;
mod links;
mod rename;
mod wrap;

use std::ops::Range;

use crate::content::outlet::RawOutlet;
use crate::content::pages::{RawEdition, RawPage, RawTopic};
use crate::content::record::Record;
use crate::content::story::raw::RawStory;

pub use append::{Refusal, append_source};
pub use format::format;
pub use links::{moved_links, moved_urls};
pub use rename::{NewName, references, renamed};

/// The list of keys that a file below content/ takes; `None` where order means something or nothing is known.
pub fn record_of(path: &str) -> Option<&'static Record> {
    let folders = [
        ("content/stories/", RawStory::RECORD),
        ("content/outlets/", RawOutlet::RECORD),
        ("content/editions/", RawEdition::RECORD),
        ("content/topics/", RawTopic::RECORD),
        ("content/pages/", RawPage::RECORD),
    ];
    folders.into_iter().find(|(folder, _)| path.starts_with(folder)).map(|(_, record)| record)
}

/// Replaces ranges of a text, which must not overlap; all else keeps its bytes.
fn replace_all(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        out.replace_range(range, &new);
    }
    out
}
