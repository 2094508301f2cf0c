//! Coverage over time: a bar an hour or a day, or a stretch of them.

use super::Subject;
use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use crate::locale::DateView;
use crate::page::story::charts;
use crate::page::world::Words;

/// Pixels of the highest bar.
const HEIGHT: u32 = 150;

/// Bars up to which each bears its number.
const NUMBERED: u32 = 16;

/// Draws articles by date of publication.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, .. } = subject;
    let Some(timeline) = charts::timeline(words, world.site.zone(), story) else {
        sheet.note(Style::Plain, words.text("no_times"));
        return;
    };
    sheet.note(Style::Note, words.text("articles_by_date"));
    sheet.skip(32);
    let top = sheet.y;
    let count = timeline.stretches;
    for day in &timeline.days {
        let start = EDGE + ROOM * day.at / count;
        let end = EDGE + ROOM * (day.at + 1) / count;
        let height = HEIGHT * day.height / 100;
        // Never wider than looks like a bar.
        let width = (end - start - 2).min(72);
        let x = start + (end - start - width) / 2;
        sheet.rect(x, top + HEIGHT - height, width, height, Fill::Accent);
        sheet.say(format!("{}: {}.", moment(words, &day.date), subject.number(day.count)));
        if count <= NUMBERED || day.height == 100 {
            sheet.y = top + HEIGHT - height - 6;
            let number = subject.number(day.count);
            sheet.put(x + width / 2, Side::Middle, Style::Note, &number, 60);
        }
    }
    sheet.y = top + HEIGHT;
    sheet.rule();
    sheet.skip(20);
    sheet.put(EDGE, Side::Start, Style::Note, &moment(words, &timeline.from), ROOM / 2);
    sheet.put(EDGE + ROOM, Side::End, Style::Note, &moment(words, &timeline.to), ROOM / 2);
    sheet.skip(6);
    let mut line = format!("{}: {}", words.text("in_all"), subject.count("n_articles", timeline.dated, &[]));
    if timeline.untimed > 0 {
        let untimed = subject.number(timeline.untimed);
        line = format!("{line} · {}: {untimed}", words.text("without_date"));
    }
    sheet.note(Style::Note, &line);
}

fn moment(words: &Words, date: &DateView) -> String {
    match &date.time {
        Some(time) => format!("{}{}{time}", date.text, words.text("before_time")),
        None => date.text.clone(),
    }
}
