//! Front matter: splits a file into what is data and what is text.
//!
//! In: bytes and the file's name. Out: a tree, the body and where it begins, and diags.

use super::tree::{Kind, Node, Table};
use super::{toml_tree, unseen, yaml_tree};
use crate::diag::{Code, Diags, Span};

/// A file split into data and text.
pub struct Front<'s> {
    /// The front matter; empty if there is none.
    pub table: Table<'s>,
    /// The Markdown after it.
    pub body: &'s str,
    /// Where the body begins in the file.
    pub body_start: usize,
}

/// The bytes of a file as text: UTF-8 without byte order mark and NUL.
pub fn text<'s>(bytes: &'s [u8], diags: &mut Diags) -> Option<&'s str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Some(text),
        Ok(text) => {
            let at = text.find('\0').unwrap_or(0);
            diags.error(Code::Encoding, Span::new(at, at + 1), "the file holds a NUL character");
            None
        }
        Err(error) => {
            let at = error.valid_up_to();
            diags
                .error(Code::Encoding, Span::new(at, at), format!("not UTF-8 from byte {at} on"))
                .set_help("save the file as UTF-8");
            None
        }
    }
}

/// Splits the text of a `.md` file, or reads a `.toml` file whole (its body is the key `body`).
pub fn split<'s>(text: &'s str, is_toml: bool, diags: &mut Diags) -> Front<'s> {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let rest = &text[start..];
    if is_toml {
        let table = toml_tree::parse(rest, start, diags);
        return Front { table, body: "", body_start: text.len() };
    }
    for (fence, is_yaml) in [("+++", false), ("---", true)] {
        let Some(open_end) = fence_line(rest, fence) else { continue };
        let Some((close, close_end)) = closing_fence(rest, open_end, fence) else {
            diags
                .error(Code::Syntax, Span::new(start, start + 3), "the front matter has no end")
                .set_help(format!("write a line `{fence}` after it"));
            return Front { table: Table::default(), body: "", body_start: text.len() };
        };
        let front = &rest[open_end..close];
        let offset = start + open_end;
        let table = match is_yaml {
            true => yaml_tree::parse(front, offset, diags),
            false => toml_tree::parse(front, offset, diags),
        };
        let (body, body_start) = (&rest[close_end..], start + close_end);
        unseen::text(body, Span::new(body_start, text.len()), diags);
        return Front { table, body, body_start };
    }
    unseen::text(rest, Span::new(start, text.len()), diags);
    Front { table: Table::default(), body: rest, body_start: start }
}

/// Where a file's data stands and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// TOML in this range of bytes.
    Toml(std::ops::Range<usize>),
    /// YAML between `---` lines.
    Yaml,
    /// There is none, or it has no end.
    Missing,
}

/// Finds the data of a `.md` or `.toml` file, for edits that leave all else as it is.
pub fn region(text: &str, is_toml: bool) -> Region {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let rest = &text[start..];
    if is_toml {
        return Region::Toml(start..text.len());
    }
    if let Some(open_end) = fence_line(rest, "+++") {
        return closing_fence(rest, open_end, "+++")
            .map_or(Region::Missing, |(close, _)| Region::Toml(start + open_end..start + close));
    }
    match fence_line(rest, "---") {
        Some(_) => Region::Yaml,
        None => Region::Missing,
    }
}

/// The end of the first line if that line is the fence.
fn fence_line(text: &str, fence: &str) -> Option<usize> {
    let line_end = text.find('\n').map_or(text.len(), |at| at + 1);
    (text[..line_end].trim_end() == fence).then_some(line_end)
}

/// Where the closing fence begins and its line ends.
fn closing_fence(text: &str, from: usize, fence: &str) -> Option<(usize, usize)> {
    let line = |at: usize| {
        let at = from + at;
        if at > from && text.as_bytes()[at - 1] != b'\n' {
            return None;
        }
        let end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
        (text[at..end].trim_end() == fence).then_some((at, end))
    };
    memchr::memmem::find_iter(&text.as_bytes()[from..], fence).find_map(line)
}

/// Takes the text of the key `body` out of a `.toml` story.
pub fn take_body<'s>(table: Table<'s>) -> (Table<'s>, Option<Node<'s>>) {
    let mut body = None;
    let mut rest = Table::new(table.origin);
    for entry in table.into_entries() {
        match (entry.key.as_ref(), &entry.value.kind) {
            ("body", Kind::Text(_)) => body = Some(entry.value),
            _ => {
                rest.insert(entry);
            }
        }
    }
    (rest, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, keys: &[&str], body: &str) {
        let mut diags = Diags::new("x.md");
        let front = split(text, false, &mut diags);
        let found: Vec<&str> = front.table.entries().iter().map(|e| e.key.as_ref()).collect();
        assert_eq!((found.as_slice(), front.body), (keys, body));
        assert_eq!(&text[front.body_start..], body);
        assert!(!diags.has_error());
    }

    #[test]
    fn front_matter_is_toml_or_yaml_or_absent() {
        check("+++\na = 1\n+++\n\nText", &["a"], "\nText");
        check("---\na: 1\n---\nText", &["a"], "Text");
        check("Text", &[], "Text");
        check("\u{FEFF}+++\r\na = 1\r\n+++\r\nText", &["a"], "Text");
        check("+++\n+++", &[], "");
        check("---\n---\n", &[], "");
    }

    #[test]
    fn front_matter_without_end_is_an_error() {
        let mut diags = Diags::new("x.md");
        split("+++\na = 1\n", false, &mut diags);
        assert!(diags.has_error());
    }

    #[test]
    fn bytes_that_are_no_text_are_an_error() {
        let mut diags = Diags::new("x.md");
        assert!(text(b"ab\xff", &mut diags).is_none());
        assert!(text(b"ab\0", &mut diags).is_none());
        assert!(diags.has_error());
    }
}
