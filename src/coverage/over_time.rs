//! Coverage over time: articles by hour, day, or stretch of either.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::date::When;
use crate::content::story::Source;

/// Articles by when they were published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTime {
    /// Stretches of equal length without gaps, the first and the last with at least one article.
    pub stretches: Vec<Stretch>,
    /// Articles whose time is not known well enough to place them.
    pub untimed: u32,
}

/// One hour or day, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first hour (a moment) or day.
    pub from: When,
    /// Articles in it.
    pub count: u32,
}

/// Stretches at most.
const MOST: i64 = 40;
/// Days up to which hours are counted, if they are known for more articles than not.
const SHORT: i64 = 3;
const HOUR: i64 = 3600;

impl OverTime {
    /// Articles that have a place in it.
    pub fn dated(&self) -> u32 {
        self.stretches.iter().map(|stretch| stretch.count).sum()
    }
}

/// Counts articles by hour where all of it took few days, else by day; `None` where it is all one.
pub fn count(sources: &[Source], zone: &TimeZone) -> Option<OverTime> {
    let dated: Vec<When> = sources.iter().filter_map(|source| source.published).collect();
    let days: Vec<Date> = dated.iter().map(|when| when.day(zone)).collect();
    let (first, last) = (*days.iter().min()?, *days.iter().max()?);
    let timed: Vec<Timestamp> =
        dated.iter().filter(|when| when.has_time()).map(|when| when.moment(zone)).collect();
    let by_hour = days_between(first, last) < SHORT && timed.len() * 2 > dated.len();
    let stretches = if by_hour { hours(&timed, zone) } else { by_day(&days, first, last) };
    let mut counted = OverTime { stretches, untimed: 0 };
    counted.untimed = sources.len() as u32 - counted.dated();
    (counted.stretches.len() > 1).then_some(counted)
}

fn days_between(first: Date, last: Date) -> i64 {
    first.until(last).map_or(0, |span| i64::from(span.get_days()))
}

fn by_day(days: &[Date], first: Date, last: Date) -> Vec<Stretch> {
    let places: Vec<i64> = days.iter().map(|&day| days_between(first, day)).collect();
    let (step, counts) = tally(&places, days_between(first, last));
    let from = |at: usize| first.saturating_add(jiff::Span::new().days(at as i64 * step));
    counts.iter().enumerate().map(|(at, &count)| Stretch { from: When::Day(from(at)), count }).collect()
}

fn hours(timed: &[Timestamp], zone: &TimeZone) -> Vec<Stretch> {
    let Some(earliest) = timed.iter().min() else {
        return Vec::new();
    };
    // The clock of the zone may be half an hour off the world's, so the full hour is its own.
    let past = i64::from(zone.to_datetime(*earliest).minute()) * 60
        + i64::from(zone.to_datetime(*earliest).second());
    let start = earliest.as_second() - past;
    let places: Vec<i64> = timed.iter().map(|moment| (moment.as_second() - start) / HOUR).collect();
    let (step, counts) = tally(&places, places.iter().copied().max().unwrap_or(0));
    let from = |at: usize| Timestamp::from_second(start + at as i64 * step * HOUR).unwrap_or(*earliest);
    counts.iter().enumerate().map(|(at, &count)| Stretch { from: When::Moment(from(at)), count }).collect()
}

/// How many units make a stretch, and how many fall into each; `last` is the greatest place.
fn tally(places: &[i64], last: i64) -> (i64, Vec<u32>) {
    let step = (last + MOST) / MOST;
    let mut counts = vec![0u32; (last / step) as usize + 1];
    for place in places {
        counts[(place / step) as usize] += 1;
    }
    (step, counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(published: &[&str]) -> Option<OverTime> {
        let mut text = "+++\ntitle = \"T\"\ndate = 2025-01-01\n".to_owned();
        for when in published {
            let key = if when.is_empty() { String::new() } else { format!("published = {when}\n") };
            text.push_str(&format!("[[sources]]\ntitle = \"A\"\n{key}"));
        }
        let (story, diags) = crate::content::story::parse("t.md", format!("{text}+++\n").as_bytes());
        assert_eq!(diags, []);
        count(&story.unwrap().sources, &TimeZone::UTC)
    }

    fn counts(published: &[&str]) -> Vec<(String, u32)> {
        let counted = counted(published).unwrap();
        let view = |stretch: &Stretch| (stretch.from.iso(&TimeZone::UTC), stretch.count);
        counted.stretches.iter().map(view).collect()
    }

    #[test]
    fn days_are_counted_without_gaps() {
        let found = counts(&["2025-01-05", "2025-01-01", "2025-01-05T10:00:00Z"]);
        let dates: Vec<&str> = found.iter().map(|(date, _)| &**date).collect();
        assert_eq!(dates, ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05"]);
        assert_eq!(found.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 0, 0, 0, 2]);
    }

    #[test]
    fn a_short_story_is_counted_by_the_hour_and_what_has_no_time_apart() {
        let published =
            ["2025-01-01T09:40:00Z", "2025-01-01T09:59:59Z", "2025-01-01T11:00:00Z", "2025-01-01"];
        let found = counts(&published);
        assert_eq!(found[0], ("2025-01-01T09:00:00Z".to_owned(), 2));
        assert_eq!(found.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 0, 1]);
        let counted = counted(&published).unwrap();
        assert_eq!((counted.dated(), counted.untimed), (3, 1));
    }

    #[test]
    fn years_fit_into_forty_stretches() {
        let found = counts(&["2020-01-01", "2025-01-01"]);
        assert!(found.len() <= 40 && found.len() > 20);
        assert_eq!(found.first().unwrap().1 + found.last().unwrap().1, 2);
    }

    #[test]
    fn what_is_all_at_one_time_has_no_course() {
        assert_eq!(counted(&["2025-01-01", "2025-01-01", ""]), None);
        assert_eq!(counted(&["", ""]), None);
        assert_eq!(counted(&[]), None);
    }
}
