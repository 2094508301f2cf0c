//! Axes: the ways in which outlets are classified (spec section 3).
//!
//! Three are built in; a site changes, removes or adds any in `[axes.NAME]`.

mod builtin;
mod levels;
mod raw;
mod read;

use std::borrow::Cow;

use crate::diag::Spanned;
use builtin::{bias, factuality, ownership};

pub use raw::{RawAxis, RawGroup, RawLevel, RawRater};
pub use read::read;

/// The place of an axis in the site's list.
pub type AxisIx = usize;
/// The place of a level on its axis; on a scale, from one end to the other.
pub type LevelIx = u8;
/// The place of a group on its axis.
pub type GroupIx = u8;

/// Levels and groups of an axis at most: their places are bytes, and some bytes mean that there is none.
const MOST: usize = 250;

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

/// Whether levels stand in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AxisKind {
    /// From one end to the other.
    Scale,
    /// In no order.
    Category,
}

/// How the ratings of several raters become one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combine {
    /// The mean of the level numbers; a half rounds towards the middle.
    Mean,
    /// The median of the level numbers; a half rounds towards the middle.
    Median,
    /// The rating with the latest date.
    Latest,
}

impl Combine {
    /// The word that the configuration uses.
    pub fn name(self) -> &'static str {
        match self {
            Combine::Mean => "mean",
            Combine::Median => "median",
            Combine::Latest => "latest",
        }
    }
}

/// A checked axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axis {
    /// What configuration and outlets write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// Scale or category.
    pub kind: AxisKind,
    /// How ratings are combined.
    pub combine: Combine,
    /// At least one level.
    pub levels: Vec<Level>,
    /// Groups; the levels themselves where the axis has none.
    pub groups: Vec<Group>,
    /// Whether the site (or the built-in axis) has groups of its own.
    pub has_groups: bool,
    /// Raters, in file order.
    pub raters: Vec<Rater>,
    /// Whether it is one of the built-in axes with its built-in levels, whose names the language
    /// files translate.
    pub builtin: bool,
}

/// A level of an axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Level {
    /// What ratings write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// The group it counts to.
    pub group: GroupIx,
    /// `#rrggbb`, if set.
    pub color: Option<Box<str>>,
}

/// A group of levels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// What perspectives and reported totals write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// `#rrggbb`, if set.
    pub color: Option<Box<str>>,
}

/// Somebody who rates outlets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rater {
    /// What ratings write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// Where their ratings stand.
    pub url: Option<Box<str>>,
    /// The licence of their ratings.
    pub license: Option<Box<str>>,
    /// Their labels and what level each means.
    pub labels: Vec<(Box<str>, LevelIx)>,
}

/// All axes of a site; the main one is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axes {
    /// In the order of the page: built-in ones first.
    pub list: Vec<Axis>,
    /// The axis of blindspots, perspectives and the matrix; `None` if there is no axis.
    pub main: Option<AxisIx>,
}

impl Axis {
    /// The level of that id.
    pub fn level(&self, id: &str) -> Option<LevelIx> {
        self.levels.iter().position(|level| &*level.id == id).map(|at| at as LevelIx)
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<GroupIx> {
        self.groups.iter().position(|group| &*group.id == id).map(|at| at as GroupIx)
    }

    /// The rater of that id.
    pub fn rater(&self, id: &str) -> Option<&Rater> {
        self.raters.iter().find(|rater| &*rater.id == id)
    }

    /// The group that a level counts to.
    pub fn group_of(&self, level: LevelIx) -> GroupIx {
        self.levels[level as usize].group
    }
}

impl Axes {
    /// The axis of that id.
    pub fn find(&self, id: &str) -> Option<AxisIx> {
        self.list.iter().position(|axis| &*axis.id == id)
    }

    /// The main axis.
    pub fn main(&self) -> Option<&Axis> {
        self.main.map(|at| &self.list[at])
    }

    /// The axes that Dateline ships.
    pub fn builtin() -> Axes {
        Axes { list: vec![bias(), factuality(), ownership()], main: Some(0) }
    }
}
