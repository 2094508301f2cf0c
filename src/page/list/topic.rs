//! Topics: the list of all, and one page each with the coverage of its stories.

use serde::Serialize;
use tera::Value;

use super::across::{self, AcrossView};
use super::{Pager, page_path, pager, slice};
use crate::locale::DateView;
use crate::page::card::cards;
use crate::page::cite::Prose;
use crate::page::head::Head;
use crate::page::world::{Html, Link, World};
use crate::site::TopicIx;

/// What the template of a topic sees.
#[derive(Debug, Serialize)]
pub struct TopicView {
    topic: TopicPage,
}

#[derive(Debug, Serialize)]
struct TopicPage {
    name: String,
    slug: String,
    url: String,
    description: Option<Html>,
    parent: Option<Link>,
    children: Vec<TopicLink>,
    count: usize,
    stories: Vec<Value>,
    pager: Option<Pager>,
    /// On the first page only: it is about all stories, whatever page lists them.
    coverage: Option<AcrossView>,
    feeds: Vec<Value>,
}

/// A topic with the number of its stories.
#[derive(Debug, Serialize)]
pub struct TopicLink {
    name: String,
    url: String,
    count: usize,
}

/// What the template of the list of topics sees.
#[derive(Debug, Serialize)]
pub struct TopicsView {
    topics: Vec<TopicEntry>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct TopicEntry {
    name: String,
    url: String,
    count: usize,
    description: Option<Html>,
    latest: Option<DateView>,
    children: Vec<TopicLink>,
}

/// Topics on one page of their list.
const PER_PAGE: usize = 100;

/// A topic with the number of its stories.
pub fn topic_link(world: &World, at: TopicIx) -> TopicLink {
    let topic = world.site.topic(at);
    TopicLink {
        name: topic.name.to_string(),
        url: world.href(&world.topic_path(at)),
        count: world.site.of_topic(at).len(),
    }
}

/// Topics that stand below no other.
fn tops(world: &World) -> Vec<TopicIx> {
    let topics = world.site.topics();
    (0..topics.len() as TopicIx).filter(|&at| topics[at as usize].parent.is_none()).collect()
}

/// Pages that the list of topics takes.
pub fn list_pages(world: &World) -> usize {
    super::page_count(tops(world).len(), PER_PAGE)
}

/// Page `n` of the list of topics: those without parent, each with those below it.
pub fn all(world: &World, n: usize) -> (Head, TopicsView) {
    let words = &world.own;
    let entry = |&at: &TopicIx| {
        let topic = world.site.topic(at);
        let locale = &words.language.locale;
        let latest = world.site.of_topic(at).first().map(|&story| world.site.story(story).story.date);
        TopicEntry {
            name: topic.name.to_string(),
            url: world.href(&world.topic_path(at)),
            count: world.site.of_topic(at).len(),
            description: description(world, at),
            latest: latest.map(|when| locale.date(when, world.site.zone())),
            children: topic.children.iter().map(|&child| topic_link(world, child)).collect(),
        }
    };
    let tops = tops(world);
    let shown = slice(&tops, n, PER_PAGE);
    let paths: Vec<String> = shown.iter().map(|&at| world.topic_path(at)).collect();
    let head = Head::new(world, "topics", words.text("topics"), &page_path("/topics/", n))
        .page(world, n)
        .list_of_pages(world, &paths);
    let pager = pager(world, "/topics/", n, list_pages(world));
    (head, TopicsView { topics: shown.iter().map(entry).collect(), pager })
}

fn description(world: &World, at: TopicIx) -> Option<Html> {
    let prose = Prose::of_page(world, &world.own, "content/topics/", "/topics/");
    world.site.topic(at).description.as_deref().map(|text| prose.inline(text))
}

/// Pages that a topic takes.
pub fn pages(world: &World, at: TopicIx) -> usize {
    super::page_count(world.site.of_topic(at).len(), world.site.config.paginate)
}

/// Page `n` of a topic.
pub fn view(world: &World, at: TopicIx, n: usize) -> (Head, TopicView) {
    let words = &world.own;
    let topic = world.site.topic(at);
    let base = world.topic_path(at);
    let shown = slice(world.site.of_topic(at), n, world.site.config.paginate);
    let mut head = Head::new(world, "topic", &topic.name, &page_path(&base, n)).page(world, n).below(
        world,
        words.text("topics"),
        "/topics/",
    );
    for above in world.site.topics_above(at) {
        head = head.below(world, &world.site.topic(above).name, &world.topic_path(above));
    }
    head = head.list_of(world, shown);
    if let Some(text) = &topic.description {
        head = head.describe(text);
    }
    let feeds = crate::page::feeds::topic_links(world, at);
    head.feeds.extend(feeds.iter().cloned());
    let page = TopicPage {
        name: topic.name.to_string(),
        slug: topic.slug.as_str().to_owned(),
        url: world.href(&base),
        description: description(world, at),
        parent: topic.parent.map(|parent| {
            let name = world.site.topic(parent).name.to_string();
            Link { name, url: world.href(&world.topic_path(parent)) }
        }),
        children: topic.children.iter().map(|&child| topic_link(world, child)).collect(),
        count: world.site.of_topic(at).len(),
        stories: cards(world, words, shown),
        pager: pager(world, &base, n, pages(world, at)),
        coverage: (n == 1).then(|| across::view(world, world.site.of_topic(at))),
        feeds,
    };
    (head, TopicView { topic: page })
}
