//! Outlets: who reports, and how they are rated (spec section 3).
//!
//! In: bytes of a file and the site's axes. Out: outlets and every mistake of the file.

mod fields;
mod rating;

use std::borrow::Cow;

use jiff::civil::Date;

use super::axis::{Axes, AxisIx, LevelIx};
use super::data::Data;
use super::date::When;
use super::lint::{Lint, RawLint};
use super::record::{record, wrong_type};
use super::tree::{Kind, Table};
use super::{front, toml_tree};
use crate::diag::{Code, Diag, Diags, Span, Spanned};
use crate::slug::Slug;
use fields::{country_code, domain, scope_from, text, web};

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

record! {
    /// An outlet. Beside these keys, the name of every axis takes the id of a level: one rating by
    /// the site itself.
    pub struct RawOutlet<'s> {
        /// What readers see. Must be there.
        name: OptText<'s>,
        /// Domains of its articles; the longest one that fits an address wins.
        domains: Vec<Spanned<Text<'s>>>,
        /// Its home page.
        url: OptText<'s>,
        /// Where it is based, an ISO 3166 code such as `DE`.
        country: OptText<'s>,
        /// Its language, a BCP 47 tag.
        language: OptText<'s>,
        /// `local`, `national` or `international`.
        scope: OptText<'s>,
        /// Who owns it.
        owner: OptText<'s>,
        /// The company that its owner belongs to.
        parent: OptText<'s>,
        /// The year it was founded.
        founded: Option<Spanned<i64>>,
        /// Its feed.
        feed: OptText<'s>,
        /// A picture, relative to static/, with a `/` in front.
        logo: OptText<'s>,
        /// Whether its articles stand behind a paywall.
        paywall: bool,
        /// Whether it is an agency whose texts others republish.
        wire: bool,
        /// How it is rated.
        ratings: Vec<Spanned<RawRating<'s>>>,
        /// What to do about kinds of problems in this file: codes, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

record! {
    /// How one rater classifies an outlet on one axis.
    pub struct RawRating<'s> {
        /// Id of the axis. Must be there.
        axis: OptText<'s>,
        /// Id of the rater; left out, the site itself.
        rater: OptText<'s>,
        /// The rater's own label, which `[axes]` maps to a level.
        label: OptText<'s>,
        /// Id of the level, where there is no label.
        level: OptText<'s>,
        /// From when the rating is valid.
        date: Option<Spanned<When>>,
        /// The last day on which it is valid.
        until: Option<Spanned<When>>,
        /// Where the rating stands.
        url: OptText<'s>,
        /// A remark.
        note: OptText<'s>,
        /// The licence of the rating.
        license: OptText<'s>,
    }
}

/// The keys of an outlet, none of which can be the name of an axis.
pub fn keys() -> Vec<&'static str> {
    RawOutlet::RECORD.fields.iter().map(|field| field.name).collect()
}

/// How far an outlet reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// A town or region.
    Local,
    /// A country.
    National,
    /// Many countries.
    International,
}

impl Scope {
    /// The word in files and data.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Local => "local",
            Scope::National => "national",
            Scope::International => "international",
        }
    }
}

/// A checked outlet.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Outlet {
    /// The file it comes from.
    pub path: Box<str>,
    /// File name or table name.
    pub id: Slug,
    /// What readers see.
    pub name: Box<str>,
    /// Normalised domains with their places.
    pub domains: Vec<(Box<str>, SpanKey)>,
    /// Home page.
    pub url: Option<Box<str>>,
    /// ISO 3166 code.
    pub country: Option<Box<str>>,
    /// BCP 47 tag.
    pub language: Option<Box<str>>,
    /// How far it reports.
    pub scope: Option<Scope>,
    /// Who owns it.
    pub owner: Option<Box<str>>,
    /// The company above the owner.
    pub parent: Option<Box<str>>,
    /// Year.
    pub founded: Option<i64>,
    /// Feed.
    pub feed: Option<Box<str>>,
    /// Picture.
    pub logo: Option<Box<str>>,
    /// Behind a paywall.
    pub paywall: bool,
    /// An agency.
    pub wire: bool,
    /// Ratings in file order; those by short keys first.
    pub ratings: Vec<Rating>,
    /// What to do about kinds of problems in its file.
    pub lint: Lint,
    /// Own data.
    pub extra: Data,
}

/// A span that counts for nothing when outlets are compared.
#[derive(Debug, Clone, Copy)]
pub struct SpanKey(pub Span);

