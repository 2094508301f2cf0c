//! Which stories are published, and in which order.

use foldhash::HashSet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CountedStory, Entry, Month, Parts, StoryIx};
use crate::content::date::When;
use crate::content::pages::Doc;
use crate::content::story::Story;
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
/// a story expires, or another day begins.
pub fn until(parts: &Parts, selection: &Selection, zone: &TimeZone) -> Timestamp {
    let now = selection.now;
    let tomorrow = zone.to_datetime(now).date().tomorrow().ok().map(|day| When::Day(day).moment(zone));
    let stories = parts.stories.iter().flat_map(|(story, _)| [Some(story.date), story.expires]).flatten();
    let dates = stories.chain(parts.editions.iter().map(|edition| edition.date));
    let moments = dates.map(|when| when.moment(zone)).chain(tomorrow);
    moments.filter(|&moment| moment > now).min().unwrap_or(Timestamp::MAX)
}

/// The published stories: newest day first, within a day by weight, then by moment, then by slug;
/// and the slugs of those that are not published.
pub fn sorted(
    stories: Vec<CountedStory>,
    selection: &Selection,
    zone: &TimeZone,
) -> (Vec<CountedStory>, HashSet<Slug>) {
    let mut unpublished = HashSet::default();
    let mut dated: Vec<(Date, Timestamp, CountedStory)> = Vec::with_capacity(stories.len());
    for counted in stories {
        let story = &counted.0;
        if selection.takes(story, zone) {
            dated.push((story.date.day(zone), story.date.moment(zone), counted));
        } else {
            unpublished.insert(story.slug.clone());
        }
    }
    dated.sort_unstable_by(|(day, moment, (a, _)), (other_day, other_moment, (b, _))| {
        let newest = (other_day, b.weight, other_moment).cmp(&(day, a.weight, moment));
        newest.then_with(|| (&a.slug, &a.path).cmp(&(&b.slug, &b.path)))
    });
    (dated.into_iter().map(|(_, _, counted)| counted).collect(), unpublished)
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
