//! The output folder: writes what differs, remembers what is ours, deletes nothing else (spec 6, 7).
//!
//! In: paths with bytes, from many threads, and where the folder is. Out: the published folder. What
//! the bytes mean, and which pages there are, this module does not know.
//!
//! - **Ours** is what `.dateline-manifest` names. A name is in it before its file is created, so a
//!   build killed at any moment leaves no file whose owner is in doubt.
//! - **An empty folder** is written directly: each name is appended to the manifest, then its file is
//!   created (never over an existing one). A failed build takes its files away again.
//! - **A folder that holds a site** stays as it is until [`Output::commit`]: what differs is staged
//!   beside it, all obstacles are found, the manifest is replaced by the union of old and new names,
//!   the staged files are moved in (new ones first), obsolete ones deleted, the manifest sealed.
//! - **What differs** is told by the stat table (`table.rs`), else by reading and comparing.
//! - **Foreign** is every other file, and every symbolic link: never followed, altered or deleted; one
//!   with the very bytes of our file is adopted, any other in the way fails the build beforehand.
//!
//! `pieces.rs` writes what memory should not hold, `folder.rs` finds and locks the folder, `ground.rs` looks at what stands in it, `decide.rs` compares
//! it with what is wanted, `stage.rs` keeps the staged files, `manifest.rs` and `table.rs` are the two
//! files, `publish.rs` is the commit.

mod decide;
mod folder;
mod ground;
mod manifest;
mod pieces;
mod publish;
mod stage;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_crash;
#[cfg(test)]
mod tests_foreign;
#[cfg(test)]
mod tests_random;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::diag::Error;
use decide::Content;
use ground::Ground;
use manifest::{Journal, Line, Manifest};
use stage::Stage;
use table::{Stat, Table};

/// The hash of a file's bytes that the manifest holds and [`Output::keep`] takes (xxh3, 128 bits).
pub fn content_hash(bytes: &[u8]) -> u128 {
    xxhash_rust::xxh3::xxh3_128(bytes)
}

/// The digest of a folder's manifest, which says what every file of the site is; none without one.
pub fn manifest_digest(folder: &Path) -> Option<u128> {
    Manifest::digest_of(folder)
}

/// What became of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was not there.
    New,
    /// It was there with other bytes.
    Changed,
    /// It was there with these bytes; nothing is written.
    Same,
}

/// What a build did to the output folder, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Created.
    pub new: usize,
    /// Written over.
    pub changed: usize,
    /// Left as they were.
    pub same: usize,
    /// Deleted, because an earlier build wrote them and this one did not.
    pub deleted: usize,
}

/// The output folder of one build, from [`Output::open`] to [`Output::commit`]; shared by threads.
///
/// Dropped without a commit, it is abandoned: the folder is as it was before.
#[derive(Debug)]
pub struct Output {
    /// The real folder, links resolved.
    folder: PathBuf,
    /// Holds the lock.
    lock: File,
    /// What earlier builds wrote.
    old: Manifest,
    /// What the file system said of those files.
    table: Table,
    /// Where the table is kept.
    table_path: PathBuf,
    /// For each line of `old`: this build has it too, and its stat says that it is the same.
    kept: Vec<AtomicBool>,
    ground: Ground,
    mode: Mode,
    /// Every file of this build that is not `kept`.
    records: Mutex<Vec<Record>>,
    /// Foreign files in the way.
    conflicts: Mutex<Vec<String>>,
    is_committed: bool,
}

#[derive(Debug)]
enum Mode {
    /// The folder was empty.
    Direct(Journal),
    /// It holds something.
    Staged(Stage),
}

/// One file of this build.
#[derive(Debug)]
struct Record {
    line: Line,
    /// None where it is not known yet, or not to be had.
    stat: Option<Stat>,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Stands in the folder already.
    Same,
    /// Was created in the folder by this build.
    Created,
    /// Waits in the stage. `is_blocked`: an obsolete file must go before it can be moved in.
    Staged { number: u64, is_new: bool, is_blocked: bool },
}

impl Output {
    /// Opens the output folder, creates it if need be, locks it and reads what earlier builds wrote.
    ///
    /// `stage` is a private folder, usually `.dateline/stage` at the site's root; the stat table
    /// is kept beside it. `forbidden` lists the folders that are read (content, static, templates,
    /// themes): the output can be neither one of them, nor in one, nor around one; so it cannot be
    /// the site's root, which need not be listed. The folder may be a symbolic link to another one.
    ///
    /// # Errors
    /// The folder is forbidden, not a folder, not to be written, in use by another build, or holds
    /// the manifest of a newer version.
    pub fn open(folder: &Path, stage: &Path, forbidden: &[PathBuf]) -> Result<Output, Error> {
        let folder = folder::prepare(folder, stage, forbidden)?;
        let lock = folder::lock(&folder)?;
        folder::clear_leftovers(&folder);
        let table_path = stage.with_file_name("output-stat");
        let (old, mode) = if folder::is_empty(&folder)? {
            (Manifest::default(), Mode::Direct(Journal::start(&folder)?))
        } else {
            (Manifest::read(&folder)?, Mode::Staged(Stage::prepare(stage, &folder)?))
        };
        let table = Table::read(&table_path, &old);
        Ok(Output {
            ground: Ground::new(&folder, mode.sample()),
            kept: old.lines().iter().map(|_| AtomicBool::new(false)).collect(),
            folder,
            lock,
            old,
            table,
            table_path,
            mode,
            records: Mutex::default(),
            conflicts: Mutex::default(),
            is_committed: false,
        })
    }

