//! `[check]`: from where on `dateline check` speaks, and which addresses it does not ask.

use std::borrow::Cow;

use super::config::number;
use super::record::record;
use crate::diag::{Code, Diags, Spanned};
use crate::link::{Address, address};

record! {
    /// From where on `dateline check` speaks, and which addresses it does not ask.
    pub struct RawChecks<'s> {
        /// Per cent of a story's outlets that may be unrated on the main axis (default 50).
        max_unrated: Option<Spanned<i64>>,
        /// Months after which a rating is stale (default 36).
        rating_age: Option<Spanned<i64>>,
        /// Characters of a summary, at most (default 600).
        summary_length: Option<Spanned<i64>>,
        /// Beginnings of addresses that `--external` does not ask, such as `https://example.org/private/`.
        skip: Vec<Spanned<Cow<'s, str>>>,
    }
}

/// From where on `dateline check` speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// Per cent of a story's outlets that may be unrated.
    pub max_unrated: u32,
    /// Months after which a rating is stale.
    pub rating_age: u32,
    /// Characters of a summary.
    pub summary_length: usize,
    /// Beginnings of addresses that are not asked.
    pub skip: Vec<String>,
}

impl Checks {
    /// Checks the table.
    pub fn read(raw: RawChecks, diags: &mut Diags) -> Checks {
        let RawChecks { max_unrated, rating_age, summary_length, skip, marker: _ } = raw;
        Checks {
            max_unrated: number(max_unrated, 50, 0, 100, diags),
            rating_age: number(rating_age, 36, 1, 1200, diags),
            summary_length: number(summary_length, 600, 1, 100_000, diags) as usize,
            skip: skip.into_iter().filter_map(|start| web(start, diags)).collect(),
        }
    }
}

fn web(start: Spanned<Cow<str>>, diags: &mut Diags) -> Option<String> {
    if address(&start.value) == Address::Web {
        return Some(start.value.into_owned());
    }
    diags
        .error(Code::BadValue, start.span, format!("`{}` is no beginning of a web address", start.value))
        .set_help("write it with its scheme and host, such as `https://example.org/`");
    None
}
