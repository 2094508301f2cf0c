//! The plan: every file of the output and where it goes, in an order that never changes.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use super::world::World;
use super::{Kind, Page, embed, file_of, list, machine, mail, search};
use crate::content::config::StoryOutput;
use crate::coverage::OutletIx;
use crate::diag::{Code, Diag};
use crate::site::{Entry, StoryIx, TopicIx};
use crate::slug::folded;

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

pub fn stories(world: &World, pages: &mut Vec<Page>) {
    for (at, entry) in world.site.stories().iter().enumerate() {
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
