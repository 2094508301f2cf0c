//! Related stories: a stated, deterministic score, found for a story without looking at all others.
//!
//! Stories that the author names come first, in their order. Of the others, those are looked at
//! that stand nearest in one of the story's topics (12 before and 12 after it in the topic's
//! list); where these are too few, also those that stand nearest in the lists of its outlets (3 before
//! and 3 after it, for 8 outlets). A story scores 4 for every shared topic and 1 for every shared outlet,
//! at most 3 for these; equal scores are decided by nearness in the site's order, then by the newer one.
//! So the work for a story depends on its topics and outlets, not on how many stories there are. The
//! page of the methodology states the rule with these numbers.

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
    let mut scores: Vec<(StoryIx, u32)> = Vec::new();
    for &topic in entry.topics.iter() {
        near(&site.ways.topics[topic as usize].stories, at, REACH, |other| {
            add(&mut scores, other, PER_TOPIC)
        });
    }
    if scores.len() <= SHOWN {
        let rare = entry.summary.known.iter().filter(|&&outlet| site.ways.rare[outlet as usize]);
        for &outlet in rare.take(OUTLETS_LOOKED_AT) {
            near(&site.ways.by_outlet[outlet as usize], at, REACH_BY_OUTLET, |other| {
                add(&mut scores, other, 0)
            });
        }
    }
    for (other, score) in &mut scores {
        let other = &site.stories[*other as usize].summary.known;
        *score += shared(&entry.summary.known, other, &site.ways.rare).min(OUTLETS_AT_MOST);
    }
    chosen(site, at, scores)
}

/// The stories that stand nearest to one in a list, newest first.
fn near(stories: &[StoryIx], at: StoryIx, reach: usize, mut found: impl FnMut(StoryIx)) {
    let place = stories.partition_point(|&other| other < at);
    let end = (place + reach + 1).min(stories.len());
    stories[place.saturating_sub(reach)..end].iter().for_each(|&other| found(other));
}

fn add(scores: &mut Vec<(StoryIx, u32)>, story: StoryIx, points: u32) {
    match scores.iter_mut().find(|(known, _)| *known == story) {
        Some((_, score)) => *score += points,
        None => scores.push((story, points)),
    }
}

fn chosen(site: &Site, at: StoryIx, mut scores: Vec<(StoryIx, u32)>) -> Vec<StoryIx> {
    let entry = &site.stories[at as usize];
    let named = entry.story.related.iter().filter_map(|slug| {
        let slug = Slug::new(&slug.value).ok()?;
        site.ways.by_slug.get(&slug).copied()
    });
    let mut list: Vec<StoryIx> = Vec::with_capacity(SHOWN);
    for other in named {
        let is_withdrawn = site.stories[other as usize].story.withdrawn.is_some();
        if other != at && !is_withdrawn && !list.contains(&other) {
            list.push(other);
        }
    }
    scores.sort_by_key(|&(other, score)| (std::cmp::Reverse(score), other.abs_diff(at), other));
    for &(other, _) in scores.iter() {
        if list.len() >= SHOWN {
            break;
        }
        let is_itself = other == at || entry.translations.contains(&other);
        if !is_itself && !list.contains(&other) {
            list.push(other);
        }
    }
    list
}

/// Which outlets are not on every fourth story, in the registry's order.
pub fn rare_outlets(entries: &[Entry], listed: &[StoryIx], outlets: usize) -> Vec<bool> {
    let mut counts = vec![0usize; outlets];
    for &at in listed {
        for &outlet in &entries[at as usize].summary.known {
            counts[outlet as OutletIx as usize] += 1;
        }
    }
    counts.into_iter().map(|count| count * COMMON <= listed.len().max(COMMON * 2)).collect()
}

/// How many rare outlets two sorted lists share.
fn shared(a: &[OutletIx], b: &[OutletIx], rare: &[bool]) -> u32 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() && count < OUTLETS_AT_MOST {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += u32::from(rare[a[i] as usize]);
                i += 1;
                j += 1;
            }
        }
    }
    count
}
