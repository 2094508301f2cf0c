//! The same event in the words of each group of the main axis.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use super::{Subject, tone};
use crate::page::story::article::{self, HeadlineGroup};

/// Headlines of a group at most.
const EACH: usize = 3;

/// Draws some headlines of every group.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, coverage, .. } = subject;
    let groups = article::headlines(world, words, &subject.articles(), coverage);
    let Some(main) = world.site.rules.axes.main.filter(|_| !groups.is_empty()) else {
        sheet.note(Style::Plain, words.text("no_headlines"));
        return;
    };
    let first = sheet.tones(tone::of_axis(world, main));
    for group in &groups {
        let (fill, name) = match group.at {
            Some(at) => (Fill::Tone(first + at), &*words.groups[main][at].name),
            None => (Fill::Unrated, words.text("unrated")),
        };
        draw_group(sheet, subject, group, fill, name);
    }
}

fn draw_group(sheet: &mut Sheet, subject: &Subject, group: &HeadlineGroup, fill: Fill, name: &str) {
    let count = subject.count("n_articles", group.sources.len() as u32, &[]);
    sheet.skip(36);
    sheet.swatch(EDGE, fill);
    sheet.put(EDGE + 24, Side::Start, Style::Bold, name, ROOM - 160);
    sheet.put(EDGE + ROOM, Side::End, Style::Note, &count, 120);
    sheet.say(format!("{name}, {count}:"));
    sheet.skip(2);
    for headline in group.sources.iter().take(EACH) {
        let title = headline.title.as_deref().unwrap_or_default();
        sheet.skip(4);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Headline, title, 2);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Note, &headline.outlet_name, 1);
        sheet.say(format!("{title} ({}).", headline.outlet_name));
    }
    if group.sources.len() > EACH {
        let more = subject.count("n_more", (group.sources.len() - EACH) as u32, &[]);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Note, &more, 1);
    }
}
