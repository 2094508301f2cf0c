//! Characters that nobody sees and that act all the same: they steer terminals, end files early, or
//! turn the direction in which all that follows is read.
//!
//! In: the values of a file, or its body. Out: a diag for each text that holds one. Marks that only
//! say how the letters beside them join or lean (ZWJ, LRM and alike) are part of how people write.

use super::tree::{Kind, Node, Table};
use crate::diag::{Code, Diags, Span};
use crate::scan;

/// Reports every text and key of a table that holds such a character.
pub fn check(table: &Table, diags: &mut Diags) {
    for entry in table.entries() {
        text(&entry.key, entry.key_span, diags);
        node(&entry.value, diags);
    }
}

fn node(value: &Node, diags: &mut Diags) {
    match &value.kind {
        Kind::Text(written) => text(written, value.span, diags),
        Kind::List(items) => items.iter().for_each(|item| node(item, diags)),
        Kind::Table(table) => check(table, diags),
        Kind::Integer(_) | Kind::Float(_) | Kind::Boolean(_) | Kind::Date(_) => {}
    }
}

/// Reports the first such character of a text that stands at `span`.
pub fn text(text: &str, span: Span, diags: &mut Diags) {
    let Some((at, c)) = find(text) else { return };
    let length = (span.end - span.start) as usize;
    // A value is written as it is, or with escapes and quotation marks around it.
    let span = if length == text.len() {
        let start = span.start as usize + at;
        Span::new(start, start + c.len_utf8())
    } else {
        span
    };
    let (name, what) = describe(c);
    diags
        .error(Code::HiddenCharacter, span, format!("a hidden character, U+{:04X}{name}", c as u32))
        .set_help(format!("remove it: {what}"));
}

fn describe(c: char) -> (&'static str, &'static str) {
    let turned = "it turns the direction of what follows, so that readers see another text than programs";
    let open = "it has no partner, so it turns the direction of what follows this text";
    match c {
        '\u{202D}' => (" (left-to-right override)", turned),
        '\u{202E}' => (" (right-to-left override)", turned),
        '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => (" (direction of text)", open),
        '\u{1B}' => (" (escape)", "it steers terminals"),
        _ => ("", "it has no place in a text"),
    }
}

/// The first character of a text that acts without being seen, and its byte.
fn find(text: &str) -> Option<(usize, char)> {
    if !scan::any(text.as_bytes(), is_suspect) {
        return None;
    }
    // What is open, by the kind of its end.
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\t' | '\n' | '\r' => {}
            '\u{202D}' | '\u{202E}' | '\u{FFFE}' | '\u{FFFF}' => return Some((at, c)),
            c if c.is_control() => return Some((at, c)),
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => open.push((at, c)),
            '\u{202C}' | '\u{2069}' if open.pop().is_none_or(|(_, opened)| end_of(opened) != c) => {
                return Some((at, c));
            }
            _ => {}
        }
    }
    open.pop()
}

/// The character that ends what this one begins.
fn end_of(c: char) -> char {
    if matches!(c, '\u{2066}'..='\u{2068}') { '\u{2069}' } else { '\u{202C}' }
}

/// Bytes that may begin one of the characters.
fn is_suspect(byte: u8) -> bool {
    let is_control = (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    is_control | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<char> {
        find(text).map(|(_, c)| c)
    }

    #[test]
    fn what_acts_without_being_seen_is_found() {
        for c in ['\0', '\u{7}', '\u{8}', '\u{1B}', '\u{7F}', '\u{9B}', '\u{202D}', '\u{202E}', '\u{FFFF}'] {
            assert_eq!(found(&format!("a“é”{c}b")), Some(c));
        }
        for open in ["a\u{202A}b", "\u{2066}a", "a\u{2069}", "a\u{202C}b", "\u{2066}a\u{202C}"] {
            assert!(found(open).is_some(), "{open:?}");
        }
    }

    #[test]
    fn what_people_write_with_is_left_alone() {
        let texts = ["a\tb\r\nc", "“é” – …", "می\u{200C}خواهم", "👩\u{200D}👩", "a\u{200F}!", "\u{FEFF}"];
        for text in texts.into_iter().chain(["\u{2067}שלום \u{2066}abc\u{2069}\u{2069}", "\u{202B}x\u{202C}"])
        {
            assert_eq!(found(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_place_is_that_of_the_character_where_it_is_written_as_it_is() {
        let mut diags = Diags::new("a.md");
        text("ab\u{202E}c", Span::new(10, 16), &mut diags);
        let diags = diags.attach("");
        assert_eq!(diags[0].span, Some(Span::new(12, 15)));
        assert_eq!(diags[0].message, "a hidden character, U+202E (right-to-left override)");
    }
}
