//! The walk through a site's folders: each is listed by one thread, what is in it looked at by all.
//!
//! Links are followed, but not out of the site and not in circles.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{FileEntry, is_passing_name, stamp};
use crate::diag::{Code, Diag, Error};

/// What stands in a site's folders.
#[derive(Default)]
pub struct Found {
    /// Files, in the order of their paths.
    pub files: Vec<FileEntry>,
    /// Where links lead, in order.
    pub linked: Vec<PathBuf>,
    /// Links that are not followed.
    pub diags: Vec<Diag>,
}

/// Walks through these folders of a site.
pub fn walk(root: &Path, folders: &[&str]) -> Result<Found, Error> {
    let site = Folder { full: root.to_owned(), path: String::new(), gates: Arc::default() };
    let mut found = Found::default();
    let tops: Result<Vec<Option<Item>>, Error> = folders.iter().map(|name| site.top(root, name)).collect();
    let mut next = found.take(tops?.into_iter().flatten());
    while !next.is_empty() {
        let items: Result<Vec<Vec<Item>>, Error> = next.par_iter().map(|folder| folder.items(root)).collect();
        next = found.take(items?.into_iter().flatten());
    }
    found.files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.linked.sort_unstable();
    found.diags.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

impl Found {
    /// Takes what was found; what remains are folders to go into.
    fn take(&mut self, items: impl Iterator<Item = Item>) -> Vec<Folder> {
        let mut folders = Vec::new();
        for item in items {
            let inner = match item {
                Item::Linked(target, inner) => {
                    self.linked.push(target);
                    *inner
                }
                item => item,
            };
            match inner {
                Item::File(file) => self.files.push(file),
                Item::Folder(folder) => folders.push(folder),
                Item::Refused(diag) => self.diags.push(diag),
                Item::Linked(..) | Item::Other => {}
            }
        }
        folders
    }
}

/// A folder of the site.
struct Folder {
    /// Where it is.
    full: PathBuf,
    /// Relative to the root, with `/` at its end; empty for the root.
    path: String,
    /// Real places of the folders whose links were followed to get here.
    gates: Arc<[PathBuf]>,
}

/// What an entry of a folder is.
enum Item {
    File(FileEntry),
    Folder(Folder),
    /// A link that is followed: where it leads, and what is there.
    Linked(PathBuf, Box<Item>),
    /// A link that is not.
    Refused(Diag),
    /// Neither file nor folder.
    Other,
}

impl Folder {
    /// What stands in a folder; nothing if it has gone since it was found.
    fn items(&self, root: &Path) -> Result<Vec<Item>, Error> {
        let mut listed: Vec<DirEntry> = Vec::new();
        for entry in WalkDir::new(&self.full).min_depth(1).max_depth(1) {
            match entry {
                Ok(entry) => listed.push(entry),
                Err(error) => {
                    there(Err::<(), _>(error.into()))
                        .map_err(|error| Error::Read(self.full.clone(), error))?;
                }
            }
        }
        listed.par_iter().filter_map(|entry| self.item(root, entry).transpose()).collect()
    }

    /// What an entry is; `None` for one that is there only in passing, or not any more.
    fn item(&self, root: &Path, entry: &DirEntry) -> Result<Option<Item>, Error> {
        let Some(name) = entry.file_name().to_str().filter(|name| !is_passing_name(name)) else {
            return Ok(None);
        };
        let kind = entry.file_type();
        if kind.is_symlink() {
            return self.link(root, name);
        }
        if kind.is_dir() {
            return Ok(Some(Item::Folder(self.below(name, self.gates.clone()))));
        }
        // It may have gone since it was listed; then it is no more.
        let metadata = if kind.is_file() { entry.metadata().ok() } else { None };
        Ok(metadata.map(|metadata| self.file(name, &metadata)))
    }

    /// A folder at the top of the site.
    fn top(&self, root: &Path, name: &str) -> Result<Option<Item>, Error> {
        let full = self.full.join(name);
        let Some(metadata) =
            there(fs::symlink_metadata(&full)).map_err(|error| Error::Read(full.clone(), error))?
        else {
            return Ok(None);
        };
        if metadata.is_symlink() {
            return self.link(root, name);
        }
        Ok(metadata.is_dir().then(|| Item::Folder(self.below(name, self.gates.clone()))))
    }

    fn below(&self, name: &str, gates: Arc<[PathBuf]>) -> Folder {
        Folder { full: self.full.join(name), path: [&self.path, name, "/"].concat(), gates }
    }

    fn file(&self, name: &str, metadata: &Metadata) -> Item {
        Item::File(FileEntry { path: [&self.path, name].concat().into(), stamp: stamp(metadata) })
    }

    /// What a link leads to; `None` if to nowhere.
    fn link(&self, root: &Path, name: &str) -> Result<Option<Item>, Error> {
        let full = self.full.join(name);
        let Some(metadata) = there(fs::metadata(&full)).map_err(|error| Error::Read(full.clone(), error))?
        else {
            return Ok(None);
        };
        let (target, parent) = match self.places(root, &full) {
            Ok(places) => places,
            Err(fault) => return Ok(Some(Item::Refused(refused(&[&self.path, name].concat(), fault)))),
        };
        let item = if metadata.is_dir() {
            let gates = self.gates.iter().cloned().chain([parent]).collect();
            Item::Folder(self.below(name, gates))
        } else if metadata.is_file() {
            self.file(name, &metadata)
        } else {
            Item::Other
        };
        Ok(Some(Item::Linked(target, Box::new(item))))
    }

    /// Where a link leads and where it really stands; else why it is not followed. One to a folder
    /// that it stands in would publish what is read: drafts, the configuration, itself.
    fn places(&self, root: &Path, full: &Path) -> Result<(PathBuf, PathBuf), &'static str> {
        let (Ok(target), Ok(root), Ok(parent)) =
            (full.canonicalize(), root.canonicalize(), self.full.canonicalize())
        else {
            return Err(OUT);
        };
        if !target.starts_with(root) {
            return Err(OUT);
        }
        let is_above = |folder: &PathBuf| folder.starts_with(&target);
        if is_above(&parent) || self.gates.iter().any(is_above) {
            return Err(ABOVE);
        }
        Ok((target, parent))
    }
}

