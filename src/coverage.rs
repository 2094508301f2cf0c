//! Coverage: story × outlets × axes → distributions, reports, matrix, blindspot.
//!
//! In: a [`Story`], the [`Registry`] of outlets and the [`Rules`] of the site. Out: [`Coverage`].
//! Whole numbers only, the same on every machine; no HTML, no texts for readers. Every number
//! that a page shows comes from here (spec section 4).

pub mod across;
pub mod blindspot;
pub mod distribution;
pub mod matrix;
pub mod over_time;
pub mod places;
pub mod rating;
pub mod registry;
pub mod report;
pub mod summary;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::axis::{Axes, LevelIx};
use crate::content::config::{BlindspotRule, Config, Unit};
use crate::content::story::{SourceIx, Story};

pub use blindspot::Blindspot;
pub use distribution::{Distribution, Share};
pub use matrix::{Cell, MatrixRow};
pub use registry::{OutletIx, Registry};
pub use summary::Summary;

/// What the site says about counting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rules {
    /// The axes.
    pub axes: Axes,
    /// Below this many rated, no percentages.
    pub min_rated: u32,
    /// When a story is a blindspot.
    pub blindspot: BlindspotRule,
}

impl Rules {
    /// The rules of a configuration.
    pub fn of(config: &Config) -> Rules {
        Rules { axes: config.axes.clone(), min_rated: config.min_rated, blindspot: config.blindspot }
    }
}

/// Whose article a source is (spec section 4, rule 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Publisher {
    /// An outlet of the site.
    Known(OutletIx),
    /// Nobody knows the domain: an unrated outlet named by the host.
    Host(Box<str>),
    /// Neither outlet nor url: an unrated, unnamed outlet of its own.
    Unnamed(SourceIx),
}

/// What is known of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// Whose article it is.
    pub publisher: Publisher,
    /// The source that stands for its report (rule 1).
    pub report: SourceIx,
    /// The publisher's level on each axis at the story's date; shared with the registry.
    pub levels: Arc<[Option<LevelIx>]>,
}

/// One axis, counted in each unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AxisCoverage {
    /// Distinct outlets.
    pub outlets: Distribution,
    /// Listed sources.
    pub articles: Distribution,
    /// Independent reports.
    pub reports: Distribution,
}

impl AxisCoverage {
    /// Whether all units have the same numbers.
    pub fn is_same(&self) -> bool {
        self.outlets == self.articles && self.reports == self.articles
    }

    /// Whether anything has a level. A report may have one that no article has: that of its agency.
    pub fn rated_any(&self) -> bool {
        self.articles.rated > 0 || self.reports.rated > 0
    }

    /// The numbers of a unit.
    pub fn of(&self, unit: Unit) -> &Distribution {
        match unit {
            Unit::Outlets => &self.outlets,
            Unit::Articles => &self.articles,
            Unit::Reports => &self.reports,
        }
    }
}

/// The first report in the list (rule 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct First {
    /// Which source.
    pub source: SourceIx,
    /// When it was published.
    pub published: Timestamp,
}

/// All numbers of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Listed sources.
    pub articles: u32,
    /// Distinct outlets among them.
    pub outlets: u32,
    /// Independent reports.
    pub reports: u32,
    /// Facts of every source, in file order.
    pub sources: Vec<SourceFacts>,
    /// Every axis of the site, in its order.
    pub axes: Vec<AxisCoverage>,
    /// The source with the earliest time.
    pub first: Option<First>,
    /// The latest `published` of all, as place in the list.
    pub latest: Option<SourceIx>,
    /// Whether one outer group under-reports.
    pub blindspot: Option<Blindspot>,
    /// Key points × groups of the main axis.
    pub matrix: Vec<MatrixRow>,
}

/// Counts a story. `zone` gives dates without offset their moment.
pub fn count(story: &Story, registry: &Registry, rules: &Rules, zone: &TimeZone) -> Coverage {
    let date = story.date.day(zone);
    let reports = report::reports(&story.sources);
    let sources = with_reports(publishers(story, registry, rules, date), &reports);
    let distinct = distinct(&sources);
    let counted = Counted { story, sources: &sources, distinct: &distinct, reports: &reports };
    let axes: Vec<AxisCoverage> =
        (0..rules.axes.list.len()).map(|at| counted.axis(at, registry, rules, date)).collect();
    let blindspot = blindspot::find(&axes, rules);
    let matrix = matrix::rows(&story.points, &sources, rules);
    Coverage {
        articles: sources.len() as u32,
        outlets: distinct.len() as u32,
        reports: reports.len() as u32,
        first: first(story, zone),
        latest: latest(story, zone),
        sources,
        axes,
        blindspot,
        matrix,
    }
}

