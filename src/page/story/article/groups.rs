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

/// The headlines of one group.
#[derive(Debug, Serialize)]
pub struct HeadlineGroup {
    pub(in crate::page) group: Option<Value>,
    #[serde(skip)]
    pub(in crate::page) at: Option<usize>,
    pub(in crate::page) sources: Vec<Headline>,
}

/// The headline of an article.
#[derive(Debug, Serialize)]
pub struct Headline {
    pub(in crate::page) n: u32,
    pub(in crate::page) anchor: String,
    pub(in crate::page) url: Option<String>,
    pub(in crate::page) title: Option<String>,
    pub(in crate::page) outlet_name: String,
    pub(in crate::page) lang: Option<String>,
    pub(in crate::page) dir: Option<&'static str>,
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

/// Headlines by group of the main axis, one a report; empty with fewer than two groups.
pub fn headlines(
    world: &World,
    words: &Words,
    articles: &[SourceView],
    coverage: &Coverage,
) -> Vec<HeadlineGroup> {
    let Some(main) = world.site.rules.axes.main else {
        return Vec::new();
    };
    let axis = &world.site.rules.axes.list[main];
    let mut groups: Vec<Vec<Headline>> = words.groups[main].iter().map(|_| Vec::new()).collect();
    let mut unrated = Vec::new();
    for article in articles.iter().filter(|article| article.title.is_some()) {
        let level = coverage.sources[article.at as usize].levels[main];
        let list = match level {
            Some(level) => &mut groups[axis.group_of(level) as usize],
            None => &mut unrated,
        };
        list.push(Headline {
            n: article.n,
            anchor: article.anchor.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            outlet_name: article.outlet_name.clone(),
            lang: article.lang.as_ref().map(|lang| lang.tag.clone()),
            dir: article.lang.as_ref().map(|lang| lang.dir),
        });
    }
    if groups.iter().filter(|group| !group.is_empty()).count() < 2 {
        return Vec::new();
    }
    let named = groups.into_iter().enumerate().filter(|(_, sources)| !sources.is_empty());
    let mut list: Vec<HeadlineGroup> = named
        .map(|(group, sources)| HeadlineGroup {
            group: Some(words.named[main].groups[group].all.clone()),
            at: Some(group),
            sources,
        })
        .collect();
    if !unrated.is_empty() {
        list.push(HeadlineGroup { group: None, at: None, sources: unrated });
    }
    list
}
