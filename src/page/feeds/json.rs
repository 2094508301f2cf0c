//! JSON Feed 1.1, with the numbers of every story in `_dateline`.

use std::io::{self, Write};

use serde::Serialize;

use super::entry::{CORRECTION, Feed, Item};
use crate::page::story::counted;
use crate::page::story_json::{self, CoverageJson};
use crate::page::world::World;

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: &'f str,
    description: &'f str,
    language: &'f str,
    authors: [Author<'f>; 1],
    /// Last and empty: entries are put in as they are.
    items: [(); 0],
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
}

#[derive(Serialize)]
struct JsonItem<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_html: &'f str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'f str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'f str>,
    language: &'f str,
    #[serde(rename = "_dateline", skip_serializing_if = "Option::is_none")]
    dateline: Option<Extension>,
}

/// `_dateline`: as in story.json.
#[derive(Serialize)]
struct Extension {
    schema: u32,
    coverage: CoverageJson,
}

/// Writes a JSON Feed.
pub fn write(world: &World, feed: &Feed, out: &mut impl Write) -> io::Result<()> {
    let head = json(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.own,
        description: &feed.description,
        language: &feed.lang,
        authors: [Author { name: &feed.site }],
        items: [],
    });
    let (start, end) = head.split_at(head.len().saturating_sub("]}".len()));
    out.write_all(start)?;
    for (at, item) in feed.items.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let of_story = |at| json(&entry(item, Some(story_json::coverage(world, &counted(world, at)))));
        match world.entries.json(item, of_story) {
            Some(entry) => out.write_all(entry)?,
            None => out.write_all(&json(&entry(item, None)))?,
        }
    }
    out.write_all(end)
}

fn entry(item: &Item, coverage: Option<CoverageJson>) -> JsonItem<'_> {
    let tags = item.topics.iter().map(String::as_str).chain(item.corrected.then_some(CORRECTION));
    JsonItem {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        content_html: &item.html,
        summary: &item.summary,
        image: item.image.as_deref(),
        date_published: item.published.to_string(),
        date_modified: item.updated.to_string(),
        authors: item.authors.iter().map(|name| Author { name }).collect(),
        tags: tags.collect(),
        language: &item.lang,
        dateline: coverage.map(|coverage| Extension { schema: 1, coverage }),
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(USUAL);
    // Structs of texts and numbers always serialize.
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes
}

/// Bytes of an entry, more or less: what grows to that size step by step leaves a trail in memory.
const USUAL: usize = 16 * 1024;
