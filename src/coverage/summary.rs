//! What lists, topics and outlet pages need of a story's coverage, kept small: a site holds one
//! for every story.

use super::{Blindspot, Coverage, OutletIx, Publisher, Rules};

/// A story's coverage, shortened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Summary {
    /// Listed sources.
    pub articles: u32,
    /// Distinct outlets.
    pub outlets: u32,
    /// Independent reports.
    pub reports: u32,
    /// The known outlets among them, in order.
    pub known: Box<[OutletIx]>,
    /// The others that have a name: hosts, in order.
    pub hosts: Box<[Box<str>]>,
    /// Outlets with neither.
    pub unnamed: u32,
    /// The outlet of the first report, if known.
    pub first: Option<OutletIx>,
    /// Whether there is a first report, of whomever.
    pub has_first: bool,
    /// The blindspot.
    pub blindspot: Option<Blindspot>,
    /// Per axis: count of every level, then of unrated; by articles, then by reports.
    tallies: Box<[u32]>,
    /// The same for the main axis by outlets.
    pub main: Box<[u32]>,
}

/// The counts of one axis in one unit.
#[derive(Debug, Clone, Copy)]
pub struct Tally<'s> {
    /// Count of every level.
    pub levels: &'s [u32],
    /// Count of unrated.
    pub unrated: u32,
}

impl Summary {
    /// Shortens a story's coverage.
    pub fn of(coverage: &Coverage, rules: &Rules) -> Summary {
        let mut known = Vec::new();
        let mut hosts: Vec<Box<str>> = Vec::new();
        let mut unnamed = 0;
        for source in &coverage.sources {
            match &source.publisher {
                Publisher::Known(outlet) => known.push(*outlet),
                Publisher::Host(host) => hosts.push(host.clone()),
                Publisher::Unnamed(_) => unnamed += 1,
            }
        }
        known.sort_unstable();
        known.dedup();
        hosts.sort_unstable();
        hosts.dedup();
        let first =
            coverage.first.and_then(|first| match coverage.sources[first.source as usize].publisher {
                Publisher::Known(outlet) => Some(outlet),
                Publisher::Host(_) | Publisher::Unnamed(_) => None,
            });
        let mut tallies = Vec::new();
        for axis in &coverage.axes {
            for counted in [&axis.articles, &axis.reports] {
                tallies.extend_from_slice(&counted.levels);
                tallies.push(counted.unrated);
            }
        }
        let main = rules.axes.main.map(|at| &coverage.axes[at].outlets);
        let main = main.map_or_else(Vec::new, |outlets| {
            let mut counts = outlets.levels.clone();
            counts.push(outlets.unrated);
            counts
        });
        Summary {
            articles: coverage.articles,
            outlets: coverage.outlets,
            reports: coverage.reports,
            known: known.into(),
            hosts: hosts.into(),
            unnamed,
            first,
            has_first: coverage.first.is_some(),
            blindspot: coverage.blindspot,
            tallies: tallies.into(),
            main: main.into(),
        }
    }

    /// The counts of an axis: by articles, then by reports.
    pub fn tallies(&self, axis: usize, rules: &Rules) -> [Tally<'_>; 2] {
        let width = |axis: &crate::content::axis::Axis| axis.levels.len() + 1;
        let before: usize = rules.axes.list[..axis].iter().map(|axis| 2 * width(axis)).sum();
        let width = width(&rules.axes.list[axis]);
        let tally = |from: usize| Tally {
            levels: &self.tallies[from..from + width - 1],
            unrated: self.tallies[from + width - 1],
        };
        [tally(before), tally(before + width)]
    }

    /// Whether any of these outlets is the given one.
    pub fn has(&self, outlet: OutletIx) -> bool {
        self.known.binary_search(&outlet).is_ok()
    }
}
