//! An axis as templates see it: columns of units, rows of groups, every text ready to print. A
//! template has only to walk through it, which is what a build spends its time on.

use serde::Serialize;
use tera::Value;

use super::{RaterLink, kind, leading, raters};
use crate::content::axis::{Axis, AxisKind};
use crate::content::config::Unit;
use crate::coverage::distribution::percentages;
use crate::coverage::{AxisCoverage, Distribution, Share};
use crate::page::world::{Words, World};

/// How the coverage spreads over one axis.
#[derive(Debug, Serialize)]
pub struct AxisView {
    id: String,
    name: String,
    kind: &'static str,
    main: bool,
    rated_any: bool,
    /// How many have to be rated for shares.
    min_rated: u32,
    raters: Vec<RaterLink>,
    /// One a unit; one alone where all units have the same numbers.
    columns: Vec<Column>,
    /// Which column has the unit that the site counts by.
    own: usize,
    /// One a group, in the axis's order.
    rows: Vec<Row>,
    /// How many have no level, one number a column.
    unrated: Vec<u32>,
    unrated_any: bool,
}

#[derive(Debug, Serialize)]
struct Column {
    unit: &'static str,
    rated: u32,
    total: u32,
    /// `outlets`.
    name: String,
    /// `11 rated outlets`.
    n_rated: String,
    /// `of 11 rated`.
    of_rated: String,
    /// `of all 15`.
    of_all: String,
    /// What leads, if anything is rated and enough for shares.
    leading: Option<Leading>,
    /// Why there are no shares.
    too_few: Option<String>,
    /// CSS classes of the parts of a bar.
    bar: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Leading {
    name: Value,
    /// `55%`.
    share: String,
    /// `6 of 11 rated outlets`.
    of: String,
}

#[derive(Debug, Serialize)]
struct Row {
    id: Value,
    name: Value,
    class: Value,
    /// Whether the short table has it: a group of a scale always, others where anything counts.
    shown: bool,
    cells: Vec<Cell>,
    /// Its levels, where the axis has groups of them.
    levels: Vec<LevelRow>,
}

#[derive(Debug, Serialize)]
struct Cell {
    count: u32,
    percent: Option<u32>,
    /// Least and greatest share of all that a group could have.
    low: Option<u32>,
    high: Option<u32>,
    /// `55%`; empty where too few are rated.
    share: String,
    /// `40–67%`: of all that there are.
    bounds: String,
}

#[derive(Debug, Serialize)]
struct LevelRow {
    id: Value,
    name: Value,
    counts: Vec<u32>,
}

/// An axis with its numbers; one column alone if all units have `same` numbers. A report may have a
/// level, or none, that no article has (that of its agency), so both say which rows there are.
pub fn view(world: &World, words: &Words, at: usize, coverage: &AxisCoverage, same: bool) -> AxisView {
    let axis = &world.site.rules.axes.list[at];
    let own = world.site.config.count;
    let units = if same { vec![own] } else { Unit::ALL.to_vec() };
    let printer = Printer { words, at, axis, percent: words.text("pc") };
    let columns: Vec<(Unit, &Distribution)> = units.iter().map(|&unit| (unit, coverage.of(unit))).collect();
    let both = [&coverage.articles, &coverage.reports];
    let row = |group: usize| {
        let named = &words.named[at].groups[group];
        let counts = both.iter().any(|counted| counted.groups[group].count > 0);
        Row {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            shown: axis.kind == AxisKind::Scale || counts,
            cells: columns.iter().map(|(_, counted)| printer.cell(&counted.groups[group])).collect(),
            levels: printer.levels(&columns, group),
        }
    };
    AxisView {
        id: axis.id.to_string(),
        name: words.axes[at].clone(),
        kind: kind(axis),
        main: world.site.rules.axes.main == Some(at),
        rated_any: coverage.rated_any(),
        min_rated: world.site.rules.min_rated,
        raters: raters(axis),
        columns: columns.iter().map(|(unit, counted)| printer.column(*unit, counted)).collect(),
        own: units.iter().position(|&unit| unit == own).unwrap_or_default(),
        rows: (0..axis.groups.len()).map(row).collect(),
        unrated: columns.iter().map(|(_, counted)| counted.unrated).collect(),
        unrated_any: both.iter().any(|counted| counted.unrated > 0),
    }
}

/// What turns the numbers of an axis into texts.
struct Printer<'p> {
    words: &'p Words,
    at: usize,
    axis: &'p Axis,
    /// What stands behind a number of per cent.
    percent: &'p str,
}

impl Printer<'_> {
    fn levels(&self, columns: &[(Unit, &Distribution)], group: usize) -> Vec<LevelRow> {
        if !self.axis.has_groups {
            return Vec::new();
        }
        let of_group = |&level: &usize| usize::from(self.axis.levels[level].group) == group;
        let names = &self.words.named[self.at].levels;
        let row = |level: usize| LevelRow {
            id: names[level].id.clone(),
            name: names[level].name.clone(),
            counts: columns.iter().map(|(_, counted)| counted.levels[level]).collect(),
        };
        (0..self.axis.levels.len()).filter(of_group).map(row).collect()
    }

    fn cell(&self, share: &Share) -> Cell {
        let bounds = share.bounds.map(|(low, high)| match low == high {
            true => self.share(low),
            false => format!("{low}–{high}{}", self.percent),
        });
        Cell {
            count: share.count,
            percent: share.percent,
            low: share.bounds.map(|(low, _)| low),
            high: share.bounds.map(|(_, high)| high),
            share: share.percent.map(|share| self.share(share)).unwrap_or_default(),
            bounds: bounds.unwrap_or_default(),
        }
    }

    fn column(&self, unit: Unit, counted: &Distribution) -> Column {
        let language = &self.words.language;
        let named = &self.words.groups[self.at];
        let [name, n_rated, of_rated, too_few] = texts(unit);
        let rated = Some(counted.rated.into());
        let groups: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
        let parts = percentages(&groups).into_iter().zip(named).zip(&groups).filter(|(_, count)| **count > 0);
        let leading = leading(counted).filter(|_| counted.enough);
        Column {
            unit: unit.name(),
            rated: counted.rated,
            total: counted.total(),
            name: language.fill(name, Some(3), &[]),
            n_rated: language.fill(n_rated, rated, &[]),
            of_rated: language.fill("of_n_rated", rated, &[]),
            of_all: language.fill("of_n_all", Some(counted.total().into()), &[]),
            leading: leading.map(|group| Leading {
                name: self.words.named[self.at].groups[group].name.clone(),
                share: self.share(counted.groups[group].percent.unwrap_or_default()),
                of: language.fill(
                    of_rated,
                    rated,
                    &[("count", &language.locale.number(groups[group].into()))],
                ),
            }),
            too_few: (!counted.enough).then(|| language.fill(too_few, rated, &[])),
            bar: parts.map(|((width, group), _)| format!("{} w-{width}", group.class)).collect(),
        }
    }

    /// A whole number of per cent as the language writes it.
    fn share(&self, value: u32) -> String {
        format!("{value}{}", self.percent)
    }
}

/// The texts that name a unit: its name, so many rated, a part of the rated, too few of it.
fn texts(unit: Unit) -> [&'static str; 4] {
    match unit {
        Unit::Outlets => ["unit_outlets", "n_rated_outlets", "of_rated_outlets", "too_few_outlets"],
        Unit::Articles => ["unit_articles", "n_rated_articles", "of_rated_articles", "too_few_articles"],
        Unit::Reports => ["unit_reports", "n_rated_reports", "of_rated_reports", "too_few_reports"],
    }
}
