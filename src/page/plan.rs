//! The plan: every file of the output and where it goes, in an order that never changes.

use std::borrow::Cow;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::world::World;
use super::{Audience, Kind, Page, embed, file_of, list, machine, mail, search};
use crate::content::config::StoryOutput;
use crate::coverage::OutletIx;
use crate::diag::{Code, Diag};
use crate::site::{Entry, StoryIx, TopicIx};
use crate::slug::folded;

/// A plan, kept from one run to the next.
pub struct Kept {
    /// Of the configuration that it was made for.
    config: u128,
    stories: Arc<[Entry]>,
    pages: Arc<Vec<Page>>,
    /// Where the pages of each story begin, and where those of the last one end.
    starts: Vec<usize>,
    diags: Vec<Diag>,
}

/// Every page of a site. Two at one place, or at places that differ by case only, are errors. What
/// an earlier run has kept is used again if it comes out the same; `config` is the digest of the
/// configuration.
pub fn plan(
    world: &World,
    copies: &[(String, String)],
    config: u128,
    kept: &mut Option<Kept>,
) -> (Arc<Vec<Page>>, Vec<Diag>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    lists(world, &mut before);
    others(world, copies, &mut after);
    let indexed = before.iter().chain(&after).filter(|page| page.kind.audience() == Audience::Readers);
    machine::plan(world, copies, indexed.count() + world.site.listed().len(), &mut after);
    let again = kept.take().filter(|kept| kept.config == config);
    let made = match again.and_then(|kept| kept.again(world, &before, &after)) {
        Some(kept) => kept,
        None => Kept::new(world, config, before, after),
    };
    let planned = (made.pages.clone(), made.diags.clone());
    *kept = Some(made);
    planned
}

impl Kept {
    fn new(world: &World, config: u128, before: Vec<Page>, after: Vec<Page>) -> Kept {
        let stories = world.site.shared_stories().clone();
        let mut pages = before;
        let mut starts = Vec::with_capacity(stories.len() + 1);
        for at in 0..stories.len() {
            starts.push(pages.len());
            story(world, at as StoryIx, &stories[at], &mut pages);
        }
        starts.push(pages.len());
        pages.extend(after);
        let mut diags = clashes(&pages);
        diags.extend(search::reserved(world, &pages));
        Kept { config, stories, pages: Arc::new(pages), starts, diags }
    }

    /// The plan of before, if every page would be planned as before.
    fn again(mut self, world: &World, before: &[Page], after: &[Page]) -> Option<Kept> {
        let stories = world.site.shared_stories();
        let (begin, end) = (*self.starts.first()?, *self.starts.last()?);
        let is_framed = self.pages[..begin] == *before && self.pages[end..] == *after;
        if !is_framed || stories.len() != self.stories.len() {
            return None;
        }
        let mut planned = Vec::new();
        for (at, (was, is)) in self.stories.iter().zip(stories.iter()).enumerate() {
            if was.is(is) {
                continue;
            }
            planned.clear();
            story(world, at as StoryIx, is, &mut planned);
            if self.pages[self.starts[at]..self.starts[at + 1]] != *planned {
                return None;
            }
        }
        self.stories = stories.clone();
        Some(self)
    }
}

pub fn add(pages: &mut Vec<Page>, url: &str, kind: Kind, source: &str) {
    pages.push(Page { path: file_of(url), kind, source: source.to_owned() });
}

pub fn lists(world: &World, pages: &mut Vec<Page>) {
    let site = &world.site;
    for n in 1..=list::home::pages(world) {
        add(pages, &list::page_path("/", n), Kind::Home(n), "home");
    }
    for n in 1..=list::topic::list_pages(world) {
        add(pages, &list::page_path("/topics/", n), Kind::Topics(n), "topics");
    }
    for at in 0..site.topics().len() as TopicIx {
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
    for (at, entry) in site.editions().iter().enumerate() {
        add(pages, &list::edition::path(&entry.edition), Kind::Edition(at), &entry.edition.path);
        add(pages, &mail::path(&entry.edition), Kind::Mail(at), &entry.edition.path);
    }
    if site.config.archive {
        add(pages, "/archive/", Kind::Archive, "archive");
        for (at, month) in site.months().iter().enumerate() {
            let base = list::archive::path(month.first);
            for n in 1..=list::archive::pages(world, at) {
                add(pages, &list::page_path(&base, n), Kind::Month(at, n), &base);
            }
        }
    }
    add(pages, "/methodology/", Kind::Methodology, "methodology");
}

/// The pages of every story.
pub fn stories(world: &World, pages: &mut Vec<Page>) {
    for (at, entry) in world.site.stories().iter().enumerate() {
        story(world, at as StoryIx, entry, pages);
    }
}

fn story(world: &World, at: StoryIx, entry: &Entry, pages: &mut Vec<Page>) {
    let source = &*entry.story.path;
    add(pages, &entry.url, Kind::Story(at), source);
    for alias in &entry.story.aliases {
        add(pages, &alias.value, Kind::Redirect(at), source);
    }
    if entry.story.withdrawn.is_some() {
        return;
    }
    if world.writes(StoryOutput::Json) {
        add(pages, &format!("{}story.json", entry.url), Kind::StoryJson(at), source);
    }
    machine::of_story(world, at, pages);
    embeds(world, at, entry, pages);
}

fn embeds(world: &World, at: StoryIx, entry: &Entry, pages: &mut Vec<Page>) {
    let source = &*entry.story.path;
    let has_widgets = world.writes(StoryOutput::Embed) || world.writes(StoryOutput::Svg);
    let widgets = if has_widgets { embed::widgets(world, &entry.story) } else { Vec::new() };
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

pub fn others(world: &World, copies: &[(String, String)], pages: &mut Vec<Page>) {
    for (at, doc) in world.site.docs().iter().enumerate() {
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
