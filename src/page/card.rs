//! A story in a list.

use serde::Serialize;
use tera::Value;
use tera::value::{Key, Map};

use super::cite::Prose;
use super::numbers::{self, BarPart};
use super::story::{ImageView, image};
use super::world::{Html, Words, World};
use crate::diag::Diag;
use crate::locale::{DateView, direction};
use crate::site::reads::Once;
use crate::site::{Site, StoryIx};

/// What the template of a card sees.
#[derive(Debug, Clone, Serialize)]
struct Card {
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
    articles_text: String,
    outlets: u32,
    reports: u32,
    copies: u32,
    bar: Vec<BarPart>,
    rated: u32,
    unrated: u32,
    enough: bool,
    blindspot: Option<Spot>,
    // Room for what components make of the rest.
    html: (),
    line: (),
}

#[derive(Debug, Clone, Serialize)]
struct Spot {
    label: String,
    class: String,
}

/// The card of a story, in the words of the page that it stands on.
fn fields(world: &World, words: &Words, at: StoryIx) -> Card {
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
        title: world.headline(story),
        url: world.href(&entry.url),
        date: locale.date(story.date, zone),
        updated: story.updated.map(|when| locale.date(when, zone)),
        place: story.place.as_deref().map(str::to_owned),
        dateline: locale.dateline(story.place.as_deref(), entry.day),
        summary: text.map(|text| prose.inline(&text)),
        lang: lang.to_owned(),
        dir: direction(lang),
        topics: entry.topics.iter().map(|&topic| world.topic(topic)).collect(),
        image: image(world, &prose, story),
        articles: summary.articles,
        articles_text: words.language.fill("n_articles", Some(u64::from(summary.articles)), &[]),
        outlets: summary.outlets,
        reports: summary.reports,
        copies: summary.articles - summary.reports,
        bar,
        rated,
        unrated,
        enough,
        blindspot: spot,
        html: (),
        line: (),
    }
}

/// Cards of stories in the site's own language.
pub struct Cards(Vec<Once<Result<Value, Box<Diag>>>>);

impl Cards {
    /// Room for the cards of a site.
    pub fn of(site: &Site) -> Cards {
        Cards(Once::many(site.stories().len()))
    }
}

/// The card of a story in a list: its fields, and as `html` and `line` what the components `widgets.card` and
/// `widgets.line` make of them with their defaults. The same card stands in many lists, so in the site's own
/// language it is made once. The lists of the default theme show `html` or `line` alone, so it has no more
/// where there are no other templates: fields of all stories would take much memory.
pub fn card(world: &World, words: &Words, at: StoryIx) -> Value {
    let make = || made(world, words, at);
    let made =
        if std::ptr::eq(words, &*world.own) { world.cards.0[at as usize].get(make).clone() } else { make() };
    // A component that fails is reported by whoever renders the page; see `trouble`.
    made.unwrap_or_else(|_| Value::none())
}

/// The same with all its fields, for the few that the default theme shows in another form.
pub fn whole(world: &World, words: &Words, at: StoryIx) -> Value {
    let card = card(world, words, at);
    if world.renderer.has_others() {
        return card;
    }
    let Some(rendered) = card.into_map() else { return Value::none() };
    let mut map = Value::from_serializable(&fields(world, words, at)).into_map().unwrap_or_default();
    map.extend(rendered);
    Value::from(map)
}

fn made(world: &World, words: &Words, at: StoryIx) -> Result<Value, Box<Diag>> {
    let value = Value::from_serializable(&fields(world, words, at));
    let page = PageLang { lang: &words.language.locale.tag };
    let implicits = [("page", Value::from_serializable(&page)), ("ui", words.ui.clone())];
    let source = &world.site.story(at).story.path;
    let html =
        |component| world.renderer.component(component, [("card", value.clone())], implicits.clone(), source);
    let (html, line) = (html("widgets.card")?, html("widgets.line")?);
    let fields = if world.renderer.has_others() { value.into_map() } else { None };
    let mut map = fields.unwrap_or_else(|| Map::with_capacity(2));
    map.insert(Key::from("html"), Value::safe_string(&html));
    map.insert(Key::from("line"), Value::safe_string(&line));
    Ok(Value::from(map))
}

#[derive(Serialize)]
struct PageLang<'l> {
    lang: &'l str,
}

/// Why a card could not be made, if one could not.
pub fn trouble(world: &World) -> Option<Box<Diag>> {
    world.cards.0.iter().filter_map(Once::made).find_map(|card| card.as_ref().err().cloned())
}

/// The cards of several stories.
pub fn cards(world: &World, words: &Words, stories: &[StoryIx]) -> Vec<Value> {
    stories.iter().map(|&at| card(world, words, at)).collect()
}

/// The same with all their fields.
pub fn all_whole(world: &World, words: &Words, stories: &[StoryIx]) -> Vec<Value> {
    stories.iter().map(|&at| whole(world, words, at)).collect()
}
