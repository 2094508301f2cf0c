//! Whether one outer group barely reports, and by which rule.

use super::Subject;
use super::sheet::{Sheet, Style};
use crate::page::numbers;

/// Draws the finding, with both shares, and the rule.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    if subject.coverage.blindspot.is_some() {
        finding(sheet, subject);
    } else {
        sheet.note(Style::Plain, subject.words.text("no_blindspot"));
    }
    sheet.skip(8);
    let rule = numbers::blindspot_rule(subject.world, subject.words);
    sheet.lines(super::sheet::EDGE, super::sheet::ROOM, Style::Note, &rule, 5);
    sheet.say(rule);
}

/// Who under-reported, with both shares; nothing where nobody did.
pub fn finding(sheet: &mut Sheet, subject: &Subject) {
    let spot = subject.coverage.blindspot.as_ref();
    let Some(spot) = spot.and_then(|spot| numbers::blindspot(subject.world, subject.words, spot)) else {
        return;
    };
    sheet.note(Style::Bold, &spot.label);
    sheet.note(Style::Note, &spot.shares);
}
