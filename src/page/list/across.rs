//! Coverage of several stories as templates see it: distributions, rankings, blindspots over time.

use serde::Serialize;

use crate::coverage::across::{self, Across, Period, Told};
use crate::coverage::{AxisCoverage, OutletIx};
use crate::locale::Locale;
use crate::page::numbers::axis::AxisView;
use crate::page::numbers::{self, AxisData, blindspot_label};
use crate::page::world::{Named, World};
use crate::site::{StoryIx, TopicIx};

/// The coverage of several stories; its axes as templates or as programs read them.
#[derive(Debug, Serialize)]
pub struct AcrossView<A = AxisView> {
    stories: u32,
    articles: u32,
    outlets: u32,
    reports: u32,
    unit: &'static str,
    axes: Vec<A>,
    /// The outlets with most stories.
    top: Vec<RankView>,
    blindspots: Option<PeriodsView>,
}

/// A row of a ranking: `count` of `of`.
#[derive(Debug, Serialize)]
pub struct RankView {
    id: String,
    name: String,
    url: String,
    /// Group of the main axis.
    group: Option<Named>,
    count: u32,
    of: u32,
    /// `count` in whole per cent of `of`, for a bar.
    width: u32,
}

/// Blindspots by month or year.
#[derive(Debug, Serialize)]
pub struct PeriodsView {
    years: bool,
    groups: Vec<PeriodGroup>,
    rows: Vec<PeriodView>,
}

#[derive(Debug, Serialize)]
struct PeriodGroup {
    label: String,
    class: String,
}

#[derive(Debug, Serialize)]
struct PeriodView {
    iso: String,
    name: String,
    counts: [u32; 2],
    judged: u32,
    stories: u32,
}

/// First reports of the whole site.
#[derive(Debug, Serialize)]
pub struct FirstReportsView {
    stories: u32,
    timed: u32,
    leaders: Vec<RankView>,
}

/// Rows of a ranking at most.
const ROWS: usize = 12;

/// Stories with what is counted across them.
pub fn told<'w>(world: &'w World, stories: &[StoryIx]) -> Vec<Told<'w>> {
    let told = |&at: &StoryIx| {
        let entry = world.site.story(at);
        Told { summary: &entry.summary, day: entry.day }
    };
    stories.iter().map(told).collect()
}

/// The coverage of several stories, the newest first, for a template.
pub fn view(world: &World, stories: &[StoryIx]) -> AcrossView {
    across(world, stories, &|at, counted| numbers::axis::view(world, &world.own, at, counted, false))
}

fn across<A>(world: &World, stories: &[StoryIx], axis: &dyn Fn(usize, &AxisCoverage) -> A) -> AcrossView<A> {
    let site = &world.site;
    let told = told(world, stories);
    let counted = across::count(&told, &site.registry, &site.rules);
    let axes = counted.axes.iter().enumerate();
    AcrossView {
        stories: counted.stories,
        articles: counted.articles,
        outlets: counted.outlets,
        reports: counted.reports,
        unit: site.config.count.name(),
        axes: axes.map(|(at, counted)| axis(at, counted)).collect(),
        top: top(world, &counted),
        blindspots: blindspots(world, &told),
    }
}

fn top(world: &World, counted: &Across) -> Vec<RankView> {
    let view = |share: &across::Share| {
        let levels = world.site.registry.levels(share.outlet, share.newest);
        outlet_rank(world, share.outlet, levels, [share.stories, counted.stories])
    };
    counted.by_outlet.iter().take(ROWS).map(view).collect()
}

fn outlet_rank(world: &World, at: OutletIx, levels: &[Option<u8>], [count, of]: [u32; 2]) -> RankView {
    let outlet = world.site.registry.outlet(at);
    let group = world.site.rules.axes.main.and_then(|main| {
        let group = world.site.rules.axes.list[main].group_of((*levels.get(main)?)?);
        Some(world.own.groups[main][group as usize].clone())
    });
    RankView {
        id: outlet.id.as_str().to_owned(),
        name: outlet.name.to_string(),
        url: world.href(&world.outlet_path(at)),
        group,
        count,
        of,
        width: count * 100 / of.max(1),
    }
}

/// Blindspots by month or year, if the main axis can have any and a story can be one.
pub fn blindspots(world: &World, told: &[Told]) -> Option<PeriodsView> {
    let rules = &world.site.rules;
    let counted = across::blindspots(told, rules)?;
    let (first, last) = crate::coverage::blindspot::outer_groups(rules)?;
    let named = &world.own.groups[rules.axes.main?];
    let group = |group: u8| {
        let named = &named[group as usize];
        PeriodGroup { label: blindspot_label(&world.own, named), class: named.class.clone() }
    };
    if counted.list.iter().all(|period| period.judged == 0) {
        return None;
    }
    let locale = &world.own.language.locale;
    Some(PeriodsView {
        years: counted.years,
        groups: vec![group(first), group(last)],
        rows: counted.list.iter().map(|period| period_view(locale, period, counted.years)).collect(),
    })
}

