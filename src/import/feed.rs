//! RSS 0.9 to 2.0, Atom and JSON Feed: every entry a draft story with one source, or all entries
//! the sources of one story.

use feed_rs::model::{Entry, Feed};
use feed_rs::parser::{ParseErrorKind, ParseFeedError};
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::draft::{Draft, Source};
use super::text::{date, lang_tag, lead, prose};
use super::{Context, Fault, Imported, name_all};
use crate::diag::FileText;
use crate::html::{self, Piece};

/// Characters of an excerpt.
const EXCERPT: usize = 320;

/// Elements whose text is none for readers.
const HIDDEN: [&str; 5] = ["script", "style", "noscript", "iframe", "noembed"];

/// Reads a feed.
pub fn read(bytes: &[u8], context: &Context) -> Result<Imported, Fault> {
    let feed = feed_rs::parser::parse(bytes).map_err(|error| fault(bytes, &error))?;
    let mut imported = Imported::default();
    let lang = feed.language.as_deref().and_then(lang_tag);
    let sources: Vec<Option<Source>> = feed.entries.iter().map(source).collect();
    if sources.iter().any(Option::is_none) {
        let places = entry_places(bytes).filter(|places| places.len() == sources.len());
        for (at, _) in sources.iter().enumerate().filter(|(_, source)| source.is_none()) {
            let place =
                places.as_ref().map_or(format!("entry {}", at + 1), |lines| format!("line {}", lines[at]));
            imported.notes.insert(format!("{place}: an entry without title and link was left out"));
        }
    }
    let entries: Vec<Source> = sources.into_iter().flatten().collect();
    imported.stories = match context.as_sources {
        true => vec![one_story(&feed, entries, lang)],
        false => entries.into_iter().map(|source| story(source, lang.clone())).collect(),
    };
    name_all(&mut imported.stories, context.today);
    Ok(imported)
}

/// Why these bytes are no feed, and where.
fn fault(bytes: &[u8], error: &ParseFeedError) -> Fault {
    let place = |position: &u64| usize::try_from(*position).ok();
    let (what, at) = match error {
        ParseFeedError::JsonSerde(error) => return Fault::of_json(bytes, error),
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => match malformed(bytes) {
            Some((at, what)) => (what, Some(at)),
            None => {
                ("it has neither `rss`, `feed` nor the keys of a JSON Feed".to_owned(), Some(start(bytes)))
            }
        },
        ParseFeedError::ParseError(
            kind @ (ParseErrorKind::UnknownMimeType { position, .. }
            | ParseErrorKind::MissingContent { position, .. }
            | ParseErrorKind::UnknownEnumVariant { position, .. }
            | ParseErrorKind::IllegalState { position, .. }),
        ) => {
            let said = kind.to_string();
            // The reader says the byte in words too; people see its line anyway.
            (said.split(" at position ").next().unwrap_or(&said).to_owned(), place(position))
        }
        other => match malformed(bytes) {
            Some((at, what)) => (what, Some(at)),
            None => (other.to_string(), Some(start(bytes))),
        },
    };
    Fault { message: format!("this is no feed: {what}"), at }
}

/// Where a text begins, after white space.
fn start(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0)
}

/// The first place at which a text that begins like XML is none, and why.
fn malformed(bytes: &[u8]) -> Option<(usize, String)> {
    let text = super::charset::decode(bytes, None);
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(&text);
    let mut open = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => open += 1,
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) if open == 0 => return None,
            Ok(Event::Eof) => return Some((text.len(), "it ends within an element".to_owned())),
            Ok(_) => {}
            Err(error) => return Some((usize::try_from(reader.error_position()).ok()?, error.to_string())),
        }
    }
}

/// The lines at which the entries of a feed in XML begin, in order.
fn entry_places(bytes: &[u8]) -> Option<Vec<usize>> {
    let text = FileText::from(&*super::charset::decode(bytes, None));
    let mut reader = Reader::from_str(&text);
    let mut lines = Vec::new();
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag)
                if matches!(tag.local_name().as_ref(), "item" | "entry") =>
            {
                lines.push(text.position(before).line);
            }
            Event::Eof => return (!lines.is_empty()).then_some(lines),
            _ => {}
        }
    }
}

fn story(source: Source, lang: Option<String>) -> Draft {
    Draft {
        title: source.title.clone().unwrap_or_else(|| "Untitled".to_owned()),
        date: source.published.clone(),
        lang,
        summary: source.excerpt.as_deref().map(prose),
        comments: vec![
            "Imported from a feed: title and summary are the outlet's words, say it in your own.".to_owned(),
        ],
        disclosure: Some("Imported from a feed and not yet checked by a person.".to_owned()),
        sources: vec![Source { id: Some("s1".to_owned()), ..source }],
        ..Draft::default()
    }
}

fn one_story(feed: &Feed, entries: Vec<Source>, lang: Option<String>) -> Draft {
    let title = feed.title.as_ref().map(|title| plain(&title.content)).unwrap_or_default();
    Draft {
        title: if title.is_empty() { "Imported feed".to_owned() } else { title },
        date: entries.iter().filter_map(|entry| entry.published.clone()).max(),
        lang,
        comments: vec!["Imported from a feed, every entry as a source.".to_owned()],
        disclosure: Some("Imported from a feed and not yet checked by a person.".to_owned()),
        sources: entries,
        ..Draft::default()
    }
}

fn source(entry: &Entry) -> Option<Source> {
    let title = entry.title.as_ref().map(|title| plain(&title.content)).filter(|title| !title.is_empty());
    let alternate = |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(alternate).or(entry.links.first());
    let url = link.map(|link| super::web::clean(&link.href)).filter(|url| url.starts_with("http"));
    if title.is_none() && url.is_none() {
        return None;
    }
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let text = entry.summary.as_ref().map(|summary| summary.content.as_str()).or(body).map(plain);
    let authors: Vec<String> =
        entry.authors.iter().filter_map(|author| author.name.as_deref().map(plain)).collect();
    let when = entry.published.or(entry.updated);
    let when = when.and_then(|when| Timestamp::from_second(when.timestamp()).ok());
    Some(Source {
        url,
        title,
        excerpt: text.map(|text| lead(&text, EXCERPT)).filter(|text| !text.is_empty()),
        published: when.and_then(|when| date(&when.to_string())),
        author: Some(authors.join(", ")).filter(|names| !names.is_empty()),
        ..Source::default()
    })
}

/// The text of a piece of HTML, without what a reader would not see as text.
fn plain(html: &str) -> String {
    let mut words = String::new();
    let mut is_hidden = false;
    html::read(html.as_bytes(), &mut |piece| match piece {
        Piece::Start(name) => {
            is_hidden = HIDDEN.contains(&name);
            words.push(' ');
        }
        Piece::End(_) => {
            is_hidden = false;
            words.push(' ');
        }
        Piece::Text(text) if !is_hidden => words.push_str(text),
        Piece::Text(_) | Piece::Attribute(..) => {}
    });
    super::text::line(&words)
}