    /// Writes one file if it differs. `path` is relative to the folder, with `/`:
    /// `stories/iss/index.html`. Each path is written or kept once.
    ///
    /// A foreign file in the way is remembered and fails the commit, where all are reported.
    ///
    /// # Errors
    /// The path leads out of the folder or is reserved for Dateline (`.dateline…`); or the disk refuses.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Written, Error> {
        self.write_hashed(path, bytes, content_hash(bytes))
    }

    /// The same for bytes whose [`content_hash`] is known.
    ///
    /// # Errors
    /// As for [`Output::write`].
    pub fn write_hashed(&self, path: &str, bytes: &[u8], hash: u128) -> Result<Written, Error> {
        if !manifest::is_sound(path) {
            return Err(self.unsound(path));
        }
        let line = Line { path: path.into(), size: bytes.len() as u64, hash };
        match &self.mode {
            Mode::Direct(journal) => self.create(journal, line, bytes),
            Mode::Staged(_) if self.is_kept(path, line.hash) => Ok(Written::Same),
            Mode::Staged(stage) => self.compare(stage, line, Content::Bytes(bytes)),
        }
    }

    fn unsound(&self, path: &str) -> Error {
        let reason = "is not a name that can be written in the output folder";
        Error::Output(self.folder.join(path), reason.into())
    }

    /// Says that a file of an earlier build is right if it has this [`content_hash`]: keeps it without
    /// its bytes. False if it is missing or altered, so that it must be written.
    pub fn keep(&self, path: &str, hash: u128) -> bool {
        let Mode::Staged(_) = self.mode else { return false };
        self.is_kept(path, hash) || self.has_hash(path, hash)
    }

    /// Keeps the whole site of an earlier build if its manifest has this digest and every one of its
    /// files is right. If not, nothing more can be written; the folder is to be opened anew.
    pub fn keep_all(&self, digest: u128) -> bool {
        let is_kept = |line: &Line| self.keep(&line.path, line.hash);
        digest == self.old.digest() && digest != 0 && self.old.lines().par_iter().all(is_kept)
    }

    /// All files are written or kept: publishes them and deletes what only earlier builds wrote.
    ///
    /// # Errors
    /// Foreign files are in the way, two files are wanted in one place (in both cases nothing was
    /// touched), or the disk refuses. If it refuses half-way, the next build mends the folder.
    pub fn commit(mut self) -> Result<Summary, Error> {
        let summary = publish::commit(&self)?;
        self.is_committed = true;
        Ok(summary)
    }

    /// The build failed: throws away what it wrote and leaves the old site as it was.
    pub fn abandon(self) {
        drop(self);
    }

    fn undo(&self) {
        match &self.mode {
            Mode::Staged(_) => self.mode.clear_stage(),
            Mode::Direct(journal) => {
                journal.close();
                let records = guard(&self.records);
                for record in records.iter().filter(|record| record.fate == Fate::Created) {
                    let _ = fs::remove_file(self.folder.join(&*record.line.path));
                    self.ground.prune(&record.line.path);
                }
                let _ = fs::remove_file(self.folder.join(manifest::NAME));
            }
        }
    }
}

impl Mode {
    /// A file that this process has just created.
    fn sample(&self) -> Option<&Metadata> {
        match self {
            Mode::Direct(_) => None,
            Mode::Staged(stage) => Some(stage.sample()),
        }
    }

    fn clear_stage(&self) {
        match self {
            Mode::Direct(_) => {}
            Mode::Staged(stage) => stage.clear(),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.is_committed {
            self.undo();
        }
        // Closing the file is not enough while a process that was started meanwhile holds a copy of it.
        let _ = self.lock.unlock();
    }
}

/// Creates a file, and its folders if they are missing.
fn create_new(full: &Path) -> io::Result<File> {
    let create = || OpenOptions::new().write(true).create_new(true).open(full);
    match (create(), full.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            create()
        }
        (outcome, _) => outcome,
    }
}

/// Replaces a small file in one step; a link of that name is replaced, not followed.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let temporary = PathBuf::from(temporary);
    let _ = fs::remove_file(&temporary);
    let outcome = create_new(&temporary)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&temporary, path));
    outcome.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::Write(path.to_owned(), error)
    })
}

/// A lock whose value stays right if a thread panics while it holds it: values are only pushed.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