fn period_view(locale: &Locale, period: &Period, years: bool) -> PeriodView {
    let first = period.first;
    let (iso, name) = match years {
        true => (format!("{:04}", first.year()), first.year().to_string()),
        false => (format!("{:04}-{:02}", first.year(), first.month()), locale.month(first)),
    };
    let Period { first: _, stories, judged, blindspots } = *period;
    PeriodView { iso, name, counts: blindspots, judged, stories }
}

/// Who had most first reports of the whole site; `None` where no story has any.
pub fn first_reports(world: &World) -> Option<FirstReportsView> {
    let site = &world.site;
    let summaries = site.listed().iter().map(|&at| &*site.story(at).summary);
    let counted = across::first_reports(summaries);
    let today = site.today();
    let view = |leader: &across::Leader| {
        let levels = site.registry.levels(leader.outlet, today);
        outlet_rank(world, leader.outlet, levels, [leader.first, leader.stories])
    };
    (counted.timed > 0).then(|| FirstReportsView {
        stories: counted.stories,
        timed: counted.timed,
        leaders: counted.leaders.iter().take(ROWS).map(view).collect(),
    })
}

/// Of how many stories of each topic an outlet has an article: most first.
pub fn topic_shares(world: &World, stories: &[StoryIx]) -> Vec<RankView> {
    let mut counts = vec![0u32; world.site.topics().len()];
    for &story in stories {
        for topic in with_those_above(world, &world.site.story(story).topics) {
            counts[topic as usize] += 1;
        }
    }
    let mut order: Vec<TopicIx> =
        (0..counts.len() as TopicIx).filter(|&topic| counts[topic as usize] > 0).collect();
    order.sort_by_key(|&topic| std::cmp::Reverse(counts[topic as usize]));
    let view = |topic: TopicIx| {
        let (count, of) = (counts[topic as usize], world.site.of_topic(topic).len() as u32);
        RankView {
            id: world.site.topic(topic).slug.as_str().to_owned(),
            name: world.site.topic(topic).name.to_string(),
            url: world.href(&world.topic_path(topic)),
            group: None,
            count,
            of,
            width: count * 100 / of.max(1),
        }
    };
    order.into_iter().take(ROWS).map(view).collect()
}

/// Topics and those above them, each once: a story of a topic is one of those above it too.
fn with_those_above(world: &World, topics: &[TopicIx]) -> Vec<TopicIx> {
    let mut seen: Vec<TopicIx> = Vec::new();
    for &topic in topics {
        let mut next = Some(topic);
        while let Some(topic) = next.filter(|topic| !seen.contains(topic)) {
            seen.push(topic);
            next = world.site.topic(topic).parent;
        }
    }
    seen
}

/// All of this as data: `/data/coverage.json`, what the pages of topics, outlets and blindspots show.
#[derive(Debug, Serialize)]
pub struct SiteCoverage {
    schema: u32,
    stories: usize,
    topics: Vec<TopicData>,
    outlets: Vec<OutletData>,
    first_reports: Option<FirstReportsView>,
    blindspots: Option<PeriodsView>,
}

#[derive(Debug, Serialize)]
struct TopicData {
    topic: String,
    coverage: AcrossView<AxisData>,
}

#[derive(Debug, Serialize)]
struct OutletData {
    outlet: String,
    stories: usize,
    first_reports: u32,
    topics: Vec<RankView>,
}

/// The counts of the whole site.
pub fn data(world: &World) -> SiteCoverage {
    let site = &world.site;
    let topic = |at: TopicIx| TopicData {
        topic: site.topic(at).slug.as_str().to_owned(),
        coverage: across(world, site.of_topic(at), &|at, counted| {
            numbers::data(world, &world.own, at, counted)
        }),
    };
    let outlet = |at: OutletIx| OutletData {
        outlet: site.registry.outlet(at).id.as_str().to_owned(),
        stories: site.of_outlet(at).len(),
        first_reports: first_of(world, at),
        topics: topic_shares(world, site.of_outlet(at)),
    };
    SiteCoverage {
        schema: 1,
        stories: site.listed().len(),
        topics: (0..site.topics().len() as TopicIx).map(topic).collect(),
        outlets: (0..site.registry.list.len() as OutletIx).map(outlet).collect(),
        first_reports: first_reports(world),
        blindspots: blindspots(world, &told(world, site.listed())),
    }
}

/// Stories of which an outlet has the first report.
pub fn first_of(world: &World, at: OutletIx) -> u32 {
    world.site.first_reports_of(at) as u32
}
