//! Key points × groups of the main axis: how many outlets each point cites.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use super::{Subject, tone};
use crate::coverage::MatrixRow;
use crate::markdown;

/// Columns of groups at most; further groups stand in the words only.
const GROUPS: usize = 7;

/// One column: its name, what it is filled with, its number in a row.
struct Column<'c> {
    name: &'c str,
    fill: Option<Fill>,
    count: Box<dyn Fn(&MatrixRow) -> u32>,
}

/// Draws a table with a row for each point.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, coverage, .. } = subject;
    let recorded = coverage.matrix.iter().any(|row| row.outlets > 0 || row.denied > 0);
    let Some(main) = world.site.rules.axes.main.filter(|_| recorded) else {
        sheet.note(Style::Plain, words.text("no_matrix"));
        return;
    };
    sheet.note(Style::Note, words.text("matrix_caption"));
    let first = sheet.tones(tone::of_axis(world, main));
    let mut columns: Vec<Column> = Vec::new();
    for (at, group) in words.groups[main].iter().enumerate().take(GROUPS) {
        let count = Box::new(move |row: &MatrixRow| row.groups[at]);
        columns.push(Column { name: &group.name, fill: Some(Fill::Tone(first + at)), count });
    }
    let unrated = Box::new(|row: &MatrixRow| row.unrated);
    columns.push(Column { name: words.text("unrated"), fill: Some(Fill::Unrated), count: unrated });
    let denied = Box::new(|row: &MatrixRow| row.denied);
    columns.push(Column { name: words.text("denied"), fill: None, count: denied });
    head(sheet, &columns);
    for (point, row) in story.points.iter().zip(&coverage.matrix) {
        let text = markdown::plain(&markdown::without_citations(&point.text));
        draw_row(sheet, subject, &columns, &text, row);
    }
}

/// Pixels of one column.
fn pixels(columns: &[Column]) -> u32 {
    (ROOM - 250) / columns.len().max(1) as u32
}

/// The middle of a column.
fn middle(columns: &[Column], at: usize) -> u32 {
    let each = pixels(columns);
    EDGE + ROOM - each * (columns.len() - at) as u32 + each / 2
}

fn head(sheet: &mut Sheet, columns: &[Column]) {
    sheet.skip(26);
    for (at, column) in columns.iter().enumerate() {
        if let Some(fill) = &column.fill {
            sheet.swatch(middle(columns, at) - 7, fill.clone());
        }
    }
    sheet.skip(20);
    for (at, column) in columns.iter().enumerate() {
        sheet.put(middle(columns, at), Side::Middle, Style::Note, column.name, pixels(columns) - 2);
    }
    sheet.skip(10);
}

fn draw_row(sheet: &mut Sheet, subject: &Subject, columns: &[Column], text: &str, row: &MatrixRow) {
    let words = subject.words;
    sheet.rule();
    sheet.skip(2);
    let top = sheet.y;
    let room = ROOM - pixels(columns) * columns.len() as u32 - 14;
    sheet.lines(EDGE, room, Style::Plain, text, 6);
    let mut said: Vec<String> = Vec::new();
    if row.is_single() {
        sheet.lines(EDGE, room, Style::Note, words.text("single_source"), 1);
        said.push(words.text("single_source").to_owned());
    } else if row.outlets > 0 {
        let outlets =
            format!("{} {}", subject.number(row.outlets), subject.count("unit_outlets", row.outlets, &[]));
        sheet.lines(EDGE, room, Style::Note, &outlets, 1);
        said.push(outlets);
    }
    let bottom = sheet.y.max(top + 32);
    sheet.y = top + 21;
    for (at, column) in columns.iter().enumerate() {
        let count = (column.count)(row);
        let x = middle(columns, at);
        if count == 0 {
            sheet.put(x, Side::Middle, Style::Note, "·", 20);
            continue;
        }
        let number = subject.number(count);
        said.push(format!("{} {number}", column.name));
        sheet.put(x, Side::Middle, Style::Bold, &number, 60);
        if let Some(fill) = &column.fill {
            sheet.rect(x - 14, sheet.y + 6, 28, 5, fill.clone());
        }
    }
    sheet.y = bottom + 10;
    let counts = if said.is_empty() { words.text("not_recorded").to_owned() } else { said.join(", ") };
    sheet.say(format!("{text}: {counts}."));
}
