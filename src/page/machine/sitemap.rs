//! `/sitemap.xml` with the last change of every page, and `/robots.txt`.

use std::io;

use super::Sink;
use crate::page::feeds::{Xml, document, field};
use crate::page::head::last_change;
use crate::page::plan::{lists, others, stories};
use crate::page::world::World;
use crate::page::{Audience, Kind, Page};
use crate::site::StoryIx;

/// Addresses that one file may hold, by the protocol of sitemaps.org.
pub const MOST: usize = 50_000;

const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// How many files so many addresses take; at least one.
pub fn parts(addresses: usize) -> usize {
    addresses.div_ceil(MOST).max(1)
}

/// The path of part `n`, from 1.
pub fn part_path(n: usize) -> String {
    format!("/sitemap-{n}.xml")
}

/// The pages that search engines should know, in the order of the plan.
fn indexed(world: &World) -> Vec<Page> {
    let mut pages = Vec::new();
    lists(world, &mut pages);
    stories(world, &mut pages);
    others(world, &[], &mut pages);
    pages.retain(|page| is_indexed(world, &page.kind));
    pages
}

/// Whether search engines should know a page.
fn is_indexed(world: &World, kind: &Kind) -> bool {
    match kind {
        Kind::Story(at) => world.site.story(*at).story.withdrawn.is_none(),
        kind => kind.audience() == Audience::Readers,
    }
}

/// The site map, or the list of its parts where one file cannot hold it.
pub fn whole(world: &World, sink: &mut Sink) {
    let pages = indexed(world);
    match parts(pages.len()) {
        1 => urls(world, &pages, sink),
        parts => sink(&document(|xml| {
            let root = xml.create_element("sitemapindex").with_attribute(("xmlns", SPACE));
            root.write_inner_content(|xml| {
                (1..=parts).try_for_each(|n| {
                    let url = world.permalink(&part_path(n));
                    xml.create_element("sitemap").write_inner_content(|xml| field(xml, "loc", &url))?;
                    Ok(())
                })
            })
            .map(|_| ())
        })),
    }
}

/// Part `n` of the site map, from 1.
pub fn part(world: &World, n: usize, sink: &mut Sink) {
    let pages = indexed(world);
    urls(world, pages.chunks(MOST).nth(n - 1).unwrap_or_default(), sink);
}

fn urls(world: &World, pages: &[Page], sink: &mut Sink) {
    let rest = document(|xml| {
        let root = xml.create_element("urlset").with_attribute(("xmlns", SPACE));
        let inner = |xml: &mut Xml| {
            pages.chunks(SOME).try_for_each(|pages| {
                pages.iter().try_for_each(|page| url(xml, world, page))?;
                sink(xml.get_ref());
                xml.get_mut().clear();
                Ok(())
            })
        };
        root.write_inner_content(inner).map(|_| ())
    });
    sink(&rest);
}

/// Addresses in a piece.
const SOME: usize = 500;

fn url(xml: &mut Xml, world: &World, page: &Page) -> io::Result<()> {
    let path = page.path.strip_suffix("index.html").unwrap_or(&page.path);
    xml.create_element("url").write_inner_content(|xml| {
        field(xml, "loc", &world.permalink(path))?;
        match changed(world, &page.kind) {
            Some(changed) => field(xml, "lastmod", &changed),
            None => Ok(()),
        }
    })?;
    Ok(())
}

/// When a page changed last, as far as its files say it. The later pages of a list say nothing.
fn changed(world: &World, kind: &Kind) -> Option<String> {
    let site = &world.site;
    let zone = site.zone();
    match kind {
        Kind::Story(at) => Some(story(world, *at)),
        Kind::Home(1) => latest(world, site.listed()),
        Kind::Topic(at, 1) => latest(world, site.of_topic(*at)),
        Kind::Outlet(at, 1) => latest(world, site.of_outlet(*at)),
        Kind::Month(at, 1) => latest(world, &site.months()[*at].stories),
        Kind::Edition(at) => Some(site.editions()[*at].edition.date.iso(zone)),
        Kind::Doc(at) => site.docs()[*at].date.map(|date| date.iso(zone)),
        _ => None,
    }
}

fn story(world: &World, at: StoryIx) -> String {
    let entry = world.site.story(at);
    last_change(entry, world).unwrap_or(entry.story.date).iso(world.site.zone())
}

fn latest(world: &World, stories: &[StoryIx]) -> Option<String> {
    let zone = world.site.zone();
    let changes = stories.iter().map(|&at| {
        let entry = world.site.story(at);
        last_change(entry, world).unwrap_or(entry.story.date)
    });
    changes.max_by_key(|when| when.moment(zone)).map(|when| when.iso(zone))
}

/// `/robots.txt`: everybody may read everything.
pub fn robots(world: &World) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", world.permalink("/sitemap.xml")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_map_is_split_at_50_000_addresses() {
        assert_eq!([0, 1, 50_000, 50_001, 100_001].map(parts), [1, 1, 1, 2, 3]);
        assert_eq!(part_path(2), "/sitemap-2.xml");
    }
}
