//! Related stories: a stated, deterministic score, found for a story without looking at all others.
//!
//! Stories that the author names come first, in their order. Of the others, those are looked at
//! that stand nearest in one of the story's topics (12 before and 12 after it in the topic's
//! list). A story scores 4 for every shared topic and 1 for every shared outlet, at most 3 for
//! these; equal scores are decided by nearness in the site's order, then by the newer one.

use super::{Entry, Site, StoryIx};
use crate::coverage::OutletIx;
use crate::slug::Slug;

/// How many related stories a page shows.
pub const SHOWN: usize = 4;
const REACH: usize = 12;
const PER_TOPIC: u32 = 4;
const OUTLETS_AT_MOST: u32 = 3;
/// Outlets of this share of all stories say nothing about what is related.
const COMMON: usize = 4;

/// The stories related to one.
pub fn find(site: &Site, at: StoryIx) -> Vec<StoryIx> {
    let entry = site.story(at);
    let mut scores: Vec<(StoryIx, u32)> = Vec::new();
    for &topic in &entry.topics {
        let stories = &site.topics[topic as usize].stories;
        let place = stories.partition_point(|&other| other < at);
        let end = (place + REACH + 1).min(stories.len());
        for &other in &stories[place.saturating_sub(REACH)..end] {
            match scores.iter_mut().find(|(known, _)| *known == other) {
                Some((_, score)) => *score += PER_TOPIC,
                None => scores.push((other, PER_TOPIC)),
            }
        }
    }
    for (other, score) in &mut scores {
        let other = &site.story(*other).summary.known;
        *score += shared(&entry.summary.known, other, &site.rare).min(OUTLETS_AT_MOST);
    }
    chosen(site, at, scores)
}

fn chosen(site: &Site, at: StoryIx, mut scores: Vec<(StoryIx, u32)>) -> Vec<StoryIx> {
    let entry = site.story(at);
    let named = entry.story.related.iter().filter_map(|slug| {
        let slug = Slug::new(&slug.value).ok()?;
        site.by_slug.get(&slug).copied()
    });
    let mut list: Vec<StoryIx> = Vec::with_capacity(SHOWN);
    for other in named {
        if other != at && !list.contains(&other) {
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
