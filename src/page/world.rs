//! What every view is made from: the site, its languages, and what repeats on many pages, made
//! once (an outlet's chip, a topic's link, a group's name).

mod repeats;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::Value;

use crate::content::config::StoryOutput;
use crate::content::pages::Edition;
use crate::content::story::Story;
use crate::coverage::OutletIx;
use crate::coverage::rating::Levels;
use crate::render::Renderer;
use crate::site::reads::{Read, note};
use crate::site::{Site, StoryIx, Topic, TopicIx};

use super::card::Cards;
use super::feeds::entry::Entries;

pub use repeats::{LangIx, Repeats};
pub use words::{AxisNames, Named, NamedValue, Words, class};

/// A name and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What readers see.
    pub name: String,
    /// An href.
    pub url: String,
}

/// Text that is HTML already and safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(pub String);

impl Html {
    /// HTML of an optional text.
    pub fn some(html: String) -> Option<Html> {
        Some(Html(html))
    }
}

impl Serialize for Html {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// An image of the output: where it stands and how large it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// URL path from the site's root.
    pub url: String,
    /// Pixels, if the file could be measured.
    pub size: Option<(u32, u32)>,
    /// Smaller versions: URL path and width.
    pub smaller: Vec<(String, u32)>,
    /// Whether it is published without what a camera wrote into it, rather than as it is.
    pub cleaned: bool,
}

impl Picture {
    /// A picture that is not yet measured.
    pub fn at(url: String, cleaned: bool) -> Picture {
        Picture { url, size: None, smaller: Vec::new(), cleaned }
    }
}

/// The site with all that views need beside it.
pub struct World {
    /// The linked site.
    pub site: Site,
    /// The words of the site's own language.
    pub own: Arc<Words>,
    /// Those of other languages, by tag.
    pub others: BTreeMap<String, Arc<Words>>,
    /// Fingerprinted assets: name in static/ and URL path.
    pub assets: BTreeMap<String, String>,
    /// Images by source path of the site.
    pub pictures: BTreeMap<String, Picture>,
    /// What stands before every path: `/`, `/repo/`.
    pub base: String,
    /// Chips of outlets, in the registry's order.
    pub chips: Vec<Value>,
    /// Levels of outlets today with their value, in the registry's order.
    pub levels: Vec<(Levels, Value)>,
    /// Links of topics.
    pub topics: TopicLinks,
    /// The compiled theme.
    pub renderer: Arc<Renderer>,
    /// Cards of stories in the site's own language.
    pub cards: Cards,
    /// Entries of feeds, each made when it is first shown.
    pub entries: Entries,
    /// What stands on many pages.
    pub repeats: Repeats,
}

/// Links of topics, in the site's order; see [`World::topic`].
pub struct TopicLinks(Vec<Value>);

impl TopicLinks {
    /// The topics of a site that stands at `base`.
    pub fn of(site: &Site, base: &str) -> TopicLinks {
        let link = |topic: &Topic| Link { name: topic.name.to_string(), url: href(base, &path_of(topic)) };
        TopicLinks(site.topics().iter().map(|topic| Value::from_serializable(&link(topic))).collect())
    }
}

fn path_of(topic: &Topic) -> String {
    format!("/topics/{}/", topic.slug)
}

impl World {
    /// The href of a path of the site (with `/` in front).
    pub fn href(&self, path: &str) -> String {
        href(&self.base, path)
    }

    /// The absolute URL of a path of the site.
    pub fn permalink(&self, path: &str) -> String {
        let inner = path.strip_prefix('/').unwrap_or(path);
        let base = &self.site.config.base_url;
        let mut url = String::with_capacity(base.len() + inner.len());
        url.push_str(base);
        push_path(&mut url, inner);
        url
    }

    /// The words of a language; those of the site where it has none.
    pub fn words(&self, lang: &str) -> &Words {
        self.others.get(lang).unwrap_or(&self.own)
    }

    /// A story's title as its language prints it. What programs read has it as it was written.
    pub fn headline(&self, story: &Story) -> String {
        self.words(self.site.lang(story)).language.locale.typeset(&story.title.value)
    }

    /// An edition's title as its language prints it.
    pub fn edition_title(&self, edition: &Edition) -> String {
        let lang = edition.lang.as_deref().unwrap_or(&self.site.config.lang);
        self.words(lang).language.locale.typeset(&edition.title)
    }

    /// The path of a topic's page.
    pub fn topic_path(&self, topic: TopicIx) -> String {
        path_of(self.site.topic(topic))
    }

    /// The link of a topic.
    pub fn topic(&self, topic: TopicIx) -> Value {
        note(Read::Topic(topic));
        self.topics.0[topic as usize].clone()
    }

    /// The path of an outlet's page.
    pub fn outlet_path(&self, outlet: OutletIx) -> String {
        format!("/outlets/{}/", self.site.registry.outlet(outlet).id)
    }

    /// The path of a story's page.
    pub fn story_path(&self, story: StoryIx) -> &str {
        &self.site.story(story).url
    }

    /// Where the site's own addresses in Markdown lead.
    pub fn link<'u>(&self, url: &'u str) -> Cow<'u, str> {
        match url.strip_prefix('/') {
            Some(inner) => Cow::Owned(format!("{}{inner}", self.base)),
            None => Cow::Borrowed(url),
        }
    }

    /// Whether stories have this file.
    pub fn writes(&self, output: StoryOutput) -> bool {
        self.site.config.writes(output)
    }
}

/// The href of a path (with `/` in front) of a site that stands at `base`.
pub fn href(base: &str, path: &str) -> String {
    let inner = path.strip_prefix('/').unwrap_or(path);
    let mut href = String::with_capacity(base.len() + inner.len());
    href.push_str(base);
    push_path(&mut href, inner);
    href
}

/// Appends a path, percent-encoding what may not stand in a URL as it is.
pub fn push_path(out: &mut String, path: &str) {
    if path.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return out.push_str(path);
    }
    for byte in path.bytes() {
        if PLAIN[usize::from(byte)] {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0').to_ascii_uppercase());
            out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
}

/// Bytes that may stand in the path of a URL (RFC 3986, pchar and `/`).
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let marks = b"-_.~/!$'()*+,;=:@&";
    let mut at = 0;
    while at < marks.len() {
        plain[marks[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0u8;
    while byte < 128 {
        plain[byte as usize] |= byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};
