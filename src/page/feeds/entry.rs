//! What is in a feed, before it is written down in a format.

use std::borrow::Cow;

use jiff::Timestamp;

use super::tag::{self, Named};
use super::xml::line;
use super::{Format, List};
use crate::content::date::second;
use crate::content::story::{Revision, RevisionKind};
use crate::markdown::{self, escaped};
use crate::page::abroad::Abroad;
use crate::page::head::last_change;
use crate::page::list::edition;
use crate::page::world::World;
use crate::site::reads::Once;
use crate::site::{Site, StoryIx};

/// Entries of a feed at most.
pub const NEWEST: usize = 50;

/// A feed.
pub struct Feed<'w> {
    /// Its name; never empty.
    pub title: String,
    /// One sentence; never empty.
    pub description: String,
    /// Absolute URL of the page that shows the same list.
    pub page: String,
    /// Absolute URL of the feed.
    pub own: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Name of the site; never empty.
    pub site: String,
    /// Licence.
    pub license: Option<String>,
    /// The last change of its entries.
    pub updated: Timestamp,
    /// Newest first.
    pub items: Vec<Cow<'w, Item>>,
}

/// An entry.
#[derive(Clone)]
pub struct Item {
    /// A URI that stays.
    pub id: String,
    /// Absolute URL of its page.
    pub url: String,
    /// Headline; never empty.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// HTML with absolute addresses.
    pub html: String,
    /// BCP 47 tag.
    pub lang: String,
    /// First published.
    pub published: Timestamp,
    /// Last changed.
    pub updated: Timestamp,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    /// Whether something in it was corrected.
    pub corrected: bool,
    /// Absolute URL of its picture.
    pub image: Option<String>,
    /// The story, if it is one: JSON Feed carries its numbers.
    pub story: Option<StoryIx>,
}

/// Entries of stories. A story stands in the feed of the site and in those of its topics, in three
/// formats each, so what they say of it is made once.
pub struct Entries {
    /// Boxed, for most stories of a large site are in no feed any more.
    items: Vec<Once<Box<Item>>>,
    /// As JSON Feed has them.
    json: Vec<Once<Box<[u8]>>>,
}

impl Entries {
    /// Room for the entries of a site.
    pub fn of(site: &Site) -> Entries {
        let count = site.stories().len();
        Entries { items: Once::many(count), json: Once::many(count) }
    }

    /// An entry of JSON Feed, if it is that of a story.
    pub(super) fn json(&self, item: &Item, make: impl FnOnce(StoryIx) -> Vec<u8>) -> Option<&[u8]> {
        let at = item.story?;
        // Copied, for an allocator may leave a text that shrinks in the place that it has grown to.
        Some(self.json[at as usize].get(|| Box::from(&*make(at))))
    }
}

/// The term of the category that marks a corrected entry.
pub const CORRECTION: &str = "correction";

/// The feed of a list.
pub fn feed(world: &World, list: List, format: Format) -> Feed<'_> {
    let site = &world.site;
    let of_edition = |at| Cow::Owned(edition_item(world, at));
    let of_story =
        |at: StoryIx| Cow::Borrowed(&**world.entries.items[at as usize].get(|| story_item(world, at).into()));
    let items: Vec<Cow<Item>> = match list {
        List::Editions => (0..site.editions().len().min(NEWEST)).map(of_edition).collect(),
        _ => stories(world, list).into_iter().map(of_story).collect(),
    };
    let page = world.permalink(&list.base(world));
    let owner = line(&site.config.title).unwrap_or_else(|| site.config.base_url.clone());
    let title = match line(list.name(world)) {
        Some(name) if list != List::Site => format!("{name} · {owner}"),
        _ => owner.clone(),
    };
    let description = match list {
        List::Site => site.config.description.clone(),
        List::Topic(at) => site.topic(at).description.as_deref().map(markdown::plain).unwrap_or_default(),
        List::Blindspots => world.own.text("blindspots_intro").to_owned(),
        List::Outlet(_) | List::Editions => String::new(),
    };
    Feed {
        description: line(&description).unwrap_or_else(|| title.clone()),
        title,
        page,
        own: world.permalink(&list.path(world, format)),
        lang: site.config.lang.clone(),
        site: owner,
        license: site.config.license.as_deref().and_then(line),
        updated: items.iter().map(|item| item.updated).max().unwrap_or(Timestamp::UNIX_EPOCH),
        items,
    }
}

