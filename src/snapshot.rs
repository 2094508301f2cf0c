//! The snapshot: every file that a build may read, and what day it is.
//!
//! In: the site's root. Out: a list of files with their stamps; bytes are read when asked for, so
//! memory never holds them all. This is the only module that reads the site's files.

pub mod kept;
mod walk;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::{Diag, Error};
use walk::Found;

/// The folders of a site that a build reads.
pub const FOLDERS: [&str; 6] = ["content", "static", "templates", "i18n", "themes", "archetypes"];

/// What the file system says of a file: if it is the same, the bytes are taken to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Last change of the bytes, nanoseconds since 1970.
    pub mtime: i128,
    /// Last change of bytes or entry, which no program can set; 0 where the system has none.
    pub ctime: i128,
    /// Number of the file on its disk; 0 where the system has none.
    pub inode: u64,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the root, with `/`.
    pub path: Box<str>,
    /// Its stamp.
    pub stamp: Stamp,
}

/// All files of a site at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The site's root.
    pub root: PathBuf,
    /// The configuration file, relative to the root.
    pub config: Box<str>,
    /// In the order of their paths.
    pub files: Arc<[FileEntry]>,
    /// What the build takes for now.
    pub now: Timestamp,
    /// When the list was begun, nanoseconds since 1970.
    pub taken: i128,
    /// Where links among the files lead: each is a file or folder of the site.
    pub linked: Vec<PathBuf>,
}

/// A file that changed this shortly before the list was begun may change again without a new
/// stamp: clocks of file systems are coarse. In nanoseconds.
const COARSE: i128 = 50_000_000;

/// Lists the files of a site. Files that lead out of it are left out, with a diag each.
pub fn take(root: &Path, config: &str, now: Timestamp) -> Result<(Snapshot, Vec<Diag>), Error> {
    let taken = clock();
    let Found { files, linked, diags } = walk::walk(root, &FOLDERS)?;
    let (root, config) = (root.to_owned(), config.into());
    Ok((Snapshot { root, config, files: files.into(), now, taken, linked }, diags))
}

/// Nanoseconds since 1970.
fn clock() -> i128 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as i128)
}

/// Names that editors and systems give to temporary files, and hidden ones.
pub fn is_passing_name(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name.starts_with('#')
        || name.ends_with('~')
        || name == "4913"
        || name == "Thumbs.db"
        || [".swp", ".swx", ".tmp", ".bak", ".orig", "___jb_tmp___", "___jb_old___", ".crdownload"]
            .iter()
            .any(|end| name.ends_with(end))
}

#[cfg(unix)]
fn stamp(metadata: &fs::Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    Stamp {
        size: metadata.len(),
        mtime: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        ctime: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino(),
    }
}

#[cfg(not(unix))]
fn stamp(metadata: &fs::Metadata) -> Stamp {
    let since = |time: std::time::SystemTime| {
        time.duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_nanos() as i128)
    };
    Stamp { size: metadata.len(), mtime: metadata.modified().map_or(0, since), ctime: 0, inode: 0 }
}

impl Snapshot {
    /// The bytes of one of its files; empty if it has gone since.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let full = self.root.join(path);
        match fs::read(&full) {
            Ok(bytes) => Ok(bytes),
            Err(error) => Err(Error::Read(full, error)),
        }
    }

    /// The bytes of the configuration; empty if there is none.
    pub fn read_config(&self) -> Result<Vec<u8>, Error> {
        match self.read(&self.config) {
            Err(Error::Read(_, error)) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other,
        }
    }

    /// The files below a folder (with `/` at its end), in order.
    pub fn below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s FileEntry> {
        let start = self.files.partition_point(|file| *file.path < *folder);
        self.files[start..].iter().take_while(move |file| file.path.starts_with(folder))
    }

    /// Whether a file's stamp says for sure which bytes it stands for: not if it changed just when
    /// the list was made.
    pub fn is_settled(&self, file: &FileEntry) -> bool {
        let Stamp { size: _, mtime, ctime, inode: _ } = file.stamp;
        let changed = if ctime == 0 { mtime } else { ctime };
        self.taken - changed > COARSE
    }

    /// Whether a file is there.
    pub fn find(&self, path: &str) -> Option<&FileEntry> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|at| &self.files[at])
    }
}
