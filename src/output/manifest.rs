//! `.dateline-manifest`: which files of the output folder are ours.
//!
//! A version line, then one line a file: hash, size, path, sorted by path; `\` and line breaks in a
//! path are escaped. While an empty folder is written, lines are appended as they come; a last line
//! without its line break is a torn one and names a file that was never created.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::{content_hash, create_new, guard, replace};
use crate::diag::Error;

pub(super) const NAME: &str = ".dateline-manifest";

const VERSION: &str = "dateline-manifest 1\n";

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) path: Box<str>,
    /// Bytes.
    pub(super) size: u64,
    pub(super) hash: u128,
}

/// What earlier builds wrote; each path once, in order.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    lines: Vec<Line>,
    /// Hash of the file's own bytes; 0 if there was none.
    digest: u128,
}

impl Manifest {
    /// Reads the manifest of a folder; empty if there is none.
    pub(super) fn read(folder: &Path) -> Result<Manifest, Error> {
        let path = folder.join(NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(error) => return Err(Error::Read(path, error)),
        };
        let Some(body) = bytes.strip_prefix(VERSION.as_bytes()) else {
            if VERSION.as_bytes().starts_with(&bytes) {
                return Ok(Manifest::default());
            }
            let reason = "is not a manifest that this version understands; update Dateline or choose another \
                          output folder";
            return Err(Error::Output(path, reason.into()));
        };
        let mut lines: Vec<Line> =
            body.par_split_inclusive(|byte| *byte == b'\n').filter_map(parse).collect();
        lines.sort_by(|a, b| a.path.cmp(&b.path));
        lines.dedup_by(|a, b| a.path == b.path);
        Ok(Manifest { lines, digest: content_hash(&bytes) })
    }

    /// The digest of a folder's manifest, without a look at what is in it.
    pub(super) fn digest_of(folder: &Path) -> Option<u128> {
        fs::read(folder.join(NAME)).ok().map(|bytes| content_hash(&bytes))
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn digest(&self) -> u128 {
        self.digest
    }

    /// The index of a path.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.lines.binary_search_by(|line| (*line.path).cmp(path)).ok()
    }

    /// The paths that a file system may take for this one.
    pub(super) fn differing_by_case(&self, path: &str) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.path.eq_ignore_ascii_case(path) && *line.path != *path)
    }
}

/// The text of a manifest with these lines, which are in order.
pub(super) fn render<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<u8> {
    let mut text = VERSION.as_bytes().to_vec();
    for line in lines {
        render_line(line, &mut text);
    }
    text
}

/// Puts this text in the manifest's place, if it is not there already.
pub(super) fn save(folder: &Path, text: &[u8], present: u128) -> Result<u128, Error> {
    let digest = content_hash(text);
    if digest != present {
        replace(&folder.join(NAME), text)?;
    }
    Ok(digest)
}

fn render_line(line: &Line, text: &mut Vec<u8>) {
    let path = match line.path.contains(['\\', '\n']) {
        true => Cow::from(line.path.replace('\\', r"\\").replace('\n', r"\n")),
        false => Cow::from(&*line.path),
    };
    // Writing to a vector cannot fail.
    let _ = writeln!(text, "{:032x} {} {path}", line.hash, line.size);
}

/// None for a torn or damaged line, and for a path that leads out of the folder.
fn parse(line: &[u8]) -> Option<Line> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    let path = unescape(path);
    let hash = u128::from_str_radix(hash, 16).ok()?;
    is_sound(&path).then_some(Line { path: path.into(), size: size.parse().ok()?, hash })
}

fn unescape(path: &str) -> Cow<'_, str> {
    if !path.contains('\\') {
        return path.into();
    }
    let pieces: Vec<String> = path.split(r"\\").map(|piece| piece.replace(r"\n", "\n")).collect();
    pieces.join("\\").into()
}

/// Whether a path names a file below the folder that is not one of Dateline's own.
pub(super) fn is_sound(path: &str) -> bool {
    let is_own =
        |part: &str| part.as_bytes().get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b".dateline"));
    let is_foreign_to_system = cfg!(windows) && path.contains(['\\', ':']);
    !path.contains('\0')
        && !is_foreign_to_system
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !is_own(part))
}

/// The manifest while an empty folder is written: one line more before each file.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// None after a failure: a line behind a torn one would be lost.
    file: Mutex<Option<File>>,
}

impl Journal {
    /// Starts an empty manifest.
    pub(super) fn start(folder: &Path) -> Result<Journal, Error> {
        let path = folder.join(NAME);
        let _ = fs::remove_file(&path);
        let start = || {
            let mut file = create_new(&path)?;
            file.write_all(VERSION.as_bytes())?;
            Ok(file)
        };
        let file = start().map_err(Error::write(&path))?;
        Ok(Journal { file: Mutex::new(Some(file)), path })
    }

    /// Closes the file, so that the sorted manifest can take its place.
    pub(super) fn close(&self) {
        guard(&self.file).take();
    }

    /// Names a file that is about to be created.
    pub(super) fn append(&self, line: &Line) -> Result<(), Error> {
        let mut text = Vec::with_capacity(line.path.len() + 64);
        render_line(line, &mut text);
        let mut slot = guard(&self.file);
        let mut file = slot.take().ok_or_else(|| {
            Error::Write(self.path.clone(), io::Error::other("an earlier write to it failed"))
        })?;
        file.write_all(&text).map_err(Error::write(&self.path))?;
        *slot = Some(file);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str) -> Line {
        Line { path: path.into(), size: 7, hash: 0xab }
    }

    fn read_back(bytes: &[u8]) -> Vec<Line> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), bytes).unwrap();
        Manifest::read(folder.path()).unwrap().lines
    }

    #[test]
    fn every_name_is_read_back() {
        let lines = [line("Icon\n"), line(r"a\\n\"), line(r"a\nb"), line("ä/b c.html")];
        assert_eq!(read_back(&render(lines.iter())), lines);
    }

    #[test]
    fn the_lines_of_a_killed_build_come_in_any_order() {
        let text = render([line("b"), line("a"), line("b")].iter());
        assert_eq!(read_back(&text), [line("a"), line("b")]);
    }

    #[test]
    fn no_line_is_put_behind_a_torn_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::start(folder.path()).unwrap();
        // It cannot be written, as it is open for reading.
        journal.file = Mutex::new(File::open(&journal.path).ok());
        assert!(journal.append(&line("a")).is_err());
        assert!(guard(&journal.file).is_none());
        assert!(journal.append(&line("b")).is_err());
    }

    #[test]
    fn a_torn_line_names_nothing_and_spoils_nothing() {
        let text = render([line("a"), line("b/long-name")].iter());
        for cut in VERSION.len()..text.len() {
            let lines = read_back(&text[..cut]);
            assert!(lines.len() < 2 && lines.iter().all(|line| &*line.path == "a"), "{cut}: {lines:?}");
        }
        for cut in 0..VERSION.len() {
            assert_eq!(read_back(&text[..cut]), []);
        }
    }

    #[test]
    fn a_manifest_cannot_name_what_is_outside() {
        let hostile =
            ["/etc/passwd", "../x", "a/../../x", "", "a//b", "./a", ".dateline-lock", "a/.Dateline-x", "a\0"];
        assert_eq!(read_back(&render(hostile.map(line).iter())), []);
        assert!(is_sound("a/b/.nojekyll") && is_sound("...") && is_sound("dateline"));
    }

    #[test]
    fn a_newer_manifest_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "dateline-manifest 2\n").unwrap();
        assert!(matches!(Manifest::read(folder.path()), Err(Error::Output(..))));
    }
}
