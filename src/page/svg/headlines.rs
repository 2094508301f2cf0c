//! The same event in the words of each group of the main axis.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use super::{Subject, tone};
use crate::page::story::article::{self, SourceView};

/// Headlines of a group at most.
const EACH: usize = 3;

/// Draws some headlines of every group.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, coverage, .. } = subject;
    let articles = subject.articles();
    let groups = article::by_group(world, &articles, coverage);
    let Some(main) = world.site.rules.axes.main.filter(|_| !groups.is_empty()) else {
        sheet.note(Style::Plain, words.text("no_headlines"));
        return;
    };
    let first = sheet.tones(tone::of_axis(world, main));
    let all = groups.iter().map(|(_, list)| list.len() as u32).sum();
    for (group, list) in &groups {
        let (fill, name) = match *group {
            Some(at) => (Fill::Tone(first + at), &*words.groups[main][at].name),
            None => (Fill::Unrated, words.text("unrated")),
        };
        let count = subject.number(list.len() as u32);
        let count = subject.count("n_of", all, &[("count", &count)]);
        let shown: Vec<&SourceView> = list.iter().take(EACH).map(|&at| &articles[at]).collect();
        draw_group(sheet, &shown, fill, [name, &count]);
        more(sheet, subject, list.len());
    }
}

fn draw_group(sheet: &mut Sheet, articles: &[&SourceView], fill: Fill, [name, count]: [&str; 2]) {
    sheet.skip(36);
    sheet.swatch(EDGE, fill);
    sheet.put(EDGE + 24, Side::Start, Style::Bold, name, ROOM - 160);
    sheet.put(EDGE + ROOM, Side::End, Style::Note, count, 120);
    sheet.say(format!("{name}, {count}:"));
    sheet.skip(2);
    for article in articles {
        let title = article.title.as_deref().unwrap_or_default();
        sheet.skip(4);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Headline, title, 2);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Note, &article.outlet_name, 1);
        sheet.say(format!("{title} ({}).", article.outlet_name));
    }
}

fn more(sheet: &mut Sheet, subject: &Subject, count: usize) {
    if count > EACH {
        let more = subject.count("n_more", (count - EACH) as u32, &[]);
        sheet.lines(EDGE + 24, ROOM - 24, Style::Note, &more, 1);
    }
}
