//! Files that come in pieces, because memory should not hold them: hashed while they are written.

use std::fs::File;
use std::io::{self, Write as _};

use xxhash_rust::xxh3::Xxh3;

use super::decide::Content;
use super::manifest::{self, Line};
use super::table::Stat;
use super::{Fate, Mode, Output, Record, create_new};
use crate::diag::Error;

/// What became of the pieces so far.
enum Place {
    /// There was none.
    None,
    /// They are in this file, on the stage if it has a number.
    File(File, Option<u64>),
    /// The file cannot be created, so they are held after all.
    Held(Vec<u8>, io::Error),
    /// They cannot be written.
    Failed(Error),
}

impl Output {
    /// Writes one file, whose pieces `make` gives to its argument one after another, and gives its
    /// [`content_hash`](super::content_hash) and its size; `None` if there was no piece.
    ///
    /// # Errors
    /// As for [`Output::write`].
    pub fn write_pieces(
        &self,
        path: &str,
        make: impl FnOnce(&mut dyn FnMut(&[u8])),
    ) -> Result<Option<(u128, u64)>, Error> {
        let (mut place, mut hasher, mut size) = (Place::None, Xxh3::new(), 0);
        make(&mut |piece| {
            hasher.update(piece);
            size += piece.len() as u64;
            self.put(path, piece, &mut place);
        });
        let hash = hasher.digest128();
        let line = Line { path: path.into(), size, hash };
        match (place, &self.mode) {
            (Place::None, _) => return Ok(None),
            (Place::Failed(error), _) => return Err(error),
            (Place::Held(bytes, error), _) => drop(self.compare_existing(line, &bytes, error)?),
            (Place::File(_, Some(number)), Mode::Staged(stage)) if !self.is_kept(path, hash) => {
                self.compare(stage, line, Content::Staged(number))?;
            }
            // Kept as it stands; what is left on the stage goes with it.
            (Place::File(_, Some(_)), _) => {}
            (Place::File(file, None), _) => {
                let stat = file.metadata().ok().as_ref().and_then(Stat::of);
                self.record(Record { line, stat, fate: Fate::Created });
            }
        }
        Ok(Some((hash, size)))
    }

    fn put(&self, path: &str, piece: &[u8], place: &mut Place) {
        if let Place::None = place {
            *place = self.begin(path).unwrap_or_else(Place::Failed);
        }
        match place {
            Place::None | Place::Failed(_) => {}
            Place::Held(bytes, _) => bytes.extend_from_slice(piece),
            Place::File(file, number) => {
                if let Err(error) = file.write_all(piece) {
                    if number.is_none() {
                        // Recorded, so that the piece is taken away again.
                        let line = Line { path: path.into(), size: 0, hash: 0 };
                        self.record(Record { line, stat: None, fate: Fate::Created });
                    }
                    *place = Place::Failed(Error::Write(self.folder.join(path), error));
                }
            }
        }
    }

    fn begin(&self, path: &str) -> Result<Place, Error> {
        if !manifest::is_sound(path) {
            return Err(self.unsound(path));
        }
        match &self.mode {
            Mode::Staged(stage) => stage.begin().map(|(file, number)| Place::File(file, Some(number))),
            Mode::Direct(journal) => {
                // Its size and hash stand in the manifest when it is whole.
                journal.append(&Line { path: path.into(), size: 0, hash: 0 })?;
                Ok(match create_new(&self.folder.join(path)) {
                    Ok(file) => Place::File(file, None),
                    Err(error) => Place::Held(Vec::new(), error),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Site;
    use super::super::{Summary, content_hash};
    use super::*;

    /// Builds one file from these pieces.
    fn build(site: &Site, path: &str, pieces: &[&str]) -> Result<Summary, Error> {
        let output = site.open()?;
        let written =
            output.write_pieces(path, |put| pieces.iter().for_each(|piece| put(piece.as_bytes())))?;
        let whole = pieces.concat();
        let expected = (!pieces.is_empty()).then(|| (content_hash(whole.as_bytes()), whole.len() as u64));
        assert_eq!(written, expected);
        output.commit()
    }

    #[test]
    fn pieces_make_the_file_that_their_whole_makes() {
        let whole = Site::built(&["a/b=onetwo"]);
        let site = Site::new();
        let counts = |summary: Summary| [summary.new, summary.changed, summary.same];
        assert_eq!(counts(build(&site, "a/b", &["one", "two"]).unwrap()), [1, 0, 0]);
        assert_eq!(site.manifest(), whole.manifest());
        assert_eq!(counts(build(&site, "a/b", &["o", "netwo"]).unwrap()), [0, 0, 1]);
        assert_eq!(counts(build(&site, "a/b", &["one", "TWO"]).unwrap()), [0, 1, 0]);
        assert_eq!(std::fs::read_to_string(site.at("a/b")).unwrap(), "oneTWO");
        assert_eq!(site.build(&["a/b=oneTWO"]).unwrap().same, 1);
    }

    #[test]
    fn no_piece_is_no_file() {
        let site = Site::new();
        assert_eq!(build(&site, "a", &[]).unwrap(), Summary::default());
        assert!(!site.at("a").exists());
    }

    #[test]
    fn a_foreign_file_in_the_way_is_left_alone() {
        let site = Site::built(&["x"]);
        site.put("a", "foreign");
        assert!(build(&site, "a", &["own"]).is_err());
        assert_eq!(std::fs::read_to_string(site.at("a")).unwrap(), "foreign");
        assert_eq!(build(&site, "a", &["for", "eign"]).unwrap().same, 1);
    }
}
