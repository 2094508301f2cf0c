//! Linked stories, kept from one run to the next.
//!
//! Most edits change nothing of what leads from one story to another: they touch a body, a title, a
//! rating. Where every story that differs says the same as before of all that links are made of,
//! the links are those of before, and only these stories are put in their places.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::order::{self, Seat};
use super::related::Rare;
use super::{CountedStory, Entry, Selection, StoryIx, Tie, Ways, link, topic, translation};
use crate::content::config::Config;
use crate::content::pages::TopicFile;
use crate::content::story::{Story, Text, name_of};
use crate::coverage::{Registry, Rules};
use crate::diag::{Diag, Spanned};
use crate::slug::Slug;

/// All that goes into links but the stories themselves.
pub struct Ground {
    permalink: String,
    lang: String,
    zone: TimeZone,
    rules: Rules,
    outlets: Vec<Slug>,
    topics: Vec<TopicFile>,
    selection: Selection,
}

impl Ground {
    /// That of a site.
    pub fn of(config: &Config, registry: &Registry, topics: Vec<TopicFile>, selection: Selection) -> Ground {
        Ground {
            permalink: config.permalink.clone(),
            lang: config.lang.clone(),
            zone: config.timezone.clone(),
            rules: Rules::of(config),
            outlets: registry.list.iter().map(|outlet| outlet.id.clone()).collect(),
            topics,
            selection,
        }
    }

    /// Whether it is the same but for what the build takes for now.
    fn holds(&self, other: &Ground) -> bool {
        let Ground { permalink, lang, zone, rules, outlets, topics, selection } = self;
        *permalink == other.permalink
            && *lang == other.lang
            && *zone == other.zone
            && *rules == other.rules
            && *outlets == other.outlets
            && *topics == other.topics
            && selection.filter == other.selection.filter
    }
}

/// Linked stories.
pub struct Kept {
    ground: Ground,
    /// What has become of each story, in the order in which they came.
    seats: Vec<Seat>,
    stories: Arc<[Entry]>,
    ways: Arc<Ways>,
    diags: Vec<Diag>,
    /// From then on other stories are published.
    until: Timestamp,
}

impl Kept {
    /// Links stories.
    pub fn new(ground: Ground, stories: Vec<CountedStory>, registry: &Registry) -> Kept {
        let Ground { permalink, lang, zone, rules, selection, .. } = &ground;
        let mut diags = Vec::new();
        let until = order::next_of_stories(&stories, selection, zone);
        // What is not published yet may be referred to; the reference waits.
        let sorted = order::sorted(stories, selection, zone);
        let order::Sorted { stories, seats, dates, unpublished } = sorted;
        let by_slug = link::slugs(&stories, &mut diags);
        link::identities(&stories, &mut diags);
        let slugs = link::Slugs { published: &by_slug, unpublished: &unpublished };
        let (topics, places) = topic::collect(&stories, &ground.topics, &mut diags);
        let references = link::references(&stories, &slugs, registry, rules, &mut diags);
        let families = translation::families(&stories, &references.translations, lang, &mut diags);
        let ties = dates.into_iter().zip(references.follows).zip(references.followed_by).zip(families);
        let entry =
            |((story, summary), (((dates, follows), followed_by), translations)): (CountedStory, _)| {
                let (day, moment) = dates;
                let tie = Tie {
                    url: link::permalink(permalink, &story, zone).into(),
                    day,
                    moment,
                    topics: topic::of(&story, &places),
                    translations,
                    follows,
                    followed_by,
                };
                Entry { story, summary, tie: Arc::new(tie) }
            };
        let entries: Vec<Entry> = stories.into_iter().zip(ties).map(entry).collect();
        let is_listed = |&at: &StoryIx| entries[at as usize].story.withdrawn.is_none();
        let listed: Vec<StoryIx> = (0..entries.len() as StoryIx).filter(is_listed).collect();
        let ways = Ways {
            topics: topic::with_stories(topics, &entries, &listed),
            rare: Rare::of_all(&entries, &listed, registry.list.len()),
            by_outlet: order::by_outlet(&entries, &listed, registry.list.len()),
            months: order::months(&entries, &listed),
            langs: order::langs(&entries),
            pictured: pictured(&entries),
            listed,
            by_slug,
            unpublished,
        };
        Kept { ground, seats, stories: entries.into(), ways: Arc::new(ways), diags, until }
    }

