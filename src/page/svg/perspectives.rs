//! What each side says, as the author summed it up.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Side, Style};
use super::{Subject, tone};
use crate::content::story::Perspective;
use crate::markdown;

/// Lines of a text at most; the story has all of it.
const LINES: usize = 8;

/// Draws every perspective with its side.
pub fn draw(sheet: &mut Sheet, subject: &Subject) {
    let main = subject.world.site.rules.axes.main;
    if subject.story.perspectives.is_empty() {
        sheet.note(Style::Plain, subject.words.text("no_perspectives"));
        return;
    }
    let first = sheet.tones(main.map(|main| tone::of_axis(subject.world, main)).unwrap_or_default());
    for perspective in &subject.story.perspectives {
        draw_one(sheet, subject, perspective, first);
    }
}

fn draw_one(sheet: &mut Sheet, subject: &Subject, perspective: &Perspective, first: usize) {
    let axes = &subject.world.site.rules.axes;
    let side = axes.main.and_then(|main| {
        let group = axes.list[main].group(&perspective.side.as_ref()?.value)? as usize;
        Some((group, &*subject.words.groups[main][group].name))
    });
    let name = perspective.name.as_deref().or(side.map(|(_, name)| name)).unwrap_or_default();
    sheet.skip(34);
    sheet.swatch(EDGE, side.map_or(Fill::Unrated, |(group, _)| Fill::Tone(first + group)));
    sheet.put(EDGE + 24, Side::Start, Style::Bold, name, ROOM - 160);
    if let Some((_, side)) = side.filter(|(_, side)| *side != name) {
        sheet.put(EDGE + ROOM, Side::End, Style::Note, side, 120);
        sheet.say(format!("{name} ({side}):"));
    } else {
        sheet.say(format!("{name}:"));
    }
    sheet.skip(2);
    let text = markdown::plain(&markdown::without_citations(&perspective.text));
    sheet.lines(EDGE + 24, ROOM - 24, Style::Plain, &text, LINES);
    sheet.say(text);
}
