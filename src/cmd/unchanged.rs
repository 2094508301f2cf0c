//! What the last build was made from, so that a build of the very same need not be made again.
//!
//! The note says which files (by their stamps), options, program and stretch of time gave which
//! manifest. It is believed only if the key is the same, nothing that was read may have changed
//! without a new stamp, and every file of the output is as the manifest says. So a note that is
//! lost, damaged or of another folder costs the time of a build and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::build::Options;
use crate::diag::{Code, Diag, Error, Severity, Span};
use crate::output::{self, Output, content_hash};
use crate::snapshot::Snapshot;

/// A site as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Digest of all that went into it but the time.
    pub key: u128,
    /// Digest of the manifest of its files.
    pub manifest: u128,
    /// From when on these inputs make this site.
    pub from: Timestamp,
    /// And until when: then a story appears or expires, or another day begins.
    pub until: Timestamp,
    /// Stories, outlets and topics, for the report.
    pub counts: [usize; 3],
    /// What there is to say about it, without the texts of files.
    pub diags: Vec<Diag>,
}

/// Where the note stands.
pub fn place(root: &Path) -> PathBuf {
    root.join(".dateline/built")
}

/// The digest of all that a site is made from but the time; `None` while a file is so young that it
/// may change without a new stamp.
pub fn key(snapshot: &Snapshot, options: &Options) -> Result<Option<u128>, Error> {
    if !snapshot.files.iter().all(|file| snapshot.is_settled(file)) {
        return Ok(None);
    }
    let mut text = format!(
        "{} {:?} {options:?} {} {:032x}\n",
        env!("CARGO_PKG_VERSION"),
        program(),
        snapshot.config,
        content_hash(&snapshot.read_config()?)
    );
    text.reserve(snapshot.files.len() * 96);
    let mut bytes = text.into_bytes();
    for file in snapshot.files.iter() {
        bytes.extend_from_slice(file.path.as_bytes());
        bytes.push(0);
        let crate::snapshot::Stamp { size, mtime, ctime, inode } = file.stamp;
        bytes.extend(size.to_le_bytes());
        bytes.extend(mtime.to_le_bytes());
        bytes.extend(ctime.to_le_bytes());
        bytes.extend(inode.to_le_bytes());
    }
    Ok(Some(content_hash(&bytes)))
}

/// Size and time of the program: two programs of one version may differ while it is developed.
pub fn program() -> Option<(u64, std::time::SystemTime)> {
    let found = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some((found.len(), found.modified().ok()?))
}

/// Whether the output holds the site of this note already; then all of it is kept.
pub fn holds(note: &Note, key: u128, now: Timestamp, output: &Output) -> bool {
    note.key == key && note.from <= now && now < note.until && output.keep_all(note.manifest)
}

/// Reads the note.
pub fn read(root: &Path) -> Option<Note> {
    parse(&fs::read_to_string(place(root)).ok()?)
}

/// Writes the note for what was just built into a folder. Without it, the next build is made in full.
pub fn remember(root: &Path, folder: &Path, note: Note) {
    if let Some(manifest) = output::manifest_digest(folder) {
        let path = place(root);
        let text = render(&Note { manifest, ..note });
        let _ = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    }
}

/// Whether these diags can be said again from a note: those that show a line of a file show it from
/// the site's files, so files of the program may not be among them.
pub fn can_be_said_again(diags: &[Diag], snapshot: &Snapshot) -> bool {
    let is_own = |path: &str| path == &*snapshot.config || snapshot.find(path).is_some();
    diags.iter().all(|diag| diag.span.is_none() || is_own(&diag.path))
}

/// A first line with numbers, a line for each diag, and a checksum of it all.
fn render(note: &Note) -> String {
    let Note { key, manifest, from, until, counts: [stories, outlets, topics], diags } = note;
    let (from, until) = (from.as_nanosecond(), until.as_nanosecond());
    let mut text =
        format!("{VERSION}{key:032x} {manifest:032x} {from} {until} {stories} {outlets} {topics}\n");
    for diag in diags {
        text.push_str(&serde_json::to_string(&written(diag)).unwrap_or_default());
        text.push('\n');
    }
    format!("{text}{:032x}\n", content_hash(text.as_bytes()))
}

const VERSION: &str = "dateline-built 2 ";

/// A diag on its line: code, whether it is an error, path, place, message, help.
type Line = (String, bool, String, Option<(u32, u32)>, String, Option<String>);

fn written(diag: &Diag) -> Line {
    let Diag { code, severity, path, span, message, help, text: _ } = diag;
    let span = span.map(|Span { start, end }| (start, end));
    let is_error = *severity == Severity::Error;
    (code.name().to_owned(), is_error, path.to_string(), span, message.clone(), help.clone())
}

fn diag_of(line: &str) -> Option<Diag> {
    let (code, is_error, path, span, message, help): Line = serde_json::from_str(line).ok()?;
    let new = if is_error { Diag::error } else { Diag::warning };
    let span = span.map(|(start, end)| Span { start, end });
    Some(Diag { span, help, ..new(Code::parse(&code)?, &path, message) })
}

fn parse(text: &str) -> Option<Note> {
    let (body, checksum) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let length = body.len() + 1;
    if u128::from_str_radix(checksum, 16).ok()? != content_hash(&text.as_bytes()[..length]) {
        return None;
    }
    let mut lines = body.split('\n');
    let parts: Vec<&str> = lines.next()?.strip_prefix(VERSION)?.split(' ').collect();
    let [key, manifest, from, until, counts @ ..] = &*parts else { return None };
    let moment = |text: &str| Timestamp::from_nanosecond(text.parse().ok()?).ok();
    let counts: Vec<usize> = counts.iter().map(|count| count.parse().ok()).collect::<Option<_>>()?;
    Some(Note {
        key: u128::from_str_radix(key, 16).ok()?,
        manifest: u128::from_str_radix(manifest, 16).ok()?,
        from: moment(from)?,
        until: moment(until)?,
        counts: counts.try_into().ok()?,
        diags: lines.map(diag_of).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back_and_a_damaged_one_is_none() {
        let note = Note {
            key: 7,
            manifest: u128::MAX,
            from: Timestamp::UNIX_EPOCH,
            until: Timestamp::MAX,
            counts: [1, 2, 3],
            diags: vec![
                Diag::warning(Code::Stray, "content/a b.md", "nothing\nreads \"it\"").help("move it"),
                Diag::warning(Code::RawHtml, "b.md", "ä").at(Span { start: 3, end: 9 }),
            ],
        };
        let text = render(&note);
        assert_eq!(parse(&text), Some(note));
        for at in 0..text.len() {
            let mut damaged = text.clone().into_bytes();
            damaged[at] ^= 1;
            assert_eq!(String::from_utf8(damaged).ok().and_then(|text| parse(&text)), None, "{at}");
            assert_eq!(text.get(..at).and_then(parse), None);
        }
    }
}
