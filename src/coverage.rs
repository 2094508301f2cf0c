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

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::axis::{Axes, LevelIx};
use crate::content::config::{BlindspotRule, Config};
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
    /// The publisher's level on each axis at the story's date.
    pub levels: Vec<Option<LevelIx>>,
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
    let sources = facts(story, registry, rules, date);
    let reports = report::reports(&story.sources);
    let publishers = distinct(&sources);
    let axes: Vec<AxisCoverage> = (0..rules.axes.list.len())
        .map(|at| axis_coverage(at, story, &sources, &publishers, &reports, registry, rules, date))
        .collect();
    let blindspot = blindspot::find(&axes, rules);
    let matrix = matrix::rows(&story.points, &sources, rules);
    Coverage {
        articles: sources.len() as u32,
        outlets: publishers.len() as u32,
        reports: reports.len() as u32,
        first: first(story, zone),
        latest: latest(story, zone),
        sources: with_reports(sources, &reports),
        axes,
        blindspot,
        matrix,
    }
}

fn facts(story: &Story, registry: &Registry, rules: &Rules, date: Date) -> Vec<SourceFacts> {
    let none = || vec![None; rules.axes.list.len()];
    let fact = |(at, source)| {
        let publisher = registry.publisher(source, at as SourceIx);
        let levels = match publisher {
            Publisher::Known(outlet) => registry.levels(outlet, date).to_vec(),
            Publisher::Host(_) | Publisher::Unnamed(_) => none(),
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
    let mut seen = std::collections::HashSet::with_capacity(sources.len());
    let is_new = |(_, source): &(usize, &SourceFacts)| seen.insert(source.publisher.clone());
    sources.iter().enumerate().filter(is_new).map(|(at, _)| at as SourceIx).collect()
}

#[expect(clippy::too_many_arguments, reason = "one axis of a story, all of it needed")]
fn axis_coverage(
    axis: usize,
    story: &Story,
    sources: &[SourceFacts],
    publishers: &[SourceIx],
    reports: &[report::Report],
    registry: &Registry,
    rules: &Rules,
    date: Date,
) -> AxisCoverage {
    let level = |at: SourceIx| sources[at as usize].levels[axis];
    let report_level = |report: &report::Report| match report.original.and_then(level) {
        Some(level) => Some(level),
        None => report.wire(&story.sources).and_then(|wire| {
            let agency = registry.find(wire)?;
            registry.levels(agency, date)[axis]
        }),
    };
    let of = |levels: &mut dyn Iterator<Item = Option<LevelIx>>| {
        distribution::count(levels, &rules.axes.list[axis], rules.min_rated)
    };
    AxisCoverage {
        outlets: of(&mut publishers.iter().map(|&at| level(at))),
        articles: of(&mut sources.iter().map(|source| source.levels[axis])),
        reports: of(&mut reports.iter().map(report_level)),
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
