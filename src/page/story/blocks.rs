//! The optional blocks of a story: perspectives, timeline, quotes, sections, questions.

use jiff::tz::TimeZone;
use serde::Serialize;
use tera::Value;

use crate::content::story::Story;
use crate::locale::DateView;
use crate::markdown;
use crate::page::cite::{Cite, Prose};
use crate::page::world::{Html, Words, World};

/// A side's summary or a narrative.
#[derive(Debug, Serialize)]
pub struct PerspectiveView {
    name: String,
    side: Option<Value>,
    text: Html,
    cites: Vec<Cite>,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventView {
    date: DateView,
    text: Html,
    cites: Vec<Cite>,
}

/// Something that was said.
#[derive(Debug, Serialize)]
pub struct QuoteView {
    text: Html,
    speaker: Option<String>,
    role: Option<String>,
    cites: Vec<Cite>,
}

/// A free-form section.
#[derive(Debug, Serialize)]
pub struct SectionView {
    title: String,
    anchor: String,
    text: Option<Html>,
    items: Vec<Html>,
    cites: Vec<Cite>,
}

/// A question and its answer.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    question: Html,
    answer: Html,
    cites: Vec<Cite>,
}

/// Perspectives in file order; one without name bears that of its side.
pub fn perspectives(world: &World, words: &Words, prose: &Prose, story: &Story) -> Vec<PerspectiveView> {
    let main = world.site.rules.axes.main;
    let view = |perspective: &crate::content::story::Perspective| {
        let side = perspective.side.as_ref().zip(main).and_then(|(side, main)| {
            let group = world.site.rules.axes.list[main].group(&side.value)?;
            Some((main, group as usize))
        });
        let side_name = side.map(|(main, group)| words.groups[main][group].name.clone());
        PerspectiveView {
            name: perspective
                .name
                .as_deref()
                .map(|name| prose.typeset(name))
                .or(side_name)
                .unwrap_or_default(),
            side: side.map(|(main, group)| words.named[main].groups[group].all.clone()),
            text: prose.inline(&perspective.text),
            cites: prose.cites_beside(&perspective.text, &perspective.cites),
        }
    };
    story.perspectives.iter().map(view).collect()
}

/// Events in file order.
pub fn timeline(words: &Words, zone: &TimeZone, prose: &Prose, story: &Story) -> Vec<EventView> {
    let view = |event: &crate::content::story::Event| EventView {
        date: words.language.locale.date(event.date, zone),
        text: prose.inline(&event.text),
        cites: prose.cites_beside(&event.text, &event.cites),
    };
    story.timeline.iter().map(view).collect()
}

/// Quotes in file order.
pub fn quotes(prose: &Prose, story: &Story) -> Vec<QuoteView> {
    let view = |quote: &crate::content::story::Quote| QuoteView {
        text: prose.inline(&quote.text),
        speaker: quote.speaker.as_deref().map(str::to_owned),
        role: quote.role.as_deref().map(|role| prose.typeset(role)),
        cites: prose.cites_beside(&quote.text, &quote.cites),
    };
    story.quotes.iter().map(view).collect()
}

/// Sections in file order; their anchors cannot clash with those of the body.
pub fn sections(prose: &Prose, story: &Story) -> Vec<SectionView> {
    let view = |(at, section): (usize, &crate::content::story::Section)| {
        let prefix = format!("section-{}-", at + 1);
        let text = section.text.as_deref();
        SectionView {
            title: prose.typeset(&section.title),
            anchor: format!("section-{}", at + 1),
            text: text.map(|text| Html(markdown::block(text, &prefix, 3, prose).html)),
            items: section.items.iter().map(|item| prose.inline(item)).collect(),
            cites: prose.cites(&section.cites),
        }
    };
    story.sections.iter().enumerate().map(view).collect()
}

/// Questions in file order.
pub fn questions(prose: &Prose, story: &Story) -> Vec<QuestionView> {
    let view = |question: &crate::content::story::Question| QuestionView {
        question: prose.inline(&question.question),
        answer: prose.inline(&question.answer),
        cites: prose.cites_beside(&question.answer, &question.cites),
    };
    story.questions.iter().map(view).collect()
}
