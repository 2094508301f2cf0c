//! The stat table: what the file system said of each file of the manifest, so that files need not be read.
//!
//! Private, in machine form, in the order of the manifest that it belongs to; a table that is lost,
//! damaged or of another manifest costs the time of reading the files, and nothing else.
//!
//! A file may be altered within the same tick of the file system's clock in which it was written, and
//! then looks unaltered. So a file that is younger than a tick when the table is written is not vouched for.

use std::fs::{File, Metadata};
use std::io::{Seek as _, Write as _};
use std::path::Path;

use super::manifest::Manifest;
use super::{content_hash, replace};
use crate::diag::Error;

const MAGIC: [u8; 16] = *b"dateline-stat 1\n";

/// The longest tick of a clock that shows parts of a millisecond; kernels tick 100 times a second or more.
const FINE_TICK: i64 = 100_000_000;
/// The longest tick of any other (FAT).
const COARSE_TICK: i64 = 2_000_000_000;

/// When and where a file was written last; times in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    mtime: i64,
    /// Change of bytes or entry, which no program can set back.
    ctime: i64,
    inode: u64,
}

impl Stat {
    /// None where the system does not say enough to tell an altered file.
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Option<Stat> {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        Some(Stat {
            mtime: nanoseconds(metadata.mtime(), metadata.mtime_nsec())?,
            ctime: nanoseconds(metadata.ctime(), metadata.ctime_nsec())?,
            inode: metadata.ino(),
        })
    }

    /// None where the system does not say enough to tell an altered file.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Stat> {
        None
    }

    /// Whether an alteration after `moment` must show in the stat.
    fn is_settled(self, moment: i64) -> bool {
        let tick = if self.ctime % 1_000_000 == 0 { COARSE_TICK } else { FINE_TICK };
        self.mtime.max(self.ctime) < moment.saturating_sub(tick)
    }
}

/// What the clock of the file system says, which may be that of another machine.
pub(super) fn moment(lock: &File) -> i64 {
    let touch = || {
        let mut file = lock;
        file.rewind()?;
        file.write_all(b"Dateline holds a lock on this file while it writes this folder.\n")?;
        file.metadata()
    };
    let stat = touch().ok().as_ref().and_then(Stat::of);
    stat.map_or(0, |stat| stat.ctime)
}

/// The stats of a manifest's files.
#[derive(Debug)]
pub(super) struct Table(Vec<Option<Stat>>);

impl Table {
    /// Reads the table that belongs to this manifest; empty if there is none.
    pub(super) fn read(path: &Path, manifest: &Manifest) -> Table {
        let bytes = std::fs::read(path).unwrap_or_default();
        Table(parse(&bytes, manifest).unwrap_or_default())
    }

    /// What is known of the file with this index in the manifest.
    pub(super) fn stat(&self, at: usize) -> Option<Stat> {
        self.0.get(at).copied().flatten()
    }

    /// Writes the table for the manifest with this digest; `moment` as of after the last file.
    pub(super) fn save(
        path: &Path,
        digest: u128,
        moment: i64,
        stats: impl Iterator<Item = Option<Stat>>,
    ) -> Result<(), Error> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(digest.to_le_bytes());
        for stat in stats {
            let settled = stat.filter(|stat| stat.is_settled(moment));
            let Stat { mtime, ctime, inode } = settled.unwrap_or(Stat { mtime: 0, ctime: 0, inode: 0 });
            bytes.extend(mtime.to_le_bytes());
            bytes.extend(ctime.to_le_bytes());
            bytes.extend(inode.to_le_bytes());
        }
        bytes.extend(content_hash(&bytes).to_le_bytes());
        replace(path, &bytes)
    }
}

fn parse(bytes: &[u8], manifest: &Manifest) -> Option<Vec<Option<Stat>>> {
    let (body, checksum) = bytes.split_last_chunk::<16>()?;
    let (digest, entries) = body.strip_prefix(&MAGIC)?.split_first_chunk::<16>()?;
    let (entries, rest) = entries.as_chunks::<24>();
    let is_right = u128::from_le_bytes(*checksum) == content_hash(body)
        && u128::from_le_bytes(*digest) == manifest.digest()
        && entries.len() == manifest.lines().len()
        && rest.is_empty();
    is_right.then(|| entries.iter().map(parse_entry).collect())
}

fn parse_entry(entry: &[u8; 24]) -> Option<Stat> {
    let ([mtime, ctime, inode], []) = entry.as_chunks::<8>() else { return None };
    let inode = u64::from_le_bytes(*inode);
    let stat = Stat { mtime: i64::from_le_bytes(*mtime), ctime: i64::from_le_bytes(*ctime), inode };
    (inode != 0).then_some(stat)
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{Line, NAME, render};
    use super::*;

    #[test]
    fn a_young_file_is_not_settled() {
        let fine = Stat { mtime: 1_000_000_001, ctime: 5_000_000_001, inode: 1 };
        assert!(!fine.is_settled(fine.ctime + FINE_TICK) && fine.is_settled(fine.ctime + FINE_TICK + 1));
        let ahead = Stat { mtime: i64::MAX, ..fine };
        assert!(!ahead.is_settled(fine.ctime + COARSE_TICK));
        let coarse = Stat { ctime: 5_000_000_000, ..fine };
        assert!(
            !coarse.is_settled(coarse.ctime + COARSE_TICK)
                && coarse.is_settled(coarse.ctime + COARSE_TICK + 1)
        );
        assert!(!fine.is_settled(0));
    }

    fn manifest(paths: [&str; 2]) -> Manifest {
        let folder = tempfile::tempdir().unwrap();
        let lines = paths.map(|path| Line { path: path.into(), size: 1, hash: 2 });
        std::fs::write(folder.path().join(NAME), render(lines.iter())).unwrap();
        Manifest::read(folder.path()).unwrap()
    }

    #[test]
    fn a_damaged_table_is_no_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private/output-stat");
        let manifest = manifest(["a", "b"]);
        let save = |moment: i64| {
            let stat = Stat { mtime: 3, ctime: 4, inode: 5 };
            Table::save(&path, manifest.digest(), moment, [Some(stat), None].into_iter()).unwrap();
            Table::read(&path, &manifest)
        };
        assert_eq!(save(4).stat(0), None);
        let table = save(i64::MAX);
        assert!(table.stat(0).is_some());
        assert_eq!((table.stat(1), table.stat(2)), (None, None));

        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(parse(&damaged, &manifest).is_none() && parse(&bytes[..at], &manifest).is_none());
        }
    }

    #[test]
    fn a_table_of_another_manifest_is_no_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("output-stat");
        let stat = Some(Stat { mtime: 3, ctime: 4, inode: 5 });
        Table::save(&path, manifest(["a", "b"]).digest(), i64::MAX, [stat, stat].into_iter()).unwrap();
        assert_eq!(Table::read(&path, &manifest(["a", "b"])).stat(0), stat);
        assert_eq!(Table::read(&path, &manifest(["a", "c"])).stat(0), None);
    }
}
