//! Footnotes: numbered by first reference, listed at the end, with ids that cannot clash.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

/// Notes of one text, in order of first reference.
#[derive(Default)]
struct Notes<'e> {
    list: Vec<Note<'e>>,
    by_label: HashMap<CowStr<'e>, usize>,
}

/// A note: label, how often referred to, content.
struct Note<'e> {
    label: CowStr<'e>,
    references: usize,
    content: Vec<Event<'e>>,
}

/// Writes the events as HTML, the footnotes after them. Ids begin with `fn-` and `prefix`.
pub fn push(out: &mut String, events: Vec<Event>, prefix: &str) {
    let mut notes = Notes::default();
    let (flow, contents) = split(events);
    let mut flow = numbered(flow, prefix, &mut notes);
    attach(&mut notes, contents, prefix);
    html::push_html(out, flow.drain(..));
    let notes = notes.list;
    if notes.iter().all(|note| note.content.is_empty()) {
        return;
    }
    out.push_str("<div class=\"footnotes\">\n<ol>\n");
    for (at, note) in notes.into_iter().enumerate() {
        let n = at + 1;
        out.push_str(&format!("<li id=\"fn-{prefix}{n}\">\n"));
        html::push_html(out, note.content.into_iter());
        for k in 1..=note.references {
            out.push_str(&format!(
                "<a class=\"footnote-back\" href=\"#fnref-{prefix}{n}-{k}\" aria-label=\"{n}.{k}\">↩</a>\n"
            ));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</div>\n");
}

type Contents<'e> = Vec<(CowStr<'e>, Vec<Event<'e>>)>;

/// Takes the definitions out of the flow of events.
fn split(events: Vec<Event>) -> (Vec<Event>, Contents) {
    let mut flow = Vec::with_capacity(events.len());
    let mut contents: Contents = Vec::new();
    let mut open = 0usize;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                contents.push((label, Vec::new()));
                open += 1;
            }
            Event::End(TagEnd::FootnoteDefinition) => open = open.saturating_sub(1),
            event if open > 0 => {
                if let Some((_, content)) = contents.last_mut() {
                    content.push(event);
                }
            }
            event => flow.push(event),
        }
    }
    (flow, contents)
}

/// Replaces references by links to numbers, in order of first reference.
fn numbered<'e>(events: Vec<Event<'e>>, prefix: &str, notes: &mut Notes<'e>) -> Vec<Event<'e>> {
    events
        .into_iter()
        .map(|event| match event {
            Event::FootnoteReference(label) => {
                let at = notes.of(label);
                let note = &mut notes.list[at];
                note.references += 1;
                let (n, k) = (at + 1, note.references);
                Event::InlineHtml(CowStr::from(format!(
                    "<sup class=\"footnote-ref\"><a id=\"fnref-{prefix}{n}-{k}\" href=\"#fn-{prefix}{n}\">{n}</a></sup>"
                )))
            }
            event => event,
        })
        .collect()
}

/// Gives every referenced note its content; a note may refer to a further one.
fn attach<'e>(notes: &mut Notes<'e>, contents: Contents<'e>, prefix: &str) {
    let mut by_label = HashMap::with_capacity(contents.len());
    for (label, content) in contents {
        by_label.entry(label).or_insert(content);
    }
    let mut at = 0;
    while at < notes.list.len() {
        if let Some(content) = by_label.remove(&notes.list[at].label) {
            notes.list[at].content = numbered(content, prefix, notes);
        }
        at += 1;
    }
}

impl<'e> Notes<'e> {
    /// The place of the note with this label in the list.
    fn of(&mut self, label: CowStr<'e>) -> usize {
        let list = &mut self.list;
        *self.by_label.entry(label.clone()).or_insert_with(|| {
            list.push(Note { label, references: 0, content: Vec::new() });
            list.len() - 1
        })
    }
}
