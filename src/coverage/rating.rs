//! From the ratings of several raters to one level (spec section 3).

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::axis::{Axes, Axis, Combine, LevelIx};
use crate::content::outlet::Rating;

/// The levels of an outlet over time: they change only where a rating begins or ends.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// First day of each stretch, in order, and the level on each axis during it.
    stretches: Vec<(Date, Levels)>,
}

/// The level on each axis; shared by all that is counted with it.
pub type Levels = Arc<[Option<LevelIx>]>;

impl History {
    /// The history that these ratings make.
    pub fn of(ratings: &[Rating], axes: &Axes) -> History {
        let after = |until: Date| until.tomorrow().ok();
        let mut days: Vec<Date> = vec![Date::MIN];
        days.extend(ratings.iter().filter_map(|rating| rating.date));
        days.extend(ratings.iter().filter_map(|rating| rating.until).filter_map(after));
        days.sort_unstable();
        days.dedup();
        let levels = |day: Date| {
            let on_axis = |(at, axis)| combined(&current(ratings, at, day), axis);
            axes.list.iter().enumerate().map(on_axis).collect()
        };
        let mut stretches: Vec<(Date, Levels)> = Vec::with_capacity(days.len());
        for day in days {
            let levels: Levels = levels(day);
            if stretches.last().is_none_or(|(_, last)| *last != levels) {
                stretches.push((day, levels));
            }
        }
        History { stretches }
    }

    /// The level on each axis at a date; none before the first stretch.
    pub fn at(&self, date: Date) -> Option<&Levels> {
        let after = self.stretches.partition_point(|(from, _)| *from <= date);
        after.checked_sub(1).and_then(|at| self.stretches.get(at)).map(|(_, levels)| levels)
    }
}

/// The ratings that count on an axis at a date: the latest valid one of each rater (undated is
/// oldest; of two from one day the later in the file), in file order.
pub fn current(ratings: &[Rating], axis: usize, date: Date) -> Vec<&Rating> {
    let mut latest: Vec<(usize, &Rating)> = Vec::new();
    let valid = ratings.iter().enumerate().filter(|(_, rating)| {
        rating.axis == axis
            && rating.date.is_none_or(|from| from <= date)
            && rating.until.is_none_or(|until| date <= until)
    });
    for (at, rating) in valid {
        match latest.iter_mut().find(|(_, known)| known.rater == rating.rater) {
            Some(known) if rating.date >= known.1.date => *known = (at, rating),
            Some(_) => {}
            None => latest.push((at, rating)),
        }
    }
    latest.sort_by_key(|(at, _)| *at);
    latest.into_iter().map(|(_, rating)| rating).collect()
}

/// One level from the current ratings of an axis.
pub fn combined(ratings: &[&Rating], axis: &Axis) -> Option<LevelIx> {
    if ratings.is_empty() {
        return None;
    }
    let mut numbers: Vec<u32> = ratings.iter().map(|rating| u32::from(rating.level)).collect();
    let count = axis.levels.len() as u32;
    let level = match axis.combine {
        Combine::Latest => {
            // `max_by_key` keeps the last of equals: the later in the file.
            return ratings.iter().max_by_key(|rating| rating.date).map(|rating| rating.level);
        }
        Combine::Mean => rounded(numbers.iter().sum(), numbers.len() as u32, count),
        Combine::Median => {
            numbers.sort_unstable();
            let middle = numbers.len() / 2;
            if numbers.len() % 2 == 1 {
                numbers[middle]
            } else {
                rounded(numbers[middle - 1] + numbers[middle], 2, count)
            }
        }
    };
    Some(level as LevelIx)
}

/// `sum / parts`, rounded; a half towards the middle of `0..count`, at the exact middle down.
fn rounded(sum: u32, parts: u32, count: u32) -> u32 {
    let low = sum / parts;
    match (2 * (sum % parts)).cmp(&parts) {
        std::cmp::Ordering::Less => low,
        std::cmp::Ordering::Greater => low + 1,
        // Twice the value is 2·low + 1, twice the middle is count − 1.
        std::cmp::Ordering::Equal if 2 * low + 1 < count - 1 => low + 1,
        std::cmp::Ordering::Equal => low,
    }
}

