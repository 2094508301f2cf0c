//! The earliest article in the list.

use super::Subject;
use super::sheet::{EDGE, ROOM, Sheet, Style};
use crate::page::story::charts;

/// Draws who was first, and when.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, coverage, .. } = subject;
    let (Some(first), Some(counted)) = (charts::first(world, words, story, coverage), coverage.first) else {
        sheet.note(Style::Plain, words.text("no_first"));
        return;
    };
    let source = &story.sources[counted.source as usize];
    sheet.note(Style::Find, &first.source.outlet_name);
    let when = match &first.published.time {
        Some(time) => format!("{}, {time}", first.published.text),
        None => first.published.text.clone(),
    };
    sheet.note(Style::Plain, &when);
    if let Some(title) = source.title() {
        sheet.skip(4);
        sheet.lines(EDGE, ROOM, Style::Headline, title, 3);
        sheet.say(title);
    }
    sheet.skip(6);
    sheet.note(Style::Note, words.text("earliest_in_list"));
}
