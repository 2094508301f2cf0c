//! `[lint]`: how bad kinds of problems are, for a site or for one file.
//!
//! In: a table of codes, each `allow`, `warn` or `deny`. Out: a [`Lint`] and diags.

use std::borrow::Cow;

use super::record::Entries;
use crate::diag::{Code, Diags, Severity, Spanned, nearest};

/// The table as written.
pub type RawLint<'s> = Entries<'s, Spanned<Cow<'s, str>>>;

/// What to do about kinds of problems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lint(Box<[(Code, Level)]>);

/// What to do about one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Say nothing.
    Allow,
    /// Say it, and go on.
    Warn,
    /// Treat it as an error.
    Deny,
}

impl Level {
    /// Every level.
    pub const ALL: [Level; 3] = [Level::Allow, Level::Warn, Level::Deny];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }

    /// What a problem of this level counts as; `None` if it is not said.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Allow => None,
            Level::Warn => Some(Severity::Warning),
            Level::Deny => Some(Severity::Error),
        }
    }
}

super::keep::keep_one_of!(Level, Level::ALL);

impl super::keep::Keep for Lint {
    fn keep(&self, to: &mut Vec<u8>) {
        (self.0.len() as u32).keep(to);
        self.0.iter().for_each(|rule| rule.keep(to));
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Vec::recall(from).map(|rules| Lint(rules.into()))
    }
}

impl Lint {
    /// Checks the codes and levels of a table.
    pub fn read(raw: RawLint, diags: &mut Diags) -> Lint {
        let rules = raw.0.into_iter();
        Lint(
            rules
                .filter_map(|(code, level)| Some((self::code(&code, diags)?, self::level(&level, diags)?)))
                .collect(),
        )
    }

    /// What is said of a code; the last line of several counts.
    pub fn level(&self, code: Code) -> Option<Level> {
        self.0.iter().rev().find(|(known, _)| *known == code).map(|(_, level)| *level)
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn code(name: &Spanned<Cow<str>>, diags: &mut Diags) -> Option<Code> {
    let found = Code::parse(&name.value);
    if found.is_none() {
        let names = Code::ALL.iter().map(|code| code.name());
        let help = match nearest(&name.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`dateline explain` lists all codes".to_owned(),
        };
        let message = format!("no diagnostic is called `{}`", name.value);
        diags.error(Code::UnknownKey, name.span, message).set_help(help);
    }
    found
}

fn level(word: &Spanned<Cow<str>>, diags: &mut Diags) -> Option<Level> {
    let found = Level::ALL.into_iter().find(|level| level.name() == word.value);
    if found.is_none() {
        diags
            .error(Code::BadValue, word.span, format!("`{}` is no level", word.value))
            .set_help("write `allow`, `warn` or `deny`");
    }
    found
}
