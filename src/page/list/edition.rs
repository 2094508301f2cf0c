//! Editions: the list of all, and one page each.

use serde::Serialize;
use tera::Value;

use super::home::{EditionLink, edition_link};
use super::{Pager, page_path, pager, slice};
use crate::content::pages::Edition;
use crate::locale::{DateView, direction};
use crate::markdown;
use crate::page::card::all_whole;
use crate::page::cite::Prose;
use crate::page::head::Head;
use crate::page::world::{Html, Link, World};

/// What the template of an edition sees.
#[derive(Debug, Serialize)]
pub struct EditionView {
    edition: EditionPage,
}

#[derive(Debug, Serialize)]
struct EditionPage {
    title: String,
    number: Option<i64>,
    date: DateView,
    url: String,
    intro: Option<Html>,
    preheader: Option<String>,
    stories: Vec<Value>,
    previous: Option<Link>,
    next: Option<Link>,
    email_url: Option<String>,
}

/// What the template of the list of editions sees.
#[derive(Debug, Serialize)]
pub struct EditionsView {
    editions: Vec<EditionLink>,
    pager: Option<Pager>,
}

/// The path of an edition.
pub fn path(edition: &Edition) -> String {
    format!("/editions/{}/", edition.slug)
}

/// Pages that the list of editions takes.
pub fn list_pages(world: &World) -> usize {
    super::page_count(world.site.editions().len(), world.site.config.paginate)
}

/// Page `n` of the list of editions, newest first.
pub fn all(world: &World, n: usize) -> (Head, EditionsView) {
    let order: Vec<usize> = (0..world.site.editions().len()).collect();
    let shown = slice(&order, n, world.site.config.paginate);
    let paths: Vec<String> = shown.iter().map(|&at| path(&world.site.editions()[at].edition)).collect();
    let mut head = Head::new(world, "editions", world.own.text("editions"), &page_path("/editions/", n))
        .page(world, n)
        .list_of_pages(world, &paths);
    head.feeds.extend(crate::page::feeds::links(world, crate::page::feeds::List::Editions));
    let view = EditionsView {
        editions: shown.iter().map(|&at| edition_link(world, at)).collect(),
        pager: pager(world, "/editions/", n, list_pages(world)),
    };
    (head, view)
}

/// An edition.
pub fn view(world: &World, at: usize) -> (Head, EditionView) {
    let entry = &world.site.editions()[at];
    let edition = &entry.edition;
    let lang = edition.lang.as_deref().unwrap_or(&world.site.config.lang);
    let words = world.words(lang);
    let path = path(edition);
    let prose = Prose::of_page(world, words, &edition.path, &path);
    let intro = markdown::block(&edition.intro, "", 2, &prose).html;
    let mut head = Head::new(world, "edition", &world.edition_title(edition), &path)
        .below(world, words.text("editions"), "/editions/")
        .list_of(world, &entry.stories);
    head.lang = lang.to_owned();
    head.dir = direction(lang);
    head.feeds.extend(crate::page::feeds::links(world, crate::page::feeds::List::Editions));
    let description = edition.preheader.as_deref().unwrap_or(&edition.intro);
    let head = head.describe(description);
    let editions = world.site.editions();
    let link = |entry: &crate::site::EditionEntry| Link {
        name: world.edition_title(&entry.edition),
        url: world.href(&self::path(&entry.edition)),
    };
    let page = EditionPage {
        title: world.edition_title(edition),
        number: edition.number,
        date: words.language.locale.date(edition.date, world.site.zone()),
        url: world.href(&path),
        intro: (!intro.is_empty()).then_some(Html(intro)),
        preheader: edition.preheader.as_deref().map(str::to_owned),
        stories: all_whole(world, words, &entry.stories),
        previous: editions.get(at + 1).map(link),
        next: at.checked_sub(1).and_then(|newer| editions.get(newer)).map(link),
        email_url: Some(world.href(&crate::page::mail::path(edition))),
    };
    (head, EditionView { edition: page })
}
