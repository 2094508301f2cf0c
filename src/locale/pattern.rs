//! Patterns of dates, taken apart once: `{d} {m} {y}`.
//!
//! In: a pattern of `formats.toml` and a day. Out: text. A page shows scores of dates, so none is
//! written by searching and replacing.

use jiff::civil::Date;

/// The names that a language has for days and months.
#[derive(Debug, Default)]
pub struct Names {
    /// Months, in order.
    pub months: Vec<String>,
    /// The same shortened.
    pub short_months: Vec<String>,
    /// The first of a month, if it is written in another way.
    pub first: String,
}

/// A pattern in pieces.
#[derive(Debug, Default)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    Day,
    DayOfTwoDigits,
    ShortMonth,
    Month,
    MonthNumber,
    Year,
}

/// How a piece is written in a pattern, and the piece.
type Token = (&'static str, fn() -> Piece);

const TOKENS: [Token; 6] = [
    ("{dd}", || Piece::DayOfTwoDigits),
    ("{d}", || Piece::Day),
    ("{mmm}", || Piece::ShortMonth),
    ("{m}", || Piece::Month),
    ("{M}", || Piece::MonthNumber),
    ("{y}", || Piece::Year),
];

impl Pattern {
    /// Takes a pattern apart.
    pub fn new(pattern: &str) -> Pattern {
        let mut pieces = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let token = TOKENS.iter().find(|(token, _)| rest.starts_with(token));
            rest = match token {
                Some((token, piece)) => {
                    pieces.push(piece());
                    &rest[token.len()..]
                }
                None => {
                    let next = rest.char_indices().skip(1).find(|&(_, c)| c == '{');
                    let end = next.map_or(rest.len(), |(at, _)| at);
                    pieces.push(Piece::Text(rest[..end].to_owned()));
                    &rest[end..]
                }
            };
        }
        Pattern(pieces)
    }

    /// Writes a day.
    pub fn fill(&self, day: Date, names: &Names) -> String {
        let mut out = String::with_capacity(24);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Day if day.day() == 1 && !names.first.is_empty() => out.push_str(&names.first),
                Piece::Day => push_number(&mut out, day.day() as u16, 1),
                Piece::DayOfTwoDigits => push_number(&mut out, day.day() as u16, 2),
                Piece::ShortMonth => out.push_str(name(&names.short_months, day)),
                Piece::Month => out.push_str(name(&names.months, day)),
                Piece::MonthNumber => push_number(&mut out, day.month() as u16, 1),
                Piece::Year => match u16::try_from(day.year()) {
                    Ok(year) => push_number(&mut out, year, 1),
                    Err(_) => out.push_str(&day.year().to_string()),
                },
            }
        }
        out
    }
}

/// The name of a day's month.
pub fn name(names: &[String], day: Date) -> &str {
    names.get(day.month() as usize - 1).map_or("", String::as_str)
}

/// Appends a number below 10,000 with at least so many digits.
pub fn push_number(out: &mut String, value: u16, digits: usize) {
    let divisors = [1000, 100, 10, 1];
    for (at, divisor) in divisors.into_iter().enumerate() {
        if value >= divisor || divisors.len() - at <= digits {
            out.push((b'0' + (value / divisor % 10) as u8) as char);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_texts_take_turns() {
        let names = Names { months: vec!["Mai".into(); 12], first: "1er".into(), ..Names::default() };
        let filled = |pattern, day: &str| Pattern::new(pattern).fill(day.parse().unwrap(), &names);
        assert_eq!(filled("{d} {m} {y}", "2025-05-01"), "1er Mai 2025");
        assert_eq!(filled("{y}年{M}月{dd}日 {x} {", "2025-05-01"), "2025年5月01日 {x} {");
    }

    #[test]
    fn numbers_have_their_digits() {
        let written = |value, digits| {
            let mut out = String::new();
            push_number(&mut out, value, digits);
            out
        };
        assert_eq!((written(7, 1), written(7, 2), written(0, 1)), ("7".into(), "07".into(), "0".into()));
        assert_eq!((written(31, 2), written(2025, 4)), ("31".into(), "2025".into()));
    }
}