/// What is known of every source of a story, without its numbers.
pub fn facts(story: &Story, registry: &Registry, rules: &Rules, zone: &TimeZone) -> Vec<SourceFacts> {
    let sources = publishers(story, registry, rules, story.date.day(zone));
    with_reports(sources, &report::reports(&story.sources))
}

fn publishers(story: &Story, registry: &Registry, rules: &Rules, date: Date) -> Vec<SourceFacts> {
    let none: Arc<[Option<LevelIx>]> = rules.axes.list.iter().map(|_| None).collect();
    let fact = |(at, source)| {
        let publisher = registry.publisher(source, at as SourceIx);
        let levels = match publisher {
            Publisher::Known(outlet) => registry.shared_levels(outlet, date).unwrap_or_else(|| none.clone()),
            Publisher::Host(_) | Publisher::Unnamed(_) => none.clone(),
        };
        SourceFacts { publisher, report: at as SourceIx, levels }
    };
    story.sources.iter().enumerate().map(fact).collect()
}

fn with_reports(mut sources: Vec<SourceFacts>, reports: &[report::Report]) -> Vec<SourceFacts> {
    for report in reports {
        for &member in &report.members {
            sources[member as usize].report = report.id;
        }
    }
    sources
}

/// The first source of every distinct publisher, in file order.
fn distinct(sources: &[SourceFacts]) -> Vec<SourceIx> {
    let publisher = |at: SourceIx| &sources[at as usize].publisher;
    let mut order: Vec<SourceIx> = (0..sources.len() as SourceIx).collect();
    order.sort_by(|&a, &b| (publisher(a), a).cmp(&(publisher(b), b)));
    order.dedup_by(|b, a| publisher(*a) == publisher(*b));
    order.sort_unstable();
    order
}

/// A story in its three units.
struct Counted<'c> {
    story: &'c Story,
    sources: &'c [SourceFacts],
    distinct: &'c [SourceIx],
    reports: &'c [report::Report],
}

impl Counted<'_> {
    fn axis(&self, axis: usize, registry: &Registry, rules: &Rules, date: Date) -> AxisCoverage {
        let level = |at: SourceIx| self.sources[at as usize].levels[axis];
        let report_level = |report: &report::Report| match report.original.and_then(level) {
            Some(level) => Some(level),
            None => report.wire(&self.story.sources).and_then(|wire| {
                let agency = registry.find(wire)?;
                registry.levels(agency, date)[axis]
            }),
        };
        let of = |levels: &mut dyn Iterator<Item = Option<LevelIx>>| {
            distribution::count(levels, &rules.axes.list[axis], rules.min_rated)
        };
        let articles = of(&mut self.sources.iter().map(|source| source.levels[axis]));
        // Where no outlet has two articles, its level counts as often by outlets as by articles.
        let has_one_each = self.distinct.len() == self.sources.len();
        // Where every article is a report of its own and nobody's copy, so it is with reports.
        let are_originals = self.reports.len() == self.sources.len()
            && self.reports.iter().all(|report| report.original.is_some());
        AxisCoverage {
            outlets: match has_one_each {
                true => articles.clone(),
                false => of(&mut self.distinct.iter().map(|&at| level(at))),
            },
            reports: match are_originals {
                true => articles.clone(),
                false => of(&mut self.reports.iter().map(report_level)),
            },
            articles,
        }
    }
}

fn first(story: &Story, zone: &TimeZone) -> Option<First> {
    let timed = story.sources.iter().enumerate().filter_map(|(at, source)| {
        let published = source.published.filter(|when| when.has_time())?;
        Some(First { source: at as SourceIx, published: published.moment(zone) })
    });
    timed.min_by_key(|first| (first.published, first.source))
}

fn latest(story: &Story, zone: &TimeZone) -> Option<SourceIx> {
    let dated = story.sources.iter().enumerate();
    dated
        .filter_map(|(at, source)| Some((source.published?.moment(zone), at as SourceIx)))
        .max_by_key(|&(moment, at)| (moment, std::cmp::Reverse(at)))
        .map(|(_, at)| at)
}

#[cfg(test)]
mod tests;
