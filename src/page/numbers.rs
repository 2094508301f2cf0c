//! Coverage with names: axes for templates ([`axis`]) and as data, bars of cards, blindspots in words.

pub mod axis;

use serde::Serialize;

use super::world::{Named, Words, World};
use crate::content::axis::{Axis, AxisKind};
use crate::content::config::Unit;
use crate::coverage::distribution::percentages;
use crate::coverage::{AxisCoverage, Blindspot, Distribution};

/// One axis in all three units, as data.
#[derive(Debug, Serialize)]
pub struct AxisData {
    id: String,
    name: String,
    kind: &'static str,
    main: bool,
    class: String,
    outlets: DistributionData,
    articles: DistributionData,
    reports: DistributionData,
    rated_any: bool,
    raters: Vec<RaterLink>,
}

/// A rater's name and page.
#[derive(Debug, Clone, Serialize)]
pub struct RaterLink {
    name: String,
    url: Option<String>,
}

/// One distribution.
#[derive(Debug, Serialize)]
struct DistributionData {
    unit: &'static str,
    rated: u32,
    unrated: u32,
    total: u32,
    enough: bool,
    min_rated: u32,
    groups: Vec<GroupData>,
    levels: Vec<LevelData>,
    leading: Option<LeadingData>,
}

#[derive(Debug, Serialize)]
struct GroupData {
    id: String,
    name: String,
    class: String,
    count: u32,
    percent: Option<u32>,
    low: Option<u32>,
    high: Option<u32>,
    width: u32,
}

#[derive(Debug, Serialize)]
struct LevelData {
    id: String,
    name: String,
    class: String,
    count: u32,
    width: u32,
    group: String,
}

#[derive(Debug, Serialize)]
struct LeadingData {
    name: String,
    percent: Option<u32>,
    class: String,
}

/// The main axis in small, for cards.
#[derive(Debug, Clone, Serialize)]
pub struct BarPart {
    name: String,
    class: String,
    count: u32,
    percent: Option<u32>,
    width: u32,
}

/// A blindspot in words.
#[derive(Debug, Clone, Serialize)]
pub struct BlindspotView {
    /// Who under-reported.
    pub label: String,
    class: String,
    group: Named,
    opposite: Named,
    /// Both shares with their counts and what they are of.
    pub shares: String,
}

/// The distributions of one axis as data.
pub fn data(world: &World, words: &Words, at: usize, coverage: &AxisCoverage) -> AxisData {
    let axis = &world.site.rules.axes.list[at];
    let in_unit = |unit| distribution(world, words, at, unit, coverage.of(unit));
    AxisData {
        id: axis.id.to_string(),
        name: words.axes[at].clone(),
        kind: kind(axis),
        main: world.site.rules.axes.main == Some(at),
        class: format!("ax-{}", axis.id),
        outlets: in_unit(Unit::Outlets),
        articles: in_unit(Unit::Articles),
        reports: in_unit(Unit::Reports),
        rated_any: coverage.rated_any(),
        raters: raters(axis),
    }
}

/// The word for the kind of an axis.
pub fn kind(axis: &Axis) -> &'static str {
    match axis.kind {
        AxisKind::Scale => "scale",
        AxisKind::Category => "category",
    }
}

/// The raters of an axis.
pub fn raters(axis: &Axis) -> Vec<RaterLink> {
    axis.raters.iter().map(RaterLink::of).collect()
}

fn distribution(
    world: &World,
    words: &Words,
    at: usize,
    unit: Unit,
    counted: &Distribution,
) -> DistributionData {
    let axis = &world.site.rules.axes.list[at];
    let counts: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
    let widths = percentages(&counts);
    let level_widths = percentages(&counted.levels);
    let (groups, levels) = (&words.groups[at], &words.levels[at]);
    let group = |group: usize| {
        let share = &counted.groups[group];
        let named = &groups[group];
        GroupData {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            count: share.count,
            percent: share.percent,
            low: share.bounds.map(|(low, _)| low),
            high: share.bounds.map(|(_, high)| high),
            width: widths[group],
        }
    };
    let level = |level: usize| {
        let named = &levels[level];
        LevelData {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            count: counted.levels[level],
            width: level_widths[level],
            group: groups[axis.levels[level].group as usize].id.clone(),
        }
    };
    DistributionData {
        unit: unit.name(),
        rated: counted.rated,
        unrated: counted.unrated,
        total: counted.total(),
        enough: counted.enough,
        min_rated: world.site.rules.min_rated,
        groups: (0..counted.groups.len()).map(group).collect(),
        // Where an axis has no groups, its groups are its levels.
        levels: if axis.has_groups { (0..counted.levels.len()).map(level).collect() } else { Vec::new() },
        leading: leading(counted).map(|group| LeadingData {
            name: groups[group].name.clone(),
            percent: counted.groups[group].percent,
            class: groups[group].class.clone(),
        }),
    }
}

