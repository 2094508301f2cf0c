//! Totals that somebody else counted; theirs, never mixed with ours.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Style};
use super::{Subject, tone};
use crate::page::story::charts::{self, ReportedAxis};

/// Draws a bar and a legend for each axis that they counted.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, .. } = subject;
    let Some(reported) = charts::reported(world, words, story) else {
        sheet.note(Style::Plain, words.text("no_reported"));
        return;
    };
    let mut by = format!("{} {}", words.text("counted_by"), reported.by);
    if let Some(date) = &reported.date {
        by = format!("{by}, {}", date.text);
    }
    if let Some(articles) = reported.articles {
        by = format!("{by}: {}", words.language.fill("n_articles", Some(articles), &[]));
    }
    sheet.note(Style::Note, &by);
    for axis in &reported.axes {
        shares(sheet, subject, axis);
    }
}

fn shares(sheet: &mut Sheet, subject: &Subject, axis: &ReportedAxis) {
    let axes = &subject.world.site.rules.axes;
    let Some(at) = axes.find(&axis.id) else {
        return;
    };
    let first = sheet.tones(tone::of_axis(subject.world, at));
    let group = |id: &str| axes.list[at].group(id).map_or(0, usize::from);
    sheet.skip(12);
    sheet.note(Style::Bold, &axis.name);
    sheet.skip(10);
    let parts: Vec<(usize, u32)> =
        axis.rows.iter().map(|row| (first + group(&row.id), u32::from(row.percent))).collect();
    let sum: u32 = parts.iter().map(|(_, percent)| percent).sum();
    if sum <= 100 {
        sheet.bar(26, &parts);
    }
    for row in &axis.rows {
        let percent = subject.percent(row.percent.into());
        sheet.say(format!("{}: {percent}.", row.name));
        let fill = Fill::Tone(first + group(&row.id));
        sheet.row(&row.name, Some(fill), &[(EDGE + ROOM, percent)], Style::Plain);
    }
}
