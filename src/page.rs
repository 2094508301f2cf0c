//! Pages: every file of the output, planned from the linked site.
//!
//! In: a [`World`]. Out: a list of [`Page`]s, each a place and a kind; what a page holds is made
//! when somebody asks for it, so memory never holds the whole site. Pure.

mod abroad;
mod bibtex;
pub mod card;
mod cite;
pub mod doc;
pub mod embed;
pub mod feeds;
mod head;
pub mod images;
mod json_ld;
mod kind;
pub mod list;
mod machine;
pub mod mail;
mod numbers;
mod plan;
pub mod search;
pub mod social;
pub mod story;
pub mod story_json;
mod style;
pub mod svg;
pub mod world;

use serde::Serialize;
use tera::Value;

use crate::diag::Diag;
use crate::site::StoryIx;
use head::Head;
use world::World;

pub use kind::{Audience, Kind};
pub use machine::{Sink, pieces};
pub use plan::{Kept, plan};
pub use style::stylesheet;

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
    /// What [`social::raster`] makes of this drawing.
    Card(Vec<u8>),
}

/// The file of a URL path: `/a/` is `a/index.html`.
pub fn file_of(url: &str) -> String {
    let inner = url.strip_prefix('/').unwrap_or(url);
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
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
            Kind::Card(at) => return Ok(Body::Card(social::drawing(world, &story::counted(world, *at)))),
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
        template: &'static str,
        (head, view): (Head, impl Serialize),
        page: &Page,
    ) -> Result<Vec<u8>, Box<Diag>> {
        let head = head.with_data(self.world);
        let words = self.world.words(&head.lang);
        let current = self.world.site.config.nav.iter().position(|(_, url)| self.world.link(url) == head.url);
        let current = current.unwrap_or(self.site_values.len() - 1);
        let site = &self.site_values[current];
        let common = [
            ("page", Value::from_serializable(&head)),
            ("frame", self.world.frame(words, head.kind, (current, site))),
            ("site", site.clone()),
            ("ui", words.ui.clone()),
        ];
        let rendered = self.world.renderer.render(template, &view, common, &page.source);
        rendered.map_err(|diag| {
            let trouble = card::trouble(self.world).or_else(|| self.world.repeats.trouble());
            trouble.unwrap_or(diag)
        })
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
