//! Decides what becomes of one file: it stands already, it is created, it is staged, or it is in conflict.
//!
//! In: a path with its bytes or their hash. Out: [`Written`], and a record for the commit.

use std::fs::{self, Metadata};
use std::io::{self, Read as _, Write as _};
use std::sync::atomic::Ordering;

use xxhash_rust::xxh3::Xxh3;

use super::ground::{self, Stands};
use super::manifest::{self, Journal, Line};
use super::stage::Stage;
use super::table::Stat;
use super::{Fate, Output, Record, Written, create_new, guard};
use crate::diag::Error;

/// What a file is to hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'b> {
    Bytes(&'b [u8]),
    /// The file on the stage with this number.
    Staged(u64),
}

/// To whom a file in the folder belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Ours,
    /// Ours under a name that differs by case only, on a file system that cannot tell them apart.
    OursByCase,
    Foreign,
}

impl Output {
    /// Whether the stat table vouches for this file and hash; if so it is marked as kept.
    pub(super) fn is_kept(&self, path: &str, hash: u128) -> bool {
        let Some(at) = self.old.find(path) else { return false };
        let line = &self.old.lines()[at];
        let (true, Some(stat)) = (line.hash == hash, self.table.stat(at)) else { return false };
        let is_same = fs::symlink_metadata(self.folder.join(path))
            .is_ok_and(|found| found.len() == line.size && Stat::of(&found) == Some(stat));
        if is_same {
            self.kept[at].store(true, Ordering::Relaxed);
        }
        is_same
    }

    /// Reads the file; if it has this hash, it is recorded as right.
    pub(super) fn has_hash(&self, path: &str, hash: u128) -> bool {
        let (true, Ok(Stands::File(found))) = (manifest::is_sound(path), self.look(path)) else {
            return false;
        };
        let is_same = self.hash_of(path) == Some(hash) && self.owner(path) != Owner::OursByCase;
        if is_same {
            self.stands(Line { path: path.into(), size: found.len(), hash }, &found);
        }
        is_same
    }

    /// Writes into the empty folder.
    pub(super) fn create(&self, journal: &Journal, line: Line, bytes: &[u8]) -> Result<Written, Error> {
        journal.append(&line)?;
        let full = self.folder.join(&*line.path);
        let mut file = match create_new(&full) {
            Ok(file) => file,
            Err(error) => return self.compare_existing(line, bytes, error),
        };
        let outcome = file.write_all(bytes).and_then(|()| file.metadata());
        let stat = outcome.as_ref().ok().and_then(Stat::of);
        // Recorded even if it failed, so that the piece is taken away again.
        self.record(Record { line, stat, fate: Fate::Created });
        outcome.map(|_| Written::New).map_err(Error::write(&full))
    }

    /// A file could not be created in the empty folder: because of another of this build, or because
    /// somebody else has written into the folder since it was found empty, or for lack of space or right.
    pub(super) fn compare_existing(
        &self,
        line: Line,
        bytes: &[u8],
        error: io::Error,
    ) -> Result<Written, Error> {
        let name = match self.ground.look(&line.path) {
            Ok(Stands::File(found)) if self.has_bytes(&line.path, &found, bytes) => {
                self.stands(line, &found);
                return Ok(Written::Same);
            }
            Ok(Stands::File(_) | Stands::Folder) => line.path,
            Ok(Stands::Foreign(name)) => name,
            Ok(Stands::Nothing { .. }) | Err(_) => {
                return Err(Error::Write(self.folder.join(&*line.path), error));
            }
        };
        let inside = format!("{name}/");
        let is_in_way = |record: &Record| record.line.path == name || record.line.path.starts_with(&inside);
        if guard(&self.records).iter().any(is_in_way) {
            return Err(self.clash(&name));
        }
        Ok(self.conflict(&name))
    }

    /// Two files of one build are in each other's way.
    pub(super) fn clash(&self, path: &str) -> Error {
        let reason = "is wanted by two pages or files, or both as a file and as a folder; rename one of them";
        Error::Output(self.folder.join(path), reason.into())
    }

    /// Looks at what stands in the place of a file, and stages the file if it differs.
    pub(super) fn compare(&self, stage: &Stage, line: Line, content: Content) -> Result<Written, Error> {
        let (is_new, is_blocked) = match self.look(&line.path)? {
            Stands::Foreign(name) => return Ok(self.conflict(&name)),
            Stands::Nothing { is_blocked } => (true, is_blocked),
            Stands::Folder => (true, true),
            Stands::File(found) => match self.owner(&line.path) {
                Owner::OursByCase => (false, true),
                _ if self.has_content(&line, &found, content) => {
                    self.stands(line, &found);
                    return Ok(Written::Same);
                }
                Owner::Ours => (false, false),
                Owner::Foreign => return Ok(self.conflict(&line.path)),
            },
        };
        self.ground.check_writable(ground::parent(&line.path))?;
        let number = match content {
            Content::Bytes(bytes) => stage.put(bytes)?,
            Content::Staged(number) => number,
        };
        self.record(Record { line, stat: None, fate: Fate::Staged { number, is_new, is_blocked } });
        Ok(if is_new { Written::New } else { Written::Changed })
    }

    /// What stands at a path; a file of ours where a folder is wanted counts as nothing.
    fn look(&self, path: &str) -> Result<Stands, Error> {
        Ok(match self.ground.look(path)? {
            Stands::Foreign(name) if self.is_our_file(&name) => Stands::Nothing { is_blocked: true },
            stands => stands,
        })
    }

    fn is_our_file(&self, path: &str) -> bool {
        let is_file = fs::symlink_metadata(self.folder.join(path)).is_ok_and(|found| found.is_file());
        is_file && self.owner(path) != Owner::Foreign
    }

    fn owner(&self, path: &str) -> Owner {
        if self.old.find(path).is_some() {
            return Owner::Ours;
        }
        let is_alias = |line: &&Line| ground::is_same_file(&self.folder, &line.path, path);
        match self.old.differing_by_case(path).find(is_alias) {
            Some(_) => Owner::OursByCase,
            None => Owner::Foreign,
        }
    }

    fn has_content(&self, line: &Line, found: &Metadata, content: Content) -> bool {
        match content {
            Content::Bytes(bytes) => self.has_bytes(&line.path, found, bytes),
            Content::Staged(_) => found.len() == line.size && self.hash_of(&line.path) == Some(line.hash),
        }
    }

    /// The hash of a file, read in pieces.
    fn hash_of(&self, path: &str) -> Option<u128> {
        let mut file = fs::File::open(self.folder.join(path)).ok()?;
        let mut hasher = Xxh3::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer).ok()? {
                0 => return Some(hasher.digest128()),
                count => hasher.update(&buffer[..count]),
            }
        }
    }

    fn has_bytes(&self, path: &str, found: &Metadata, bytes: &[u8]) -> bool {
        found.len() == bytes.len() as u64
            && fs::read(self.folder.join(path)).is_ok_and(|existing| existing == bytes)
    }

    /// Records a file that is right as it stands. `found` was read before its bytes.
    fn stands(&self, line: Line, found: &Metadata) {
        self.record(Record { line, stat: Stat::of(found), fate: Fate::Same });
    }

    pub(super) fn record(&self, record: Record) {
        guard(&self.records).push(record);
    }

    fn conflict(&self, name: &str) -> Written {
        guard(&self.conflicts).push(name.to_owned());
        Written::New
    }
}
