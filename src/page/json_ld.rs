//! JSON-LD: what search engines read of a page (schema.org).

use serde::Serialize;

use super::head::Head;
use super::world::{Html, Link, World};
use crate::content::story::Source;
use crate::coverage::Publisher;
use crate::site::Entry;

#[derive(Serialize)]
struct Graph<T: Serialize> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: T,
}

#[derive(Serialize)]
struct Breadcrumbs<'l> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Crumb<'l>>,
}

#[derive(Serialize)]
struct Crumb<'l> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'l str,
    item: String,
}

#[derive(Serialize)]
struct ItemList {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    url: String,
}

#[derive(Serialize)]
struct Named<'n> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'n str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'n> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'n str,
    url: &'n str,
    main_entity_of_page: &'n str,
    date_published: Option<&'n str>,
    date_modified: Option<&'n str>,
    in_language: &'n str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'n str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<[&'n str; 1]>,
    author: Vec<Named<'n>>,
    publisher: Named<'n>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'n str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'n str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Citation<'n>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<&'n str>,
}

/// Where an article stands and whose it is. What it is called is said only of one without an
/// address: the head refers, the cards and `story.json` tell.
#[derive(Serialize)]
struct Citation<'n> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'n str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'n str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'n>>,
}

/// The breadcrumbs of a page, and what it lists: paths of the site.
pub fn list<'p>(world: &World, head: &Head, paths: impl Iterator<Item = &'p str>) -> Html {
    let item =
        |(at, path): (usize, &str)| Item { kind: "ListItem", position: at + 1, url: world.permalink(path) };
    let items = paths.enumerate().map(item).collect();
    script(&(ItemList { kind: "ItemList", items }, breadcrumbs(world, head)))
}

/// The breadcrumbs of a page that is neither a list nor a story.
pub fn page(world: &World, head: &Head) -> Html {
    script(&[breadcrumbs(world, head)])
}

/// The breadcrumbs of a story and the story as a NewsArticle with its sources.
pub fn story(world: &World, entry: &Entry, head: &Head) -> Html {
    script(&(article(world, entry, head), breadcrumbs(world, head)))
}

fn article<'n>(world: &'n World, entry: &'n Entry, head: &'n Head) -> NewsArticle<'n> {
    let story = &entry.story;
    let publisher =
        || Named { kind: "Organization", name: &world.site.config.title, url: Some(world.permalink("/")) };
    let authors = story.authors.iter();
    let mut author: Vec<Named> = authors.map(|name| Named { kind: "Person", name, url: None }).collect();
    if author.is_empty() {
        author.push(publisher());
    }
    let topics = entry.topics.iter().map(|&topic| &*world.site.topic(topic).name);
    NewsArticle {
        kind: "NewsArticle",
        headline: &story.title.value,
        url: &head.permalink,
        main_entity_of_page: &head.permalink,
        date_published: head.published.as_deref(),
        date_modified: head.modified.as_deref().or(head.published.as_deref()),
        in_language: &head.lang,
        description: &head.description,
        image: head.image.as_deref().map(|image| [image]),
        author,
        publisher: publisher(),
        dateline: story.place.as_deref(),
        keywords: topics.collect(),
        citation: story.sources.iter().filter_map(|source| citation(world, source)).collect(),
        is_based_on: story.sources.iter().filter_map(|source| source.url()).collect(),
    }
}

fn citation<'n>(world: &'n World, source: &'n Source) -> Option<Citation<'n>> {
    let publisher = match world.site.registry.publisher(source, 0) {
        Publisher::Known(outlet) => {
            let name = &world.site.registry.outlet(outlet).name;
            Some(Named { kind: "Organization", name, url: None })
        }
        Publisher::Host(_) | Publisher::Unnamed(_) => None,
    };
    let url = source.url();
    let headline = if url.is_some() { None } else { Some(source.title()?) };
    Some(Citation { kind: "NewsArticle", headline, url, publisher })
}

fn breadcrumbs<'l>(world: &World, head: &'l Head) -> Breadcrumbs<'l> {
    let base = &world.site.config.base_url;
    let crumb = |(at, link): (usize, &'l Link)| {
        let path = link.url.strip_prefix(&world.base).unwrap_or(&link.url);
        Crumb { kind: "ListItem", position: at + 1, name: &link.name, item: format!("{base}{path}") }
    };
    Breadcrumbs { kind: "BreadcrumbList", items: head.breadcrumbs.iter().enumerate().map(crumb).collect() }
}

/// JSON-LD that can stand in a script: `<`, `>` and `&` are escaped, so nothing ends it.
fn script(graph: &impl Serialize) -> Html {
    let graph = Graph { context: "https://schema.org", graph };
    // Structs of texts and numbers always serialize.
    let text = serde_json::to_string(&graph).unwrap_or_default();
    let mut rest = text.as_str();
    let mut safe = String::new();
    while let Some((at, length, escape)) = first_unsafe(rest) {
        safe.reserve(rest.len() + 64);
        safe.push_str(&rest[..at]);
        safe.push_str(escape);
        rest = &rest[at + length..];
    }
    if safe.is_empty() {
        return Html(text);
    }
    safe.push_str(rest);
    Html(safe)
}

/// The first character that may not stand in a script as it is: where, its bytes, its escape.
fn first_unsafe(text: &str) -> Option<(usize, usize, &'static str)> {
    let bytes = text.as_bytes();
    let marks = memchr::memchr3(b'<', b'>', b'&', bytes);
    // U+2028 and U+2029 end lines of older scripts.
    let before = &bytes[..marks.unwrap_or(bytes.len())];
    let separator = memchr::memchr_iter(0xE2, before)
        .find(|&at| before.get(at + 1) == Some(&0x80) && matches!(before.get(at + 2), Some(0xA8 | 0xA9)));
    let at = separator.or(marks)?;
    Some(match bytes[at] {
        b'<' => (at, 1, "\\u003c"),
        b'>' => (at, 1, "\\u003e"),
        b'&' => (at, 1, "\\u0026"),
        _ if bytes[at + 2] == 0xA8 => (at, 3, "\\u2028"),
        _ => (at, 3, "\\u2029"),
    })
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn no_text_can_end_the_script() {
        let html = script(&["</script><script>alert(1)</script>", "a & b \u{2028}"]).0;
        assert!(!html.contains(['<', '>', '&', '\u{2028}']), "{html}");
        let back: serde_json::Value = serde_json::from_str(&html).unwrap();
        assert_eq!(back["@graph"][0], "</script><script>alert(1)</script>");
    }
}
