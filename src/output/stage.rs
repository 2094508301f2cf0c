//! The stage: changed files wait here, under numbers, until the last page has rendered.
//!
//! It must be on the file system of the output folder, so that files can be moved in. If the given
//! place is not, or cannot be written, the stage stands in the output folder itself.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::create_new;
use crate::diag::Error;

/// The stage inside of the output folder.
pub(super) const INNER: &str = ".dateline-stage";
/// A file that is created to see whether it can be.
pub(super) const PROBE: &str = ".dateline-probe";

#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    next: AtomicU64,
    sample: Metadata,
}

impl Stage {
    /// Finds a place from which files can be moved into `output`, and clears it.
    pub(super) fn prepare(outer: &Path, output: &Path) -> Result<Stage, Error> {
        // Builds of one site into two folders share `outer`.
        let key = xxhash_rust::xxh3::xxh3_64(output.as_os_str().as_encoded_bytes());
        let outer = outer.join(format!("{key:016x}"));
        let inner = output.join(INNER);
        let (folder, sample) = if let Ok(sample) = probe(&outer, output) {
            (outer, sample)
        } else {
            clear(&outer);
            let sample = probe(&inner, output).map_err(Error::write(output))?;
            (inner, sample)
        };
        Ok(Stage { folder, next: AtomicU64::new(0), sample })
    }

    /// What the system says of a file that this process has just created.
    pub(super) fn sample(&self) -> &Metadata {
        &self.sample
    }

    /// Puts a file on the stage and returns its number.
    pub(super) fn put(&self, bytes: &[u8]) -> Result<u64, Error> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.path(number);
        File::create_new(&path).and_then(|mut file| file.write_all(bytes)).map_err(Error::write(&path))?;
        Ok(number)
    }

    /// Creates an empty file on the stage, to be filled.
    pub(super) fn begin(&self) -> Result<(File, u64), Error> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.path(number);
        Ok((File::create_new(&path).map_err(Error::write(&path))?, number))
    }

    /// Moves a staged file to its place, over what stands there.
    pub(super) fn publish(&self, number: u64, to: &Path, is_new: bool) -> io::Result<()> {
        let from = self.path(number);
        if !is_new && exchanged(&from, to) {
            return Ok(());
        }
        let moved = fs::rename(&from, to).or_else(|error| match (error.kind(), to.parent()) {
            (io::ErrorKind::NotFound, Some(parent)) => {
                fs::create_dir_all(parent)?;
                fs::rename(&from, to)
            }
            _ => Err(error),
        });
        match moved {
            // Something is mounted inside of the output folder.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                fs::copy(&from, to)?;
                fs::remove_file(&from)
            }
            outcome => outcome,
        }
    }

    /// Removes the stage and what is left on it.
    pub(super) fn clear(&self) {
        clear(&self.folder);
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(staged_name(number))
    }
}

/// Puts a staged file in the place of another in one step, as a rename does; the other is then on the
/// stage and goes with it. False where the system cannot, and then nothing has happened.
///
/// A file that is renamed over another is written to the disk at once by ext4 and others, which is what
/// makes an update of ten thousand pages take seconds; one that changes places with another is written when
/// the system sees fit. So if the power fails shortly after a build, a page may be cut short, as after a
/// first build; the next build finds its size wrong and writes it again.
#[cfg(target_os = "linux")]
fn exchanged(from: &Path, to: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let exchange = || renameat_with(CWD, from, CWD, to, RenameFlags::EXCHANGE).is_ok();
    if !exchange() {
        return false;
    }
    // What stood there was looked at before; if it is no file any more, it goes back where it was.
    fs::symlink_metadata(from).is_ok_and(|found| found.is_file()) || !exchange()
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

fn staged_name(number: u64) -> String {
    format!(".dateline-{number}")
}

/// Sets up an empty stage and tries to move a file from there into the output folder.
fn probe(stage: &Path, output: &Path) -> io::Result<Metadata> {
    clear(stage);
    fs::create_dir_all(stage)?;
    let from = stage.join(PROBE);
    let sample = create_new(&from)?.metadata()?;
    let to = output.join(PROBE);
    fs::rename(from, &to)?;
    fs::remove_file(to)?;
    Ok(sample)
}

/// Removes a stage: its staged files and then the folder; a link in its place is removed itself.
pub(super) fn clear(stage: &Path) {
    let _ = fs::remove_file(stage);
    if fs::symlink_metadata(stage).is_ok_and(|found| found.is_dir()) {
        let entries: Vec<DirEntry> = fs::read_dir(stage).into_iter().flatten().flatten().collect();
        entries.into_par_iter().for_each(|entry| {
            if entry.file_name().as_encoded_bytes().starts_with(b".dateline-") {
                let _ = fs::remove_file(entry.path());
            }
        });
        let _ = fs::remove_dir(stage);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_staged_file_takes_the_place_of_another_and_of_nothing_else() {
        let output = tempfile::tempdir().unwrap();
        let stage = Stage::prepare(&output.path().join("stage"), output.path()).unwrap();
        let (file, folder) = (output.path().join("file"), output.path().join("folder"));
        fs::write(&file, "old").unwrap();
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("mine"), "mine").unwrap();
        let number = stage.put(b"new").unwrap();
        assert!(stage.publish(number, &folder, false).is_err());
        assert_eq!(fs::read(folder.join("mine")).unwrap(), b"mine");
        stage.publish(number, &file, false).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        stage.clear();
        assert!(!stage.folder.exists());
    }

    #[test]
    fn a_file_is_copied_where_it_cannot_be_moved() {
        let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else { return };
        let output = tempfile::tempdir().unwrap();
        let mut stage = Stage::prepare(elsewhere.path(), output.path()).unwrap();
        stage.folder = elsewhere.path().to_owned();
        let number = stage.put(b"new").unwrap();
        for to in ["a", "b/c"].map(|path| output.path().join(path)) {
            fs::write(stage.path(number), "new").unwrap();
            stage.publish(number, &to, false).unwrap();
            assert_eq!(fs::read(&to).unwrap(), b"new");
            assert!(!stage.path(number).exists());
        }
    }
}
