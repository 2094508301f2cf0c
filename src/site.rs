//! The site: all stories in order, with what leads from one to another.
//!
//! In: everything parsed. Out: a [`Site`], built in one go and never changed, and diags for
//! references that lead nowhere. Knows no HTML, no templates and no disk.
//!
//! What a site holds is reached through its accessors, which note every look in [`reads`].

mod link;
mod order;
pub mod outline;
pub mod reads;
pub mod related;
mod topic;
mod translation;

use std::sync::Arc;

use foldhash::HashMap;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::config::Config;
use crate::content::pages::{Doc, Edition, TopicFile};
use crate::content::story::Story;
use crate::coverage::{OutletIx, Registry, Rules, Summary};
use crate::diag::Diag;
use crate::slug::Slug;

use outline::Outline;
use reads::{Read, note};

pub use link::permalink;
pub use order::{Filter, Selection, until};
pub use topic::{Topic, TopicIx};

/// The place of a story in the site's order, newest first.
pub type StoryIx = u32;

/// A parsed story and its shortened coverage; shared, for both outlive a run where a preview keeps them.
pub type CountedStory = (Arc<Story>, Arc<Summary>);

/// A story with its summary.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The parsed file.
    pub story: Arc<Story>,
    /// Its coverage, shortened.
    pub summary: Arc<Summary>,
    /// Its URL path, with `/` at both ends, from the site's root.
    pub url: Box<str>,
    /// Its day in the site's time zone.
    pub day: Date,
    /// Its moment.
    pub moment: Timestamp,
    /// Its topics, in its own order.
    pub topics: Box<[TopicIx]>,
    /// The same story in other languages.
    pub translations: Box<[StoryIx]>,
    /// The earlier chapter.
    pub follows: Option<StoryIx>,
    /// Later chapters.
    pub followed_by: Box<[StoryIx]>,
}

/// A month of the archive: its first day and its stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// First day of the month.
    pub first: Date,
    /// Its stories, newest first.
    pub stories: Vec<StoryIx>,
}

/// An edition with its stories found.
#[derive(Debug, Clone)]
pub struct EditionEntry {
    /// The parsed file.
    pub edition: Edition,
    /// Its stories, in its order.
    pub stories: Vec<StoryIx>,
}

/// Everything parsed, before it is linked.
#[derive(Debug, Default)]
pub struct Parts {
    /// Stories with their summaries, in any order.
    pub stories: Vec<CountedStory>,
    /// Editions, in any order.
    pub editions: Vec<Edition>,
    /// Files of topics.
    pub topics: Vec<TopicFile>,
    /// Plain pages.
    pub docs: Vec<Doc>,
}

/// A linked site.
pub struct Site {
    /// The configuration.
    pub config: Config,
    /// What it says about counting.
    pub rules: Rules,
    /// All outlets.
    pub registry: Registry,
    /// Published stories, newest first; withdrawn ones are among them.
    stories: Vec<Entry>,
    /// Those that stand in lists: all but the withdrawn.
    listed: Vec<StoryIx>,
    /// Stories by slug.
    by_slug: HashMap<Slug, StoryIx>,
    /// Topics, in the order of their slugs.
    topics: Vec<Topic>,
    /// Stories of every outlet, newest first, in the registry's order.
    by_outlet: Vec<Vec<StoryIx>>,
    /// Months with stories, newest first.
    months: Vec<Month>,
    /// Editions, newest first.
    editions: Vec<EditionEntry>,
    /// Plain pages, by path.
    docs: Vec<Doc>,
    /// Which of them stands below which.
    outline: Outline,
    /// What the build takes for now.
    now: Timestamp,
    /// Outlets that say something about what is related, in the registry's order.
    rare: Vec<bool>,
}

impl Site {
    /// The time zone of the site.
    pub fn zone(&self) -> &TimeZone {
        &self.config.timezone
    }

    /// Today, in the time zone of the site.
    pub fn today(&self) -> Date {
        note(Read::Today);
        self.zone().to_datetime(self.now).date()
    }

    /// A story.
    pub fn story(&self, at: StoryIx) -> &Entry {
        note(Read::Story(at));
        &self.stories[at as usize]
    }

    /// All published stories, newest first; withdrawn ones are among them.
    pub fn stories(&self) -> &[Entry] {
        note(Read::Stories);
        &self.stories
    }

    /// Stories that stand in lists: all but the withdrawn, newest first.
    pub fn listed(&self) -> &[StoryIx] {
        note(Read::Listed);
        &self.listed
    }

    /// A topic.
    pub fn topic(&self, at: TopicIx) -> &Topic {
        note(Read::Topic(at));
        &self.topics[at as usize]
    }

