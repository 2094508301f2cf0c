//! Blindspots: one outer group of the main axis barely reports, the opposite one does (spec
//! section 4, rule 6).

use super::distribution::percentages;
use super::{AxisCoverage, Rules};
use crate::content::axis::{AxisKind, GroupIx};

/// A blindspot, over reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Blindspot {
    /// The group that under-reported.
    pub group: GroupIx,
    /// Its rated reports.
    pub count: u32,
    /// Its share of the rated reports, in whole per cent.
    pub share: u32,
    /// The group at the other end.
    pub opposite: GroupIx,
    /// Its rated reports.
    pub opposite_count: u32,
    /// Its share, in whole per cent.
    pub opposite_share: u32,
    /// Rated reports.
    pub rated: u32,
}

/// The two outer groups of the main axis, if it is a scale with two ends.
pub fn outer_groups(rules: &Rules) -> Option<(GroupIx, GroupIx)> {
    let axis = rules.axes.main()?;
    let last = axis.groups.len().checked_sub(1)? as GroupIx;
    (axis.kind == AxisKind::Scale && last > 0).then_some((0, last))
}

/// The blindspot of a story, if it has one.
pub fn find(axes: &[AxisCoverage], rules: &Rules) -> Option<Blindspot> {
    let (first, last) = outer_groups(rules)?;
    let reports = &axes[rules.axes.main?].reports;
    let rule = rules.blindspot;
    if reports.rated < rule.min_rated {
        return None;
    }
    let count = |group: GroupIx| u64::from(reports.groups[group as usize].count) * 100;
    let rated = u64::from(reports.rated);
    let is_blind = |group: GroupIx, opposite: GroupIx| {
        count(group) <= u64::from(rule.max_share) * rated
            && count(opposite) >= u64::from(rule.min_opposite) * rated
    };
    let (group, opposite) = match (is_blind(first, last), is_blind(last, first)) {
        (true, true) if count(last) < count(first) => (last, first),
        (true, _) => (first, last),
        (false, true) => (last, first),
        (false, false) => return None,
    };
    let counts: Vec<u32> = reports.groups.iter().map(|share| share.count).collect();
    let percents = percentages(&counts);
    Some(Blindspot {
        group,
        count: counts[group as usize],
        share: percents[group as usize],
        opposite,
        opposite_count: counts[opposite as usize],
        opposite_share: percents[opposite as usize],
        rated: reports.rated,
    })
}