impl PartialEq for SpanKey {
    fn eq(&self, _: &SpanKey) -> bool {
        true
    }
}

impl Eq for SpanKey {}

impl std::hash::Hash for SpanKey {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rating {
    /// On which axis.
    pub axis: AxisIx,
    /// Who rates: place among the axis's raters, or the site itself.
    pub rater: Option<usize>,
    /// The rater's own label, if written.
    pub label: Option<Box<str>>,
    /// What it means.
    pub level: LevelIx,
    /// Valid from.
    pub date: Option<Date>,
    /// Valid until and including.
    pub until: Option<Date>,
    /// Where it stands.
    pub url: Option<Box<str>>,
    /// Remark.
    pub note: Option<Box<str>>,
    /// Licence.
    pub license: Option<Box<str>>,
    /// Where it was written.
    pub span: SpanKey,
}

/// Reads `content/outlets/ID.toml`.
pub fn parse(path: &str, id: &str, bytes: &[u8], axes: &Axes) -> (Vec<Outlet>, Vec<Diag>) {
    read_file(path, bytes, |table, diags| {
        let id = Spanned::new(Cow::Borrowed(id), Span::default());
        outlet(path, id, table, axes, diags).into_iter().collect()
    })
}

/// Reads `content/outlets.toml`: one table an outlet.
pub fn parse_many(path: &str, bytes: &[u8], axes: &Axes) -> (Vec<Outlet>, Vec<Diag>) {
    read_file(path, bytes, |table, diags| {
        let mut list = Vec::with_capacity(table.entries().len());
        for entry in table.into_entries() {
            match entry.value.kind {
                Kind::Table(table) => {
                    let id = Spanned::new(entry.key, entry.key_span);
                    list.extend(outlet(path, id, table, axes, diags));
                }
                _ => wrong_type(&entry.value, "a table", diags),
            }
        }
        list
    })
}

fn read_file<'s>(
    path: &str,
    bytes: &'s [u8],
    read: impl FnOnce(Table<'s>, &mut Diags) -> Vec<Outlet>,
) -> (Vec<Outlet>, Vec<Diag>) {
    let mut diags = Diags::new(path);
    let text = front::text(bytes, &mut diags).unwrap_or_default();
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let table = toml_tree::parse(&text[start..], start, &mut diags);
    let outlets = match text.is_empty() && diags.has_error() {
        true => Vec::new(),
        false => read(table, &mut diags),
    };
    (outlets, diags.attach(text))
}

fn outlet(path: &str, id: Spanned<Text>, table: Table, axes: &Axes, diags: &mut Diags) -> Option<Outlet> {
    let mut own = Table::new(table.origin);
    let mut ratings = Vec::new();
    for entry in table.into_entries() {
        match axes.find(&entry.key) {
            Some(axis) => match &entry.value.kind {
                Kind::Text(level) => {
                    ratings.extend(rating::short_rating(axis, level, entry.value.span, axes, diags))
                }
                _ => wrong_type(&entry.value, "a text", diags),
            },
            None => {
                own.insert(entry);
            }
        }
    }
    let RawOutlet {
        name,
        domains,
        url,
        country,
        language,
        scope,
        owner,
        parent,
        founded,
        feed,
        logo,
        paywall,
        wire,
        ratings: written,
        lint,
        extra,
        marker: _,
    } = RawOutlet::from_table(own, diags);
    ratings.extend(written.into_iter().filter_map(|raw| rating::rating(raw, axes, diags)));
    let slug = Slug::new(&id.value);
    if let Err(reason) = &slug {
        diags
            .error(Code::BadSlug, id.span, format!("`{}` cannot be an outlet's id: {reason}", id.value))
            .set_help("the id is the name of the file or table");
    }
    let Some(name) = name.filter(|name| !name.value.trim().is_empty()) else {
        diags.error(Code::MissingKey, id.span, "an outlet needs `name`").set_help("add `name = \"…\"`");
        return None;
    };
    Some(Outlet {
        path: path.into(),
        id: slug.ok()?,
        name: name.value.into(),
        domains: domains.into_iter().filter_map(|d| domain(d, diags)).collect(),
        url: web(url, diags),
        country: country.and_then(|country| country_code(country, diags)),
        language: text(language),
        scope: scope.and_then(|scope| scope_from(&scope, diags)),
        owner: text(owner),
        parent: text(parent),
        founded: founded.map(|year| year.value),
        feed: web(feed, diags),
        logo: text(logo),
        paywall,
        wire,
        ratings,
        lint: Lint::read(lint, diags),
        extra: extra.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
