//! Everything of a site that a page can read ([`Read`]), by a name and a digest that mean the same in
//! every build: names are made of paths and slugs, never of places in a list.
//!
//! Two builds in which a thing has the same digest show the same of it on every page, as long as
//! configuration and outlets are the same.

use std::hash::Hash;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::reads::Read;
use super::{Entry, Site, StoryIx, Tie, Topic, TopicIx, related};
use crate::coverage::OutletIx;

/// A thing as it is in this build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thing {
    /// Digest of its name.
    pub name: u128,
    /// Digest of what it is.
    pub digest: u128,
}

/// All things of a site.
pub struct Things {
    list: Vec<Thing>,
    stories: usize,
    topics: usize,
}

/// Things of which there is one.
const SINGLE: usize = 7;

impl Things {
    /// The things of a site as it is.
    pub fn of(site: &Site) -> Things {
        let (stories, topics) = (site.stories.len(), site.ways.topics.len());
        let entries: Vec<u128> =
            site.stories.par_iter().map(|entry| digest(|to| entry_of(site, entry, to))).collect();
        let mut list = singles(site, &entries);
        let path = |at: StoryIx| &*site.stories[at as usize].story.path;
        let paths = |list: &[StoryIx]| digest(|to| list.iter().for_each(|&at| path(at).hash(to)));
        let name = |kind: &str, name: &str| digest(|to| (kind, name).hash(to));
        let ats: Vec<StoryIx> = (0..stories as StoryIx).collect();
        list.extend(
            ats.iter().map(|&at| Thing { name: name("story", path(at)), digest: entries[at as usize] }),
        );
        let related = |&at: &StoryIx| Thing {
            name: name("related", path(at)),
            digest: paths(&related::find(site, at)),
        };
        list.par_extend(ats.par_iter().map(related));
        let neighbours = |&at: &StoryIx| Thing {
            name: name("neighbours", path(at)),
            digest: digest(|to| site.neighbours(at).map(|other| other.map(path)).hash(to)),
        };
        list.par_extend(ats.par_iter().map(neighbours));
        let slug = |topic: &Topic| topic.slug.as_str().to_owned();
        list.extend(site.ways.topics.iter().map(|topic| Thing {
            name: name("topic", &slug(topic)),
            digest: digest(|to| topic_of(site, topic, to)),
        }));
        list.extend(site.ways.topics.iter().map(|topic| Thing {
            name: name("stories of topic", &slug(topic)),
            digest: paths(&topic.stories),
        }));
        list.extend(site.ways.by_outlet.iter().enumerate().map(|(at, of)| Thing {
            name: name("stories of outlet", site.registry.outlet(at as OutletIx).id.as_str()),
            digest: digest(|to| {
                for entry in of.iter().map(|&story| &site.stories[story as usize]) {
                    (&entry.story.path, entry.summary.first == Some(at as OutletIx)).hash(to);
                }
            }),
        }));
        Things { list, stories, topics }
    }

    /// All things, in the order of [`Things::place`].
    pub fn list(&self) -> &[Thing] {
        &self.list
    }

    /// The place of a thing in the list; none for a template, which is no part of the site.
    pub fn place(&self, read: Read) -> Option<u32> {
        let stories = |block: usize, at: u32| SINGLE + block * self.stories + at as usize;
        let after = SINGLE + 3 * self.stories;
        let place = match read {
            Read::Stories => 0,
            Read::Listed => 1,
            Read::Topics => 2,
            Read::Months => 3,
            Read::Editions => 4,
            Read::Docs => 5,
            Read::Today => 6,
            Read::Story(at) => stories(0, at),
            Read::Related(at) => stories(1, at),
            Read::Neighbours(at) => stories(2, at),
            Read::Topic(at) => after + at as usize,
            Read::OfTopic(at) => after + self.topics + at as usize,
            Read::OfOutlet(at) => after + 2 * self.topics + at as usize,
            Read::Template(_) => return None,
        };
        Some(place as u32)
    }
}

/// The digest of what is fed.
fn digest(feed: impl FnOnce(&mut Xxh3)) -> u128 {
    let mut hasher = Xxh3::new();
    feed(&mut hasher);
    hasher.digest128()
}

/// The things of which there is one, in the order of their places.
fn singles(site: &Site, entries: &[u128]) -> Vec<Thing> {
    let path = |at: StoryIx| &*site.stories[at as usize].story.path;
    let all_of = |list: &[StoryIx], to: &mut Xxh3| {
        list.len().hash(to);
        list.iter().for_each(|&at| path(at).hash(to));
    };
    let digests = [
        ("stories", digest(|to| entries.hash(to))),
        ("listed", digest(|to| all_of(&site.ways.listed, to))),
        ("topics", digest(|to| site.ways.topics.iter().for_each(|topic| topic_of(site, topic, to)))),
        (
            "months",
            digest(|to| {
                for month in &site.ways.months {
                    (month.first.year(), month.first.month()).hash(to);
                    all_of(&month.stories, to);
                    for entry in month.stories.iter().map(|&at| &site.stories[at as usize]) {
                        (entry.day.day(), entry.moment.as_nanosecond()).hash(to);
                    }
                }
            }),
        ),
        (
            "editions",
            digest(|to| {
                for entry in &site.editions {
                    format!("{:?}", entry.edition).hash(to);
                    all_of(&entry.stories, to);
                }
            }),
        ),
        ("docs", digest(|to| format!("{:?} {:?}", site.docs, site.outline).hash(to))),
        ("today", digest(|to| site.zone().to_datetime(site.now).date().to_string().hash(to))),
    ];
    digests.map(|(name, value)| Thing { name: digest(|to| name.hash(to)), digest: value }).into()
}

/// A story: its file, where it stands, and what it leads to.
fn entry_of(site: &Site, entry: &Entry, to: &mut Xxh3) {
    let Entry { story, summary: _, tie } = entry;
    let Tie { url, day, moment, topics, translations, follows, followed_by } = &**tie;
    let path = |&at: &StoryIx| &*site.stories[at as usize].story.path;
    let paths = |list: &[StoryIx]| list.iter().map(path).collect::<Vec<_>>();
    let slugs: Vec<&str> =
        topics.iter().map(|&at: &TopicIx| site.ways.topics[at as usize].slug.as_str()).collect();
    (&story.path, story.digest, url, slugs).hash(to);
    (day.to_string(), moment.as_nanosecond()).hash(to);
    (paths(translations), follows.as_ref().map(path), paths(followed_by)).hash(to);
}

/// A topic without its stories.
fn topic_of(site: &Site, topic: &Topic, to: &mut Xxh3) {
    let Topic { slug, name, description, parent, children, stories: _, extra } = topic;
    let slug_of = |&at: &TopicIx| site.ways.topics[at as usize].slug.as_str();
    (slug.as_str(), name, description, parent.as_ref().map(slug_of)).hash(to);
    (children.iter().map(slug_of).collect::<Vec<_>>(), extra).hash(to);
}