/// The group with most, the first of equals; none of none.
fn leading(counted: &Distribution) -> Option<usize> {
    let most = counted.groups.iter().map(|share| share.count).max().filter(|&most| most > 0)?;
    counted.groups.iter().position(|share| share.count == most)
}

/// The main axis by outlets, for a card; empty if nothing is rated.
pub fn bar(world: &World, words: &Words, counts: &[u32]) -> (Vec<BarPart>, u32, u32, bool) {
    let (Some(main), Some((unrated, levels))) = (world.site.rules.axes.main, counts.split_last()) else {
        return (Vec::new(), 0, 0, false);
    };
    let axis = &world.site.rules.axes.list[main];
    let min_rated = world.site.rules.min_rated;
    let counted = crate::coverage::distribution::from_levels(levels.to_vec(), *unrated, axis, min_rated);
    if counted.rated == 0 {
        return (Vec::new(), 0, *unrated, false);
    }
    let group_counts: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
    let widths = percentages(&group_counts);
    let part = |group: usize| BarPart {
        name: words.groups[main][group].name.clone(),
        class: words.groups[main][group].class.clone(),
        count: group_counts[group],
        percent: counted.groups[group].percent,
        width: widths[group],
    };
    let parts = (0..group_counts.len()).map(part).collect();
    (parts, counted.rated, counted.unrated, counted.enough)
}

/// A blindspot in words.
pub fn blindspot(world: &World, words: &Words, spot: &Blindspot) -> Option<BlindspotView> {
    let main = world.site.rules.axes.main?;
    let group = &words.groups[main][spot.group as usize];
    let opposite = &words.groups[main][spot.opposite as usize];
    Some(BlindspotView {
        label: blindspot_label(words, group),
        class: group.class.clone(),
        group: group.clone(),
        opposite: opposite.clone(),
        shares: blindspot_shares(words, spot, [group, opposite]),
    })
}

/// `Left: 1 of 13 rated reports (8%). Right: 8 (62%).`
fn blindspot_shares(words: &Words, spot: &Blindspot, [group, opposite]: [&Named; 2]) -> String {
    let number = |n: u32| words.language.locale.number(n.into());
    let [count, share] = [number(spot.count), number(spot.share)];
    let [opposite_count, opposite_share] = [number(spot.opposite_count), number(spot.opposite_share)];
    let values = [
        ("group", &*group.name),
        ("count", &*count),
        ("share", &*share),
        ("opposite", &*opposite.name),
        ("opposite_count", &*opposite_count),
        ("opposite_share", &*opposite_share),
    ];
    words.language.fill("blindspot_shares", Some(spot.rated.into()), &values)
}

/// `Few right-rated outlets`.
pub fn blindspot_label(words: &Words, group: &Named) -> String {
    let lower = group.name.to_lowercase();
    words.language.fill("gen_blindspot_label", None, &[("group", &group.name), ("lower", &lower)])
}

/// The rule with this site's thresholds.
pub fn blindspot_rule(world: &World, words: &Words) -> String {
    let rule = world.site.rules.blindspot;
    let axis = world.site.rules.axes.main.map_or("", |main| &words.axes[main]);
    words.language.fill(
        "gen_blindspot_rule",
        None,
        &[
            ("min_rated", &rule.min_rated.to_string()),
            ("max", &rule.max_share.to_string()),
            ("opposite", &rule.min_opposite.to_string()),
            ("axis", axis),
        ],
    )
}

impl RaterLink {
    /// A rater's name and page.
    pub fn of(rater: &crate::content::axis::Rater) -> RaterLink {
        RaterLink { name: rater.name.to_string(), url: rater.url.as_deref().map(str::to_owned) }
    }
}
