//! Feeds: which lists have them, where they stand, and what is in them.
//!
//! One `Feed` is made for a list; Atom, RSS and JSON Feed are three ways to write it down.

mod atom;
pub mod entry;
mod json;
pub mod opml;
mod rss;
mod tag;
mod xml;

use std::io::{self, Write};

use tera::Value;

use super::head::FeedLink;
use super::world::World;
use crate::content::config::FeedOutput;
use crate::coverage::OutletIx;
use crate::site::TopicIx;

pub use xml::{Xml, document, field};

/// A list that can have feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The newest stories of the site.
    Site,
    /// Those of a topic.
    Topic(TopicIx),
    /// Those that list an outlet.
    Outlet(OutletIx),
    /// Those with a blindspot.
    Blindspots,
    /// The editions.
    Editions,
}

/// A format of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Atom, Format::Rss, Format::Json];

    /// Its name, its media type, and the name of its file.
    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Format::Atom => ("Atom", "application/atom+xml", "atom.xml"),
            Format::Rss => ("RSS", "application/rss+xml", "rss.xml"),
            Format::Json => ("JSON Feed", "application/feed+json", "feed.json"),
        }
    }
}

impl List {
    fn output(self) -> FeedOutput {
        match self {
            List::Site => FeedOutput::Site,
            List::Topic(_) => FeedOutput::Topics,
            List::Outlet(_) => FeedOutput::Outlets,
            List::Blindspots => FeedOutput::Blindspots,
            List::Editions => FeedOutput::Editions,
        }
    }

    /// The path of the page that shows the list.
    pub fn base(self, world: &World) -> String {
        match self {
            List::Site => "/".to_owned(),
            List::Topic(at) => world.topic_path(at),
            List::Outlet(at) => world.outlet_path(at),
            List::Blindspots => "/blindspots/".to_owned(),
            List::Editions => "/editions/".to_owned(),
        }
    }

    fn name(self, world: &World) -> &str {
        match self {
            List::Site => &world.site.config.title,
            List::Topic(at) => &world.site.topic(at).name,
            List::Outlet(at) => &world.site.registry.outlet(at).name,
            List::Blindspots => world.own.text("blindspots"),
            List::Editions => world.own.text("editions"),
        }
    }

    /// The path of one of its feeds.
    pub fn path(self, world: &World, format: Format) -> String {
        format!("{}{}", self.base(world), format.facts().2)
    }
}

/// Every list that has feeds.
pub fn lists(world: &World) -> Vec<List> {
    let site = &world.site;
    let mut lists = vec![List::Site, List::Blindspots, List::Editions];
    lists.extend((0..site.topics().len() as TopicIx).map(List::Topic));
    if site.config.outlets {
        lists.extend((0..site.registry.list.len() as OutletIx).map(List::Outlet));
    }
    lists.retain(|list| site.config.feeds(list.output()));
    lists
}

/// A feed as Atom.
pub fn atom(world: &World, list: List) -> Vec<u8> {
    atom::bytes(&entry::feed(world, list, Format::Atom))
}

/// A feed as RSS.
pub fn rss(world: &World, list: List) -> Vec<u8> {
    rss::bytes(&entry::feed(world, list, Format::Rss))
}

/// Writes a JSON Feed, which is some ten times as large as the others.
pub fn json(world: &World, list: List, out: &mut impl Write) -> io::Result<()> {
    json::write(world, &entry::feed(world, list, Format::Json), out)
}

/// What the head of a list's page says of its feeds.
pub fn links(world: &World, list: List) -> Vec<Value> {
    if !world.site.config.feeds(list.output()) {
        return Vec::new();
    }
    let link = |format: Format| {
        let (name, media, _) = format.facts();
        let title = format!("{} ({name})", list.name(world));
        Value::from_serializable(&FeedLink { title, media, url: world.href(&list.path(world, format)) })
    };
    Format::ALL.into_iter().map(link).collect()
}

/// The feeds of the whole site, which every page names.
pub fn site_links(world: &World) -> Vec<Value> {
    world.repeats.feeds.get_or_init(|| links(world, List::Site)).clone()
}

/// The feeds of a topic.
pub fn topic_links(world: &World, at: TopicIx) -> Vec<Value> {
    links(world, List::Topic(at))
}

/// The feeds of an outlet.
pub fn outlet_links(world: &World, at: OutletIx) -> Vec<Value> {
    links(world, List::Outlet(at))
}
