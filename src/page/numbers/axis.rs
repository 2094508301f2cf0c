//! An axis as templates see it: columns of units, rows of groups, every text ready to print. A
//! template has only to walk through it, which is what a build spends its time on.

mod row;

use serde::Serialize;
use tera::Value;

use super::{RaterLink, kind, leading, raters};
use crate::content::axis::{Axis, AxisKind};
use crate::content::config::Unit;
use crate::coverage::distribution::percentages;
use crate::coverage::{AxisCoverage, Distribution};
use crate::page::world::{Words, World};

pub use row::Parts;

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
    /// How many have no level, one number a column, as the language writes it.
    unrated: Vec<String>,
    unrated_any: bool,
}

#[derive(Debug, Serialize)]
struct Column {
    unit: &'static str,
    rated: u32,
    total: u32,
    /// `1,234`, of all.
    total_number: String,
    /// `outlets`.
    name: Value,
    /// `11 rated outlets`.
    n_rated: Value,
    /// `of 11 rated`.
    of_rated: Value,
    /// `of all 15`.
    of_all: Value,
    /// What leads, if anything is rated and enough for shares.
    leading: Option<Leading>,
    /// Why there are no shares.
    too_few: Option<Value>,
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
    cells: Vec<Value>,
    /// Its levels, where the axis has groups of them.
    levels: Vec<Value>,
}

/// An axis with its numbers; one column alone if all units have `same` numbers. A report may have a
/// level, or none, that no article has (that of its agency), so both say which rows there are.
pub fn view(world: &World, words: &Words, at: usize, coverage: &AxisCoverage, same: bool) -> AxisView {
    let axis = &world.site.rules.axes.list[at];
    let own = world.site.config.count;
    let units = if same { vec![own] } else { Unit::ALL.to_vec() };
    let printer = Printer { world, words, at, axis };
    let columns: Vec<(Unit, &Distribution)> = units.iter().map(|&unit| (unit, coverage.of(unit))).collect();
    let both = [&coverage.articles, &coverage.reports];
    let own_column = units.iter().position(|&unit| unit == own).unwrap_or_default();
    let row = |group: usize| {
        let counts = both.iter().any(|counted| counted.groups[group].count > 0);
        let named = &words.named[at].groups[group];
        let cell = |(_, counted): &(Unit, &Distribution)| row::cell(world, words, &counted.groups[group]);
        Row {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            shown: axis.kind == AxisKind::Scale || counts,
            cells: columns.iter().map(cell).collect(),
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
        own: own_column,
        rows: (0..axis.groups.len()).map(row).collect(),
        unrated: columns.iter().map(|(_, counted)| printer.number(counted.unrated)).collect(),
        unrated_any: both.iter().any(|counted| counted.unrated > 0),
    }
}

/// What turns the numbers of an axis into texts.
struct Printer<'p> {
    world: &'p World,
    words: &'p Words,
    at: usize,
    axis: &'p Axis,
}

impl Printer<'_> {
    fn levels(&self, columns: &[(Unit, &Distribution)], group: usize) -> Vec<Value> {
        if !self.axis.has_groups {
            return Vec::new();
        }
        let of_group = |&level: &usize| usize::from(self.axis.levels[level].group) == group;
        let row = |level: usize| {
            let counts = columns.iter().map(|(_, counted)| counted.levels[level]);
            row::level(self.world, self.words, (self.at, level), counts)
        };
        (0..self.axis.levels.len()).filter(of_group).map(row).collect()
    }

    fn number(&self, value: u32) -> String {
        self.words.language.locale.number(value.into())
    }

    fn column(&self, unit: Unit, counted: &Distribution) -> Column {
        let language = &self.words.language;
        let named = &self.words.groups[self.at];
        let [name, n_rated, of_rated, too_few] = texts(unit);
        let rated = Some(counted.rated.into());
        let text = |key, n: u32| self.world.counted(self.words, key, n);
        let groups: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
        let parts = percentages(&groups).into_iter().zip(named).zip(&groups).filter(|(_, count)| **count > 0);
        let leading = leading(counted).filter(|_| counted.enough);
        Column {
            unit: unit.name(),
            rated: counted.rated,
            total: counted.total(),
            total_number: self.number(counted.total()),
            name: text(name, 3),
            n_rated: text(n_rated, counted.rated),
            of_rated: text("of_n_rated", counted.rated),
            of_all: text("of_n_all", counted.total()),
            leading: leading.map(|group| Leading {
                name: self.words.named[self.at].groups[group].name.clone(),
                share: format!(
                    "{}{}",
                    counted.groups[group].percent.unwrap_or_default(),
                    self.words.text("pc")
                ),
                of: language.fill(
                    of_rated,
                    rated,
                    &[("count", &language.locale.number(groups[group].into()))],
                ),
            }),
            too_few: (!counted.enough).then(|| text(too_few, counted.rated)),
            bar: parts.map(|((width, group), _)| format!("{} w-{width}", group.class)).collect(),
        }
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
