//! What every view is made from: the site, its languages, and what repeats on many pages, made
//! once (an outlet's chip, a topic's link, a group's name).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::Value;

use crate::content::axis::Axis;
use crate::content::config::StoryOutput;
use crate::content::pages::Edition;

use crate::content::story::Story;
use crate::coverage::OutletIx;
use crate::coverage::rating::Levels;
use crate::diag::Diag;
use crate::render::Renderer;
use crate::site::reads::{Read, Repeated, note};
use crate::site::{Site, StoryIx, Topic, TopicIx};
use crate::text::Language;

use super::card::Cards;
use super::feeds::entry::Entries;
use super::numbers::axis::Parts;

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

/// Names of a group or level for templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The id of configuration and data.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// A CSS class.
    pub class: String,
}

/// The names of an axis as values.
pub struct AxisNames {
    /// Of its groups.
    pub groups: Vec<NamedValue>,
    /// Of its levels.
    pub levels: Vec<NamedValue>,
    /// Of what has no level, as if it were one more group.
    pub unrated: Value,
}

/// [`Named`] as values that templates share instead of copying.
pub struct NamedValue {
    /// The id.
    pub id: Value,
    /// What readers see.
    pub name: Value,
    /// A CSS class.
    pub class: Value,
    /// All three in a map, with the place among the others.
    pub all: Value,
}

impl NamedValue {
    fn of((index, named): (usize, &Named)) -> NamedValue {
        NamedValue {
            id: Value::normal_string(&named.id),
            name: Value::normal_string(&named.name),
            class: Value::normal_string(&named.class),
            all: indexed(named, index),
        }
    }
}

#[derive(Serialize)]
struct Indexed<'n> {
    id: &'n str,
    name: &'n str,
    class: &'n str,
    index: usize,
}

fn indexed(Named { id, name, class }: &Named, index: usize) -> Value {
    Value::from_serializable(&Indexed { id, name, class, index })
}

/// What repeats in one language.
pub struct Words {
    /// The language.
    pub language: Language,
    /// `ui` of templates.
    pub ui: Value,
    /// Groups of every axis.
    pub groups: Vec<Vec<Named>>,
    /// Levels of every axis.
    pub levels: Vec<Vec<Named>>,
    /// The same as values of templates, which share them.
    pub named: Vec<AxisNames>,
    /// Names of axes.
    pub axes: Vec<String>,
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

/// What is the same wherever it has the same numbers, made when it is first shown.
pub struct Repeats {
    /// Parts of the rows of distributions.
    pub parts: Parts,
    /// Texts with a number in them.
    counted: Repeated<(LangIx, &'static str, u32), Value>,
    /// An outlet with its group.
    bylines: Repeated<(LangIx, OutletIx, Option<usize>), Value>,
    /// Why one of these could not be rendered.
    trouble: OnceLock<Box<Diag>>,
}

/// A language of the site: 0 is its own.
pub type LangIx = usize;

impl Default for Repeats {
    fn default() -> Self {
        Repeats {
            parts: Parts::default(),
            counted: Repeated::with_room(4096),
            bylines: Repeated::with_room(8192),
            trouble: OnceLock::new(),
        }
    }
}

impl Repeats {
    /// Why something that stands on many pages could not be rendered, if it could not.
    pub fn trouble(&self) -> Option<Box<Diag>> {
        self.trouble.get().cloned()
    }
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

    /// Which of the site's languages these words are of.
    pub fn lang_ix(&self, words: &Words) -> LangIx {
        if std::ptr::eq(words, &*self.own) {
            return 0;
        }
        1 + self.others.values().take_while(|other| !std::ptr::eq(&***other, words)).count()
    }

    /// A text of the interface with a number in it: `11 rated outlets`.
    pub fn counted(&self, words: &Words, lang: LangIx, key: &'static str, n: u32) -> Value {
        let make = |&(_, key, n): &_| {
            let n: u32 = n;
            Value::normal_string(&words.language.fill(key, Some(n.into()), &[]))
        };
        self.repeats.counted.get((lang, key, n), make)
    }

    /// An outlet of the site with its group of the main axis, as the component `widgets.byline` makes it.
    pub fn byline(&self, words: &Words, lang: LangIx, outlet: OutletIx, group: Option<usize>) -> Value {
        self.repeats.bylines.get((lang, outlet, group), |&(_, outlet, group)| {
            let group = match (self.site.rules.axes.main.map(|main| &words.named[main]), group) {
                (Some(names), Some(group)) => names.groups[group].all.clone(),
                (Some(names), None) => names.unrated.clone(),
                (None, _) => Value::none(),
            };
            let arguments = [("outlet", self.chips[outlet as usize].clone()), ("group", group)];
            let on = "every page that lists an article";
            let html = self.renderer.component("widgets.byline", arguments, [("ui", words.ui.clone())], on);
            match html {
                Ok(html) => Value::safe_string(&html),
                Err(diag) => {
                    // Whoever renders the page asks for it.
                    let _ = self.repeats.trouble.set(diag);
                    Value::none()
                }
            }
        })
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

impl Words {
    /// The words of a language for these axes.
    pub fn new(language: Language, axes: &[Axis], ui: Value) -> Words {
        let group = |axis: &Axis| -> Vec<Named> {
            let named = |group: &crate::content::axis::Group| Named {
                id: group.id.to_string(),
                name: translated(&language, axis, &group.id, &group.name),
                class: class(&axis.id, &group.id),
            };
            axis.groups.iter().map(named).collect()
        };
        let level = |axis: &Axis| -> Vec<Named> {
            let named = |level: &crate::content::axis::Level| Named {
                id: level.id.to_string(),
                name: translated(&language, axis, &level.id, &level.name),
                class: class(&axis.id, &level.id),
            };
            axis.levels.iter().map(named).collect()
        };
        let groups: Vec<Vec<Named>> = axes.iter().map(group).collect();
        let levels: Vec<Vec<Named>> = axes.iter().map(level).collect();
        let names = axes.iter().map(|axis| axis_name(&language, axis)).collect();
        let unrated = Named {
            id: "unrated".to_owned(),
            name: language.text("unrated").to_owned(),
            class: "unrated".to_owned(),
        };
        let named = groups.iter().zip(&levels).map(|(groups, levels)| AxisNames {
            groups: groups.iter().enumerate().map(NamedValue::of).collect(),
            levels: levels.iter().enumerate().map(NamedValue::of).collect(),
            unrated: indexed(&unrated, groups.len()),
        });
        let named = named.collect();
        Words { language, ui, groups, levels, named, axes: names }
    }

    /// A plain text of the user interface.
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.language.text(key)
    }
}

/// The CSS class of a level or group.
pub fn class(axis: &str, id: &str) -> String {
    format!("ax-{axis}-{id}")
}

fn translated(language: &Language, axis: &Axis, id: &str, name: &str) -> String {
    if !axis.builtin {
        return name.to_owned();
    }
    let key = format!("gen_{}_{id}", axis.id);
    match language.texts.find(&key) {
        Some(entry) => entry.form(None, &language.locale).to_owned(),
        None => name.to_owned(),
    }
}

fn axis_name(language: &Language, axis: &Axis) -> String {
    let key = format!("gen_axis_{}", axis.id);
    match language.texts.find(&key).filter(|_| axis.builtin) {
        Some(entry) => entry.form(None, &language.locale).to_owned(),
        None => axis.name.to_string(),
    }
}
