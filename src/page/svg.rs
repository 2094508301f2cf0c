//! Widgets as stand-alone pictures: text as text, light and dark, with the same numbers in words.
//!
//! In: a counted story. Out: an SVG file. Every widget is one file below; it puts marks on a
//! [`sheet::Sheet`] and knows no XML. Pure.

mod blindspot;
mod copies;
mod details;
mod distribution;
mod first;
mod headlines;
mod matrix;
pub mod measure;
mod perspectives;
mod places;
mod reported;
pub mod sheet;
mod timeline;
pub mod tone;
pub mod write;

use super::embed::Widget;
use super::story::{Counted, article};
use super::world::{Words, World};
use crate::content::story::Story;
use crate::coverage::Coverage;
use crate::page::cite::Prose;
use sheet::{EDGE, Mark, ROOM, Sheet, Side, Style};

/// What a widget is drawn from.
pub struct Subject<'s> {
    /// The site.
    pub world: &'s World,
    /// The language of the story.
    pub words: &'s Words,
    /// The story.
    pub story: &'s Story,
    /// Its numbers.
    pub coverage: &'s Coverage,
    /// The path of its page.
    pub url: &'s str,
}

/// The picture of a widget.
pub fn picture(world: &World, counted: &Counted, widget: Widget) -> Vec<u8> {
    let Counted { entry, coverage, .. } = counted;
    let story = &entry.story;
    let lang = world.site.lang(story);
    let words = world.words(lang);
    let subject = Subject { world, words, story, coverage, url: &entry.url };
    let name = widget.name(words);
    let headline = world.headline(story);
    let mut sheet = Sheet::default();
    sheet.skip(EDGE);
    sheet.line(Style::Title, &name);
    sheet.skip(2);
    sheet.lines(EDGE, ROOM, Style::Note, &headline, 2);
    sheet.skip(16);
    draw(&mut sheet, &subject, widget);
    foot(&mut sheet, &subject);
    let title = format!("{name}: {headline}");
    write::svg(&sheet, &write::Frame { lang, dir: crate::locale::direction(lang), title: &title })
}

fn draw(sheet: &mut Sheet, subject: &Subject, widget: Widget) {
    match widget {
        Widget::Details => details::draw(sheet, subject),
        Widget::Blindspot => blindspot::draw(sheet, subject),
        Widget::Distribution(axis) => distribution::draw(sheet, subject, axis),
        Widget::Reported => reported::draw(sheet, subject),
        Widget::First => first::draw(sheet, subject),
        Widget::Timeline => timeline::draw(sheet, subject),
        Widget::Places => places::draw(sheet, subject),
        Widget::Copies => copies::draw(sheet, subject),
        Widget::Perspectives => perspectives::draw(sheet, subject),
        Widget::Matrix => matrix::draw(sheet, subject),
        Widget::Headlines => headlines::draw(sheet, subject),
    }
}

/// Whose picture it is, and the way back to the story.
fn foot(sheet: &mut Sheet, subject: &Subject) {
    let Subject { world, words, story, .. } = subject;
    sheet.skip(22);
    sheet.rule();
    sheet.skip(4);
    let day = words.language.locale.date(story.date, world.site.zone()).text;
    sheet.lines(EDGE, ROOM * 2 / 3, Style::Note, &world.site.config.title, 1);
    sheet.put(EDGE + ROOM, Side::End, Style::Note, &day, ROOM / 3);
    let url = world.permalink(subject.url);
    let before = sheet.marks.len();
    sheet.lines(EDGE, ROOM, Style::Note, &url, 1);
    for mark in &mut sheet.marks[before..] {
        if let Mark::Text { link, .. } = mark {
            *link = Some(url.clone());
        }
    }
    sheet.skip(EDGE - 8);
}

impl Subject<'_> {
    /// A number as the language writes it.
    pub fn number(&self, value: impl Into<u64>) -> String {
        self.words.language.locale.number(value.into())
    }

    /// A whole per cent as the language writes it.
    pub fn percent(&self, value: u32) -> String {
        format!("{}{}", self.number(value), self.words.text("pc"))
    }

    /// A text with a number in it.
    pub fn count(&self, key: &str, n: u32, values: &[(&str, &str)]) -> String {
        self.words.language.fill(key, Some(n.into()), values)
    }

    /// The articles as the page has them.
    pub fn articles(&self) -> Vec<article::SourceView> {
        let Subject { world, words, story, coverage, url } = self;
        let prose = Prose::of_story(world, words, story, coverage, url);
        article::articles(world, words, &prose, story, coverage)
    }
}

impl Sheet {
    /// A row of a table: a label with what stands before it, values at the ends of columns.
    pub(crate) fn row(
        &mut self,
        label: &str,
        fill: Option<sheet::Fill>,
        values: &[(u32, String)],
        style: Style,
    ) {
        self.y += 27;
        let x = EDGE + if fill.is_some() { 24 } else { 0 };
        if let Some(fill) = fill {
            self.swatch(EDGE, fill);
        }
        let end = values.first().map_or(EDGE + ROOM, |(end, _)| end.saturating_sub(56));
        self.put(x, Side::Start, style, label, end.saturating_sub(x));
        for (end, value) in values {
            self.put(*end, Side::End, style, value, 110);
        }
    }
}
