//! Bytes of a story file to a [`Story`]. Pure: the same bytes and path give the same story.
//!
//! In: path and bytes. Out: the story, unless something that it cannot do without is missing,
//! and every mistake of the file.

mod blocks;
mod prose;
mod sources;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::place::Places;
use super::raw::*;
use super::*;
use crate::content::record::Either;
use crate::content::{digest, front};
use crate::diag::{Code, Diag, Diags, Span};
use crate::link::{Address, address};
use crate::markdown::{self, Finding};

/// Reads a story file.
pub fn parse(path: &str, bytes: &[u8]) -> (Option<Story>, Vec<Diag>) {
    let mut diags = Diags::new(path);
    let Some(text) = front::text(bytes, &mut diags) else {
        return (None, diags.attach(&String::from_utf8_lossy(bytes)));
    };
    let is_toml = path.ends_with(".toml");
    let mut front = front::split(text, is_toml, &mut diags);
    let mut body = Cow::Borrowed(front.body);
    let mut body_start = front.body_start;
    // In a TOML file, where the body is a key, that is all of it.
    let front_digest = digest::of(bytes.get(..body_start).unwrap_or(bytes));
    if is_toml {
        let (table, node) = front::take_body(front.table);
        front.table = table;
        if let Some(node) = node {
            body_start = node.span.start as usize;
            if let crate::content::tree::Kind::Text(text) = node.kind {
                body = text;
            }
        }
    }
    let raw = RawStory::from_table(front.table, &mut diags);
    let mut checker = Checker { file: text, ids: HashMap::new(), guesses: GUESSES, diags: &mut diags };
    let story = checker.story(raw, name_of(path));
    checker.check_prose(&body, Span::new(body_start, text.len()));
    let story = story.map(|story| Story {
        path: path.into(),
        body: trimmed(body),
        body_start: Span::new(body_start, body_start).start,
        digest: digest::of(bytes),
        front_digest,
        ..story
    });
    (story, diags.attach(text))
}

fn trimmed(body: Cow<str>) -> Body {
    if body.trim().is_empty() { Body::default() } else { Body(body.into()) }
}

struct Checker<'c> {
    file: &'c str,
    ids: HashMap<Box<str>, SourceIx>,
    /// How many more unknown ids are compared with all known ones: many times many takes long.
    guesses: usize,
    diags: &'c mut Diags,
}

/// More mistyped ids than that are no typing mistakes.
const GUESSES: usize = 50;

type RawText<'s> = Option<Spanned<Cow<'s, str>>>;

