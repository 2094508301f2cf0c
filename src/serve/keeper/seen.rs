//! What the files were like at a look, and which of them differ at the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::digest;
use crate::diag::Error;
use crate::snapshot::{FileEntry, Snapshot};

/// The files at one look.
pub struct Seen {
    files: Arc<[FileEntry]>,
    config_path: Box<str>,
    config: u128,
    /// Digests of files whose stamps cannot be trusted yet.
    fresh: BTreeMap<Box<str>, u128>,
}

impl Seen {
    /// What a snapshot holds, and the paths that differ from an earlier look, in order.
    pub fn of(snapshot: &Snapshot, before: Option<&Seen>) -> Result<(Seen, Vec<String>), Error> {
        let mut seen = Seen {
            files: snapshot.files.clone(),
            config_path: snapshot.config.clone(),
            config: digest::of(&snapshot.read_config()?),
            fresh: BTreeMap::new(),
        };
        for file in snapshot.files.iter().filter(|file| !snapshot.is_settled(file)) {
            seen.fresh.insert(file.path.clone(), digest::of(&snapshot.read(&file.path)?));
        }
        let changed = match before {
            Some(before) => seen.changed_since(before, snapshot)?,
            None => Vec::new(),
        };
        Ok((seen, changed))
    }

    fn changed_since(&self, before: &Seen, snapshot: &Snapshot) -> Result<Vec<String>, Error> {
        let mut changed = Vec::new();
        if self.config != before.config {
            changed.push(self.config_path.to_string());
        }
        let (mut old, mut new) = (before.files.iter().peekable(), self.files.iter().peekable());
        loop {
            let order = match (old.peek(), new.peek()) {
                (Some(was), Some(is)) => was.path.cmp(&is.path),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => return Ok(changed),
            };
            let was = if order.is_le() { old.next() } else { None };
            let is = if order.is_ge() { new.next() } else { None };
            let differs = match (was, is) {
                (Some(was), Some(is)) => was.stamp != is.stamp || self.differs(before, &is.path, snapshot)?,
                _ => true,
            };
            if differs && let Some(file) = is.or(was) {
                changed.push(file.path.to_string());
            }
        }
    }

    /// Whether a file with the same stamp has other bytes; looked at only where the stamp was new.
    fn differs(&self, before: &Seen, path: &str, snapshot: &Snapshot) -> Result<bool, Error> {
        let Some(was) = before.fresh.get(path) else {
            return Ok(false);
        };
        match self.fresh.get(path) {
            Some(is) => Ok(is != was),
            None => Ok(digest::of(&snapshot.read(path)?) != *was),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(root: &std::path::Path) -> Snapshot {
        crate::snapshot::take(root, "dateline.toml", jiff::Timestamp::UNIX_EPOCH).unwrap().0
    }

    #[test]
    fn other_bytes_under_the_same_stamp_are_found() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("static/a.txt");
        std::fs::create_dir(dir.path().join("static")).unwrap();
        std::fs::write(&path, "1").unwrap();
        let snapshot = taken(dir.path());
        let (seen, _) = Seen::of(&snapshot, None).unwrap();
        std::fs::write(&path, "2").unwrap();
        // The list is kept as it was: the clock of the file system has not moved.
        assert_eq!(Seen::of(&snapshot, Some(&seen)).unwrap().1, ["static/a.txt"]);
        std::fs::write(&path, "1").unwrap();
        assert_eq!(Seen::of(&snapshot, Some(&seen)).unwrap().1, [""; 0]);
    }

    #[test]
    fn files_that_come_change_and_go_are_found() {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        std::fs::create_dir(dir.path().join("static")).unwrap();
        put("static/b", "1");
        put("static/c", "1");
        let (seen, _) = Seen::of(&taken(dir.path()), None).unwrap();
        put("static/a", "1");
        put("static/b", "22");
        put("dateline.toml", "title = \"T\"");
        std::fs::remove_file(dir.path().join("static/c")).unwrap();
        let (_, changed) = Seen::of(&taken(dir.path()), Some(&seen)).unwrap();
        assert_eq!(changed, ["dateline.toml", "static/a", "static/b", "static/c"]);
    }
}
