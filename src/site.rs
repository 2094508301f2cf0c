//! The site: all stories in order, with what leads from one to another.
//!
//! In: everything parsed. Out: a [`Site`], built in one go and never changed, and diags for
//! references that lead nowhere. Knows no HTML, no templates and no disk.
//!
//! What a site holds is reached through its accessors, which note every look in [`reads`].

mod entry;
mod kept;
mod link;
mod order;
pub mod outline;
pub mod reads;
pub mod related;
pub mod things;
mod topic;
mod translation;

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::config::Config;
use crate::content::pages::{Doc, Edition, TopicFile};
use crate::content::story::{Story, Text};
use crate::coverage::{OutletIx, Registry, Rules};
use crate::diag::Diag;
use crate::slug::Slug;

use outline::Outline;
use reads::{Read, note};

pub use entry::{CountedStory, Entry, Tie};
pub use kept::Kept;
pub use link::permalink;
pub use order::{Filter, Selection};
pub use topic::{Topic, TopicIx};

/// The place of a story in the site's order, newest first.
pub type StoryIx = u32;

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

/// What leads from one story to others. Shared, for most edits change nothing of it.
#[derive(Debug)]
struct Ways {
    /// Those that stand in lists: all but the withdrawn.
    listed: Vec<StoryIx>,
    /// Stories by slug.
    by_slug: HashMap<Slug, StoryIx>,
    /// Slugs of stories that are written but not built.
    unpublished: HashSet<Slug>,
    /// Topics, in the order of their slugs.
    topics: Vec<Topic>,
    /// Stories of every outlet, newest first, in the registry's order.
    by_outlet: Vec<Vec<StoryIx>>,
    /// Months with stories, newest first.
    months: Vec<Month>,
    /// Outlets that say something about what is related.
    rare: related::Rare,
    /// Languages that stories name.
    langs: Vec<Text>,
    /// Stories that have a picture, or a folder of their own where one may be.
    pictured: Vec<StoryIx>,
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
    stories: Arc<[Entry]>,
    ways: Arc<Ways>,
    /// Editions, newest first.
    editions: Vec<EditionEntry>,
    /// Plain pages, by path.
    docs: Vec<Doc>,
    /// Which of them stands below which.
    outline: Outline,
    /// What the build takes for now.
    now: Timestamp,
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

    /// The Markdown of a story. What else is said of a story is the same whatever this is.
    #[allow(clippy::disallowed_methods, reason = "the look is noted here")]
    pub fn body(&self, at: StoryIx) -> &str {
        note(Read::Body(at));
        self.stories[at as usize].story.body.text()
    }

    /// All published stories, newest first; withdrawn ones are among them.
    pub fn stories(&self) -> &[Entry] {
        note(Read::Stories);
        &self.stories
    }

    /// The same, to be kept and compared with those of another run.
    pub fn shared_stories(&self) -> &Arc<[Entry]> {
        note(Read::Stories);
        &self.stories
    }

    /// Languages that stories name.
    pub fn story_langs(&self) -> impl Iterator<Item = &str> {
        note(Read::Stories);
        self.ways.langs.iter().map(|lang| &**lang)
    }

    /// Stories that have a picture, or a folder of their own where one may be.
    pub fn pictured(&self) -> impl Iterator<Item = &Entry> {
        note(Read::Stories);
        self.ways.pictured.iter().map(|&at| &self.stories[at as usize])
    }

    /// Stories that stand in lists: all but the withdrawn, newest first.
    pub fn listed(&self) -> &[StoryIx] {
        note(Read::Listed);
        &self.ways.listed
    }

    /// A topic.
    pub fn topic(&self, at: TopicIx) -> &Topic {
        note(Read::Topic(at));
        &self.ways.topics[at as usize]
    }

    /// All topics, in the order of their slugs.
    pub fn topics(&self) -> &[Topic] {
        note(Read::Topics);
        &self.ways.topics
    }

    /// Stories of a topic and of those below it, newest first.
    pub fn of_topic(&self, at: TopicIx) -> &[StoryIx] {
        note(Read::OfTopic(at));
        &self.ways.topics[at as usize].stories
    }

    /// Stories that list an outlet, newest first.
    pub fn of_outlet(&self, at: OutletIx) -> &[StoryIx] {
        note(Read::OfOutlet(at));
        &self.ways.by_outlet[at as usize]
    }

    /// Of how many of them the outlet has the first report.
    pub fn first_reports_of(&self, at: OutletIx) -> usize {
        // Which these are is a part of what the stories of an outlet are; see `things`.
        let is_first = |story: &&StoryIx| self.stories[**story as usize].summary.first == Some(at);
        self.of_outlet(at).iter().filter(is_first).count()
    }

    /// Months with stories, newest first.
    pub fn months(&self) -> &[Month] {
        note(Read::Months);
        &self.ways.months
    }

    /// The stories of a month with their days, oldest first.
    pub fn as_they_came(&self, month: usize) -> Vec<(StoryIx, Date)> {
        let mut stories = self.months()[month].stories.clone();
        // Days and moments are a part of what months are; see `things`.
        let entry = |at: &StoryIx| &self.stories[*at as usize];
        let key = |at: &StoryIx| (entry(at).day, entry(at).moment, entry(at).story.slug.as_str());
        stories.sort_by(|a, b| key(a).cmp(&key(b)));
        stories.into_iter().map(|at| (at, entry(&at).day)).collect()
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
        let Ok(place) = self.ways.listed.binary_search(&at) else { return [None, None] };
        let other = |place: Option<usize>| self.ways.listed.get(place?).copied();
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
    let (site, diags, _) = link_again(config, registry, parts, selection, &mut None);
    (site, diags)
}

/// The same, with what an earlier run has kept, as far as it still holds. Tells also until when the
/// same files make the same site.
pub fn link_again(
    config: Config,
    registry: Registry,
    parts: Parts,
    selection: Selection,
    kept: &mut Option<Kept>,
) -> (Site, Vec<Diag>, Timestamp) {
    let Parts { stories, editions, topics, docs } = parts;
    let ground = kept::Ground::of(&config, &registry, topics, selection);
    let again = kept.take().and_then(|kept| kept.again(&ground, &stories, &registry));
    let linked = again.unwrap_or_else(|| Kept::new(ground, stories, &registry));
    let mut diags = linked.diags().to_vec();
    let until = order::until(linked.until(), &editions, &selection, &config.timezone);
    let (stories, ways) = linked.parts();
    let slugs = link::Slugs { published: &ways.by_slug, unpublished: &ways.unpublished };
    let mut editions = link::editions(editions, &slugs, &selection, &config.timezone, &mut diags);
    for edition in &mut editions {
        edition.stories.retain(|&at| stories[at as usize].story.withdrawn.is_none());
    }
    let docs = order::docs(docs, &selection);
    let site = Site {
        outline: Outline::of(&docs, &config.lang),
        docs,
        now: selection.now,
        rules: Rules::of(&config),
        config,
        registry,
        stories,
        ways,
        editions,
    };
    *kept = Some(linked);
    (site, diags, until)
}

#[cfg(test)]
mod tests;