impl Checker<'_> {
    fn story(&mut self, raw: RawStory, name: Name) -> Option<Story> {
        // All is taken, so that a new key cannot be forgotten here.
        let RawStory {
            title,
            slug,
            id,
            date,
            updated,
            lang,
            draft,
            expires,
            weight,
            aliases,
            authors,
            image,
            place,
            summary,
            topics,
            related,
            translations,
            follows,
            disclosure,
            withdrawn,
            points,
            sources,
            perspectives,
            timeline,
            quotes,
            sections,
            questions,
            revisions,
            reported,
            lint,
            extra,
            marker: _,
        } = raw;
        let sources = self.sources(sources);
        let title = self.title(title);
        let slug = self.slug(slug, &name);
        let date = self.date(date, &name);
        let story = Story {
            path: Text::default(),
            id: id.map(|id| id.value.into()),
            updated: updated.map(|when| when.value),
            lang: lang.and_then(|lang| self.lang(lang)).or(name.lang.map(Text::from)),
            draft,
            expires: expires.map(|when| when.value),
            weight,
            aliases: aliases.into_iter().filter_map(|alias| self.alias(alias)).collect(),
            authors: authors.into_iter().map(Text::from).collect(),
            image: image.and_then(|image| self.image(image)),
            place: plain(place),
            summary: self.prose(summary),
            topics: self.topics(topics),
            related: own_all(related),
            translations: own_all(translations),
            follows: follows.map(|slug| slug.map(Text::from)),
            disclosure: self.prose(disclosure),
            withdrawn: self.prose(withdrawn),
            points: self.points(points),
            sources,
            perspectives: self.list(perspectives, Checker::perspective),
            timeline: self.list(timeline, Checker::event),
            quotes: self.list(quotes, Checker::quote),
            sections: self.list(sections, Checker::section),
            questions: self.list(questions, Checker::question),
            revisions: self.revisions(revisions),
            reported: reported.and_then(|reported| self.reported(reported)),
            lint: Lint::read(lint, self.diags),
            extra: extra.unwrap_or_default(),
            body: Body::default(),
            body_start: 0,
            digest: 0,
            front_digest: 0,
            // Last, so that every other mistake has been found by then.
            slug: slug?,
            title: title?,
            date: date?,
        };
        Some(story)
    }

    fn title(&mut self, title: RawText) -> Option<Spanned<Text>> {
        match title {
            Some(title) if !title.value.trim().is_empty() => Some(title.map(Text::from)),
            other => {
                let span = other.map_or(Span::default(), |title| title.span);
                self.missing("title", "a story", span);
                None
            }
        }
    }

    fn slug(&mut self, slug: RawText, name: &Name) -> Option<Slug> {
        let (text, span) = match (&slug, name.lang) {
            (Some(slug), _) => (slug.value.clone(), slug.span),
            (None, Some(lang)) => (Cow::Owned(format!("{}-{lang}", name.stem)), Span::default()),
            (None, None) => (Cow::Borrowed(name.stem), Span::default()),
        };
        match Slug::new(&text) {
            Ok(slug) => Some(slug),
            Err(reason) => {
                let help = format!("set a slug such as `slug = \"{}\"`", Slug::from_title(&text));
                self.diags.error(Code::BadSlug, span, format!("`{text}`: {reason}")).set_help(help);
                None
            }
        }
    }

    fn date(&mut self, date: Option<Spanned<When>>, name: &Name) -> Option<When> {
        let found = date.map(|date| date.value).or(name.date.map(When::Day));
        if found.is_none() {
            self.diags
                .error(Code::MissingKey, Span::default(), "a story needs a date")
                .set_help("add `date = 2025-07-31`, or begin the file's name with the date");
        }
        found
    }

    fn missing(&mut self, key: &str, what: &str, span: Span) {
        self.diags
            .error(Code::MissingKey, span, format!("{what} needs `{key}`"))
            .set_help(format!("add `{key} = …`"));
    }

    fn lang(&mut self, lang: Spanned<Cow<str>>) -> Option<Text> {
        let well_formed = !lang.value.is_empty()
            && lang
                .value
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !well_formed {
            let message = format!("`{}` is not a language tag", lang.value);
            self.diags
                .error(Code::BadValue, lang.span, message)
                .set_help("write a BCP 47 tag such as `de`, `pt-BR` or `zh-Hant`");
        }
        well_formed.then(|| lang.value.into())
    }

    fn alias(&mut self, alias: Spanned<Cow<str>>) -> Option<Spanned<Text>> {
        let inner = alias.value.trim_matches('/');
        let (folder, file) = match inner.strip_suffix(".html") {
            Some(stem) => (stem, true),
            None => (inner, false),
        };
        for segment in folder.split('/') {
            if let Err(reason) = Slug::new(segment) {
                let message = format!("the alias `{}` is no path: {reason}", alias.value);
                self.diags
                    .error(Code::BadSlug, alias.span, message)
                    .set_help("write a path such as `/old/path/`");
                return None;
            }
        }
        let path = if file { format!("/{inner}") } else { format!("/{inner}/") };
        Some(Spanned::new(path.into(), alias.span))
    }

    fn topics(&mut self, topics: Vec<Spanned<Cow<str>>>) -> Vec<Spanned<Text>> {
        let mut list: Vec<Spanned<Text>> = Vec::with_capacity(topics.len());
        let mut seen = HashSet::with_capacity(topics.len());
        for topic in topics {
            let name = topic.value.trim();
            if name.is_empty() {
                self.diags.error(Code::BadValue, topic.span, "a topic needs a name");
            } else if seen.insert(name.to_owned()) {
                list.push(Spanned::new(name.into(), topic.span));
            }
        }
        list
    }

    fn count(&mut self, count: Spanned<i64>) -> Option<u64> {
        let value = u64::try_from(count.value).ok();
        if value.is_none() {
            self.diags.error(Code::BadValue, count.span, "a count cannot be negative");
        }
        value
    }

    fn list<R, T>(
        &mut self,
        raws: Vec<Spanned<R>>,
        read: impl Fn(&mut Self, R, Span) -> Option<T>,
    ) -> Vec<T> {
        raws.into_iter().filter_map(|raw| read(self, raw.value, raw.span)).collect()
    }

    fn required(&mut self, text: RawText, key: &str, what: &str, span: Span) -> Option<Text> {
        match text {
            Some(text) if !text.value.trim().is_empty() => self.prose(Some(text)),
            _ => {
                self.missing(key, what, span);
                None
            }
        }
    }

    /// A text with Markdown, whose citations are checked.
    fn prose(&mut self, text: RawText) -> Option<Text> {
        self.checked_prose(text).map(|text| text.value.into())
    }

    /// The same, as it was written.
    fn checked_prose<'s>(&mut self, text: RawText<'s>) -> RawText<'s> {
        let text = text.filter(is_written)?;
        self.check_prose(&text.value, text.span);
        Some(text)
    }
}

fn push_once(list: &mut Vec<SourceIx>, item: SourceIx) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn plain(text: RawText) -> Option<Text> {
    text.filter(is_written).map(|text| text.value.into())
}

fn is_written(text: &Spanned<Cow<str>>) -> bool {
    !text.value.trim().is_empty()
}

fn own_all(list: Vec<Spanned<Cow<str>>>) -> Vec<Spanned<Text>> {
    list.into_iter().map(|item| item.map(Text::from)).collect()
}

/// At most 60 characters of a text, for a message.
fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}
