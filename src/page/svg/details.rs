//! Coverage details: how many articles, outlets and independent reports.

use super::Subject;
use super::sheet::{EDGE, ROOM, Sheet, Side, Style};
use crate::page::numbers;

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
    blindspot(sheet, subject);
}

fn blindspot(sheet: &mut Sheet, subject: &Subject) {
    let (world, words) = (subject.world, subject.words);
    let (Some(spot), Some(main)) = (&subject.coverage.blindspot, world.site.rules.axes.main) else {
        return;
    };
    let group = &words.groups[main][spot.group as usize];
    let opposite = &words.groups[main][spot.opposite as usize];
    sheet.skip(10);
    sheet.note(Style::Bold, &numbers::blindspot_label(words, group));
    let share = subject.number(spot.share);
    let opposite_share = subject.number(spot.opposite_share);
    let values = [
        ("group", &*group.name),
        ("share", &*share),
        ("opposite", &*opposite.name),
        ("opposite_share", &*opposite_share),
    ];
    sheet.note(Style::Note, &subject.count("blindspot_shares", spot.rated, &values));
}
