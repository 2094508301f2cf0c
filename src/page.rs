//! Pages: every file of the output, planned from the linked site.
//!
//! In: a [`World`]. Out: a list of [`Page`]s, each a place and a kind; what a page holds is made
//! when somebody asks for it, so memory never holds the whole site. Pure.

mod abroad;
mod bibtex;
mod card;
mod cite;
pub mod doc;
pub mod embed;
mod feeds;
mod head;
pub mod images;
mod json_ld;
pub mod list;
mod machine;
pub mod mail;
mod numbers;
pub mod search;
mod social;
pub mod story;
pub mod story_json;
mod style;
pub mod svg;
pub mod world;

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};
use serde::Serialize;
use tera::Value;

use crate::content::config::StoryOutput;
use crate::coverage::OutletIx;
use crate::diag::{Code, Diag};
use crate::site::{Entry, StoryIx, TopicIx};
use crate::slug::folded;
use embed::Widget;
use head::Head;
use world::World;

pub use style::stylesheet;

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Page `n` of the home page.
    Home(usize),
    /// A story.
    Story(StoryIx),
    /// `story.json`.
    StoryJson(StoryIx),
    /// A widget of a story, to be framed elsewhere.
    Embed(StoryIx, Widget),
    /// `oembed.json`.
    OEmbed(StoryIx),
    /// A widget of a story as a picture.
    Svg(StoryIx, Widget),
    /// `card.png`.
    Card(StoryIx),
    /// Page `n` of the list of topics.
    Topics(usize),
    /// Page `n` of a topic.
    Topic(TopicIx, usize),
    /// Page `n` of the list of outlets.
    Outlets(usize),
    /// Page `n` of an outlet.
    Outlet(OutletIx, usize),
    /// Page `n` of the blindspots.
    Blindspots(usize),
    /// Page `n` of the list of editions.
    Editions(usize),
    /// An edition.
    Edition(usize),
    /// The archive.
    Archive,
    /// Page `n` of a month.
    Month(usize, usize),
    /// The methodology.
    Methodology,
    /// A plain page.
    Doc(usize),
    /// What hosts show for a path that is not there.
    NotFound,
    /// An earlier path of a story.
    Redirect(StoryIx),
    /// What only programs read.
    Machine(machine::File),
    /// An edition as a mail.
    Mail(usize),
    /// The search.
    Search,
    /// A file of the theme.
    Asset(String),
    /// A file of the site, copied as it is: its path in the site.
    Copy(String),
    /// A picture of the site without metadata: its path in the site, and its width if smaller.
    Picture(String, Option<u32>),
    /// An empty file.
    Empty,
}

impl Kind {
    /// Whether a template of the theme makes it.
    pub fn has_template(&self) -> bool {
        match self {
            Kind::Home(_)
            | Kind::Story(_)
            | Kind::Embed(..)
            | Kind::Topics(_)
            | Kind::Topic(..)
            | Kind::Outlets(_)
            | Kind::Outlet(..)
            | Kind::Blindspots(_)
            | Kind::Editions(_)
            | Kind::Edition(_)
            | Kind::Archive
            | Kind::Month(..)
            | Kind::Methodology
            | Kind::Doc(_)
            | Kind::NotFound
            | Kind::Redirect(_)
            | Kind::Mail(_)
            | Kind::Search => true,
            Kind::StoryJson(_)
            | Kind::OEmbed(_)
            | Kind::Svg(..)
            | Kind::Card(_)
            | Kind::Machine(_)
            | Kind::Asset(_)
            | Kind::Copy(_)
            | Kind::Picture(..)
            | Kind::Empty => false,
        }
    }
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it goes, relative to the output folder, with `/`.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// The file that an author would mend, for messages.
    pub source: String,
}

/// The content of a page.
pub enum Body {
    /// Rendered.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site.
    File(String),
    /// The bytes of a picture of the site, at this width if one is given.
    Picture(String, Option<u32>),
}

