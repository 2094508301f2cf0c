//! Bytes of a story file to a [`Story`]. Pure: the same bytes and path give the same story.
//!
//! In: path and bytes. Out: the story, unless something that it cannot do without is missing,
//! and every mistake of the file.

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

/// What a file's path says about the page in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Name<'p> {
    /// The date that the name begins with.
    pub date: Option<jiff::civil::Date>,
    /// The name without date, language and ending.
    pub stem: &'p str,
    /// The language in `NAME.de.md`.
    pub lang: Option<&'p str>,
    /// Whether it is the index file of a folder (a page bundle).
    pub bundle: bool,
}

/// Reads a path such as `content/stories/2025-07-31-iss.de.md`.
pub fn name_of(path: &str) -> Name<'_> {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lang = match stem.rsplit_once('.') {
        Some((rest, tag)) if is_lang_suffix(tag) => {
            stem = rest;
            Some(tag)
        }
        _ => None,
    };
    let bundle = stem == "index";
    if bundle {
        stem = parts.next().unwrap_or(stem);
    }
    let date = stem.get(..10).and_then(|date| date.parse().ok());
    let stem = match (date, stem.get(10..)) {
        (Some(_), Some(rest)) => match rest.strip_prefix(['-', '_', ' ']) {
            Some(rest) if !rest.is_empty() => rest,
            _ => stem,
        },
        _ => stem,
    };
    Name { date, stem, lang, bundle }
}

/// The name of a file without its ending: the id of an outlet.
pub fn name_of_file(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// `de`, `pt-BR`, `zh-Hant`: what may stand between the name and `.md`.
fn is_lang_suffix(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

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
        ..story
    });
    (story, diags.attach(text))
}

