//! Trouble, in two kinds that are never mixed.
//!
//! A [`Diag`] is what an author can mend: a value with a place and a help text. Stages return
//! diags beside their result and never stop at the first one. An [`Error`] is what the machine
//! did (a disk, a port); it always carries the path and ends the command.
//!
//! This module knows nothing about stories, configuration or terminals.

mod code;
mod error;
mod file_text;

pub use code::{Code, Example, Explanation, Finder};
pub use error::Error;
pub use file_text::FileText;

use std::ops::Range;
use std::sync::Arc;

/// A number of things, as a person says it: `1 file`, `2 files`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Half-open byte range in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`, clamped to 4 GiB (no content file is that long).
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// The same range as `usize`, cut to a text of `len` bytes.
    pub fn range(self, len: usize) -> Range<usize> {
        let start = (self.start as usize).min(len);
        start..(self.end as usize).clamp(start, len)
    }

    /// The span moved by `by` bytes.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A value and where it stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }

    /// Changes the value, keeps the place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// How bad a diag is: an error keeps the site from being written, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Written all the same.
    Warning,
}

/// One problem that an author can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diag {
    /// Which kind of problem, as named by `dateline explain`.
    pub code: Code,
    /// Error or warning, before the site's `[lint]` table is applied.
    pub severity: Severity,
    /// The file, relative to the site's root, with `/`.
    pub path: Arc<str>,
    /// The place, if the problem has one.
    pub span: Option<Span>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The text of the file, to show the line; attached by [`Diags::attach`].
    pub text: Option<FileText>,
}

/// Line and column of the start of a diag, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Diag {
    /// An error of this kind in this file.
    pub fn error(code: Code, path: &str, message: impl Into<String>) -> Diag {
        Diag {
            code,
            severity: Severity::Error,
            path: path.into(),
            span: None,
            message: shortened(message.into()),
            help: None,
            text: None,
        }
    }

    /// A warning of this kind in this file.
    pub fn warning(code: Code, path: &str, message: impl Into<String>) -> Diag {
        Diag { severity: Severity::Warning, ..Diag::error(code, path, message) }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Diag {
        self.span = Some(span);
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diag {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Sets what to do about a diag that was just added to a list.
    pub fn set_help(&mut self, help: impl Into<String>) {
        self.help = Some(shortened(help.into()));
    }

    /// Sets the text that the span points into.
    #[must_use]
    pub fn text(mut self, text: impl Into<FileText>) -> Diag {
        self.text = Some(text.into());
        self
    }

    /// Where the diag starts; line 1, column 1 if it has no place.
    pub fn position(&self) -> Position {
        match (&self.text, self.span) {
            (Some(text), Some(span)) => text.position(span.start as usize),
            _ => Position { line: 1, column: 1 },
        }
    }
}

/// The diags of one file, in the order in which they were found.
#[derive(Debug)]
pub struct Diags {
    path: Arc<str>,
    list: Vec<Diag>,
}

impl Diags {
    /// No diags yet, for this file.
    pub fn new(path: &str) -> Diags {
        Diags { path: path.into(), list: Vec::new() }
    }

    /// Adds an error at a place.
    pub fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diag {
        self.push(Diag::error(code, &self.path, message).at(span))
    }

    /// Adds a warning at a place.
    pub fn warning(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diag {
        self.push(Diag::warning(code, &self.path, message).at(span))
    }

    /// The file that these diags are about.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether there is an error among them.
    pub fn has_error(&self) -> bool {
        has_error(&self.list)
    }

    /// All of them, each with the file's text so that the line can be shown.
    pub fn attach(self, text: &str) -> Vec<Diag> {
        if self.list.is_empty() {
            return self.list;
        }
        let text = FileText::from(text);
        self.list.into_iter().map(|diag| diag.text(text.clone())).collect()
    }

    /// All of them, for a file whose text somebody else knows.
    pub fn without_text(self) -> Vec<Diag> {
        self.list
    }

    fn push(&mut self, diag: Diag) -> &mut Diag {
        self.list.push(diag);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
}

/// Bytes of a message beyond which its middle is left out: a value of megabytes fills no terminal.
const LONGEST_MESSAGE: usize = 1000;

/// The begin and the end of a long message.
fn shortened(text: String) -> String {
    if text.len() <= LONGEST_MESSAGE {
        return text;
    }
    let begin = &text[..text.floor_char_boundary(LONGEST_MESSAGE / 2)];
    let end = &text[text.ceil_char_boundary(text.len() - LONGEST_MESSAGE / 2)..];
    format!("{begin} … {end}")
}

/// Whether there is an error among these diags.
pub fn has_error(diags: &[Diag]) -> bool {
    diags.iter().any(|diag| diag.severity == Severity::Error)
}

/// Nobody mistypes a longer one.
const LONGEST_WORD: usize = 100;

/// The candidate that a mistyped word most likely meant, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        // As many letters as they differ in length are wrong at least; comparing takes long for long words.
        .filter(|candidate| candidate.len() <= 4 * (length + limit))
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_not_bytes() {
        let mut diags = Diags::new("a.md");
        diags.error(Code::Syntax, Span::new(6, 8), "x");
        let diags = diags.attach("é\nüxé!\n");
        assert_eq!(diags[0].position(), Position { line: 2, column: 3 });
    }

    #[test]
    fn a_long_message_keeps_its_begin_and_its_end() {
        let message = format!("`{}é` is no slug", "é".repeat(5_000_000));
        let diag = Diag::error(Code::BadSlug, "a.md", message.clone()).help(message);
        for text in [diag.message, diag.help.unwrap_or_default()] {
            assert!(text.starts_with("`éé") && text.ends_with("éé` is no slug"), "{text}");
            assert!(text.contains(" … ") && text.len() < 1010, "{}", text.len());
        }
    }

    #[test]
    fn nearest_suggests_only_what_is_near() {
        let keys = ["title", "topics", "timeline"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("tilte", keys), Some("title"));
        assert_eq!(nearest("summary", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