/// The file of a URL path: `/a/` is `a/index.html`.
pub fn file_of(url: &str) -> String {
    let inner = url.strip_prefix('/').unwrap_or(url);
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// Every page of a site. Two at one place, or at places that differ by case only, are errors.
pub fn plan(world: &World, copies: &[(String, String)]) -> (Vec<Page>, Vec<Diag>) {
    let mut pages = Vec::new();
    lists(world, &mut pages);
    stories(world, &mut pages);
    others(world, copies, &mut pages);
    machine::plan(world, copies, &mut pages);
    let mut diags = clashes(&pages);
    diags.extend(search::reserved(world, &pages));
    (pages, diags)
}

fn add(pages: &mut Vec<Page>, url: &str, kind: Kind, source: &str) {
    pages.push(Page { path: file_of(url), kind, source: source.to_owned() });
}

fn lists(world: &World, pages: &mut Vec<Page>) {
    let site = &world.site;
    for n in 1..=list::home::pages(world) {
        add(pages, &list::page_path("/", n), Kind::Home(n), "home");
    }
    for n in 1..=list::topic::list_pages(world) {
        add(pages, &list::page_path("/topics/", n), Kind::Topics(n), "topics");
    }
    for at in 0..site.topics.len() as TopicIx {
        let base = world.topic_path(at);
        for n in 1..=list::topic::pages(world, at) {
            add(pages, &list::page_path(&base, n), Kind::Topic(at, n), &base);
        }
    }
    if site.config.outlets {
        for n in 1..=list::outlet::list_pages(world) {
            add(pages, &list::page_path("/outlets/", n), Kind::Outlets(n), "outlets");
        }
        for at in 0..site.registry.list.len() as OutletIx {
            let base = world.outlet_path(at);
            for n in 1..=list::outlet::pages(world, at) {
                let source = &site.registry.outlet(at).path;
                add(pages, &list::page_path(&base, n), Kind::Outlet(at, n), source);
            }
        }
    }
    for n in 1..=list::blindspot::pages(world) {
        add(pages, &list::page_path("/blindspots/", n), Kind::Blindspots(n), "blindspots");
    }
    for n in 1..=list::edition::list_pages(world) {
        add(pages, &list::page_path("/editions/", n), Kind::Editions(n), "editions");
    }
    for (at, entry) in site.editions.iter().enumerate() {
        add(pages, &list::edition::path(&entry.edition), Kind::Edition(at), &entry.edition.path);
        add(pages, &mail::path(&entry.edition), Kind::Mail(at), &entry.edition.path);
    }
    if site.config.archive {
        add(pages, "/archive/", Kind::Archive, "archive");
        for (at, month) in site.months.iter().enumerate() {
            let base = list::archive::path(month.first);
            for n in 1..=list::archive::pages(world, at) {
                add(pages, &list::page_path(&base, n), Kind::Month(at, n), &base);
            }
        }
    }
    add(pages, "/methodology/", Kind::Methodology, "methodology");
}

fn stories(world: &World, pages: &mut Vec<Page>) {
    for (at, entry) in world.site.stories.iter().enumerate() {
        let (at, source) = (at as StoryIx, &*entry.story.path);
        add(pages, &entry.url, Kind::Story(at), source);
        for alias in &entry.story.aliases {
            add(pages, &alias.value, Kind::Redirect(at), source);
        }
        if entry.story.withdrawn.is_some() {
            continue;
        }
        if world.writes(StoryOutput::Json) {
            add(pages, &format!("{}story.json", entry.url), Kind::StoryJson(at), source);
        }
        machine::of_story(world, at, pages);
        embeds(world, at, entry, pages);
    }
}

fn embeds(world: &World, at: StoryIx, entry: &Entry, pages: &mut Vec<Page>) {
    let source = &*entry.story.path;
    let widgets = embed::widgets(world, &entry.story);
    if world.writes(StoryOutput::Embed) {
        add(pages, &embed::oembed_path(entry), Kind::OEmbed(at), source);
        for &widget in &widgets {
            add(pages, &widget.page_path(world, entry), Kind::Embed(at, widget), source);
        }
    }
    if world.writes(StoryOutput::Card) {
        add(pages, &embed::card_path(entry), Kind::Card(at), source);
    }
    if world.writes(StoryOutput::Svg) {
        for &widget in &widgets {
            add(pages, &widget.svg_path(world, entry), Kind::Svg(at, widget), source);
        }
    }
}

fn others(world: &World, copies: &[(String, String)], pages: &mut Vec<Page>) {
    for (at, doc) in world.site.docs.iter().enumerate() {
        add(pages, &format!("/{}/", doc.url_path), Kind::Doc(at), &doc.path);
    }
    add(pages, "/404.html", Kind::NotFound, "404");
    if world.site.config.search {
        add(pages, search::PATH, Kind::Search, "search");
    }
    for (name, url) in &world.assets {
        add(pages, url, Kind::Asset(name.clone()), name);
    }
    for (source, picture) in world.pictures.iter().filter(|(_, picture)| picture.cleaned) {
        add(pages, &picture.url, Kind::Picture(source.clone(), None), source);
        for (url, width) in &picture.smaller {
            add(pages, url, Kind::Picture(source.clone(), Some(*width)), source);
        }
    }
    for (source, url) in copies {
        add(pages, url, Kind::Copy(source.clone()), source);
    }
    add(pages, "/.nojekyll", Kind::Empty, "nojekyll");
}

fn clashes(pages: &[Page]) -> Vec<Diag> {
    let mut seen: HashMap<Cow<str>, &Page> = HashMap::with_capacity(pages.len());
    let mut diags = Vec::new();
    for page in pages {
        if let Some(other) = seen.insert(folded(&page.path), page) {
            let message = format!("`{}` would be written by {} too", page.path, other.source);
            let diag = Diag::error(Code::DuplicatePath, &page.source, message);
            diags.push(diag.help("change a slug, alias or file name; names that differ by case only clash"));
        }
    }
    diags
}

#[derive(Serialize)]
struct StoryPage {
    story: story::StoryView,
}

#[derive(Serialize)]
struct RedirectPage {
    target: String,
}

#[derive(Serialize)]
struct Nothing {}

/// Everything that makes the bytes of a page.
pub struct Press<'p> {
    /// The site and what repeats.
    pub world: &'p World,
    /// `site` of templates, by the entry of the navigation that is current (last: none).
    pub site_values: &'p [Value],
    /// Files of the theme.
    pub assets: &'p std::collections::BTreeMap<String, Vec<u8>>,
}

