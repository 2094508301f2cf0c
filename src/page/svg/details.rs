//! Coverage details: how many articles, outlets and independent reports.

use super::sheet::{EDGE, ROOM, Sheet, Side, Style};
use super::{Subject, blindspot};

/// Draws the three numbers, what is a copy, and the blindspot.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let coverage = subject.coverage;
    if coverage.articles == 0 {
        sheet.note(Style::Plain, subject.words.text("no_articles"));
        return;
    }
    let counts = [
        ("unit_articles", coverage.articles),
        ("unit_outlets", coverage.outlets),
        ("unit_reports", coverage.reports),
    ];
    let column = ROOM / 3;
    sheet.skip(36);
    for (at, (_, count)) in counts.iter().enumerate() {
        sheet.put(EDGE + at as u32 * column, Side::Start, Style::Large, &subject.number(*count), column);
    }
    sheet.skip(24);
    for (at, (key, count)) in counts.iter().enumerate() {
        let unit = subject.count(key, *count, &[]);
        sheet.put(EDGE + at as u32 * column, Side::Start, Style::Plain, &unit, column - 8);
        sheet.say(format!("{} {unit}.", subject.number(*count)));
    }
    sheet.skip(12);
    let copies = coverage.articles - coverage.reports;
    if copies > 0 {
        sheet.note(Style::Note, &subject.count("copies_among", copies, &[]));
    }
    if coverage.blindspot.is_some() {
        sheet.skip(10);
        blindspot::finding(sheet, subject);
    }
}
