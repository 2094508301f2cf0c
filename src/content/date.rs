//! Dates as people write them: a day, or a moment with its offset.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A date as written in a file. A local time without offset is read in the site's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A day without a time.
    Day(Date),
    /// A time on a clock of the site's time zone.
    Local(DateTime),
    /// A moment.
    Moment(Timestamp),
}

impl When {
    /// Reads `2025-07-31`, `2025-07-31T10:00`, `2025-07-31 10:00:00Z`, `…+02:00`.
    pub fn parse(text: &str) -> Option<When> {
        let text = text.trim();
        if text.len() == 10 {
            return text.parse().ok().map(When::Day);
        }
        let last = text.as_bytes().last()?;
        let has_offset =
            matches!(last, b'Z' | b'z') || text.get(16..).is_some_and(|rest| rest.contains(['+', '-']));
        if has_offset { text.parse().ok().map(When::Moment) } else { text.parse().ok().map(When::Local) }
    }

    /// The moment: a bare date is 00:00 in `zone` (spec section 2).
    pub fn moment(self, zone: &TimeZone) -> Timestamp {
        let local = match self {
            When::Moment(moment) => return moment,
            When::Day(date) => date.at(0, 0, 0, 0),
            When::Local(time) => time,
        };
        zone.to_ambiguous_zoned_datetime(local)
            .compatible()
            .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    }

    /// The day on a calendar in `zone`.
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            When::Day(date) => date,
            When::Local(time) => time.date(),
            When::Moment(moment) => zone.to_datetime(moment).date(),
        }
    }

    /// Whether a time was written, not only a day.
    pub fn has_time(self) -> bool {
        !matches!(self, When::Day(_))
    }

    /// RFC 3339: the day alone, or the moment in UTC.
    pub fn iso(self, zone: &TimeZone) -> String {
        match self {
            When::Day(date) => date.to_string(),
            When::Local(_) | When::Moment(_) => second(self.moment(zone)).to_string(),
        }
    }
}

/// The moment without fractions of a second.
pub fn second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_people_write() {
        let iso = |text| When::parse(text).map(|when| when.iso(&TimeZone::UTC));
        assert_eq!(iso("2025-07-31").as_deref(), Some("2025-07-31"));
        assert_eq!(iso("2025-07-31T10:00:00+02:00").as_deref(), Some("2025-07-31T08:00:00Z"));
        assert_eq!(iso("2025-07-31 10:00:00Z").as_deref(), Some("2025-07-31T10:00:00Z"));
        assert_eq!(iso("2025-07-31T10:00").as_deref(), Some("2025-07-31T10:00:00Z"));
        assert_eq!(iso("2025-07-31T10:00:00-05:00").as_deref(), Some("2025-07-31T15:00:00Z"));
        assert_eq!(iso("2025-02-30"), None);
        assert_eq!(iso("yesterday"), None);
    }

    #[test]
    fn a_bare_date_is_midnight_in_the_zone_of_the_site() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let when = When::parse("2025-07-31").unwrap();
        assert_eq!(when.moment(&zone).to_string(), "2025-07-30T22:00:00Z");
        assert_eq!(When::parse("2025-07-31T23:30:00Z").unwrap().day(&zone).to_string(), "2025-08-01");
    }
}
