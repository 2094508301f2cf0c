//! A story in a list.

use serde::Serialize;
use tera::Value;

use super::cite::Prose;
use super::numbers::{self, BarPart};
use super::story::{ImageView, image};
use super::world::{Html, Words, World};
use crate::locale::{DateView, direction};
use crate::site::StoryIx;

/// A story in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    title: String,
    url: String,
    date: DateView,
    updated: Option<DateView>,
    place: Option<String>,
    dateline: String,
    summary: Option<Html>,
    lang: String,
    dir: &'static str,
    topics: Vec<Value>,
    image: Option<ImageView>,
    articles: u32,
    outlets: u32,
    reports: u32,
    copies: u32,
    bar: Vec<BarPart>,
    rated: u32,
    unrated: u32,
    enough: bool,
    blindspot: Option<Spot>,
}

#[derive(Debug, Clone, Serialize)]
struct Spot {
    label: String,
    class: String,
}

/// The card of a story, in the words of the page that it stands on.
pub fn card(world: &World, words: &Words, at: StoryIx) -> Card {
    let entry = world.site.story(at);
    let story = &entry.story;
    let summary = &entry.summary;
    let lang = world.site.lang(story);
    let own = world.words(lang);
    let locale = &own.language.locale;
    let zone = world.site.zone();
    // A card stands far from the sources, so its citations are left out.
    let text = story.summary.as_deref().map(crate::markdown::without_citations);
    let prose = Prose::of_page(world, own, &story.path, &entry.url);
    let (bar, rated, unrated, enough) = numbers::bar(world, words, &summary.main);
    let spot = summary.blindspot.as_ref().and_then(|spot| {
        let main = world.site.rules.axes.main?;
        let group = &words.groups[main][spot.group as usize];
        Some(Spot { label: numbers::blindspot_label(words, group), class: group.class.clone() })
    });
    Card {
        title: story.title.value.to_string(),
        url: world.href(&entry.url),
        date: locale.date(story.date, zone),
        updated: story.updated.map(|when| locale.date(when, zone)),
        place: story.place.as_deref().map(str::to_owned),
        dateline: locale.dateline(story.place.as_deref(), entry.day),
        summary: text.map(|text| prose.inline(&text)),
        lang: lang.to_owned(),
        dir: direction(lang),
        topics: entry.topics.iter().map(|&topic| world.topics[topic as usize].clone()).collect(),
        image: image(world, &prose, story),
        articles: summary.articles,
        outlets: summary.outlets,
        reports: summary.reports,
        copies: summary.articles - summary.reports,
        bar,
        rated,
        unrated,
        enough,
        blindspot: spot,
    }
}

/// The cards of several stories.
pub fn cards(world: &World, words: &Words, stories: &[StoryIx]) -> Vec<Card> {
    stories.iter().map(|&at| card(world, words, at)).collect()
}
