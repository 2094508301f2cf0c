//! Related stories: a stated, deterministic score, found for a story without looking at all others.
//!
//! Stories that the author names come first, in their order. Of the others, those are looked at
//! that stand nearest in one of the story's topics (12 before and 12 after it in the topic's
//! list); where these are too few, also those that stand nearest in the lists of its outlets (3 before
//! and 3 after it, for 8 outlets). A story scores 4 for every shared topic and 1 for every shared outlet,
//! at most 3 for these; equal scores are decided by nearness in the site's order, then by the newer one.
//! So the work for a story depends on its topics and outlets, not on how many stories there are. The
//! page of the methodology states the rule with these numbers.

use std::cmp::Reverse;

use super::{Entry, Site, StoryIx};
use crate::coverage::OutletIx;
use crate::slug::Slug;

/// How many related stories a page shows.
pub const SHOWN: usize = 4;
/// Stories before and after it that are looked at in each of its topics.
pub const REACH: usize = 12;
/// What a shared topic counts; a shared outlet counts 1.
pub const PER_TOPIC: u32 = 4;
/// Shared outlets that count at most.
pub const OUTLETS_AT_MOST: u32 = 3;
/// Outlets of more than one in so many stories say nothing about what is related.
pub const COMMON: usize = 4;
const REACH_BY_OUTLET: usize = 3;
const OUTLETS_LOOKED_AT: usize = 8;

/// The stories related to one.
pub fn find(site: &Site, at: StoryIx) -> Vec<StoryIx> {
    let entry = &site.stories[at as usize];
    let mut list = named(site, at);
    if list.len() >= SHOWN {
        return list;
    }
    let mut scores = scored(site, at);
    // Few are shown of many, so the best are taken one by one and the rest stays unsorted.
    while list.len() < SHOWN
        && let Some((place, &(other, _))) = scores
            .iter()
            .enumerate()
            .min_by_key(|&(_, &(other, score))| (Reverse(score), other.abs_diff(at), other))
    {
        scores.swap_remove(place);
        let is_itself = other == at || entry.translations.contains(&other);
        if !is_itself && !list.contains(&other) {
            list.push(other);
        }
    }
    list
}

/// Those that the author names.
fn named(site: &Site, at: StoryIx) -> Vec<StoryIx> {
    let mut list: Vec<StoryIx> = Vec::with_capacity(SHOWN);
    for slug in &site.stories[at as usize].story.related {
        let Some(&other) = Slug::new(&slug.value).ok().and_then(|slug| site.ways.by_slug.get(&slug)) else {
            continue;
        };
        let is_withdrawn = site.stories[other as usize].story.withdrawn.is_some();
        if other != at && !is_withdrawn && !list.contains(&other) {
            list.push(other);
        }
    }
    list
}

/// The stories that are looked at, each once, with their scores.
fn scored(site: &Site, at: StoryIx) -> Vec<(StoryIx, u32)> {
    let entry = &site.stories[at as usize];
    let mut found: Vec<StoryIx> = Vec::with_capacity(entry.topics.len() * (2 * REACH + 1));
    for &topic in entry.topics.iter() {
        found.extend(near(&site.ways.topics[topic as usize].stories, at, REACH));
    }
    let mut scores = counted(found, PER_TOPIC);
    let rare = &site.ways.rare;
    if scores.len() <= SHOWN {
        for &outlet in rare.of(at).iter().take(OUTLETS_LOOKED_AT) {
            for &other in near(&site.ways.by_outlet[outlet as usize], at, REACH_BY_OUTLET) {
                if !scores.iter().any(|(known, _)| *known == other) {
                    scores.push((other, 0));
                }
            }
        }
    }
    // A bit for each of its outlets, so that those of every other story are looked up and not compared.
    let mut own = vec![0u64; rare.outlets.div_ceil(64)];
    rare.of(at).iter().for_each(|&outlet| own[outlet as usize / 64] |= 1 << (outlet % 64));
    for (other, score) in &mut scores {
        let is_shared = |outlet: &&OutletIx| own[**outlet as usize / 64] >> (**outlet % 64) & 1 == 1;
        let shared = rare.of(*other).iter().filter(is_shared);
        *score += shared.take(OUTLETS_AT_MOST as usize).count() as u32;
    }
    scores
}

/// The stories that stand nearest to one in a list, newest first.
fn near(stories: &[StoryIx], at: StoryIx, reach: usize) -> &[StoryIx] {
    let place = stories.partition_point(|&other| other < at);
    let end = (place + reach + 1).min(stories.len());
    &stories[place.saturating_sub(reach)..end]
}

/// Each story once, with so many points for every time that it was found.
fn counted(mut found: Vec<StoryIx>, points: u32) -> Vec<(StoryIx, u32)> {
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32 * points)).collect()
}

/// The outlets of every story that say something about what is related: those that are not on every
/// fourth story. They stand in one list, because finding related stories looks at those of sixty others,
/// each of which would be fetched from another place of the memory.
#[derive(Debug, Default)]
pub struct Rare {
    list: Vec<OutletIx>,
    /// Where those of each story begin.
    starts: Vec<u32>,
    /// How many outlets there are, rare or not.
    outlets: usize,
}

impl Rare {
    /// Those of a site's stories, of which some are listed.
    pub fn of_all(entries: &[Entry], listed: &[StoryIx], outlets: usize) -> Rare {
        let mut counts = vec![0usize; outlets];
        for &at in listed {
            for &outlet in &entries[at as usize].summary.known {
                counts[outlet as usize] += 1;
            }
        }
        let is_rare = |&outlet: &OutletIx| counts[outlet as usize] * COMMON <= listed.len().max(COMMON * 2);
        let mut rare = Rare { list: Vec::new(), starts: vec![0], outlets };
        for entry in entries {
            rare.list.extend(entry.summary.known.iter().copied().filter(is_rare));
            rare.starts.push(rare.list.len() as u32);
        }
        rare
    }

    /// Those of a story, in order.
    fn of(&self, at: StoryIx) -> &[OutletIx] {
        &self.list[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }
}
