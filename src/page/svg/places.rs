//! Where the outlets are, in which language they write, how far they reach.

use super::Subject;
use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use crate::page::story::charts::{self, PlaceView};

/// Rows of a property at most.
const ROWS: usize = 6;

/// Where bars begin, and how long they get.
const BAR: (u32, u32) = (EDGE + 220, ROOM - 270);

/// Draws a list of bars for each property.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let places = charts::places(subject.world, subject.words, subject.coverage);
    if places.is_empty() {
        sheet.note(Style::Plain, subject.words.text("no_places"));
        return;
    }
    let outlets = subject.coverage.outlets;
    let unit = subject.count("unit_outlets", outlets, &[]);
    sheet.note(Style::Note, &format!("{} {unit}", subject.number(outlets)));
    for place in &places {
        property(sheet, subject, place);
    }
}

fn property(sheet: &mut Sheet, subject: &Subject, place: &PlaceView) {
    sheet.skip(10);
    let known = subject.number(place.known);
    let of = subject.count("of_outlets", place.known + place.unknown, &[("count", &known)]);
    sheet.skip(22);
    sheet.put(EDGE, Side::Start, Style::Bold, &place.name, BAR.0 - EDGE);
    sheet.put(EDGE + ROOM, Side::End, Style::Note, &of, BAR.1);
    sheet.say(format!("{}, {of}:", place.name));
    let most = place.rows.iter().map(|row| row.count).max().unwrap_or(1).max(1);
    for row in place.rows.iter().take(ROWS) {
        sheet.skip(26);
        sheet.put(EDGE, Side::Start, Style::Plain, &row.name, BAR.0 - EDGE - 10);
        let length = (BAR.1 * row.count).div_ceil(most);
        sheet.rect(BAR.0, sheet.y - 13, length, 14, Fill::Accent);
        let count = subject.number(row.count);
        sheet.put(EDGE + ROOM, Side::End, Style::Plain, &count, 48);
        sheet.say(format!("{}: {count}.", row.name));
    }
    let rest = &place.rows[place.rows.len().min(ROWS)..];
    if !rest.is_empty() {
        sheet.skip(4);
        sheet.note(Style::Note, &subject.count("n_more", rest.len() as u32, &[]));
    }
}
