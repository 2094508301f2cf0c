//! What `[axes]` and `[raters]` may hold: the lists of their keys.

use super::{OptText, Text};
use crate::content::record::{Entries, record};
use crate::diag::Spanned;

record! {
    /// One way in which outlets are classified.
    pub struct RawAxis<'s> {
        /// What it is called.
        name: OptText<'s>,
        /// `scale` (levels in order) or `category`.
        kind: OptText<'s>,
        /// Whether blindspots, perspectives and the matrix are about this axis.
        main: Option<Spanned<bool>>,
        /// How several raters are combined: `mean`, `median` or `latest`; a category takes the latest.
        combine: OptText<'s>,
        /// The levels, on a scale in order.
        levels: Option<Vec<Spanned<RawLevel<'s>>>>,
        /// Groups of levels; left out, every level is its own group.
        groups: Option<Vec<Spanned<RawGroup<'s>>>>,
        /// Raters whose ratings count, by id.
        raters: Entries<'s, RawRater<'s>>,
    }
}

record! {
    /// A level of an axis.
    pub struct RawLevel<'s> {
        /// What ratings write.
        id: OptText<'s>,
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// Id of the group it belongs to.
        group: OptText<'s>,
        /// A CSS colour `#rrggbb`.
        color: OptText<'s>,
    }
}

record! {
    /// A group of levels.
    pub struct RawGroup<'s> {
        /// What levels and perspectives write.
        id: OptText<'s>,
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// A CSS colour `#rrggbb`.
        color: OptText<'s>,
    }
}

record! {
    /// Somebody who rates outlets.
    pub struct RawRater<'s> {
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// Where their ratings stand.
        url: OptText<'s>,
        /// The licence of their ratings.
        license: OptText<'s>,
        /// Their labels, each with the id of a level.
        labels: Entries<'s, Spanned<Text<'s>>>,
    }
}
