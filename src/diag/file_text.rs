//! [`FileText`]: the text of a file, in which places are found without reading it anew for each.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::Position;

/// Bytes between two places whose number of characters is known.
const STEP: usize = 1024;

/// The text of a file that problems point into; cheap to clone, for all problems of a file share it.
#[derive(Clone)]
pub struct FileText(Arc<Inner>);

struct Inner {
    text: Arc<str>,
    places: OnceLock<Places>,
}

/// Made at the first question, in one walk through the text.
struct Places {
    /// Where each line starts.
    lines: Vec<usize>,
    /// The characters before each multiple of [`STEP`].
    characters: Vec<usize>,
}

impl FileText {
    /// Line and column of a byte.
    pub fn position(&self, at: usize) -> Position {
        let text = &*self.0.text;
        let at = text.floor_char_boundary(at);
        let places = self.places();
        let line = places.lines.partition_point(|start| *start <= at);
        let start = places.lines[line - 1];
        let column = places.characters_before(text, at) - places.characters_before(text, start) + 1;
        Position { line, column }
    }

    /// The bytes of the line in which a byte stands, without the line break.
    pub fn line(&self, at: usize) -> std::ops::Range<usize> {
        let lines = &self.places().lines;
        let line = lines.partition_point(|start| *start <= at.min(self.len()));
        lines[line - 1]..lines.get(line).map_or(self.len(), |next| next - 1)
    }

    fn places(&self) -> &Places {
        self.0.places.get_or_init(|| Places::of(&self.0.text))
    }
}

impl Places {
    fn of(text: &str) -> Places {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut before = 0;
        for part in text.as_bytes().chunks(STEP) {
            characters.push(before);
            before += count(part);
        }
        characters.push(before);
        Places { lines, characters }
    }

    /// The characters that begin before a byte.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        let step = at / STEP;
        self.characters[step] + count(&text.as_bytes()[step * STEP..at])
    }
}

/// The characters that begin in a part of a text.
fn count(part: &[u8]) -> usize {
    part.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl Deref for FileText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl<T: Into<Arc<str>>> From<T> for FileText {
    fn from(text: T) -> FileText {
        FileText(Arc::new(Inner { text: text.into(), places: OnceLock::new() }))
    }
}

impl PartialEq for FileText {
    fn eq(&self, other: &FileText) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

impl Eq for FileText {}

impl fmt::Debug for FileText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the walk from the beginning says.
    fn walked(text: &str, at: usize) -> Position {
        let before = &text[..text.floor_char_boundary(at)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    #[test]
    fn a_place_is_what_a_walk_from_the_beginning_finds() {
        let long = format!("ä{}\n\n{}é\r\nz", "aé漢😀".repeat(STEP), "\nb".repeat(STEP));
        for text in ["", "\n", "a", "é\nüxé!\n", "a\r\nb", &long] {
            let shared = FileText::from(text);
            for at in (0..text.len().min(3000)).chain(text.len().saturating_sub(3000)..text.len() + 2) {
                assert_eq!(shared.position(at), walked(text, at), "{at} of {text:.20?}");
            }
        }
    }

    #[test]
    fn a_line_is_without_its_break() {
        let text = FileText::from("ab\n\ncd");
        let line = |at| &text[text.line(at)];
        assert_eq!(
            [line(0), line(2), line(3), line(4), line(6), line(99)],
            ["ab", "ab", "", "cd", "cd", "cd"]
        );
    }

    #[test]
    fn many_places_in_a_long_line_take_no_walk_each() {
        let text = FileText::from("é".repeat(2_000_000));
        let started = std::time::Instant::now();
        let columns: usize = (0..50_000).map(|at| text.position(at * 80).column).sum();
        assert!(columns > 0);
        // A walk each would be a hundred billion bytes.
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
