//! A plain page: its text, what leads to it and where it leads.

use serde::Serialize;
use tera::Value;

use super::cite;
use super::head::Head;
use super::world::{Html, Link, World};
use crate::content::pages::Doc;
use crate::markdown;
use crate::site::outline::DocIx;

/// `doc` of the template.
#[derive(Serialize)]
pub struct DocPage {
    doc: DocView,
}

#[derive(Serialize)]
struct DocView {
    title: String,
    body: Html,
    description: Option<String>,
    date: Option<crate::locale::DateView>,
    /// Its headings, for a table of contents.
    headings: Vec<markdown::Heading>,
    /// The pages right below it.
    pages: Vec<PageLink>,
    /// The page before it in the outline.
    previous: Option<Link>,
    /// The page after it in the outline.
    next: Option<Link>,
    extra: Value,
}

/// A page of the outline, with those below it.
#[derive(Debug, Serialize)]
pub struct PageLink {
    title: String,
    url: String,
    description: Option<String>,
    /// BCP 47 tag.
    lang: String,
    pages: Vec<PageLink>,
}

/// The page of a plain page.
pub fn view(world: &World, at: DocIx) -> (Head, DocPage) {
    let doc = &world.site.docs()[at];
    let lang = lang(world, doc);
    let words = world.words(lang);
    let path = path(doc);
    let prose = cite::Prose::of_page(world, words, &doc.path, &path);
    let rendered = markdown::block(&doc.body, "", 2, &prose);
    let (previous, next) = neighbours(world, at);
    let view = DocView {
        title: doc.title.to_string(),
        body: Html(rendered.html),
        description: doc.description.as_deref().map(str::to_owned),
        date: doc.date.map(|when| words.language.locale.date(when, world.site.zone())),
        headings: rendered.headings,
        pages: below(world, Some(at)),
        previous,
        next,
        extra: Value::from_serializable(&doc.extra),
    };
    (head(world, at), DocPage { doc: view })
}

fn head(world: &World, at: DocIx) -> Head {
    let doc = &world.site.docs()[at];
    let lang = lang(world, doc);
    let mut head = Head::new(world, "page", &doc.title, &path(doc));
    head.lang = lang.to_owned();
    head.dir = crate::locale::direction(lang);
    let head = head.describe(doc.description.as_deref().unwrap_or_default());
    let outline = world.site.outline();
    let above = outline.find(at).map(|at| &outline.places[at].above).into_iter().flatten();
    above
        .map(|&above| &world.site.docs()[above])
        .fold(head, |head, above| head.below(world, &above.title, &path(above)))
}

/// The outline below a page, or all of it for `None`.
pub fn below(world: &World, at: Option<DocIx>) -> Vec<PageLink> {
    let link = |at: DocIx| {
        let doc = &world.site.docs()[at];
        PageLink {
            title: doc.title.to_string(),
            url: world.href(&path(doc)),
            description: doc.description.as_deref().map(str::to_owned),
            lang: lang(world, doc).to_owned(),
            pages: below(world, Some(at)),
        }
    };
    world.site.outline().below(at).map(|place| link(place.doc)).collect()
}

/// The pages before and after one of the outline, in its language.
fn neighbours(world: &World, at: DocIx) -> (Option<Link>, Option<Link>) {
    let places = &world.site.outline().places;
    let Some(place) = world.site.outline().find(at) else {
        return (None, None);
    };
    let link = |place: usize| {
        let doc = &world.site.docs()[places.get(place)?.doc];
        let is_same = lang(world, doc) == lang(world, &world.site.docs()[at]);
        is_same.then(|| Link { name: doc.title.to_string(), url: world.href(&path(doc)) })
    };
    (place.checked_sub(1).and_then(link), link(place + 1))
}

/// The path of a plain page.
pub fn path(doc: &Doc) -> String {
    format!("/{}/", doc.url_path)
}

fn lang<'w>(world: &'w World, doc: &'w Doc) -> &'w str {
    doc.lang.as_deref().unwrap_or(&world.site.config.lang)
}
