//! Parts of rows, as values that pages share: a group that has 3 of 12 is told the same way on every
//! page, and pages are made of few such numbers.

use serde::Serialize;
use tera::Value;

use crate::coverage::Share;
use crate::page::world::{LangIx, Words, World};
use crate::site::reads::Repeated;

#[derive(Serialize)]
struct Cell {
    count: u32,
    /// `1,234`.
    number: String,
    percent: Option<u32>,
    /// Least and greatest share of all that a group could have.
    low: Option<u32>,
    high: Option<u32>,
    /// `55%`; empty where too few are rated.
    share: String,
    /// `40–67%`: of all that there are.
    bounds: String,
}

#[derive(Serialize)]
struct LevelRow<'r> {
    id: &'r Value,
    name: &'r Value,
    counts: &'r [String],
}

/// Axis, level, and how many are on it in every unit.
type LevelKey = (LangIx, usize, usize, [Option<u32>; 3]);

/// Parts of rows that were made.
pub struct Parts {
    cells: Repeated<(LangIx, Share), Value>,
    levels: Repeated<LevelKey, Value>,
}

impl Default for Parts {
    fn default() -> Self {
        Parts { cells: Repeated::with_room(ROOM), levels: Repeated::with_room(ROOM) }
    }
}

/// How many of each kind are kept, at half a kilobyte each.
const ROOM: usize = 4096;

/// A group counted in one unit.
pub(super) fn cell(world: &World, words: &Words, share: &Share) -> Value {
    world.repeats.parts.cells.get((world.lang_ix(words), *share), |(_, share)| {
        let percent = words.text("pc");
        let bounds = share.bounds.map(|(low, high)| match low == high {
            true => format!("{low}{percent}"),
            false => format!("{low}–{high}{percent}"),
        });
        Value::from_serializable(&Cell {
            count: share.count,
            number: words.language.locale.number(share.count.into()),
            percent: share.percent,
            low: share.bounds.map(|(low, _)| low),
            high: share.bounds.map(|(_, high)| high),
            share: share.percent.map(|share| format!("{share}{percent}")).unwrap_or_default(),
            bounds: bounds.unwrap_or_default(),
        })
    })
}

/// A level, counted in every unit.
pub(super) fn level(
    world: &World,
    words: &Words,
    (axis, level): (usize, usize),
    counts: impl Iterator<Item = u32>,
) -> Value {
    let mut key = [None; 3];
    key.iter_mut().zip(counts).for_each(|(place, count)| *place = Some(count));
    world.repeats.parts.levels.get((world.lang_ix(words), axis, level, key), |(.., counts)| {
        let named = &words.named[axis].levels[level];
        let number = |&count: &u32| words.language.locale.number(count.into());
        let counts: Vec<String> = counts.iter().flatten().map(number).collect();
        Value::from_serializable(&LevelRow { id: &named.id, name: &named.name, counts: &counts })
    })
}
