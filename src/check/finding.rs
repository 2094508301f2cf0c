//! What a rule finds: in which file, where in it, and what to do.
//!
//! Stories keep few places, so that ten thousand of them stay small. A finding says which key it
//! is about, and its file is read once more for the line.

use std::borrow::Cow;

use crate::content::front;
use crate::content::tree::{Kind, Node, Table};
use crate::diag::{Code, Diag, Diags, FileText, Finder, Severity, Span};

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file that an author would mend.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular.
    File,
    /// A place that is known.
    At(Span),
    /// A value of the front matter, or what there is of the way to it.
    Value(Vec<Step>),
    /// The first place of a text.
    Text(String),
    /// Where an address was written, as pages show it; [`super::written`] looks for it.
    Link(String),
}

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a table.
    Key(Cow<'static, str>),
    /// Into a list, from 0.
    Item(usize),
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Step {
        Step::Key(Cow::Borrowed(key))
    }
}

impl From<usize> for Step {
    fn from(at: usize) -> Step {
        Step::Item(at)
    }
}

impl Finding {
    /// A finding about a file as a whole.
    pub fn new(path: &str, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), place: Place::File, message: message.into(), help: String::new() }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Finding {
        self.place = Place::At(span);
        self
    }

    /// Sets the place: the value of a key at the top.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Finding {
        self.place = Place::Value(vec![key.into()]);
        self
    }

    /// Sets the place: the value of a key in one item of a list.
    #[must_use]
    pub fn item(mut self, list: &'static str, at: usize, key: &'static str) -> Finding {
        self.place = Place::Value(vec![list.into(), at.into(), key.into()]);
        self
    }

    /// Sets the place: the first place of a text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Finding {
        self.place = Place::Text(text.into());
        self
    }

    /// Sets the place: where an address was written.
    #[must_use]
    pub fn link(mut self, url: impl Into<String>) -> Finding {
        self.place = Place::Link(url.into());
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = help.into();
        self
    }
}

/// The findings of one file as diags.
pub fn located(path: &str, text: &str, found: Vec<(Code, Finding)>) -> Vec<Diag> {
    let shared = FileText::from(text);
    let table = found.iter().any(|(_, finding)| matches!(finding.place, Place::Value(_))).then(|| {
        // What is wrong with the file was said when it was parsed.
        front::split(text, path.ends_with(".toml"), &mut Diags::new(path)).table
    });
    let diag = |(code, finding): (Code, Finding)| {
        let span = match &finding.place {
            Place::File | Place::Link(_) => None,
            Place::At(span) => Some(*span),
            Place::Value(steps) => table.as_ref().and_then(|table| span_of(table, steps)),
            Place::Text(wanted) => text.find(wanted.as_str()).map(|at| Span::new(at, at + wanted.len())),
        };
        let diag = Diag::error(code, path, finding.message);
        let diag = if finding.help.is_empty() { diag } else { diag.help(finding.help) };
        Diag { severity: severity(code), span, text: Some(shared.clone()), ..diag }
    };
    found.into_iter().map(diag).collect()
}

/// How bad a kind of finding is, as long as the site does not say otherwise.
fn severity(code: Code) -> Severity {
    match code {
        Code::DeadLink | Code::DeadAnchor | Code::DeadAddress => Severity::Error,
        _ => {
            debug_assert_eq!(code.finder(), Finder::Check);
            Severity::Warning
        }
    }
}

/// The place of a value, or of the last thing that is there on the way to it.
fn span_of(table: &Table, steps: &[Step]) -> Option<Span> {
    let (Step::Key(key), rest) = steps.split_first()? else { return None };
    Some(span_within(table.get(key)?, rest))
}

fn span_within(node: &Node, steps: &[Step]) -> Span {
    let next = steps.split_first().and_then(|(step, rest)| {
        let inner = match (step, &node.kind) {
            (Step::Key(key), Kind::Table(table)) => table.get(key),
            (Step::Item(at), Kind::List(items)) => items.get(*at),
            _ => None,
        };
        inner.map(|inner| (inner, rest))
    });
    next.map_or(node.span, |(inner, rest)| span_within(inner, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str, text: &str, finding: Finding) -> (usize, usize) {
        let diags = located(path, text, vec![(Code::UncitedPoint, finding)]);
        let at = diags[0].position();
        (at.line, at.column)
    }

    #[test]
    fn a_value_is_found_in_toml_and_yaml() {
        let finding = || Finding::new("a.md", "x").item("points", 1, "text");
        assert_eq!(
            place("a.md", "+++\n[[points]]\ntext = \"a\"\n[[points]]\ntext = \"b\"\n+++\n", finding()),
            (5, 8)
        );
        assert_eq!(place("a.md", "+++\npoints = [\"a\", \"b\"]\n+++\n", finding()), (2, 16));
        assert_eq!(place("a.md", "---\npoints:\n- text: a\n- text: b\n---\n", finding()).0, 4);
        assert_eq!(place("a.toml", "[[points]]\ntext = \"a\"\n", finding()), (1, 1));
    }

    #[test]
    fn a_text_is_found_where_it_stands_first() {
        assert_eq!(place("a.md", "x\n[y](/z/)", Finding::new("a.md", "x").text("/z/")), (2, 5));
        assert_eq!(place("a.md", "x", Finding::new("a.md", "x").text("/z/")), (1, 1));
    }
}
