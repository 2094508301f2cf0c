//! Everything of a site that a page can read ([`Read`]), by a name and a digest that mean the same in
//! every build: names are made of paths and slugs, never of places in a list.
//!
//! Two builds in which a thing has the same digest show the same of it on every page, as long as
//! configuration and outlets are the same.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

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
/// Things that every story has.
const OF_STORY: usize = 4;

impl Things {
    /// The things of a site as it is.
    pub fn of(site: &Site) -> Things {
        let (stories, topics) = (site.stories.len(), site.ways.topics.len());
        let entries: Vec<u128> =
            site.stories.par_iter().map(|entry| digest(|to| entry_of(site, entry, to))).collect();
        let (mut list, of_stories) =
            rayon::join(|| singles(site, &entries), || things_of_stories(site, &entries));
        list.extend(of_stories);
        list.extend(of_topics(site));
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
        let after = SINGLE + OF_STORY * self.stories;
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
            Read::Body(at) => stories(3, at),
            Read::Topic(at) => after + at as usize,
            Read::OfTopic(at) => after + self.topics + at as usize,
            Read::OfOutlet(at) => after + 2 * self.topics + at as usize,
            Read::Template(_) => return None,
        };
        Some(place as u32)
    }
}

/// What is fed, in one piece: a digest of few bytes at once costs a tenth of one that is kept open.
#[derive(Default)]
pub struct Fed(Vec<u8>);

impl Hasher for Fed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

/// The digest of what is fed.
pub fn digest(feed: impl FnOnce(&mut Fed)) -> u128 {
    let mut fed = Fed::default();
    feed(&mut fed);
    xxh3_128(&fed.0)
}

fn name(kind: &str, name: &str) -> u128 {
    digest(|to| (kind, name).hash(to))
}

/// The things that every story has, one kind after another.
fn things_of_stories(site: &Site, entries: &[u128]) -> Vec<Thing> {
    let path = |at: StoryIx| &*site.stories[at as usize].story.path;
    let related = |at: StoryIx| {
        let related = related::find(site, at);
        digest(|to| related.iter().for_each(|&other| path(other).hash(to)))
    };
    let neighbours = |at: StoryIx| digest(|to| site.neighbours(at).map(|other| other.map(path)).hash(to));
    let thing = |place: usize| {
        let (kind, at) = (place / entries.len(), place % entries.len());
        let (kind, digest) = match kind {
            0 => ("story", entries[at]),
            1 => ("related", related(at as StoryIx)),
            2 => ("neighbours", neighbours(at as StoryIx)),
            _ => ("body", site.stories[at].story.digest),
        };
        Thing { name: name(kind, path(at as StoryIx)), digest }
    };
    (0..OF_STORY * entries.len()).into_par_iter().map(thing).collect()
}

/// The topics without their stories, then the stories of each.
fn of_topics(site: &Site) -> impl Iterator<Item = Thing> {
    let topics = &site.ways.topics;
    let path = |&at: &StoryIx| &*site.stories[at as usize].story.path;
    let topic = |topic: &Topic| Thing {
        name: name("topic", topic.slug.as_str()),
        digest: digest(|to| topic_of(site, topic, to)),
    };
    let stories = move |topic: &Topic| Thing {
        name: name("stories of topic", topic.slug.as_str()),
        digest: digest(|to| topic.stories.iter().map(path).for_each(|path| path.hash(to))),
    };
    topics.iter().map(topic).chain(topics.iter().map(stories))
}

/// The things of which there is one, in the order of their places.
fn singles(site: &Site, entries: &[u128]) -> Vec<Thing> {
    let path = |at: StoryIx| &*site.stories[at as usize].story.path;
    let all_of = |list: &[StoryIx], to: &mut Fed| {
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

/// A story: its file but for the body, where it stands, and what it leads to.
fn entry_of(site: &Site, entry: &Entry, to: &mut Fed) {
    let Entry { story, summary: _, tie } = entry;
    let Tie { url, day, moment, topics, translations, follows, followed_by } = &**tie;
    let path = |&at: &StoryIx| &*site.stories[at as usize].story.path;
    let paths = |list: &[StoryIx]| list.iter().map(path).collect::<Vec<_>>();
    let slugs: Vec<&str> =
        topics.iter().map(|&at: &TopicIx| site.ways.topics[at as usize].slug.as_str()).collect();
    (&story.path, story.front_digest, url, slugs).hash(to);
    (day.to_string(), moment.as_nanosecond()).hash(to);
    (paths(translations), follows.as_ref().map(path), paths(followed_by)).hash(to);
}

/// A topic without its stories.
fn topic_of(site: &Site, topic: &Topic, to: &mut Fed) {
    let Topic { slug, name, description, parent, children, stories: _, extra } = topic;
    let slug_of = |&at: &TopicIx| site.ways.topics[at as usize].slug.as_str();
    (slug.as_str(), name, description, parent.as_ref().map(slug_of)).hash(to);
    (children.iter().map(slug_of).collect::<Vec<_>>(), extra).hash(to);
}
