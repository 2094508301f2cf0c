//! Articles that share one text.

use super::Subject;
use super::sheet::{EDGE, ROOM, Sheet, Style};
use crate::page::story::article::{self, CopiesView};

/// Groups shown at most.
const GROUPS: usize = 8;

/// Draws each shared text with who carries it.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, coverage, .. } = subject;
    let list = article::copies_list(world, words, story, coverage, &subject.articles());
    if list.is_empty() {
        sheet.note(Style::Plain, words.text("no_copies"));
        return;
    }
    let articles = subject.number(coverage.articles);
    sheet.note(Style::Plain, &subject.count("reports_of", coverage.reports, &[("articles", &articles)]));
    for group in list.iter().take(GROUPS) {
        draw_group(sheet, subject, group);
    }
    if list.len() > GROUPS {
        sheet.skip(6);
        sheet.note(Style::Note, &subject.count("n_more", (list.len() - GROUPS) as u32, &[]));
    }
}

fn draw_group(sheet: &mut Sheet, subject: &Subject, group: &CopiesView) {
    let name = match (&group.original, &group.wire) {
        (Some(original), _) => &original.outlet_name,
        (None, Some(wire)) => &wire.name,
        (None, None) => subject.words.text("untitled"),
    };
    sheet.skip(12);
    sheet.note(Style::Bold, name);
    sheet.note(Style::Note, &subject.count("n_share", group.count as u32, &[]));
    let names: Vec<&str> = group.copies.iter().map(|copy| &*copy.outlet_name).collect();
    let joined = names.join(" · ");
    sheet.lines(EDGE, ROOM, Style::Note, &joined, 3);
    sheet.say(joined);
}
