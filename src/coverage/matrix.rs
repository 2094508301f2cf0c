//! The matrix: which groups of the main axis report which key point (spec section 4, rule 8).

use std::collections::BTreeSet;

use super::{Publisher, Rules, SourceFacts};
use crate::content::story::{Point, SourceIx};

/// How many outlets of one group.
pub type Cell = u32;

/// One key point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// Outlets that the point cites, by group of the main axis.
    pub groups: Vec<Cell>,
    /// Cited outlets without a level.
    pub unrated: u32,
    /// Outlets that deny it.
    pub denied: u32,
    /// Cited outlets in all.
    pub outlets: u32,
}

impl MatrixRow {
    /// Whether only one outlet says so.
    pub fn is_single(&self) -> bool {
        self.outlets == 1
    }
}

/// One row a point, in their order; none without a main axis.
pub fn rows(points: &[Point], sources: &[SourceFacts], rules: &Rules) -> Vec<MatrixRow> {
    let Some(main) = rules.axes.main else {
        return Vec::new();
    };
    let axis = &rules.axes.list[main];
    let row = |point: &Point| {
        let cited = outlets(&point.cites, sources);
        let mut groups = vec![0; axis.groups.len()];
        let mut unrated = 0;
        for &at in cited.values() {
            match sources[at as usize].levels[main] {
                Some(level) => groups[axis.group_of(level) as usize] += 1,
                None => unrated += 1,
            }
        }
        MatrixRow {
            groups,
            unrated,
            denied: outlets(&point.denied_by, sources).len() as u32,
            outlets: cited.len() as u32,
        }
    };
    points.iter().map(row).collect()
}

/// The distinct outlets of some sources, each with one of its sources.
fn outlets<'s>(
    cites: &[SourceIx],
    sources: &'s [SourceFacts],
) -> std::collections::BTreeMap<&'s Publisher, SourceIx> {
    cites.iter().map(|&at| (&sources[at as usize].publisher, at)).collect()
}

/// The distinct groups that a point's outlets belong to, for a quick look.
pub fn groups_present(row: &MatrixRow) -> BTreeSet<usize> {
    (0..row.groups.len()).filter(|&group| row.groups[group] > 0).collect()
}