fn trimmed(body: Cow<str>) -> Text {
    if body.trim().is_empty() { Text::default() } else { body.into() }
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
            body: Text::default(),
            body_start: 0,
            digest: 0,
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

    fn image(&mut self, image: Spanned<RawImage>) -> Option<Image> {
        let RawImage { src, alt, caption, credit, marker: _ } = image.value;
        let Some(src) = src else {
            self.missing("src", "an image", image.span);
            return None;
        };
        Some(Image {
            src: src.map(Text::from),
            // An empty text says that there is nothing to say.
            alt: alt.map(|alt| alt.value.into()),
            caption: self.prose(caption),
            credit: plain(credit),
        })
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

    fn points(&mut self, points: Vec<Either<Spanned<Cow<str>>, Spanned<RawPoint>>>) -> Vec<Point> {
        let written = points.iter().filter_map(|point| match point {
            Either::Full(point) => point.value.id.as_ref(),
            Either::Short(_) => None,
        });
        let mut ids = Ids::new('p', written);
        let mut list = Vec::with_capacity(points.len());
        for point in points {
            let (point, span) = match point {
                Either::Short(text) => {
                    let span = text.span;
                    (RawPoint { text: Some(text), ..RawPoint::default() }, span)
                }
                Either::Full(point) => (point.value, point.span),
            };
            let RawPoint { id, text, cites, denied_by, marker: _ } = point;
            let id = self.id(id, &mut ids);
            let (mut cites, denied_by) = (self.cites(cites), self.cites(denied_by));
            let Some(text) = self.required(text, "text", "a point", span) else { continue };
            for found in self.cited_in(&text) {
                push_once(&mut cites, found);
            }
            list.push(Point { id, text, cites, denied_by });
        }
        list
    }

    /// The id as written, or the next free number; a repeat is an error.
    fn id(&mut self, id: RawText, ids: &mut Ids) -> Box<str> {
        let Some(id) = id else {
            return ids.next();
        };
        let text: Box<str> = id.value.into();
        let well_formed = !text.is_empty()
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        if !well_formed {
            self.diags
                .error(Code::BadValue, id.span, format!("`{text}` cannot be an id"))
                .set_help("use letters, digits, `-`, `_`, `.` and `:`");
        } else if !ids.seen.insert(text.clone()) {
            let message = format!("the id `{text}` is taken in this story");
            self.diags.error(Code::DuplicateId, id.span, message).set_help("choose another id");
        }
        text
    }

    fn sources(&mut self, sources: Vec<Spanned<RawSource>>) -> Vec<Source> {
        let mut ids = Ids::new('s', sources.iter().filter_map(|source| source.value.id.as_ref()));
        let mut named = Vec::with_capacity(sources.len());
        for mut source in sources {
            let id = self.id(source.value.id.take(), &mut ids);
            self.ids.entry(id.clone()).or_insert(named.len() as SourceIx);
            named.push((id, source));
        }
        let mut list = Vec::with_capacity(named.len());
        let mut spans = Vec::with_capacity(named.len());
        for (id, source) in named {
            spans.push(source.value.copy_of.as_ref().map(|id| id.span).unwrap_or_default());
            list.push(self.source(id, source));
        }
        self.check_copies(&list, &spans);
        list
    }

    fn source(&mut self, id: Box<str>, source: Spanned<RawSource>) -> Source {
        let span = source.span;
        let RawSource {
            id: _,
            outlet,
            url,
            title,
            excerpt,
            published,
            author,
            lang,
            paywall,
            archive,
            copy_of,
            wire,
            marker: _,
        } = source.value;
        let more = SourceMore {
            author: plain(author),
            lang: lang.and_then(|lang| self.lang(lang)),
            paywall,
            archive: archive.and_then(|archive| self.archive(archive)),
        };
        Source {
            id,
            outlet: outlet.map(|id| id.map(Text::from)),
            url: url.and_then(|url| self.url(url)),
            title: plain(title),
            excerpt: self.prose(excerpt),
            published: published.map(|when| when.value),
            copy_of: copy_of.and_then(|id| self.cite(id)),
            wire: wire.map(|id| id.map(Text::from)),
            more: (more != SourceMore::default()).then(|| Box::new(more)),
            span,
        }
    }

    fn archive(&mut self, archive: Spanned<RawArchive>) -> Option<Archive> {
        let RawArchive { url, date, marker: _ } = archive.value;
        let Some(url) = url else {
            self.missing("url", "an archived copy", archive.span);
            return None;
        };
        Some(Archive { url: self.url(url)?, date: date.map(|when| when.value) })
    }

    /// Every circle of copies is reported once, at its first source (spec section 4, rule 1).
    fn check_copies(&mut self, sources: &[Source], spans: &[Span]) {
        let mut state = vec![0u32; sources.len()];
        for start in 0..sources.len() {
            let mark = start as u32 + 1;
            let mut at = start;
            while state[at] == 0 {
                state[at] = mark;
                let Some(next) = sources[at].copy_of else { break };
                at = next as usize;
                if state[at] == mark {
                    let message = format!("`{}` is, in the end, a copy of itself", sources[at].id);
                    self.diags
                        .error(Code::CopyCycle, spans[at], message)
                        .set_help("remove copy_of from the source that was there first");
                    break;
                }
            }
        }
    }

    fn url(&mut self, url: Spanned<Cow<str>>) -> Option<Text> {
        if address(&url.value) == Address::Web {
            return Some(url.value.into());
        }
        let message = format!("`{}` is no web address and was dropped", short(&url.value));
        self.diags
            .warning(Code::UnsafeLink, url.span, message)
            .set_help("write an address that begins with https:// or http://");
        None
    }

    fn perspective(&mut self, raw: RawPerspective, span: Span) -> Option<Perspective> {
        let RawPerspective { name, side, text, cites, marker: _ } = raw;
        if name.is_none() && side.is_none() {
            self.missing("name", "a perspective without side", span);
        }
        Some(Perspective {
            name: plain(name),
            side: side.map(|side| side.map(Text::from)),
            cites: self.cites(cites),
            text: self.required(text, "text", "a perspective", span)?,
        })
    }

    fn event(&mut self, raw: RawEvent, span: Span) -> Option<Event> {
        let RawEvent { date, text, cites, marker: _ } = raw;
        if date.is_none() {
            self.missing("date", "an event", span);
        }
        Some(Event {
            cites: self.cites(cites),
            text: self.required(text, "text", "an event", span)?,
            date: date?.value,
        })
    }

    fn quote(&mut self, raw: RawQuote, span: Span) -> Option<Quote> {
        let RawQuote { text, speaker, role, cites, marker: _ } = raw;
        Some(Quote {
            speaker: plain(speaker),
            role: plain(role),
            cites: self.cites(cites),
            text: self.required(text, "text", "a quote", span)?,
        })
    }

    fn section(&mut self, raw: RawSection, span: Span) -> Option<Section> {
        let RawSection { title, text, items, cites, marker: _ } = raw;
        for item in &items {
            self.check_prose(&item.value, item.span);
        }
        Some(Section {
            text: self.prose(text),
            items: items.into_iter().map(|item| item.value.into()).collect(),
            cites: self.cites(cites),
            title: self.required(title, "title", "a section", span)?,
        })
    }

    fn question(&mut self, raw: RawQuestion, span: Span) -> Option<Question> {
        let RawQuestion { question, answer, cites, marker: _ } = raw;
        let cites = self.cites(cites);
        let question = self.required(question, "question", "a question", span);
        let answer = self.required(answer, "answer", "a question", span);
        Some(Question { question: question?, answer: answer?, cites })
    }

    fn revisions(&mut self, raws: Vec<Spanned<RawRevision>>) -> Vec<Revision> {
        let mut list = self.list(raws, Checker::revision);
        let utc = jiff::tz::TimeZone::UTC;
        list.sort_by_key(|revision| std::cmp::Reverse(revision.date.moment(&utc)));
        list
    }

    fn revision(&mut self, raw: RawRevision, span: Span) -> Option<Revision> {
        let RawRevision { date, note, kind, marker: _ } = raw;
        let kind = match kind.as_ref().map(|kind| kind.value.as_ref()) {
            None | Some("update") => RevisionKind::Update,
            Some("correction") => RevisionKind::Correction,
            Some(other) => {
                let message = format!("`{other}` is no kind of revision");
                let span = kind.as_ref().map_or(span, |kind| kind.span);
                self.diags.error(Code::BadValue, span, message).set_help("write `update` or `correction`");
                RevisionKind::Update
            }
        };
        if date.is_none() {
            self.missing("date", "a revision", span);
        }
        let note = self.required(note, "note", "a revision", span);
        Some(Revision { date: date?.value, note: note?, kind })
    }

    fn reported(&mut self, raw: Spanned<RawReported>) -> Option<Box<Reported>> {
        let RawReported { by, url, date, articles, axes, marker: _ } = raw.value;
        let articles = articles.and_then(|count| self.count(count));
        let mut checked = Vec::new();
        for (axis, shares) in axes.0 {
            let mut list = Vec::new();
            for (group, share) in shares.0 {
                match u8::try_from(share.value).ok().filter(|share| *share <= 100) {
                    Some(percent) => list.push((group.map(Text::from), percent)),
                    None => {
                        let message = format!("{} is not a share in per cent", share.value);
                        self.diags
                            .error(Code::BadValue, share.span, message)
                            .set_help("write a whole number from 0 to 100");
                    }
                }
            }
            checked.push((axis.map(Text::from), list));
        }
        let by = self.required(by, "by", "a reported total", raw.span)?;
        let url = url.and_then(|url| self.url(url));
        Some(Box::new(Reported { by, url, date: date.map(|d| d.value), articles, axes: checked }))
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
        let text = text.filter(|text| !text.value.trim().is_empty())?;
        self.check_prose(&text.value, text.span);
        Some(text.value.into())
    }

    fn cites(&mut self, ids: Vec<Spanned<Cow<str>>>) -> Vec<SourceIx> {
        let mut list = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(found) = self.cite(id) {
                push_once(&mut list, found);
            }
        }
        list
    }

    fn cite(&mut self, id: Spanned<Cow<str>>) -> Option<SourceIx> {
        let name = id.value.strip_prefix('@').unwrap_or(&id.value);
        let found = self.ids.get(name).copied();
        if found.is_none() {
            self.unknown_source(name, id.span);
        }
        found
    }

    fn unknown_source(&mut self, id: &str, span: Span) {
        let known = self.ids.keys().map(|id| &**id).take(if self.guesses > 0 { usize::MAX } else { 0 });
        self.guesses = self.guesses.saturating_sub(1);
        let help = match crate::diag::nearest(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.ids.is_empty() => "this story has no sources; add `[[sources]]`".to_owned(),
            None => format!("add a source with `id = \"{id}\"`"),
        };
        let message = format!("no source has the id `{id}`");
        self.diags.error(Code::UnknownId, span, message).set_help(help);
    }

    fn cited_in(&self, text: &str) -> Vec<SourceIx> {
        let found = markdown::citations(text);
        found.iter().filter_map(|id| self.ids.get(id.as_str()).copied()).collect()
    }

    /// Checks the citations, links and images of a Markdown text.
    fn check_prose(&mut self, text: &str, span: Span) {
        if !markdown::may_have_findings(text) {
            return;
        }
        let mut places = Places::new(self.file, span);
        for finding in markdown::inspect(text) {
            match finding {
                Finding::Citation(id) if self.ids.contains_key(id.as_str()) => {}
                Finding::Citation(id) => self.unknown_source(&id, places.next(&format!("@{id}"))),
                Finding::UnsafeLink(url) => {
                    let message = format!("the link to `{}` was dropped", short(&url));
                    self.diags
                        .warning(Code::UnsafeLink, places.next(&url), message)
                        .set_help("only http, https, mailto and tel may be linked");
                }
                Finding::RemoteImage(url) => {
                    let message = format!("the remote image `{}` became a link", short(&url));
                    self.diags
                        .warning(Code::RemoteImage, places.next(&url), message)
                        .set_help("save the picture beside the story");
                }
                Finding::MissingAlt(url) => {
                    let message = format!("the image `{}` has no text alternative", short(&url));
                    self.diags
                        .warning(Code::MissingAlt, places.next(&url), message)
                        .set_help("write what it shows: ![What it shows](picture.jpg)");
                }
                Finding::RawHtml(html) => {
                    let message = "raw HTML is shown as text";
                    self.diags
                        .warning(Code::RawHtml, places.next(html.trim()), message)
                        .set_help("use Markdown, or set `markdown.unsafe_html = true`");
                }
            }
        }
    }
}

/// Ids of one kind; those that are left out become `s1`, `s2`, …, skipping taken ones (spec
/// section 2).
struct Ids {
    prefix: char,
    next: usize,
    written: HashSet<Box<str>>,
    seen: HashSet<Box<str>>,
}

impl Ids {
    fn new<'a>(prefix: char, written: impl Iterator<Item = &'a Spanned<Cow<'a, str>>>) -> Ids {
        let written = written.map(|id| id.value.as_ref().into()).collect();
        Ids { prefix, next: 1, written, seen: HashSet::new() }
    }

    fn next(&mut self) -> Box<str> {
        loop {
            let id = format!("{}{}", self.prefix, self.next).into_boxed_str();
            self.next += 1;
            if !self.written.contains(&id) {
                return id;
            }
        }
    }
}

fn push_once(list: &mut Vec<SourceIx>, item: SourceIx) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn plain(text: RawText) -> Option<Text> {
    text.filter(|text| !text.value.trim().is_empty()).map(|text| text.value.into())
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