/// Those of the current ratings that decide the level: all that are averaged, or the latest.
pub fn deciding<'r>(ratings: &[&'r Rating], axis: &Axis) -> Vec<&'r Rating> {
    match axis.combine {
        Combine::Latest => ratings.iter().max_by_key(|rating| rating.date).copied().into_iter().collect(),
        Combine::Mean | Combine::Median => ratings.to_vec(),
    }
}

/// How far apart the current ratings of an axis are, in levels.
pub fn spread(ratings: &[&Rating]) -> u8 {
    let levels = ratings.iter().map(|rating| rating.level);
    match (levels.clone().min(), levels.max()) {
        (Some(low), Some(high)) => high - low,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::config;
    use crate::content::outlet;

    const AXES: &str = "[axes.bias]\nraters.a={}\nraters.b={}\nraters.c={}\n";

    /// The bias level of an outlet with these ratings (`rater level date until`) at a date.
    fn level(combine: &str, ratings: &[&str], date: &str) -> Option<String> {
        let axes = config::parse("c", format!("{AXES}combine = \"{combine}\"").as_bytes()).0.axes;
        let mut text = String::from("name = \"X\"\n");
        for rating in ratings {
            let mut parts = rating.split(' ');
            let mut next = || parts.next().filter(|part| *part != "-");
            text.push_str("[[ratings]]\naxis = \"bias\"\n");
            for (key, quote) in [("rater", "\""), ("level", "\""), ("date", ""), ("until", "")] {
                if let Some(value) = next() {
                    text.push_str(&format!("{key} = {quote}{value}{quote}\n"));
                }
            }
        }
        let (outlets, diags) = outlet::parse("x.toml", "x", text.as_bytes(), &axes);
        assert_eq!(diags, []);
        let history = History::of(&outlets[0].ratings, &axes);
        let found = history.at(date.parse().unwrap())?[0]?;
        Some(axes.list[0].levels[found as usize].id.to_string())
    }

    #[test]
    fn a_half_rounds_towards_the_middle() {
        let mean = |ratings: &[&str]| level("mean", ratings, "2025-01-01").unwrap();
        assert_eq!(mean(&["a left", "b lean-left"]), "lean-left");
        assert_eq!(mean(&["a right", "b lean-right"]), "lean-right");
        assert_eq!(mean(&["a lean-left", "b center"]), "center");
        assert_eq!(mean(&["a far-left", "b left", "c left"]), "left");
        assert_eq!(mean(&["a left", "b right"]), "center");
        assert_eq!(level("median", &["a left", "b right", "c right"], "2025-01-01").unwrap(), "right");
        assert_eq!(level("median", &["a left", "b lean-left"], "2025-01-01").unwrap(), "lean-left");
    }

    #[test]
    fn at_the_exact_middle_of_an_even_scale_a_half_rounds_down() {
        assert_eq!(rounded(3, 2, 4), 1);
        assert_eq!(rounded(1, 2, 4), 1);
        assert_eq!(rounded(5, 2, 4), 2);
    }

    #[test]
    fn the_latest_valid_rating_of_each_rater_counts() {
        let ratings = ["a left", "a right 2024-01-01 2024-12-31", "a center 2025-06-01"];
        let at = |date| level("mean", &ratings, date).unwrap();
        assert_eq!(at("2023-05-05"), "left");
        assert_eq!(at("2024-01-01"), "right");
        assert_eq!(at("2024-12-31"), "right");
        assert_eq!(at("2025-01-01"), "left");
        assert_eq!(at("2025-06-01"), "center");
        assert_eq!(level("mean", &["a left 2025-01-01 2025-02-01"], "2026-01-01"), None);
    }

    #[test]
    fn latest_takes_the_newest_date_and_the_later_of_equals() {
        let latest = |ratings: &[&str]| level("latest", ratings, "2026-01-01").unwrap();
        assert_eq!(latest(&["a left 2025-01-01", "b right 2024-01-01"]), "left");
        assert_eq!(latest(&["a left 2025-01-01", "b right 2025-01-01"]), "right");
        assert_eq!(latest(&["a left", "b right 2020-01-01", "c center"]), "right");
    }
}
