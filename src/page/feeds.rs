//! Feeds: which lists have them, and where they stand.

use super::head::FeedLink;
use super::world::World;
use crate::content::config::FeedOutput;
use crate::coverage::OutletIx;
use crate::site::TopicIx;

const KINDS: [(&str, &str, &str); 3] = [
    ("Atom", "application/atom+xml", "atom.xml"),
    ("RSS", "application/rss+xml", "rss.xml"),
    ("JSON Feed", "application/feed+json", "feed.json"),
];

fn links(world: &World, kind: FeedOutput, title: &str, base: &str) -> Vec<FeedLink> {
    if !world.site.config.feeds(kind) {
        return Vec::new();
    }
    let link = |(name, media, file): (&str, &'static str, &str)| FeedLink {
        title: format!("{title} ({name})"),
        media,
        url: world.href(&format!("{base}{file}")),
    };
    KINDS.into_iter().map(link).collect()
}

/// The feeds of the whole site.
pub fn site_links(world: &World) -> Vec<FeedLink> {
    links(world, FeedOutput::Site, &world.site.config.title, "/")
}

/// The feeds of a topic.
pub fn topic_links(world: &World, at: TopicIx) -> Vec<FeedLink> {
    let name = &world.site.topics[at as usize].name;
    links(world, FeedOutput::Topics, name, &world.topic_path(at))
}

/// The feeds of an outlet.
pub fn outlet_links(world: &World, at: OutletIx) -> Vec<FeedLink> {
    let name = &world.site.registry.outlet(at).name;
    links(world, FeedOutput::Outlets, name, &world.outlet_path(at))
}
