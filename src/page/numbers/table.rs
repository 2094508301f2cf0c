//! A distribution as the tables of a page print it: columns of units, rows of groups, every text
//! ready. A template has only to walk through it, which is what a build spends its time on.

use serde::Serialize;
use tera::Value;

use super::leading;
use crate::content::axis::{Axis, AxisKind};
use crate::content::config::Unit;
use crate::coverage::distribution::percentages;
use crate::coverage::{AxisCoverage, Distribution, Share};
use crate::page::world::Words;

/// The table of one axis.
#[derive(Debug, Serialize)]
pub struct Table {
    /// One a unit.
    columns: Vec<Column>,
    /// One a group, in the axis's order.
    rows: Vec<Row>,
    /// How many have no level, one number a column.
    unrated: Vec<u32>,
    /// Whether any has none.
    unrated_any: bool,
    /// How many there are in all, one number a column.
    total: Vec<u32>,
}

#[derive(Debug, Serialize)]
struct Column {
    unit: &'static str,
    /// `outlets`.
    name: String,
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
    /// `55%`; empty where too few are rated.
    share: String,
    /// `40–67%`: of all that there are.
    bounds: String,
}

#[derive(Debug, Serialize)]
struct LevelRow {
    name: Value,
    counts: Vec<u32>,
}

/// The table of an axis with these columns. A report may have a level, or none, that no article
/// has (that of its agency), so both say which rows there are.
pub fn of(words: &Words, at: usize, axis: &Axis, coverage: &AxisCoverage, units: &[Unit]) -> Table {
    let units: Vec<(Unit, &Distribution)> = units.iter().map(|&unit| (unit, coverage.of(unit))).collect();
    let both = [&coverage.articles, &coverage.reports];
    let row = |group: usize| {
        let named = &words.named[at].groups[group];
        let counts = both.iter().any(|counted| counted.groups[group].count > 0);
        Row {
            name: named.name.clone(),
            class: named.class.clone(),
            shown: axis.kind == AxisKind::Scale || counts,
            cells: units.iter().map(|(_, counted)| cell(words, &counted.groups[group])).collect(),
            levels: levels(words, at, axis, &units, group),
        }
    };
    Table {
        columns: units.iter().map(|(unit, counted)| column(words, at, *unit, counted)).collect(),
        rows: (0..axis.groups.len()).map(row).collect(),
        unrated: units.iter().map(|(_, counted)| counted.unrated).collect(),
        unrated_any: both.iter().any(|counted| counted.unrated > 0),
        total: units.iter().map(|(_, counted)| counted.total()).collect(),
    }
}

fn levels(
    words: &Words,
    at: usize,
    axis: &Axis,
    units: &[(Unit, &Distribution)],
    group: usize,
) -> Vec<LevelRow> {
    if !axis.has_groups {
        return Vec::new();
    }
    let of_group = (0..axis.levels.len()).filter(|&level| usize::from(axis.levels[level].group) == group);
    let row = |level: usize| LevelRow {
        name: words.named[at].levels[level].name.clone(),
        counts: units.iter().map(|(_, counted)| counted.levels[level]).collect(),
    };
    of_group.map(row).collect()
}

fn cell(words: &Words, share: &Share) -> Cell {
    let bounds = share.bounds.map(|(low, high)| match low == high {
        true => percent(words, low),
        false => format!("{low}–{}", percent(words, high)),
    });
    Cell {
        count: share.count,
        share: share.percent.map(|share| percent(words, share)).unwrap_or_default(),
        bounds: bounds.unwrap_or_default(),
    }
}

fn column(words: &Words, at: usize, unit: Unit, counted: &Distribution) -> Column {
    let language = &words.language;
    let [name, of_rated_name, too_few] = keys(unit);
    let rated = Some(counted.rated.into());
    let groups: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
    let named = &words.named[at].groups;
    let parts = percentages(&groups).into_iter().enumerate().filter(|&(group, _)| groups[group] > 0);
    let first = leading(counted).filter(|_| counted.enough);
    Column {
        unit: unit.name(),
        name: language.fill(name, Some(3), &[]),
        of_rated: language.fill("of_n_rated", rated, &[]),
        of_all: language.fill("of_n_all", Some(counted.total().into()), &[]),
        leading: first.map(|group| Leading {
            name: named[group].name.clone(),
            share: percent(words, counted.groups[group].percent.unwrap_or_default()),
            of: language.fill(of_rated_name, rated, &[("count", &language.locale.number(groups[group].into()))]),
        }),
        too_few: (!counted.enough).then(|| language.fill(too_few, rated, &[])),
        bar: parts.map(|(group, width)| format!("{} w-{width}", words.groups[at][group].class)).collect(),
    }
}

/// A whole number of per cent as the language writes it.
fn percent(words: &Words, value: u32) -> String {
    format!("{value}{}", words.text("pc"))
}

/// Texts that name a unit: its name, a part of the rated, too few of it.
fn keys(unit: Unit) -> [&'static str; 3] {
    match unit {
        Unit::Outlets => ["unit_outlets", "of_rated_outlets", "too_few_outlets"],
        Unit::Articles => ["unit_articles", "of_rated_articles", "too_few_articles"],
        Unit::Reports => ["unit_reports", "of_rated_reports", "too_few_reports"],
    }
}
