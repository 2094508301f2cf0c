//! Editions, topics and plain pages: small files of front matter and Markdown.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::data::Data;
use super::date::When;
use super::front;
use super::lint::{Lint, RawLint};
use super::record::record;
use super::story::{Text, name_of};
use super::tree::{Kind, Table};
use crate::diag::{Code, Diag, Diags, Span, Spanned};
use crate::markdown::{self, Finding};
use crate::slug::Slug;

type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

record! {
    /// An edition: an issue of the digest.
    pub struct RawEdition<'s> {
        /// Its title. Must be there.
        title: OptText<'s>,
        /// The part of the URL that names it; left out, the file name without its date.
        slug: OptText<'s>,
        /// A stable identity for feeds; left out, the slug.
        id: OptText<'s>,
        /// Its number.
        number: Option<i64>,
        /// Its day; left out, the date that the file name begins with.
        date: Option<Spanned<When>>,
        /// Its language; left out, the site's.
        lang: OptText<'s>,
        /// Slugs of its stories, in order.
        stories: Vec<Spanned<Cow<'s, str>>>,
        /// The line that mail programs show beside the subject.
        preheader: OptText<'s>,
        /// A draft is built only with `--drafts`.
        draft: bool,
        /// What to do about kinds of problems in this file: codes, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

record! {
    /// A topic. Topics that no file describes exist too, by the stories that name them.
    pub struct RawTopic<'s> {
        /// What stories write; left out, the file name.
        name: OptText<'s>,
        /// One paragraph, inline Markdown.
        description: OptText<'s>,
        /// The name of the topic above it.
        parent: OptText<'s>,
        /// What to do about kinds of problems in this file: codes, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

record! {
    /// A plain page.
    pub struct RawPage<'s> {
        /// Its title. Must be there.
        title: OptText<'s>,
        /// The part of the URL that names it; left out, the file name.
        slug: OptText<'s>,
        /// One sentence about it.
        description: OptText<'s>,
        /// When it was written.
        date: Option<Spanned<When>>,
        /// Its language; left out, the site's.
        lang: OptText<'s>,
        /// Its place in the outline of pages, among those of its folder; lower stands first; left out, it is not there.
        weight: Option<i64>,
        /// A draft is built only with `--drafts`.
        draft: bool,
        /// What to do about kinds of problems in this file: codes, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

/// A checked edition.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its file.
    pub path: Text,
    /// Names it in URLs.
    pub slug: Slug,
    /// Stable identity.
    pub id: Option<Text>,
    /// Title.
    pub title: Text,
    /// Number.
    pub number: Option<i64>,
    /// Day.
    pub date: When,
    /// Language.
    pub lang: Option<Text>,
    /// Slugs of stories.
    pub stories: Vec<Spanned<Text>>,
    /// Line beside the subject.
    pub preheader: Option<Text>,
    /// Only with `--drafts`.
    pub draft: bool,
    /// Markdown.
    pub intro: Text,
    /// What to do about kinds of problems in this file.
    pub lint: Lint,
    /// Own data.
    pub extra: Data,
}

/// A checked topic file.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicFile {
    /// Its file.
    pub path: Text,
    /// What stories write, if the file says so.
    pub name: Option<Text>,
    /// The file's name: what stands for a name that is left out.
    pub stem: Text,
    /// Inline Markdown: the key, or the body.
    pub description: Option<Text>,
    /// Name of the topic above.
    pub parent: Option<Spanned<Text>>,
    /// What to do about kinds of problems in this file.
    pub lint: Lint,
    /// Own data.
    pub extra: Data,
}

/// A checked plain page.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Its file.
    pub path: Text,
    /// Its URL path below the site's root, without `/` at the ends.
    pub url_path: Text,
    /// Title.
    pub title: Text,
    /// One sentence.
    pub description: Option<Text>,
    /// Day.
    pub date: Option<When>,
    /// Language.
    pub lang: Option<Text>,
    /// Place in the navigation.
    pub weight: Option<i64>,
    /// Only with `--drafts`.
    pub draft: bool,
    /// Markdown.
    pub body: Text,
    /// What to do about kinds of problems in this file.
    pub lint: Lint,
    /// Own data.
    pub extra: Data,
}

/// Reads `content/editions/*.md|toml`.
pub fn edition(path: &str, bytes: &[u8]) -> (Option<Edition>, Vec<Diag>) {
    read(path, bytes, |table, body, diags| {
        let RawEdition {
            title,
            slug,
            id,
            number,
            date,
            lang,
            stories,
            preheader,
            draft,
            lint,
            extra,
            marker: _,
        } = RawEdition::from_table(table, diags);
        let name = name_of(path);
        let title = required(title, "title", "an edition", diags);
        let slug = slug_from(slug, name.stem, diags);
        let date = date.map(|date| date.value).or(name.date.map(When::Day));
        if date.is_none() {
            diags
                .error(Code::MissingKey, Span::default(), "an edition needs a date")
                .set_help("add `date = 2025-07-31`, or begin the file's name with the date");
        }
        Some(Edition {
            path: path.into(),
            slug: slug?,
            id: own(id),
            title: title?,
            number,
            date: date?,
            lang: own(lang).or(name.lang.map(Text::from)),
            stories: stories.into_iter().map(|slug| slug.map(Text::from)).collect(),
            preheader: own(preheader),
            draft,
            intro: body,
            lint: Lint::read(lint, diags),
            extra: extra.unwrap_or_default(),
        })
    })
}

