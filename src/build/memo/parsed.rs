//! Parsed stories as bytes, for the builds that follow.
//!
//! In: the bytes of shards, each of which holds the stories whose paths fall to it. Out: a memo that knows
//! them; later the shards that have become others. A story is known by its path and stamp, or by the digest
//! of its file where only the stamp differs (a fresh checkout). A shard that is lost, damaged, of another
//! program or another moment costs the time of parsing and nothing else. Knows no disk.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Kept, Memo};
use crate::content::digest;
use crate::content::keep::{Keep, keep, keep_text, recall_text};
use crate::content::story::Story;
use crate::snapshot::Stamp;

/// How many shards there are: an edit of a story has its shard written again.
pub const SHARDS: usize = 64;

type KeptStory = Kept<Option<Arc<Story>>>;

/// The digest of what each shard holds: paths and stamps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held([u128; SHARDS]);

impl Default for Held {
    fn default() -> Held {
        Held([0; SHARDS])
    }
}

keep! { Stamp { size, mtime, ctime, inode } }

impl Memo {
    /// Takes over the stories that an earlier build of this program parsed. `read` appends the bytes of a
    /// shard to a buffer, if there is one.
    pub fn recall_stories(&mut self, program: u128, read: impl Fn(usize, &mut Vec<u8>) -> Option<()> + Sync) {
        let recalled = |buffer: &mut Vec<u8>, at: usize| {
            buffer.clear();
            read(at, buffer)?;
            Some((at, decode(program, buffer)?))
        };
        let shards: Vec<_> = (0..SHARDS).into_par_iter().map_init(Vec::new, recalled).collect();
        for (at, stories) in shards.into_iter().flatten() {
            self.held.0[at] = held(stories.iter().map(|(path, kept)| (&**path, kept)));
            self.stories.0.extend(stories);
        }
    }

    /// Gives the bytes of every shard that holds something else now than when it was read to `write`.
    pub fn keep_stories(&self, program: u128, write: impl Fn(usize, &[u8]) + Sync) {
        let mut shards: Vec<Vec<(&str, &KeptStory)>> = vec![Vec::new(); SHARDS];
        for (path, kept) in self.stories.0.iter().filter(|(_, kept)| kept.is_settled) {
            shards[shard(path)].push((path, kept));
        }
        shards.into_par_iter().zip(&self.held.0).enumerate().for_each(|(at, (mut stories, before))| {
            stories.sort_unstable_by_key(|(path, _)| *path);
            if held(stories.iter().copied()) != *before {
                write(at, &encode(program, &stories));
            }
        });
    }
}

/// The shard of a path.
fn shard(path: &str) -> usize {
    (digest::of(path.as_bytes()) % SHARDS as u128) as usize
}

/// The digest of what a shard holds; 0 if that is nothing.
fn held<'k>(stories: impl Iterator<Item = (&'k str, &'k KeptStory)>) -> u128 {
    let mut bytes = Vec::new();
    for (path, kept) in stories {
        keep_text(path, &mut bytes);
        kept.stamp.keep(&mut bytes);
    }
    if bytes.is_empty() { 0 } else { digest::of(&bytes) }
}

/// The program, the stories, a checksum.
fn encode(program: u128, stories: &[(&str, &KeptStory)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(stories.len() * 16_384);
    program.keep(&mut bytes);
    for (path, Kept { value, diags, stamp, digest, is_settled: _ }) in stories {
        keep_text(path, &mut bytes);
        stamp.keep(&mut bytes);
        digest.keep(&mut bytes);
        diags.keep(&mut bytes);
        value.is_some().keep(&mut bytes);
        if let Some(story) = value {
            story.keep(&mut bytes);
        }
    }
    digest::of(&bytes).keep(&mut bytes);
    bytes
}

/// The stories of a shard, in the order of their paths; none of anything but a whole shard of this program.
fn decode(program: u128, bytes: &[u8]) -> Option<Vec<(Box<str>, KeptStory)>> {
    let (body, mut checksum) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
    if u128::recall(&mut checksum)? != digest::of(body) {
        return None;
    }
    let mut rest = body;
    if u128::recall(&mut rest)? != program {
        return None;
    }
    let mut stories = Vec::new();
    while !rest.is_empty() {
        let path = recall_text(&mut rest)?;
        let (stamp, digest) = (Keep::recall(&mut rest)?, Keep::recall(&mut rest)?);
        let diags = Keep::recall(&mut rest)?;
        let value = Option::<Story>::recall(&mut rest)?.map(Arc::new);
        stories.push((path.into(), Kept { value, diags, stamp, digest, is_settled: true }));
    }
    Some(stories)
}

#[cfg(test)]
mod tests;
