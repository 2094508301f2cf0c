//! Articles by the groups of the main axis: what to filter by, and their headlines side by side.

use serde::Serialize;
use tera::Value;

use super::SourceView;
use crate::coverage::Coverage;
use crate::page::world::{Words, World};

/// A group of the main axis among the articles.
#[derive(Debug, Serialize)]
pub struct FilterView {
    id: String,
    name: String,
    class: String,
    index: usize,
    count: u32,
}

/// The headlines of one group, or of the unrated.
#[derive(Debug, Serialize)]
pub struct HeadlineGroup {
    group: Option<Value>,
    /// `4 of 18`.
    of: String,
    /// The articles that the story's page lists.
    sources: Vec<Value>,
}

/// The groups of the main axis that articles have, then the unrated.
pub fn filters(world: &World, words: &Words, coverage: &Coverage) -> Vec<FilterView> {
    let Some(main) = world.site.rules.axes.main else {
        return Vec::new();
    };
    let counted = &coverage.axes[main].articles;
    let groups = words.groups[main].iter().zip(&counted.groups).enumerate();
    let mut list: Vec<FilterView> = groups
        .filter(|(_, (_, share))| share.count > 0)
        .map(|(index, (named, share))| FilterView {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            index,
            count: share.count,
        })
        .collect();
    if counted.unrated > 0 {
        list.push(FilterView {
            id: "unrated".to_owned(),
            name: words.text("unrated").to_owned(),
            class: "unrated".to_owned(),
            index: words.groups[main].len(),
            count: counted.unrated,
        });
    }
    list
}

/// Which articles have a headline, one a report, by group of the main axis; the unrated (`None`) come
/// last. Empty with fewer than two groups.
pub fn by_group(
    world: &World,
    articles: &[SourceView],
    coverage: &Coverage,
) -> Vec<(Option<usize>, Vec<usize>)> {
    let Some(main) = world.site.rules.axes.main else {
        return Vec::new();
    };
    let axis = &world.site.rules.axes.list[main];
    let mut groups = vec![Vec::new(); axis.groups.len()];
    let mut unrated = Vec::new();
    for (at, article) in articles.iter().enumerate().filter(|(_, article)| article.title.is_some()) {
        match coverage.sources[article.at as usize].levels[main] {
            Some(level) => groups[axis.group_of(level) as usize].push(at),
            None => unrated.push(at),
        }
    }
    let named = groups.into_iter().enumerate().filter(|(_, list)| !list.is_empty());
    let mut list: Vec<(Option<usize>, Vec<usize>)> = named.map(|(group, list)| (Some(group), list)).collect();
    if list.len() < 2 {
        return Vec::new();
    }
    if !unrated.is_empty() {
        list.push((None, unrated));
    }
    list
}

/// Headlines by group of the main axis. `values` are the articles as templates see them.
pub fn headlines(
    world: &World,
    words: &Words,
    (articles, values): (&[SourceView], &[Value]),
    coverage: &Coverage,
) -> Vec<HeadlineGroup> {
    let groups = by_group(world, articles, coverage);
    let all = groups.iter().map(|(_, list)| list.len() as u64).sum();
    let language = &words.language;
    let group = |(group, list): &(Option<usize>, Vec<usize>)| HeadlineGroup {
        group: world
            .site
            .rules
            .axes
            .main
            .zip(*group)
            .map(|(main, at)| words.named[main].groups[at].all.clone()),
        of: language.fill("n_of", Some(all), &[("count", &language.locale.number(list.len() as u64))]),
        sources: list.iter().map(|&at| values[at].clone()).collect(),
    };
    groups.iter().map(group).collect()
}
