//! The home page.

use serde::Serialize;
use tera::Value;

use super::{Pager, page_path, pager, slice};
use crate::locale::DateView;
use crate::page::card::{all_whole, cards, whole};
use crate::page::head::Head;
use crate::page::world::World;
use crate::site::{StoryIx, TopicIx};

/// What the template of the home page sees.
#[derive(Debug, Serialize)]
pub struct HomeView {
    lead: Option<Value>,
    top: Vec<Value>,
    latest: Vec<Value>,
    pager: Option<Pager>,
    blindspots: Vec<Value>,
    topics: Vec<TopicCount>,
    edition: Option<EditionLink>,
}

#[derive(Debug, Serialize)]
struct TopicCount {
    name: String,
    url: String,
    count: usize,
}

/// An edition in a list.
#[derive(Debug, Serialize)]
pub struct EditionLink {
    title: String,
    number: Option<i64>,
    date: DateView,
    url: String,
    count: usize,
}

/// Stories beside the lead.
const TOP: usize = 4;
/// Blindspots on the home page.
const BLINDSPOTS: usize = 4;
/// Topics on the home page.
const TOPICS: usize = 12;

/// The stories of the lists below the lead: on page 1 all but those on top.
fn latest(world: &World) -> &[StoryIx] {
    let listed = world.site.listed();
    &listed[listed.len().min(TOP + 1)..]
}

/// Pages that the home list takes.
pub fn pages(world: &World) -> usize {
    super::page_count(latest(world).len(), world.site.config.paginate)
}

/// Page `n` of the home page.
pub fn view(world: &World, n: usize) -> (Head, HomeView) {
    let words = &world.own;
    let site = &world.site;
    let listed = site.listed();
    let is_first = n == 1;
    let top = if is_first { &listed[listed.len().min(1)..listed.len().min(TOP + 1)] } else { &[] };
    let shown = slice(latest(world), n, site.config.paginate);
    let path = page_path("/", n);
    let mut head = Head::new(world, "home", &site.config.title, &path);
    head.description.clone_from(&site.config.description);
    head.breadcrumbs.truncate(1);
    if !is_first {
        head.full_title = format!("{} · {}", words.language.fill("page_n", Some(n as u64), &[]), head.title);
    }
    let on_page: Vec<StoryIx> = match is_first {
        true => listed.iter().take(TOP + 1).chain(shown).copied().collect(),
        false => shown.to_vec(),
    };
    // Not looked for where they are not shown, so that other pages do not depend on those stories.
    let blind = listed.iter().filter(|&&at| is_first && site.story(at).summary.blindspot.is_some());
    let blind: Vec<StoryIx> = blind.take(BLINDSPOTS).copied().collect();
    let view = HomeView {
        lead: listed.first().filter(|_| is_first).map(|&at| whole(world, words, at)),
        top: all_whole(world, words, top),
        latest: cards(world, words, shown),
        pager: pager(world, "/", n, pages(world)),
        blindspots: all_whole(world, words, &blind),
        topics: if is_first { topics(world) } else { Vec::new() },
        edition: site.editions().first().filter(|_| is_first).map(|_| edition_link(world, 0)),
    };
    (head.list_of(world, &on_page), view)
}

/// The topics with most stories.
fn topics(world: &World) -> Vec<TopicCount> {
    let mut order: Vec<TopicIx> = (0..world.site.topics().len() as TopicIx).collect();
    order.retain(|&at| !world.site.of_topic(at).is_empty());
    order.sort_by_key(|&at| std::cmp::Reverse(world.site.of_topic(at).len()));
    let count = |at: TopicIx| TopicCount {
        name: world.site.topic(at).name.to_string(),
        url: world.href(&world.topic_path(at)),
        count: world.site.of_topic(at).len(),
    };
    order.into_iter().take(TOPICS).map(count).collect()
}

/// An edition in a list.
pub fn edition_link(world: &World, at: usize) -> EditionLink {
    let entry = &world.site.editions()[at];
    let edition = &entry.edition;
    EditionLink {
        title: world.edition_title(edition),
        number: edition.number,
        date: world.own.language.locale.date(edition.date, world.site.zone()),
        url: world.href(&super::edition::path(edition)),
        count: entry.stories.len(),
    }
}