    /// The links of before with the stories of now; `None` where any link may have changed.
    pub fn again(mut self, ground: &Ground, stories: &[CountedStory], registry: &Registry) -> Option<Kept> {
        let (before, now) = (self.ground.selection.now, ground.selection.now);
        if !self.ground.holds(ground)
            || self.seats.len() != stories.len()
            || now < before
            || now >= self.until
        {
            return None;
        }
        let mut changed: Vec<(StoryIx, &CountedStory)> = Vec::new();
        for (seat, counted) in self.seats.iter().zip(stories) {
            match seat {
                Seat::Waiting(story) if Arc::ptr_eq(story, &counted.0) => {}
                Seat::Waiting(_) => return None,
                Seat::At(at) if is_same(&self.stories[*at as usize], counted) => {}
                Seat::At(at) => changed.push((*at, counted)),
            }
        }
        if !changed.iter().all(|(at, counted)| self.is_linked_so(*at, counted, registry)) {
            return None;
        }
        if !changed.is_empty() {
            let mut entries = self.stories.to_vec();
            for (at, (story, summary)) in changed {
                let entry = &mut entries[at as usize];
                (entry.story, entry.summary) = (story.clone(), summary.clone());
            }
            self.stories = entries.into();
        }
        self.ground.selection = ground.selection;
        Some(self)
    }

    /// Whether a story that has changed is linked as before, and nothing is to be said of it.
    fn is_linked_so(&self, at: StoryIx, (story, summary): &CountedStory, registry: &Registry) -> bool {
        let before = &self.stories[at as usize];
        if before.summary.known != summary.known {
            return false;
        }
        Arc::ptr_eq(&before.story, story)
            || says_the_same(&before.story, story)
                && !self.diags.iter().any(|diag| *diag.path == *story.path)
                && link::outlets_and_groups(story, registry, &self.ground.rules).is_empty()
    }

    /// The stories and what leads from one to another.
    pub(super) fn parts(&self) -> (Arc<[Entry]>, Arc<Ways>) {
        (self.stories.clone(), self.ways.clone())
    }

    /// What is wrong with links among stories.
    pub fn diags(&self) -> &[Diag] {
        &self.diags
    }

    /// When the first story appears or expires.
    pub fn until(&self) -> Timestamp {
        self.until
    }
}

fn is_same(entry: &Entry, (story, summary): &CountedStory) -> bool {
    Arc::ptr_eq(&entry.story, story) && Arc::ptr_eq(&entry.summary, summary)
}

/// Stories that have a picture, or a folder of their own where one may be.
fn pictured(entries: &[Entry]) -> Vec<StoryIx> {
    let has = |story: &Story| story.image.is_some() || name_of(&story.path).bundle;
    (0..entries.len() as StoryIx).filter(|&at| has(&entries[at as usize].story)).collect()
}

/// Whether two stories say the same of all that links are made of. Every field is named, so that
/// whoever adds one decides where it belongs.
fn says_the_same(a: &Story, b: &Story) -> bool {
    let Story {
        path,
        slug,
        id,
        date,
        lang,
        draft,
        expires,
        weight,
        image,
        topics,
        related,
        translations,
        follows,
        withdrawn,
        // What follows is shown, and leads nowhere but to outlets and groups, which are looked up.
        title: _,
        updated: _,
        aliases: _,
        authors: _,
        place: _,
        summary: _,
        disclosure: _,
        points: _,
        sources: _,
        perspectives: _,
        timeline: _,
        quotes: _,
        sections: _,
        questions: _,
        revisions: _,
        reported: _,
        lint: _,
        extra: _,
        body: _,
        body_start: _,
        digest: _,
        front_digest: _,
    } = a;
    *path == b.path
        && *slug == b.slug
        && *id == b.id
        && *date == b.date
        && *lang == b.lang
        && *draft == b.draft
        && *expires == b.expires
        && *weight == b.weight
        && image.is_some() == b.image.is_some()
        && texts(topics).eq(texts(&b.topics))
        && texts(related).eq(texts(&b.related))
        && texts(translations).eq(texts(&b.translations))
        && texts(follows).eq(texts(&b.follows))
        && withdrawn.is_some() == b.withdrawn.is_some()
}

fn texts<'t>(list: impl IntoIterator<Item = &'t Spanned<Text>>) -> impl Iterator<Item = &'t Text> {
    list.into_iter().map(|text| &text.value)
}