const OUT: &str = "leads out of the site";
const ABOVE: &str = "is a link to a folder above it";

fn refused(path: &str, what: &str) -> Diag {
    Diag::warning(Code::OutsideSite, path, format!("the file {what} and was left out"))
        .help("copy the file into the site instead of linking to it")
}

/// What was asked for, if it is still there.
fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn site(files: &[&str], links: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for path in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        for (path, target) in links {
            symlink(target, dir.path().join(path)).unwrap();
        }
        dir
    }

    fn walked(dir: &Path) -> (Vec<String>, Vec<String>) {
        let found = walk(dir, &["content", "static"]).unwrap();
        let said = found.diags.iter().map(|diag| format!("{}: {}", diag.path, diag.message));
        (found.files.iter().map(|file| file.path.to_string()).collect(), said.collect())
    }

    #[test]
    fn files_stand_in_the_order_of_their_paths() {
        let dir = site(
            &["content/a/x.md", "content/a-b.md", "content/.git/x", "content/a.md~", "static/z", "b/z"],
            &[],
        );
        assert_eq!(
            walked(dir.path()),
            (["content/a-b.md", "content/a/x.md", "static/z"].map(String::from).into(), vec![])
        );
    }

    #[test]
    fn links_are_followed_but_not_out_and_not_in_circles() {
        let links = [
            ("content/within", "../other"),
            ("content/file.md", "../other/o.md"),
            ("content/out", "/"),
            ("content/above", "../content"),
            ("content/nowhere", "missing"),
            ("other/back", "../content"),
        ];
        let dir = site(&["content/a.md", "other/o.md"], &links);
        let (files, said) = walked(dir.path());
        assert_eq!(files, ["content/a.md", "content/file.md", "content/within/o.md"]);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        assert_eq!(
            said,
            [
                "content/above: the file is a link to a folder above it and was left out",
                "content/out: the file leads out of the site and was left out",
                "content/within/back: the file is a link to a folder above it and was left out",
            ]
        );
        let linked = walk(dir.path(), &["content"]).unwrap().linked;
        let real = dir.path().canonicalize().unwrap();
        assert_eq!(linked, [real.join("other"), real.join("other/o.md")]);
    }

    #[test]
    fn a_site_without_folders_is_empty() {
        let dir = site(&["content"], &[]);
        assert_eq!(walked(dir.path()), (vec![], vec![]));
    }
}
