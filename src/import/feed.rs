//! RSS 0.9 to 2.0, Atom and JSON Feed: every entry a draft story with one source, or all entries
//! the sources of one story.

use feed_rs::model::{Entry, Feed};
use jiff::Timestamp;

use super::draft::{Draft, Source};
use super::text::{date, lang_tag, lead, prose};
use super::{Context, Fault, Imported, name_all};

/// Characters of an excerpt.
const EXCERPT: usize = 320;

/// Reads a feed.
pub fn read(bytes: &[u8], context: &Context) -> Result<Imported, Fault> {
    let feed = feed_rs::parser::parse(bytes).map_err(|error| format!("this is no feed: {error}"))?;
    let mut imported = Imported::default();
    let lang = feed.language.as_deref().and_then(lang_tag);
    let entries: Vec<Source> = feed.entries.iter().filter_map(source).collect();
    let skipped = feed.entries.len() - entries.len();
    if skipped > 0 {
        imported.notes.insert(format!("{skipped} entries without title and link were left out"));
    }
    imported.stories = match context.as_sources {
        true => vec![one_story(&feed, entries, lang)],
        false => entries.into_iter().map(|source| story(source, lang.clone())).collect(),
    };
    name_all(&mut imported.stories, context.today);
    Ok(imported)
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

/// The text of a piece of HTML.
fn plain(html: &str) -> String {
    let fragment = scraper::Html::parse_fragment(html);
    super::text::line(&fragment.root_element().text().collect::<Vec<_>>().join(" "))
}
