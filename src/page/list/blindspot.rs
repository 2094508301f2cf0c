//! The blindspots: stories that one outer group of the main axis reports little, by that group.

use serde::Serialize;
use tera::Value;

use super::across::{self, PeriodsView};
use super::{Pager, page_count, page_path, pager, slice};
use crate::page::card::cards;
use crate::page::feeds;
use crate::page::head::Head;
use crate::page::numbers::{blindspot_label, blindspot_rule};
use crate::page::world::{Named, World};
use crate::site::StoryIx;

/// What the template of the blindspots sees.
#[derive(Debug, Serialize)]
pub struct BlindspotsView {
    groups: Vec<BlindspotGroup>,
    over_time: Option<PeriodsView>,
    rule: Option<String>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct BlindspotGroup {
    group: Named,
    label: String,
    stories: Vec<Value>,
    count: usize,
}

/// The path of the list.
const PATH: &str = "/blindspots/";

/// The outer groups and the stories that each reports little, newest first; none where the main axis is
/// no scale.
fn groups(world: &World) -> Vec<(u8, Vec<StoryIx>)> {
    let site = &world.site;
    let outer = crate::coverage::blindspot::outer_groups(&site.rules);
    let stories = |group: u8| {
        let is_here = |&at: &StoryIx| site.story(at).summary.blindspot.is_some_and(|b| b.group == group);
        (group, site.listed().iter().copied().filter(is_here).collect())
    };
    outer.map_or_else(Vec::new, |(first, last)| vec![stories(first), stories(last)])
}

/// Pages that the list takes: those of its longer group.
pub fn pages(world: &World) -> usize {
    let longest = groups(world).iter().map(|(_, stories)| stories.len()).max();
    page_count(longest.unwrap_or_default(), world.site.config.paginate)
}

/// Page `n` of the blindspots; it has no groups where the main axis is no scale.
pub fn view(world: &World, n: usize) -> (Head, BlindspotsView) {
    let words = &world.own;
    let lists = groups(world);
    let per_page = world.site.config.paginate;
    let main = world.site.rules.axes.main.unwrap_or_default();
    let group = |(group, stories): &(u8, Vec<StoryIx>)| {
        let named = words.groups[main][*group as usize].clone();
        BlindspotGroup {
            label: blindspot_label(words, &named),
            group: named,
            count: stories.len(),
            stories: cards(world, words, slice(stories, n, per_page)),
        }
    };
    let shown: Vec<StoryIx> =
        lists.iter().flat_map(|(_, stories)| slice(stories, n, per_page)).copied().collect();
    let mut head = Head::new(world, "blindspots", words.text("blindspots"), &page_path(PATH, n))
        .page(world, n)
        .describe(words.text("blindspots_intro"))
        .list_of(world, &shown);
    head.feeds.extend(feeds::links(world, feeds::List::Blindspots));
    let longest = lists.iter().map(|(_, stories)| stories.len()).max().unwrap_or_default();
    let view = BlindspotsView {
        groups: lists.iter().map(group).collect(),
        over_time: across::blindspots(world, &across::told(world, world.site.listed())),
        rule: (!lists.is_empty()).then(|| blindspot_rule(world, words)),
        pager: pager(world, PATH, n, page_count(longest, per_page)),
    };
    (head, view)
}
