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
            When::Local(_) | When::Moment(_) => iso(self.moment(zone)),
        }
    }
}

/// RFC 3339 in UTC, to the second; written by hand, for a page has scores of them.
pub fn iso(moment: Timestamp) -> String {
    let clock = TimeZone::UTC.to_datetime(second(moment));
    if !(0..=9999).contains(&clock.year()) {
        return second(moment).to_string();
    }
    let mut out = [0u8; 20];
    let mut at = 0;
    let mut put = |value: u16, digits: u32, after: u8| {
        for digit in (0..digits).rev() {
            out[at] = b'0' + (value / 10u16.pow(digit) % 10) as u8;
            at += 1;
        }
        out[at] = after;
        at += 1;
    };
    put(clock.year() as u16, 4, b'-');
    put(clock.month() as u16, 2, b'-');
    put(clock.day() as u16, 2, b'T');
    put(clock.hour() as u16, 2, b':');
    put(clock.minute() as u16, 2, b':');
    put(clock.second() as u16, 2, b'Z');
    // Digits and signs of ASCII alone.
    std::str::from_utf8(&out).unwrap_or_default().to_owned()
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
    fn moments_are_written_as_the_library_writes_them() {
        for second in [0, 1, 59, 86_399, 951_782_400, 1_753_920_000, -1, -62_167_219_200, 253_402_207_200] {
            let moment = Timestamp::from_second(second).unwrap();
            assert_eq!(iso(moment), moment.to_string());
        }
    }

    #[test]
    fn a_bare_date_is_midnight_in_the_zone_of_the_site() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let when = When::parse("2025-07-31").unwrap();
        assert_eq!(when.moment(&zone).to_string(), "2025-07-30T22:00:00Z");
        assert_eq!(When::parse("2025-07-31T23:30:00Z").unwrap().day(&zone).to_string(), "2025-08-01");
    }
}
