//! The ground that files are put on: what stands at a path of the output folder, links not followed.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::guard;
use super::stage::PROBE;
use crate::diag::Error;

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Stands {
    /// Nothing; `is_blocked`: a file of ours stands where one of its folders must be.
    Nothing { is_blocked: bool },
    /// A regular file.
    File(Metadata),
    /// A folder.
    Folder,
    /// Something that is not written through, at the path or at the place of one of its folders.
    Foreign(Box<str>),
}

/// What the way to a folder is like.
#[derive(Debug, Clone)]
enum Way {
    Open,
    Missing,
    /// No folder stands at this path.
    Closed(Box<str>),
}

/// The output folder, and what is known of the folders in it.
#[derive(Debug)]
pub(super) struct Ground {
    folder: PathBuf,
    /// The user that we write as, where the system has users.
    user: Option<u32>,
    ways: Mutex<HashMap<Box<str>, Way>>,
    writable: Mutex<HashSet<Box<str>>>,
}

impl Ground {
    /// `own` is of a file that this process has created.
    pub(super) fn new(folder: &Path, own: Option<&Metadata>) -> Ground {
        let user = own.and_then(owner_who_may_write);
        Ground { folder: folder.to_owned(), user, ways: Mutex::default(), writable: Mutex::default() }
    }

    /// What stands at a path.
    pub(super) fn look(&self, path: &str) -> Result<Stands, Error> {
        match self.way(parent(path))? {
            Way::Missing => return Ok(Stands::Nothing { is_blocked: false }),
            Way::Closed(name) => return Ok(Stands::Foreign(name)),
            Way::Open => {}
        }
        Ok(match self.stat(path)? {
            None => Stands::Nothing { is_blocked: false },
            Some(found) if found.is_file() => Stands::File(found),
            Some(found) if found.is_dir() => Stands::Folder,
            Some(_) => Stands::Foreign(path.into()),
        })
    }

    fn way(&self, folder: &str) -> Result<Way, Error> {
        if folder.is_empty() {
            return Ok(Way::Open);
        }
        if let Some(way) = guard(&self.ways).get(folder) {
            return Ok(way.clone());
        }
        let way = match self.way(parent(folder))? {
            Way::Open => match self.stat(folder)? {
                None => Way::Missing,
                Some(found) if found.is_dir() => Way::Open,
                Some(_) => Way::Closed(folder.into()),
            },
            way => way,
        };
        guard(&self.ways).insert(folder.into(), way.clone());
        Ok(way)
    }

    fn stat(&self, path: &str) -> Result<Option<Metadata>, Error> {
        let full = self.folder.join(path);
        match fs::symlink_metadata(&full) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Read(full, error)),
        }
    }

    /// Makes sure that files can be put into a folder, or into the nearest one that exists.
    pub(super) fn check_writable(&self, folder: &str) -> Result<(), Error> {
        if guard(&self.writable).contains(folder) {
            return Ok(());
        }
        match self.way(folder)? {
            Way::Missing | Way::Closed(_) => self.check_writable(parent(folder))?,
            Way::Open => {
                let full = self.folder.join(folder);
                let found = fs::symlink_metadata(&full).map_err(Error::read(&full))?;
                if self.user.is_none() || owner_who_may_write(&found) != self.user {
                    let probe = full.join(PROBE);
                    let _ = fs::remove_file(&probe);
                    let outcome = File::create_new(&probe).and_then(|_| fs::remove_file(&probe));
                    outcome.map_err(Error::write(&full))?;
                }
            }
        }
        guard(&self.writable).insert(folder.into());
        Ok(())
    }

    /// Removes the folders of a path that have become empty.
    pub(super) fn prune(&self, path: &str) {
        let is_gone = |folder: &&str| match fs::remove_dir(self.folder.join(folder)) {
            Ok(()) => true,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        let _ = ancestors(path).take_while(is_gone).count();
    }
}

/// The folder of a path, empty at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders above a path, the nearest first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(parent(path)), |folder| Some(parent(folder)))
        .take_while(|folder| !folder.is_empty())
}

/// The owner, if the owner may write.
#[cfg(unix)]
fn owner_who_may_write(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.mode() & 0o200 != 0).then(|| metadata.uid())
}

#[cfg(not(unix))]
fn owner_who_may_write(_: &Metadata) -> Option<u32> {
    None
}

/// Whether two names that differ by case only are one file. Two links to one file are not.
#[cfg(unix)]
pub(super) fn is_same_file(folder: &Path, a: &str, b: &str) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |name: &str| {
        let found = fs::symlink_metadata(folder.join(name)).ok()?;
        (found.nlink() == 1).then(|| (found.dev(), found.ino()))
    };
    number(a).is_some_and(|a| Some(a) == number(b))
}

/// Whether two names that differ by case only are one file.
#[cfg(not(unix))]
pub(super) fn is_same_file(folder: &Path, a: &str, b: &str) -> bool {
    let real = |name: &str| folder.join(name).canonicalize().ok();
    real(a).is_some_and(|a| Some(a) == real(b))
}