fn stories(world: &World, list: List) -> Vec<StoryIx> {
    let site = &world.site;
    let all = match list {
        List::Site | List::Blindspots => site.listed(),
        List::Topic(at) => site.of_topic(at),
        List::Outlet(at) => site.of_outlet(at),
        List::Editions => return Vec::new(),
    };
    let is_in = |at: &StoryIx| list != List::Blindspots || site.story(*at).summary.blindspot.is_some();
    all.iter().copied().filter(is_in).take(NEWEST).collect()
}

fn story_item(world: &World, at: StoryIx) -> Item {
    let entry = world.site.story(at);
    let story = &entry.story;
    let lang = world.site.lang(story);
    let named =
        Named { id: story.id.as_deref(), slug: story.slug.as_str(), year: entry.day.year(), prefix: "" };
    let published = second(entry.moment);
    let changed = last_change(entry, world).map(|when| second(when.moment(world.site.zone())));
    let topic = |&topic: &u32| line(&world.site.topic(topic).name);
    let url = world.permalink(&entry.url);
    Item {
        id: tag::uri(world, &named),
        title: line(&world.headline(story)).unwrap_or_else(|| url.clone()),
        url,
        summary: story.summary.as_deref().and_then(|text| line(&markdown::plain(text))).unwrap_or_default(),
        html: story_html(world, at),
        lang: lang.to_owned(),
        published,
        updated: changed.map_or(published, |changed| changed.max(published)),
        authors: story.authors.iter().filter_map(|author| line(author)).collect(),
        topics: entry.topics.iter().filter_map(topic).collect(),
        corrected: story.revisions.iter().any(is_correction),
        image: crate::page::images::share_picture(world, entry),
        story: Some(at),
    }
}

fn is_correction(revision: &Revision) -> bool {
    revision.kind == RevisionKind::Correction
}

/// Corrections, summary and key points.
fn story_html(world: &World, at: StoryIx) -> String {
    let entry = world.site.story(at);
    let story = &entry.story;
    let words = world.words(world.site.lang(story));
    let texts = Abroad::new(world, words, &story.path, &entry.url);
    let mut html = String::new();
    for revision in story.revisions.iter().filter(|revision| is_correction(revision)) {
        let date = words.language.locale.date(revision.date, world.site.zone()).text;
        html.push_str(&format!(
            "<p><strong>{} ({}):</strong> {}</p>",
            escaped(words.text("correction")),
            escaped(&date),
            texts.inline(&revision.note)
        ));
    }
    if let Some(summary) = &story.summary {
        html.push_str(&format!("<p>{}</p>", texts.inline(summary)));
    }
    if !story.points.is_empty() {
        html.push_str("<ul>");
        for point in &story.points {
            html.push_str(&format!("<li>{}</li>", texts.inline(&point.text)));
        }
        html.push_str("</ul>");
    }
    html
}

fn edition_item(world: &World, at: usize) -> Item {
    let entry = &world.site.editions()[at];
    let edition = &entry.edition;
    let zone = world.site.zone();
    let lang = edition.lang.as_deref().unwrap_or(&world.site.config.lang);
    let path = edition::path(edition);
    let words = world.words(lang);
    let mut html = Abroad::new(world, words, &edition.path, &path).block(&edition.intro, 2);
    html.push_str("<ul>");
    for &story in &entry.stories {
        let linked = world.site.story(story);
        let url = world.permalink(&linked.url);
        let title = escaped(&world.headline(&linked.story));
        html.push_str(&format!("<li><a href=\"{}\">{title}</a></li>", escaped(&url)));
    }
    html.push_str("</ul>");
    let moment = second(edition.date.moment(zone));
    let year = edition.date.day(zone).year();
    let named = Named { id: edition.id.as_deref(), slug: edition.slug.as_str(), year, prefix: "editions/" };
    let summary = edition.preheader.as_deref().and_then(line);
    let url = world.permalink(&path);
    Item {
        id: tag::uri(world, &named),
        title: line(&world.edition_title(edition)).unwrap_or_else(|| url.clone()),
        url,
        summary: summary.or_else(|| line(&markdown::plain(&edition.intro))).unwrap_or_default(),
        html,
        lang: lang.to_owned(),
        published: moment,
        updated: moment,
        authors: Vec::new(),
        topics: Vec::new(),
        corrected: false,
        image: None,
        story: None,
    }
}