/// Reads `content/topics/*.md`.
pub fn topic(path: &str, bytes: &[u8]) -> (Option<TopicFile>, Vec<Diag>) {
    read(path, bytes, |table, body, diags| {
        let RawTopic { name, description, parent, lint, extra, marker: _ } =
            RawTopic::from_table(table, diags);
        let body = (!body.is_empty()).then_some(body);
        Some(TopicFile {
            path: path.into(),
            name: own(name),
            stem: name_of(path).stem.into(),
            description: own(description).or(body),
            parent: parent.map(|parent| parent.map(Text::from)),
            lint: Lint::read(lint, diags),
            extra: extra.unwrap_or_default(),
        })
    })
}

/// Reads `content/pages/**/*.md`.
pub fn doc(path: &str, bytes: &[u8]) -> (Option<Doc>, Vec<Diag>) {
    read(path, bytes, |table, body, diags| {
        let RawPage { title, slug, description, date, lang, weight, draft, lint, extra, marker: _ } =
            RawPage::from_table(table, diags);
        let name = name_of(path);
        let title = required(title, "title", "a page", diags);
        let slug = slug_from(slug, name.stem, diags)?;
        Some(Doc {
            path: path.into(),
            url_path: page_path(path, slug, name.bundle, diags)?,
            title: title?,
            description: own(description),
            date: date.map(|date| date.value),
            lang: own(lang).or(name.lang.map(Text::from)),
            weight,
            draft,
            body,
            lint: Lint::read(lint, diags),
            extra: extra.unwrap_or_default(),
        })
    })
}

/// `content/pages/help/faq.md` stands at `help/faq`.
fn page_path(path: &str, slug: Slug, bundle: bool, diags: &mut Diags) -> Option<Text> {
    let inside = path.split_once("pages/").map_or(path, |(_, rest)| rest);
    let mut folders: Vec<&str> = inside.split('/').collect();
    folders.pop();
    if bundle {
        folders.pop();
    }
    for folder in &folders {
        if let Err(reason) = Slug::new(folder) {
            let message = format!("the folder `{folder}` cannot be part of a URL: {reason}");
            diags.error(Code::BadSlug, Span::default(), message).set_help("rename the folder");
            return None;
        }
    }
    folders.push(slug.as_str());
    Some(folders.join("/").into())
}

fn read<T>(
    path: &str,
    bytes: &[u8],
    check: impl FnOnce(Table, Text, &mut Diags) -> Option<T>,
) -> (Option<T>, Vec<Diag>) {
    let mut diags = Diags::new(path);
    let Some(text) = front::text(bytes, &mut diags) else {
        return (None, diags.attach(&String::from_utf8_lossy(bytes)));
    };
    let is_toml = path.ends_with(".toml");
    let front = front::split(text, is_toml, &mut diags);
    let mut body = Cow::Borrowed(front.body);
    let mut table = front.table;
    if is_toml {
        let (rest, node) = front::take_body(table);
        table = rest;
        if let Some(Kind::Text(text)) = node.map(|node| node.kind) {
            body = text;
        }
    }
    let is_blank = body.trim().is_empty();
    warn_of(&body, text, &mut diags);
    let body = if is_blank { Text::default() } else { body.into() };
    let value = check(table, body, &mut diags);
    (value, diags.attach(text))
}

/// Reports what an author should know about a text that cites nothing.
fn warn_of(body: &str, file: &str, diags: &mut Diags) {
    for finding in markdown::inspect(body) {
        let (code, what, message) = match &finding {
            Finding::Citation(id) => {
                (Code::UnknownId, id, format!("`[@{id}]` cites a source, but only stories have sources"))
            }
            Finding::UnsafeLink(url) => (Code::UnsafeLink, url, "the link was dropped".to_owned()),
            Finding::RemoteImage(url) => (Code::RemoteImage, url, "a remote image became a link".to_owned()),
            Finding::MissingAlt(url) => {
                (Code::MissingAlt, url, "an image has no text alternative".to_owned())
            }
            Finding::RawHtml(html) => (Code::RawHtml, html, "raw HTML is shown as text".to_owned()),
        };
        let at = file.find(what.trim()).unwrap_or(0);
        diags
            .warning(code, Span::new(at, at + what.trim().len()), message)
            .set_help(format!("see `dateline explain {}`", code.name()));
    }
}

fn required(text: OptText, key: &str, what: &str, diags: &mut Diags) -> Option<Text> {
    let found = own(text);
    if found.is_none() {
        diags
            .error(Code::MissingKey, Span::default(), format!("{what} needs `{key}`"))
            .set_help(format!("add `{key} = \"…\"`"));
    }
    found
}

fn slug_from(slug: OptText, stem: &str, diags: &mut Diags) -> Option<Slug> {
    let (text, span) = match &slug {
        Some(slug) => (slug.value.as_ref(), slug.span),
        None => (stem, Span::default()),
    };
    match Slug::new(text) {
        Ok(slug) => Some(slug),
        Err(reason) => {
            let help = format!("set a slug such as `slug = \"{}\"`", Slug::from_title(text));
            diags.error(Code::BadSlug, span, format!("`{text}`: {reason}")).set_help(help);
            None
        }
    }
}

fn own(text: OptText) -> Option<Text> {
    text.filter(|text| !text.value.trim().is_empty()).map(|text| text.value.into())
}

/// The day of an edition, for its order.
pub fn edition_order(edition: &Edition, zone: &TimeZone) -> (jiff::Timestamp, Text) {
    (edition.date.moment(zone), edition.slug.as_str().into())
}
