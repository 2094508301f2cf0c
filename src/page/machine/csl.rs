//! `sources.csl.json`: the articles of a story as CSL-JSON 1.0.2, for Zotero and Pandoc.

use serde::Serialize;

use crate::content::date::When;
use crate::content::story::Source;
use crate::coverage::Publisher;
use crate::markdown;
use crate::page::story::{Counted, counted};
use crate::page::world::World;
use crate::site::StoryIx;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'s> {
    id: String,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name<'s>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'s str>,
    #[serde(rename = "archive_location", skip_serializing_if = "Option::is_none")]
    archive_location: Option<&'s str>,
    language: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#abstract: Option<String>,
}

#[derive(Serialize)]
struct Name<'s> {
    literal: &'s str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Date {
    date_parts: [[i16; 3]; 1],
}

/// The bytes of the list.
pub fn bytes(world: &World, at: StoryIx) -> Vec<u8> {
    let counted = counted(world, at);
    let items: Vec<Item> =
        (0..counted.entry.story.sources.len()).map(|at| item(world, &counted, at)).collect();
    // Structs of texts and numbers always serialize.
    serde_json::to_vec_pretty(&items).unwrap_or_default()
}

fn item<'s>(world: &'s World, counted: &Counted<'s>, at: usize) -> Item<'s> {
    let story = &counted.entry.story;
    let source: &Source = &story.sources[at];
    let publisher = match &counted.coverage.sources[at].publisher {
        Publisher::Known(outlet) => Some(world.site.registry.outlet(*outlet).name.to_string()),
        Publisher::Host(host) => Some(host.to_string()),
        Publisher::Unnamed(_) => None,
    };
    let more = source.more.as_deref();
    Item {
        id: format!("{}-{}", story.slug, source.id()),
        r#type: "article-newspaper",
        title: source.title(),
        author: more.and_then(|more| more.author.as_deref()).map(|literal| [Name { literal }]),
        container_title: publisher,
        issued: source.published.map(|when| issued(world, when)),
        url: source.url(),
        archive_location: more.and_then(|more| more.archive.as_ref()).map(|archive| &*archive.url),
        language: source.lang().unwrap_or(world.site.lang(story)),
        r#abstract: source.excerpt().map(markdown::plain),
    }
}

fn issued(world: &World, when: When) -> Date {
    let day = when.day(world.site.zone());
    Date { date_parts: [[day.year(), i16::from(day.month()), i16::from(day.day())]] }
}
