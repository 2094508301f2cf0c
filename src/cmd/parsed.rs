//! Parsed stories on the disk: read before a build, written again where they have become others.
//!
//! They stand in `.dateline/stories/`, in shards with a checksum each; see `build::Memo`. One that
//! cannot be read or written costs the time of parsing, and that is all.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::build::Place;
use super::unchanged;
use crate::build::Memo;
use crate::output::content_hash;

fn place(root: &Path, shard: usize) -> PathBuf {
    root.join(format!(".dateline/stories/{shard:02x}"))
}

/// Names this program: what another one has parsed may have another form.
fn program() -> u128 {
    content_hash(format!("{} {:?}", env!("CARGO_PKG_VERSION"), unchanged::program()).as_bytes())
}

/// Gives a memo what an earlier build has parsed.
pub fn recall(Place { root, no_cache, .. }: Place, memo: &mut Memo) {
    let read = |shard: usize, buffer: &mut Vec<u8>| {
        let mut file = fs::File::open(place(root, shard)).ok()?;
        file.read_to_end(buffer).ok().map(drop)
    };
    if !no_cache {
        memo.recall_stories(program(), read);
    }
}

/// Writes what a build has parsed.
pub fn keep(Place { root, no_cache, .. }: Place, memo: &Memo) {
    if !no_cache && fs::create_dir_all(root.join(".dateline/stories")).is_ok() {
        memo.keep_stories(program(), |shard, bytes| drop(fs::write(place(root, shard), bytes)));
    }
}
