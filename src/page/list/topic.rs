//! Topics: the list of all, and one page each with the coverage of its stories.

use std::collections::HashMap;

use serde::Serialize;
use tera::Value;

use super::{Pager, page_path, pager, slice};
use crate::coverage::distribution::from_levels;
use crate::coverage::{AxisCoverage, OutletIx};
use crate::locale::DateView;
use crate::page::card::cards;
use crate::page::cite::Prose;
use crate::page::head::{FeedLink, Head};
use crate::page::numbers::{self, AxisView};
use crate::page::world::{Html, Link, World};
use crate::site::{StoryIx, TopicIx};

/// What the template of a topic sees.
#[derive(Debug, Serialize)]
pub struct TopicView {
    topic: TopicPage,
}

#[derive(Debug, Serialize)]
struct TopicPage {
    name: String,
    slug: String,
    url: String,
    description: Option<Html>,
    parent: Option<Link>,
    children: Vec<TopicLink>,
    count: usize,
    stories: Vec<Value>,
    pager: Option<Pager>,
    coverage: TopicCoverage,
    feeds: Vec<FeedLink>,
}

/// A topic with the number of its stories.
#[derive(Debug, Serialize)]
pub struct TopicLink {
    name: String,
    url: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct TopicCoverage {
    axes: Vec<AxisView>,
    outlets: Vec<TopOutlet>,
    total_outlets: usize,
}

#[derive(Debug, Serialize)]
struct TopOutlet {
    outlet: Value,
    stories: u32,
    class: Option<String>,
    group_name: Option<String>,
}

/// What the template of the list of topics sees.
#[derive(Debug, Serialize)]
pub struct TopicsView {
    topics: Vec<TopicEntry>,
}

#[derive(Debug, Serialize)]
struct TopicEntry {
    name: String,
    url: String,
    count: usize,
    description: Option<Html>,
    parent: Option<Link>,
    latest: Option<DateView>,
    children: Vec<TopicLink>,
}

/// Outlets named as covering a topic most.
const TOP_OUTLETS: usize = 10;

/// A topic with the number of its stories.
pub fn topic_link(world: &World, at: TopicIx) -> TopicLink {
    let topic = &world.site.topics[at as usize];
    TopicLink {
        name: topic.name.to_string(),
        url: world.href(&world.topic_path(at)),
        count: topic.stories.len(),
    }
}

/// The list of topics: those without parent, each with those below it.
pub fn all(world: &World) -> (Head, TopicsView) {
    let words = &world.own;
    let entry = |at: TopicIx| {
        let topic = &world.site.topics[at as usize];
        let locale = &words.language.locale;
        let latest = topic.stories.first().map(|&story| world.site.story(story).story.date);
        TopicEntry {
            name: topic.name.to_string(),
            url: world.href(&world.topic_path(at)),
            count: topic.stories.len(),
            description: description(world, at),
            parent: None,
            latest: latest.map(|when| locale.date(when, world.site.zone())),
            children: topic.children.iter().map(|&child| topic_link(world, child)).collect(),
        }
    };
    let tops =
        (0..world.site.topics.len() as TopicIx).filter(|&at| world.site.topics[at as usize].parent.is_none());
    let paths: Vec<String> = tops.clone().map(|at| world.topic_path(at)).collect();
    let head = Head::new(world, "topics", words.text("topics"), "/topics/").list_of_pages(world, &paths);
    (head, TopicsView { topics: tops.map(entry).collect() })
}

fn description(world: &World, at: TopicIx) -> Option<Html> {
    let prose = Prose::of_page(world, &world.own, "content/topics/", "/topics/");
    world.site.topics[at as usize].description.as_deref().map(|text| prose.inline(text))
}

/// Pages that a topic takes.
pub fn pages(world: &World, at: TopicIx) -> usize {
    super::page_count(world.site.topics[at as usize].stories.len(), world.site.config.paginate)
}

/// Page `n` of a topic.
pub fn view(world: &World, at: TopicIx, n: usize) -> (Head, TopicView) {
    let words = &world.own;
    let topic = &world.site.topics[at as usize];
    let base = world.topic_path(at);
    let shown = slice(&topic.stories, n, world.site.config.paginate);
    let mut head = Head::new(world, "topic", &topic.name, &page_path(&base, n))
        .below(world, words.text("topics"), "/topics/")
        .list_of(world, shown);
    if let Some(text) = &topic.description {
        head = head.describe(text);
    }
    let feeds = crate::page::feeds::topic_links(world, at);
    head.feeds.extend(feeds.iter().cloned());
    let page = TopicPage {
        name: topic.name.to_string(),
        slug: topic.slug.as_str().to_owned(),
        url: world.href(&base),
        description: description(world, at),
        parent: topic.parent.map(|parent| {
            let name = world.site.topics[parent as usize].name.to_string();
            Link { name, url: world.href(&world.topic_path(parent)) }
        }),
        children: topic.children.iter().map(|&child| topic_link(world, child)).collect(),
        count: topic.stories.len(),
        stories: cards(world, words, shown),
        pager: pager(world, &base, n, pages(world, at)),
        coverage: coverage(world, &topic.stories),
        feeds,
    };
    (head, TopicView { topic: page })
}

/// The coverage of several stories. Articles and reports add up; an outlet counts once, at the
/// level that it had in the newest of the stories.
fn coverage(world: &World, stories: &[StoryIx]) -> TopicCoverage {
    let site = &world.site;
    let words = &world.own;
    let mut seen: HashMap<OutletIx, (u32, StoryIx)> = HashMap::new();
    let mut others: std::collections::HashSet<&str> = std::collections::HashSet::new();
    let mut unnamed = 0;
    for &at in stories {
        let summary = &site.story(at).summary;
        for &outlet in &summary.known {
            seen.entry(outlet).or_insert((0, at)).0 += 1;
        }
        others.extend(summary.hosts.iter().map(|host| &**host));
        unnamed += summary.unnamed;
    }
    let unknown = others.len() as u32 + unnamed;
    let axes = site.rules.axes.list.iter().enumerate().map(|(at, axis)| {
        let mut outlets = vec![0u32; axis.levels.len()];
        let mut unrated = unknown;
        for (&outlet, &(_, newest)) in &seen {
            match site.registry.levels(outlet, site.story(newest).day)[at] {
                Some(level) => outlets[level as usize] += 1,
                None => unrated += 1,
            }
        }
        let mut sums = [(vec![0u32; axis.levels.len()], 0u32), (vec![0u32; axis.levels.len()], 0u32)];
        for &story in stories {
            let tallies = site.story(story).summary.tallies(at, &site.rules);
            for (sum, tally) in sums.iter_mut().zip(tallies) {
                sum.0.iter_mut().zip(tally.levels).for_each(|(sum, count)| *sum += count);
                sum.1 += tally.unrated;
            }
        }
        let [articles, reports] = sums;
        let of = |(levels, unrated)| from_levels(levels, unrated, axis, site.rules.min_rated);
        let counted =
            AxisCoverage { outlets: of((outlets, unrated)), articles: of(articles), reports: of(reports) };
        numbers::axis(world, words, at, &counted)
    });
    TopicCoverage {
        axes: axes.collect(),
        total_outlets: seen.len() + unknown as usize,
        outlets: top_outlets(world, &seen),
    }
}

fn top_outlets(world: &World, seen: &HashMap<OutletIx, (u32, StoryIx)>) -> Vec<TopOutlet> {
    let site = &world.site;
    let mut order: Vec<(OutletIx, u32, StoryIx)> =
        seen.iter().map(|(&outlet, &(count, newest))| (outlet, count, newest)).collect();
    order.sort_by_key(|&(outlet, count, _)| (std::cmp::Reverse(count), outlet));
    let view = |(outlet, stories, newest): (OutletIx, u32, StoryIx)| {
        let group = site.rules.axes.main.and_then(|main| {
            let level = site.registry.levels(outlet, site.story(newest).day)[main]?;
            let group = site.rules.axes.list[main].group_of(level) as usize;
            Some(&world.own.groups[main][group])
        });
        TopOutlet {
            outlet: world.chips[outlet as usize].clone(),
            stories,
            class: group.map(|group| group.class.clone()),
            group_name: group.map(|group| group.name.clone()),
        }
    };
    order.into_iter().take(TOP_OUTLETS).map(view).collect()
}

impl TopicLink {
    /// A topic with another number beside it.
    pub fn with_count(world: &World, at: TopicIx, count: usize) -> TopicLink {
        TopicLink { count, ..topic_link(world, at) }
    }
}
