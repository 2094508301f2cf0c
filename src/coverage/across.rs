//! Coverage across several stories: their distribution, who covers them most, who was first, and
//! blindspots over time (spec section 5, pages of topics, outlets and blindspots).

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::blindspot::outer_groups;
use super::distribution::from_levels;
use super::{AxisCoverage, Distribution, OutletIx, Registry, Rules, Summary};

/// A story among several.
#[derive(Debug, Clone, Copy)]
pub struct Told<'s> {
    /// Its numbers.
    pub summary: &'s Summary,
    /// Its day.
    pub day: Date,
}

/// The coverage of several stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// How many stories.
    pub stories: u32,
    /// Their sources, added up.
    pub articles: u32,
    /// Distinct outlets of all of them.
    pub outlets: u32,
    /// Their independent reports, added up.
    pub reports: u32,
    /// Every axis: articles and reports added up; an outlet counts once, at the level that it had
    /// at the newest story in which it stands.
    pub axes: Vec<AxisCoverage>,
    /// The known outlets: most stories first, then in the registry's order.
    pub by_outlet: Vec<Share>,
}

/// In how many stories an outlet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The outlet.
    pub outlet: OutletIx,
    /// Stories with an article of it.
    pub stories: u32,
    /// The day of the newest of them.
    pub newest: Date,
}

/// Counts several stories, the newest first.
pub fn count(stories: &[Told], registry: &Registry, rules: &Rules) -> Across {
    let by_outlet = shares(stories);
    let sum = |of: &dyn Fn(&Summary) -> u32| stories.iter().map(|told| of(told.summary)).sum();
    let hosts: HashSet<&str> =
        stories.iter().flat_map(|told| told.summary.hosts.iter().map(|host| &**host)).collect();
    let unknown = hosts.len() as u32 + sum(&|summary| summary.unnamed);
    let axes = (0..rules.axes.list.len()).map(|axis| {
        let [articles, reports] = sums(stories, rules, axis);
        AxisCoverage { outlets: outlets(&by_outlet, unknown, registry, rules, axis), articles, reports }
    });
    Across {
        stories: stories.len() as u32,
        articles: sum(&|summary| summary.articles),
        outlets: by_outlet.len() as u32 + unknown,
        reports: sum(&|summary| summary.reports),
        axes: axes.collect(),
        by_outlet,
    }
}

fn shares(stories: &[Told]) -> Vec<Share> {
    let mut found: BTreeMap<OutletIx, Share> = BTreeMap::new();
    for told in stories {
        for &outlet in &told.summary.known {
            let new = Share { outlet, stories: 0, newest: told.day };
            found.entry(outlet).or_insert(new).stories += 1;
        }
    }
    let mut list: Vec<Share> = found.into_values().collect();
    list.sort_by_key(|share| std::cmp::Reverse(share.stories));
    list
}

fn outlets(shares: &[Share], unknown: u32, registry: &Registry, rules: &Rules, axis: usize) -> Distribution {
    let mut levels = vec![0u32; rules.axes.list[axis].levels.len()];
    let mut unrated = unknown;
    for share in shares {
        match registry.levels(share.outlet, share.newest)[axis] {
            Some(level) => levels[level as usize] += 1,
            None => unrated += 1,
        }
    }
    from_levels(levels, unrated, &rules.axes.list[axis], rules.min_rated)
}

/// Articles and reports of all stories on one axis.
fn sums(stories: &[Told], rules: &Rules, at: usize) -> [Distribution; 2] {
    let axis = &rules.axes.list[at];
    let mut sums = [(vec![0u32; axis.levels.len()], 0), (vec![0u32; axis.levels.len()], 0)];
    for told in stories {
        for ((levels, unrated), tally) in sums.iter_mut().zip(told.summary.tallies(at, rules)) {
            levels.iter_mut().zip(tally.levels).for_each(|(sum, count)| *sum += count);
            *unrated += tally.unrated;
        }
    }
    sums.map(|(levels, unrated)| from_levels(levels, unrated, axis, rules.min_rated))
}

/// Who had the first report of how many stories (rule 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstReports {
    /// How many stories.
    pub stories: u32,
    /// Those of them with a source that has a time.
    pub timed: u32,
    /// Outlets with a first report: most first, then in the registry's order.
    pub leaders: Vec<Leader>,
}

/// An outlet that was first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    /// The outlet.
    pub outlet: OutletIx,
    /// Stories of which it has the first report in the list.
    pub first: u32,
    /// Stories with an article of it.
    pub stories: u32,
}

/// Counts first reports.
pub fn first_reports<'s>(stories: impl Iterator<Item = &'s Summary>) -> FirstReports {
    let mut counts: BTreeMap<OutletIx, (u32, u32)> = BTreeMap::new();
    let (mut all, mut timed) = (0, 0);
    for summary in stories {
        all += 1;
        timed += u32::from(summary.has_first);
        for &outlet in &summary.known {
            let (first, stories) = counts.entry(outlet).or_default();
            *first += u32::from(summary.first == Some(outlet));
            *stories += 1;
        }
    }
    let leader = |(outlet, (first, stories))| Leader { outlet, first, stories };
    let mut leaders: Vec<Leader> =
        counts.into_iter().map(leader).filter(|leader: &Leader| leader.first > 0).collect();
    leaders.sort_by_key(|leader| std::cmp::Reverse(leader.first));
    FirstReports { stories: all, timed, leaders }
}

/// Blindspots of a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Stories in it.
    pub stories: u32,
    /// Those with enough rated reports to be a blindspot (rule 6).
    pub judged: u32,
    /// Blindspots of the first and of the last group of the main axis.
    pub blindspots: [u32; 2],
}

/// Blindspots over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// Whether the periods are years; else months.
    pub years: bool,
    /// Those with stories, the newest first.
    pub list: Vec<Period>,
}

/// Months up to which months are counted, not years.
const MONTHS: usize = 24;

/// Blindspots by month, or by year where there are many months; `None` where the main axis can
/// have none.
pub fn blindspots(stories: &[Told], rules: &Rules) -> Option<Periods> {
    let (group, _) = outer_groups(rules)?;
    let main = rules.axes.main?;
    let by = |first: &dyn Fn(Date) -> Date| {
        let mut found: BTreeMap<Date, Period> = BTreeMap::new();
        for told in stories {
            let first = first(told.day);
            let new = Period { first, stories: 0, judged: 0, blindspots: [0, 0] };
            let period = found.entry(first).or_insert(new);
            let [_, reports] = told.summary.tallies(main, rules);
            let rated: u32 = reports.levels.iter().sum();
            period.stories += 1;
            period.judged += u32::from(rated >= rules.blindspot.min_rated);
            if let Some(spot) = &told.summary.blindspot {
                period.blindspots[usize::from(spot.group != group)] += 1;
            }
        }
        found.into_values().rev().collect::<Vec<Period>>()
    };
    let months = by(&Date::first_of_month);
    match months.len() <= MONTHS {
        true => Some(Periods { years: false, list: months }),
        false => Some(Periods { years: true, list: by(&Date::first_of_year) }),
    }
}
