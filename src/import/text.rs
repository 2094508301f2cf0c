//! Texts of others made harmless: on one line, as Markdown that shows just that text, cut, dated.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::content::date::When;

/// A text on one line: white space folded, no controls and no invisible marks.
pub fn line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the characters that act without being seen; line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_acting = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    if !text.contains(is_acting) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|&c| c.is_control() || !is_acting(c));
    shown.map(|c| if is_acting(c) { ' ' } else { c }).collect()
}

/// A text as a TOML string that Dateline reads.
pub fn quoted(text: &str) -> String {
    crate::starter::quoted(&visible(text))
}

/// A plain text as inline Markdown that shows just that text.
pub fn prose(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let special = match c {
            '\\' | '*' | '[' | ']' | '`' | '<' | '~' => true,
            '_' => !inside_word,
            '&' => rest.peek().is_some_and(|c| c.is_ascii_alphabetic() || *c == '#'),
            '#' | '>' | '+' | '-' | '=' => out.is_empty(),
            '!' => rest.peek() == Some(&'['),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A date as TOML writes it, from ISO 8601 or RFC 2822.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let when = When::parse(text)
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| When::Moment(zoned.timestamp())))?;
    Some(match when {
        When::Day(day) => day.to_string(),
        When::Local(time) => time.with().subsec_nanosecond(0).build().unwrap_or(time).to_string(),
        When::Moment(_) => when.iso(&TimeZone::UTC),
    })
}

/// The lead of a text: at most `limit` characters, cut between words.
pub fn lead(text: &str, limit: usize) -> String {
    let text = line(text);
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '–', '-', ' ']))
}

/// `de_DE` as `de-DE`; nothing if it is no language tag.
pub fn lang_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let good = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    (tag.split('-').all(good) && (2..=3).contains(&first.len())).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_normalised_and_leads_cut_between_words() {
        assert_eq!(date("2025-07-31T10:00:00.123+0200").as_deref(), Some("2025-07-31T08:00:00Z"));
        assert_eq!(date("2025-07-31").as_deref(), Some("2025-07-31"));
        assert_eq!(date("2025-07-31T10:00").as_deref(), Some("2025-07-31T10:00:00"));
        assert_eq!(date("soon"), None);
        assert_eq!(lead("one two, three", 9), "one two…");
    }
}
