//! The head of a page: title, description, language, feeds, breadcrumbs, JSON-LD.

use serde::Serialize;
use tera::Value;

use super::json_ld;
use super::world::{Html, Link, Words, World};
use crate::locale::{direction, own_name};
use crate::markdown;
use crate::site::{Entry, StoryIx};

/// `page` of templates.
#[derive(Debug, Serialize)]
pub struct Head {
    /// What kind of page it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Title and site.
    pub full_title: String,
    /// One sentence or paragraph, without markup.
    pub description: String,
    /// Its href.
    pub url: String,
    /// Its absolute URL.
    pub permalink: String,
    /// BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// Absolute URL of its picture.
    pub image: Option<String>,
    /// RFC 3339.
    pub published: Option<String>,
    /// RFC 3339.
    pub modified: Option<String>,
    /// Its feeds.
    pub feeds: Vec<Value>,
    /// From the home page to this one.
    pub breadcrumbs: Vec<Link>,
    /// The same in other languages.
    pub translations: Vec<Translation>,
    /// The content of a JSON-LD script.
    pub json_ld: Option<Html>,
    /// Absolute URL of the oEmbed data.
    pub oembed: Option<String>,
}

/// A feed of a page.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// What it holds.
    pub title: String,
    /// Media type.
    #[serde(rename = "type")]
    pub media: &'static str,
    /// Its href.
    pub url: String,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    lang: String,
    name: String,
    url: String,
    permalink: String,
}

/// Characters of a description at most.
const DESCRIPTION: usize = 300;

impl Head {
    /// The head of a page in the site's language, at a path of the site.
    pub fn new(world: &World, kind: &'static str, title: &str, path: &str) -> Head {
        let lang = world.site.config.lang.clone();
        let site = &world.site.config.title;
        let full_title = if kind == "home" { title.to_owned() } else { format!("{title} · {site}") };
        Head {
            kind,
            title: title.to_owned(),
            full_title,
            description: String::new(),
            url: world.href(path),
            permalink: world.permalink(path),
            dir: direction(&lang),
            lang,
            noindex: false,
            image: None,
            published: None,
            modified: None,
            feeds: super::feeds::site_links(world),
            breadcrumbs: vec![
                Link { name: world.own.text("home").to_owned(), url: world.href("/") },
                Link { name: title.to_owned(), url: world.href(path) },
            ],
            translations: Vec::new(),
            json_ld: None,
            oembed: None,
        }
    }

    /// Sets the description from Markdown.
    #[must_use]
    pub fn describe(mut self, text: &str) -> Head {
        self.description = shortened(&markdown::plain(text));
        self
    }

    /// Puts a page between the home page and this one.
    #[must_use]
    pub fn below(mut self, world: &World, name: &str, path: &str) -> Head {
        let link = Link { name: name.to_owned(), url: world.href(path) };
        let last = self.breadcrumbs.len().saturating_sub(1);
        self.breadcrumbs.insert(last, link);
        self
    }

    /// Says which page of a list it is, for readers of tabs and of search results.
    #[must_use]
    pub fn page(mut self, world: &World, n: usize) -> Head {
        if n > 1 {
            let page = world.own.language.fill("page_n", Some(n as u64), &[]);
            self.full_title = format!("{} · {page} · {}", self.title, world.site.config.title);
        }
        self
    }

    /// Adds an ItemList of stories and the breadcrumbs as JSON-LD.
    #[must_use]
    pub fn list_of(mut self, world: &World, stories: &[StoryIx]) -> Head {
        let paths = stories.iter().map(|&story| world.story_path(story));
        self.json_ld = Some(json_ld::list(world, &self, paths));
        self
    }

    /// Adds an ItemList of other pages of the site, by their paths, and the breadcrumbs as JSON-LD.
    #[must_use]
    pub fn list_of_pages(mut self, world: &World, paths: &[String]) -> Head {
        self.json_ld = Some(json_ld::list(world, &self, paths.iter().map(String::as_str)));
        self
    }

    /// With the breadcrumbs as JSON-LD, if it has none of its own.
    #[must_use]
    pub fn with_data(mut self, world: &World) -> Head {
        if self.json_ld.is_none() {
            self.json_ld = Some(json_ld::page(world, &self));
        }
        self
    }
}

/// At most 300 characters, cut at a word.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(DESCRIPTION) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", text[..cut].trim_end())
        }
    }
}

/// The head of a story's page.
pub fn story(world: &World, words: &Words, entry: &Entry) -> Head {
    let story = &entry.story;
    let lang = world.site.lang(story);
    let zone = world.site.zone();
    let kind = if story.withdrawn.is_some() { "withdrawn" } else { "story" };
    let mut head = Head::new(world, kind, &world.headline(story), &entry.url);
    head.lang = lang.to_owned();
    head.dir = direction(lang);
    head.published = Some(story.date.iso(zone));
    head.modified = modified(entry, world);
    head.noindex = story.withdrawn.is_some();
    head.translations = translations(world, entry);
    head.image = super::images::share_picture(world, entry);
    head.oembed = super::embed::oembed_url(world, entry);
    let mut head = match &story.summary {
        Some(summary) => head.describe(summary),
        None => head,
    };
    if let Some(&topic) = entry.topics.first() {
        let topic_page = world.site.topic(topic);
        head = head.below(world, words.text("topics"), "/topics/").below(
            world,
            &topic_page.name,
            &world.topic_path(topic),
        );
    }
    if story.withdrawn.is_none() {
        head.json_ld = Some(json_ld::story(world, entry, &head));
    }
    head
}

/// The last change of a story that readers should know of, RFC 3339.
pub fn modified(entry: &Entry, world: &World) -> Option<String> {
    last_change(entry, world).map(|when| when.iso(world.site.zone()))
}

/// The latest of `updated` and the revisions.
pub fn last_change(entry: &Entry, world: &World) -> Option<crate::content::date::When> {
    let zone = world.site.zone();
    let revisions = entry.story.revisions.iter().map(|revision| revision.date);
    revisions.chain(entry.story.updated).max_by_key(|when| when.moment(zone))
}

fn translations(world: &World, entry: &Entry) -> Vec<Translation> {
    let view = |&other: &StoryIx| {
        let entry = world.site.story(other);
        let lang = world.site.lang(&entry.story);
        Translation {
            lang: lang.to_owned(),
            name: own_name(lang),
            url: world.href(&entry.url),
            permalink: world.permalink(&entry.url),
        }
    };
    let is_there = |&&at: &&StoryIx| world.site.story(at).story.withdrawn.is_none();
    entry.translations.iter().filter(is_there).map(view).collect()
}
