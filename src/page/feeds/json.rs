//! JSON Feed 1.1, with the numbers of every story in `_dateline`.

use serde::Serialize;

use super::entry::{CORRECTION, Feed, Item};
use crate::page::story_json::CoverageJson;

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: &'f str,
    description: &'f str,
    language: &'f str,
    authors: [Author<'f>; 1],
    items: Vec<JsonItem<'f>>,
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
    dateline: Option<Extension<'f>>,
}

/// `_dateline`: as in story.json.
#[derive(Serialize)]
struct Extension<'f> {
    schema: u32,
    coverage: &'f CoverageJson,
}

/// The bytes of a JSON Feed.
pub fn bytes(feed: &Feed) -> Vec<u8> {
    let json = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.own,
        description: &feed.description,
        language: &feed.lang,
        authors: [Author { name: &feed.site }],
        items: feed.items.iter().map(item).collect(),
    };
    // Structs of texts and numbers always serialize.
    serde_json::to_vec(&json).unwrap_or_default()
}

fn item(item: &Item) -> JsonItem<'_> {
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
        dateline: item.coverage.as_ref().map(|coverage| Extension { schema: 1, coverage }),
    }
}
