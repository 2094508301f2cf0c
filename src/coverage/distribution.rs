//! Distributions: how many of what were counted fall on each level and group of an axis.

use crate::content::axis::{Axis, LevelIx};

/// The counts of one axis in one unit (spec section 4, rules 2 to 5).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Distribution {
    /// How many have a level.
    pub rated: u32,
    /// How many have none.
    pub unrated: u32,
    /// Whether enough are rated to show percentages.
    pub enough: bool,
    /// Count of every level, in the axis's order.
    pub levels: Vec<u32>,
    /// Every group, in the axis's order.
    pub groups: Vec<Share>,
}

/// A group's part of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// How many.
    pub count: u32,
    /// Of the rated, in whole per cent; `None` below `min_rated`.
    pub percent: Option<u32>,
    /// Least and greatest possible share of all, rated or not, in whole per cent; `None` of none.
    pub bounds: Option<(u32, u32)>,
}

impl Distribution {
    /// How many were counted, rated or not.
    pub fn total(&self) -> u32 {
        self.rated + self.unrated
    }
}

/// Counts levels; `None` is unrated.
pub fn count(levels: &mut dyn Iterator<Item = Option<LevelIx>>, axis: &Axis, min_rated: u32) -> Distribution {
    let mut counts = vec![0u32; axis.levels.len()];
    let mut unrated = 0;
    for level in levels {
        match level {
            Some(level) => counts[level as usize] += 1,
            None => unrated += 1,
        }
    }
    from_levels(counts, unrated, axis, min_rated)
}

/// The distribution of known counts per level.
pub fn from_levels(levels: Vec<u32>, unrated: u32, axis: &Axis, min_rated: u32) -> Distribution {
    let rated: u32 = levels.iter().sum();
    let mut counts = vec![0u32; axis.groups.len()];
    for (level, count) in levels.iter().enumerate() {
        counts[axis.group_of(level as LevelIx) as usize] += count;
    }
    let enough = rated > 0 && rated >= min_rated;
    let percents = percentages(&counts);
    let share = |(at, &count): (usize, &u32)| Share {
        count,
        percent: enough.then(|| percents[at]),
        bounds: bounds(count, unrated, rated + unrated),
    };
    let groups = counts.iter().enumerate().map(share).collect();
    Distribution { rated, unrated, enough, levels, groups }
}

/// Whole per cents by largest remainder, ties in order; the sum is 100, or all are 0 of none
/// (rule 3).
pub fn percentages(counts: &[u32]) -> Vec<u32> {
    let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let exact = |count: u32| u64::from(count) * 100;
    let mut percents: Vec<u32> = counts.iter().map(|&c| (exact(c) / total) as u32).collect();
    let missing = 100 - percents.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(exact(counts[at]) % total), at));
    for &at in order.iter().take(missing as usize) {
        percents[at] += 1;
    }
    percents
}

/// Between which whole per cents a group's share of all lies (rule 5).
fn bounds(count: u32, unrated: u32, total: u32) -> Option<(u32, u32)> {
    if total == 0 {
        return None;
    }
    let (count, unrated, total) = (u64::from(count), u64::from(unrated), u64::from(total));
    let low = count * 100 / total;
    let high = ((count + unrated) * 100).div_ceil(total);
    Some((low as u32, high as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_add_up_to_a_hundred_with_ties_in_order() {
        assert_eq!(percentages(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(percentages(&[2, 2, 2, 1]), [29, 29, 28, 14]);
        assert_eq!(percentages(&[0, 0]), [0, 0]);
        assert_eq!(percentages(&[0, 7]), [0, 100]);
        assert_eq!(percentages(&[1, 0, 999]), [0, 0, 100]);
    }

    #[test]
    fn bounds_round_outwards() {
        assert_eq!(bounds(1, 1, 3), Some((33, 67)));
        assert_eq!(bounds(0, 0, 3), Some((0, 0)));
        assert_eq!(bounds(3, 0, 3), Some((100, 100)));
        assert_eq!(bounds(0, 0, 0), None);
    }
}
