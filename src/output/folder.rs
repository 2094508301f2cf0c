//! The output folder as a place: which one it is, whether it may be used, and its lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::stage;
use crate::diag::Error;

const LOCK: &str = ".dateline-lock";

/// Finds the real folder, refuses one that holds input, and creates it if it is missing.
pub(super) fn prepare(folder: &Path, stage: &Path, forbidden: &[PathBuf]) -> Result<PathBuf, Error> {
    let real = real_path(folder)?;
    for input in forbidden.iter().map(PathBuf::as_path).chain([stage]) {
        let input = real_path(input)?;
        let relation = match (real == input, real.starts_with(&input), input.starts_with(&real)) {
            (true, ..) => "is",
            (_, true, _) => "lies inside",
            (.., true) => "contains",
            _ => continue,
        };
        let reason = format!(
            "cannot be the output folder, as it {relation} {}, which Dateline reads; choose another one",
            input.display()
        );
        return Err(Error::Output(folder.to_owned(), reason));
    }
    fs::create_dir_all(&real).map_err(|error| match fs::symlink_metadata(&real) {
        Ok(found) if found.is_symlink() => unusable(folder, "is a link that leads nowhere"),
        Ok(found) if !found.is_dir() => unusable(folder, "is not a folder"),
        _ => Error::Write(real.clone(), error),
    })?;
    Ok(real)
}

fn unusable(folder: &Path, what: &str) -> Error {
    Error::Output(folder.to_owned(), format!("{what}; move it away or choose another output folder"))
}

/// The path without links, `.` and `..`, as far as it exists; the rest as it is written.
fn real_path(path: &Path) -> Result<PathBuf, Error> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).map_err(Error::read(path))?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                real.push(part);
                real = real.canonicalize().unwrap_or(real);
            }
        }
    }
    Ok(real)
}

/// Takes the lock that keeps two builds from writing one folder; it ends with the returned file.
pub(super) fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Error::Output(path, "is not a file; remove it".into()));
    }
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(Error::write(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Error::Output(folder.to_owned(), "another build is writing it; wait until it is done".into()))
        }
        // A file system without locks: one build at a time is up to the user.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(Error::Write(path, error)),
    }
}

/// Takes away what a killed build left at the top of the folder.
pub(super) fn clear_leftovers(folder: &Path) {
    for name in [".dateline-manifest.new", stage::PROBE] {
        let _ = fs::remove_file(folder.join(name));
    }
    stage::clear(&folder.join(stage::INNER));
}

/// Whether nothing but Dateline's own files stands in the folder.
pub(super) fn is_empty(folder: &Path) -> Result<bool, Error> {
    for entry in fs::read_dir(folder).map_err(Error::read(folder))? {
        let entry = entry.map_err(Error::read(folder))?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".dateline") {
            return Ok(false);
        }
    }
    Ok(true)
}
