//! Headings with ids that are theirs alone.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::{Heading, is_id};
use crate::slug::Slug;

/// Gives every heading an id that is unique in the text and its level in the page.
pub(super) fn with_anchors<'e>(
    mut events: Vec<Event<'e>>,
    prefix: &str,
    top: u8,
) -> (Vec<Event<'e>>, Vec<Heading>) {
    let levels = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
        _ => None,
    });
    let Some(highest) = levels.min() else {
        return (events, Vec::new());
    };
    let mut headings: Vec<Heading> = Vec::new();
    let mut anchors = Anchors::default();
    let mut open: Option<usize> = None;
    for at in 0..events.len() {
        let shift = |level: HeadingLevel| (level as u8 - highest + top).min(6);
        match &events[at] {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let level = shift(*level);
                let text = text_until_end(&events[at + 1..]);
                let wanted = match id {
                    Some(id) if is_id(id) => id.to_string(),
                    _ => Slug::from_title(&text).as_str().to_owned(),
                };
                let anchor = anchors.unique(format!("{prefix}{wanted}"));
                let id = Some(CowStr::from(anchor.clone()));
                let level_tag = HeadingLevel::try_from(level as usize).unwrap_or(HeadingLevel::H6);
                headings.push(Heading { level, anchor, text });
                open = Some(at);
                events[at] =
                    Event::Start(Tag::Heading { level: level_tag, id, classes: vec![], attrs: vec![] });
            }
            Event::End(TagEnd::Heading(level)) if open.is_some() => {
                let level = HeadingLevel::try_from(shift(*level) as usize).unwrap_or(HeadingLevel::H6);
                events[at] = Event::End(TagEnd::Heading(level));
            }
            _ => {}
        }
    }
    (events, headings)
}

pub(super) fn text_until_end(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            _ => {}
        }
    }
    text
}

/// Ids that pages use for their own parts, so headings may not.
pub(super) const RESERVED: [&str; 6] = ["main", "sources", "coverage", "search", "top", "nav"];

/// The ids that a text has given to its headings.
#[derive(Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// The last number of each: how often it was wanted, or more where one was taken.
    wanted: HashMap<String, usize>,
}

impl Anchors {
    /// The id as wanted, or with the next number that is free.
    pub(super) fn unique(&mut self, wanted: String) -> String {
        let number = self.wanted.entry(wanted.clone()).or_default();
        *number += 1;
        let mut anchor = wanted.clone();
        while is_reserved(&anchor) || self.taken.contains(&anchor) {
            if anchor != wanted {
                *number += 1;
            }
            anchor = format!("h-{wanted}-{number}");
        }
        self.taken.insert(anchor.clone());
        anchor
    }
}

pub(super) fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id)
        || ["source-", "point-", "fn-", "fnref-", "dl-"].iter().any(|own| id.starts_with(own))
}