    /// All topics, in the order of their slugs.
    pub fn topics(&self) -> &[Topic] {
        note(Read::Topics);
        &self.topics
    }

    /// Stories of a topic and of those below it, newest first.
    pub fn of_topic(&self, at: TopicIx) -> &[StoryIx] {
        note(Read::OfTopic(at));
        &self.topics[at as usize].stories
    }

    /// Stories that list an outlet, newest first.
    pub fn of_outlet(&self, at: OutletIx) -> &[StoryIx] {
        note(Read::OfOutlet(at));
        &self.by_outlet[at as usize]
    }

    /// Months with stories, newest first.
    pub fn months(&self) -> &[Month] {
        note(Read::Months);
        &self.months
    }

    /// Editions, newest first.
    pub fn editions(&self) -> &[EditionEntry] {
        note(Read::Editions);
        &self.editions
    }

    /// Plain pages, by path.
    pub fn docs(&self) -> &[Doc] {
        note(Read::Docs);
        &self.docs
    }

    /// Which of the plain pages stands below which.
    pub fn outline(&self) -> &Outline {
        note(Read::Docs);
        &self.outline
    }

    /// Stories to point to from a story, best first; found when its page is asked for.
    pub fn related(&self, at: StoryIx) -> Vec<StoryIx> {
        note(Read::Related(at));
        related::find(self, at)
    }

    /// The listed stories next to one: the newer and the older.
    pub fn neighbours(&self, at: StoryIx) -> [Option<StoryIx>; 2] {
        note(Read::Neighbours(at));
        let Ok(place) = self.listed.binary_search(&at) else { return [None, None] };
        let other = |place: Option<usize>| self.listed.get(place?).copied();
        [other(place.checked_sub(1)), other(Some(place + 1))]
    }

    /// The topics that a topic stands below, the highest first.
    pub fn topics_above(&self, topic: TopicIx) -> Vec<TopicIx> {
        let parent = |at: &TopicIx| self.topic(*at).parent;
        let mut above: Vec<TopicIx> = std::iter::successors(parent(&topic), parent).collect();
        above.reverse();
        above
    }

    /// The language of a story.
    pub fn lang<'s>(&'s self, story: &'s Story) -> &'s str {
        story.lang.as_deref().unwrap_or(&self.config.lang)
    }
}

/// Links a site.
pub fn link(config: Config, registry: Registry, parts: Parts, selection: Selection) -> (Site, Vec<Diag>) {
    let rules = Rules::of(&config);
    let zone = config.timezone.clone();
    let mut diags = Vec::new();
    let Parts { stories, editions, topics, docs } = parts;
    // What is not published yet may be referred to; the reference waits.
    let (stories, unpublished) = order::sorted(stories, &selection, &zone);
    let by_slug = link::slugs(&stories, &mut diags);
    link::identities(&stories, &mut diags);
    let slugs = link::Slugs { published: &by_slug, unpublished: &unpublished };
    let (topics, places) = topic::collect(&stories, topics, &mut diags);
    let mut entries: Vec<Entry> = Vec::with_capacity(stories.len());
    for (story, summary) in stories {
        entries.push(Entry {
            url: link::permalink(&config.permalink, &story, &zone).into(),
            day: story.date.day(&zone),
            moment: story.date.moment(&zone),
            topics: topic::of(&story, &places),
            story,
            summary,
            translations: Box::default(),
            follows: None,
            followed_by: Box::default(),
        });
    }
    let listed: Vec<StoryIx> =
        (0..entries.len() as StoryIx).filter(|&at| entries[at as usize].story.withdrawn.is_none()).collect();
    let topics = topic::with_stories(topics, &entries, &listed);
    let named = link::references(&mut entries, &slugs, &registry, &rules, &mut diags);
    let families = translation::families(&entries, &named, &config.lang, &mut diags);
    for (entry, others) in entries.iter_mut().zip(families) {
        entry.translations = others;
    }
    let rare = related::rare_outlets(&entries, &listed, registry.list.len());
    let mut editions = link::editions(editions, &slugs, &selection, &zone, &mut diags);
    for edition in &mut editions {
        edition.stories.retain(|&at| entries[at as usize].story.withdrawn.is_none());
    }
    let docs = order::docs(docs, &selection);
    let site = Site {
        rare,
        by_outlet: order::by_outlet(&entries, &listed, registry.list.len()),
        months: order::months(&entries, &listed),
        outline: Outline::of(&docs, &config.lang),
        docs,
        now: selection.now,
        config,
        rules,
        registry,
        stories: entries,
        listed,
        by_slug,
        topics,
        editions,
    };
    (site, diags)
}

#[cfg(test)]
mod tests;
