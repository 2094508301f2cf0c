//! Which stories are published, and in which order.

use std::sync::Arc;

use foldhash::HashSet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CountedStory, Entry, Month, StoryIx};
use crate::content::date::When;
use crate::content::pages::{Doc, Edition};
use crate::content::story::{Story, Text};
use crate::coverage::OutletIx;
use crate::slug::Slug;

/// What is built beside the published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Drafts too.
    pub drafts: bool,
    /// Stories of the future too.
    pub future: bool,
    /// Expired stories too.
    pub expired: bool,
}

/// The filter and the moment that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// What is built beside the published.
    pub filter: Filter,
    /// What the build takes for now.
    pub now: Timestamp,
}

impl Selection {
    /// Whether a story is published.
    pub fn takes(&self, story: &Story, zone: &TimeZone) -> bool {
        (self.filter.drafts || !story.draft)
            && (self.filter.future || story.date.moment(zone) <= self.now)
            && (self.filter.expired || story.expires.is_none_or(|expires| expires.moment(zone) > self.now))
    }
}

/// The next moment after `now` at which the same files make another site: a story or edition appears,
/// a story expires, or another day begins. `stories` is that of the stories.
pub fn until(stories: Timestamp, editions: &[Edition], selection: &Selection, zone: &TimeZone) -> Timestamp {
    let now = selection.now;
    let tomorrow = zone.to_datetime(now).date().tomorrow().ok().map(|day| When::Day(day).moment(zone));
    let moments = editions.iter().map(|edition| edition.date.moment(zone)).chain(tomorrow);
    moments.filter(|&moment| moment > now).min().unwrap_or(Timestamp::MAX).min(stories)
}

/// The next moment after `now` at which a story appears or expires.
pub fn next_of_stories(stories: &[CountedStory], selection: &Selection, zone: &TimeZone) -> Timestamp {
    let dates = stories.iter().flat_map(|(story, _)| [Some(story.date), story.expires]).flatten();
    let moments = dates.map(|when| when.moment(zone)).filter(|&moment| moment > selection.now);
    moments.min().unwrap_or(Timestamp::MAX)
}

/// What has become of a story.
pub enum Seat {
    /// It is published and stands here.
    At(StoryIx),
    /// It is not.
    Waiting(Arc<Story>),
}

/// Stories in the site's order.
pub struct Sorted {
    /// Those that are published.
    pub stories: Vec<CountedStory>,
    /// Day and moment of each of them.
    pub dates: Vec<(Date, Timestamp)>,
    /// What has become of every story, in the order in which they came.
    pub seats: Vec<Seat>,
    /// Slugs of those that are not published.
    pub unpublished: HashSet<Slug>,
}

/// The published stories: newest day first, within a day by weight, then by moment, then by slug.
pub fn sorted(stories: Vec<CountedStory>, selection: &Selection, zone: &TimeZone) -> Sorted {
    let mut unpublished = HashSet::default();
    let mut seats: Vec<Seat> = Vec::with_capacity(stories.len());
    let mut dated: Vec<(Date, Timestamp, usize, CountedStory)> = Vec::with_capacity(stories.len());
    for counted in stories {
        let story = &counted.0;
        if selection.takes(story, zone) {
            dated.push((story.date.day(zone), story.date.moment(zone), seats.len(), counted));
            seats.push(Seat::At(0));
        } else {
            unpublished.insert(story.slug.clone());
            seats.push(Seat::Waiting(counted.0));
        }
    }
    dated.sort_unstable_by(|(day, moment, _, (a, _)), (other_day, other_moment, _, (b, _))| {
        let newest = (other_day, b.weight, other_moment).cmp(&(day, a.weight, moment));
        newest.then_with(|| (&a.slug, &a.path).cmp(&(&b.slug, &b.path)))
    });
    let mut sorted = Sorted {
        stories: Vec::with_capacity(dated.len()),
        dates: Vec::with_capacity(dated.len()),
        seats,
        unpublished,
    };
    for (at, (day, moment, came, counted)) in dated.into_iter().enumerate() {
        sorted.seats[came] = Seat::At(at as StoryIx);
        sorted.dates.push((day, moment));
        sorted.stories.push(counted);
    }
    sorted
}

/// Languages that stories name, in order.
pub fn langs(entries: &[Entry]) -> Vec<Text> {
    let mut langs: Vec<&Text> = Vec::new();
    for lang in entries.iter().filter_map(|entry| entry.story.lang.as_ref()) {
        // They are few, and most stories name none.
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    langs.sort_unstable();
    langs.into_iter().cloned().collect()
}

/// The stories of every outlet, newest first.
pub fn by_outlet(entries: &[Entry], listed: &[StoryIx], outlets: usize) -> Vec<Vec<StoryIx>> {
    let mut lists = vec![Vec::new(); outlets];
    for &at in listed {
        for &outlet in &entries[at as usize].summary.known {
            lists[outlet as OutletIx as usize].push(at);
        }
    }
    lists
}

/// The months that have stories, newest first.
pub fn months(entries: &[Entry], listed: &[StoryIx]) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for &at in listed {
        let first = entries[at as usize].day.first_of_month();
        match months.last_mut().filter(|month| month.first == first) {
            Some(month) => month.stories.push(at),
            None => months.push(Month { first, stories: vec![at] }),
        }
    }
    months
}

/// The published plain pages, by path.
pub fn docs(mut docs: Vec<Doc>, selection: &Selection) -> Vec<Doc> {
    docs.retain(|doc| selection.filter.drafts || !doc.draft);
    docs.sort_by(|a, b| (&a.url_path, &a.path).cmp(&(&b.url_path, &b.path)));
    docs
}