impl Press<'_> {
    /// The content of a page.
    pub fn body(&self, page: &Page) -> Result<Body, Box<Diag>> {
        let world = self.world;
        let html = match &page.kind {
            Kind::Home(n) => self.html("home.html", list::home::view(world, *n), page),
            Kind::Story(at) => self.story(*at, page),
            Kind::Topics(n) => self.html("topics.html", list::topic::all(world, *n), page),
            Kind::Topic(at, n) => self.html("topic.html", list::topic::view(world, *at, *n), page),
            Kind::Outlets(n) => self.html("outlets.html", list::outlet::all(world, *n), page),
            Kind::Outlet(at, n) => self.html("outlet.html", list::outlet::view(world, *at, *n), page),
            Kind::Blindspots(n) => self.html("blindspots.html", list::blindspot::view(world, *n), page),
            Kind::Editions(n) => self.html("editions.html", list::edition::all(world, *n), page),
            Kind::Edition(at) => self.html("edition.html", list::edition::view(world, *at), page),
            Kind::Archive => self.html("archive.html", list::archive::all(world), page),
            Kind::Month(at, n) => self.html("month.html", list::archive::view(world, *at, *n), page),
            Kind::Methodology => self.html("methodology.html", list::methodology::view(world), page),
            Kind::Doc(at) => self.html("page.html", doc::view(world, *at), page),
            Kind::NotFound => self.html("404.html", not_found(world), page),
            Kind::Redirect(at) => self.html("redirect.html", redirect(world, *at), page),
            Kind::StoryJson(at) => Ok(json(&story_json::view(world, &story::counted(world, *at)))),
            Kind::Embed(at, widget) => self.html("embed.html", embed::page(world, *at, *widget), page),
            Kind::OEmbed(at) => Ok(json(&embed::oembed(world, *at))),
            Kind::Svg(at, widget) => Ok(svg::picture(world, &story::counted(world, *at), *widget)),
            Kind::Card(at) => Ok(social::card(world, &story::counted(world, *at))),
            Kind::Machine(file) => Ok(machine::bytes(world, file)),
            Kind::Mail(at) => self.html("email.html", mail::view(world, *at), page),
            Kind::Search => self.html("search.html", (search::head(world), Nothing {}), page),
            Kind::Asset(name) => Ok(self.assets.get(name).cloned().unwrap_or_default()),
            Kind::Empty => Ok(Vec::new()),
            Kind::Picture(source, width) => return Ok(Body::Picture(source.clone(), *width)),
            Kind::Copy(source) => return Ok(Body::File(source.clone())),
        };
        html.map(Body::Bytes)
    }

    fn story(&self, at: StoryIx, page: &Page) -> Result<Vec<u8>, Box<Diag>> {
        let counted = story::counted(self.world, at);
        let words = self.world.words(self.world.site.lang(&counted.entry.story));
        let head = head::story(self.world, words, counted.entry);
        let template = if counted.entry.story.withdrawn.is_some() { "withdrawn.html" } else { "story.html" };
        let view = StoryPage { story: story::view(self.world, &counted, "") };
        self.html(template, (head, view), page)
    }

    fn html(
        &self,
        template: &str,
        (head, view): (Head, impl Serialize),
        page: &Page,
    ) -> Result<Vec<u8>, Box<Diag>> {
        let head = head.with_data(self.world);
        let words = self.world.words(&head.lang);
        let current = self.world.site.config.nav.iter().position(|(_, url)| self.world.link(url) == head.url);
        let site = &self.site_values[current.unwrap_or(self.site_values.len() - 1)];
        let common =
            [("page", Value::from_serializable(&head)), ("site", site.clone()), ("ui", words.ui.clone())];
        let rendered = self.world.renderer.render(template, &view, common, &page.source);
        rendered.map_err(|diag| card::trouble(self.world).unwrap_or(diag))
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Structs of texts and numbers always serialize.
    serde_json::to_vec(value).unwrap_or_default()
}

fn not_found(world: &World) -> (Head, Nothing) {
    let mut head = Head::new(world, "404", world.own.text("not_found"), "/404.html");
    head.noindex = true;
    (head, Nothing {})
}

fn redirect(world: &World, at: StoryIx) -> (Head, RedirectPage) {
    let entry = world.site.story(at);
    let mut head = Head::new(world, "redirect", &entry.story.title.value, &entry.url);
    head.noindex = true;
    (head, RedirectPage { target: world.href(&entry.url) })
}
