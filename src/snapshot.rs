//! The snapshot: every file that a build may read, and what day it is.
//!
//! In: the site's root. Out: a list of files with their stamps; bytes are read when asked for, so
//! memory never holds them all. This is the only module that reads the site's files.

pub mod kept;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diag::{Code, Diag, Error};

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
    pub files: Vec<FileEntry>,
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
    let mut found = Vec::new();
    let mut linked = Vec::new();
    let mut diags = Vec::new();
    for folder in FOLDERS {
        let top = root.join(folder);
        if top.exists() {
            diags.extend(list(root, &top, &mut found, &mut linked)?);
        }
    }
    // A file may go between being listed and being looked at; then it is no more.
    let stamped = |entry: &DirEntry| {
        let metadata = entry.metadata().ok()?;
        Some(FileEntry { path: relative(root, entry.path()).into(), stamp: stamp(&metadata) })
    };
    let mut files: Vec<FileEntry> = found.par_iter().filter_map(stamped).collect();
    files.par_sort_by(|a, b| a.path.cmp(&b.path));
    Ok((Snapshot { root: root.to_owned(), config: config.into(), files, now, taken, linked }, diags))
}

/// Nanoseconds since 1970.
fn clock() -> i128 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as i128)
}

fn list(
    root: &Path,
    top: &Path,
    files: &mut Vec<DirEntry>,
    linked: &mut Vec<PathBuf>,
) -> Result<Vec<Diag>, Error> {
    let mut diags = Vec::new();
    let mut walk = WalkDir::new(top).follow_links(true).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // A file that was there a moment ago, or a link to nowhere.
            Err(error) if is_gone(&error) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(top).to_owned();
                if error.loop_ancestor().is_some() {
                    diags.push(outside(&relative(root, &path), ABOVE));
                    continue;
                }
                let error = error.into_io_error().unwrap_or_else(|| io::Error::other("unknown"));
                return Err(Error::Read(path, error));
            }
        };
        let is_folder = entry.file_type().is_dir();
        if is_passing(&entry) {
            if is_folder {
                walk.skip_current_dir();
            }
            continue;
        }
        if let Some(fault) = entry.path_is_symlink().then(|| fault_of_link(root, entry.path())).flatten() {
            diags.push(outside(&relative(root, entry.path()), fault));
            if is_folder {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() {
            linked.extend(entry.path().canonicalize());
        }
        if entry.file_type().is_file() {
            files.push(entry);
        }
    }
    Ok(diags)
}

fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn outside(path: &str, what: &str) -> Diag {
    Diag::warning(Code::OutsideSite, path, format!("the file {what} and was left out"))
        .help("copy the file into the site instead of linking to it")
}

/// Whether a file is there only in passing: hidden, or an editor's temporary file.
fn is_passing(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return false;
    }
    let Some(name) = entry.file_name().to_str() else {
        return true;
    };
    is_passing_name(name)
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

/// Why a link is not followed. One to the folder that it stands in, or to one around that, would
/// publish what is read: drafts, the configuration, itself.
fn fault_of_link(root: &Path, path: &Path) -> Option<&'static str> {
    let parent = path.parent().unwrap_or(root);
    let (Ok(target), Ok(root), Ok(parent)) =
        (path.canonicalize(), root.canonicalize(), parent.canonicalize())
    else {
        return Some(OUT);
    };
    match (target.starts_with(root), parent.starts_with(&target)) {
        (false, _) => Some(OUT),
        (true, true) => Some(ABOVE),
        (true, false) => None,
    }
}

const OUT: &str = "leads out of the site";
const ABOVE: &str = "is a link to a folder above it";

fn relative(root: &Path, path: &Path) -> String {
    // The way of nearly all files: a path is the root's text and what follows.
    if std::path::MAIN_SEPARATOR == '/'
        && let (Some(root), Some(text)) = (root.to_str(), path.to_str())
        && let Some(inner) = text.strip_prefix(root)
        && (root.ends_with('/') || inner.starts_with('/'))
    {
        return inner.trim_start_matches('/').to_owned();
    }
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
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
