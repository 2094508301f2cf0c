//! Every page as readers get it, and where its links lead.
//!
//! In: a built site. Out: a [`Crawl`]. Pages are made one by one and dropped again, so memory
//! holds what they link to and not what they say.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::html;
use crate::build::{Built, Trouble};
use crate::page::{Page, file_of, search};
use crate::snapshot::Snapshot;

/// A link as it stands on pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// As written, entities resolved.
    pub url: String,
    /// The file of the output that it should lead to.
    pub file: String,
    /// What stands after `#`; empty if nothing.
    pub anchor: String,
}

/// Pages that have a link: the first one and how many in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// The file of the output.
    pub page: String,
    /// The file that an author would mend, as the page names it.
    pub source: String,
    /// How many pages have it.
    pub count: usize,
}

/// Where the links of all pages lead.
#[derive(Debug, Default)]
pub struct Crawl {
    /// Pages that were read.
    pub pages: usize,
    /// Links that were followed.
    pub links: usize,
    /// Links to files that are not there.
    pub dead: BTreeMap<Link, Where>,
    /// Links to places that are not on their page.
    pub dead_anchors: BTreeMap<Link, Where>,
    /// Files of the output that some page shows, links to or mentions.
    pub reached: HashSet<String>,
    /// Ids of every page that a dead anchor leads to, for suggestions.
    pub ids: BTreeMap<String, BTreeSet<Box<str>>>,
    /// Style sheets and manifests, which may name pictures.
    pub styles: Vec<String>,
    /// Addresses of other servers, and the pages that link to them.
    pub outside: BTreeMap<String, Where>,
}

/// What one page has, links resolved.
struct Read<'b> {
    page: &'b Page,
    ids: BTreeSet<Box<str>>,
    inside: Vec<Link>,
    outside: Vec<String>,
    mentions: Vec<String>,
}

/// Reads every page; what could not be made is among the troubles.
pub fn crawl(built: &Built, snapshot: &Snapshot) -> (Crawl, Vec<Trouble>) {
    let (pages, troubles): (Vec<Read>, Vec<Trouble>) = built
        .pages
        .par_iter()
        .filter(|page| page.path.ends_with(".html"))
        .map(|page| read(built, page, snapshot))
        .partition_map(|read| match read {
            Ok(read) => rayon::iter::Either::Left(read),
            Err(trouble) => rayon::iter::Either::Right(trouble),
        });
    let mut crawl = joined(built, pages);
    let styles =
        built.pages.iter().filter(|page| page.path.ends_with(".css") || page.path.ends_with(".webmanifest"));
    let bytes = styles.filter_map(|page| built.bytes(page, snapshot).ok());
    crawl.styles = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    (crawl, troubles)
}

fn read<'b>(built: &'b Built, page: &'b Page, snapshot: &Snapshot) -> Result<Read<'b>, Trouble> {
    let html::Page { links, mentions, ids } = html::read(&built.bytes(page, snapshot)?);
    let site = Place::of(built);
    let mut read = Read { page, ids, inside: Vec::new(), outside: Vec::new(), mentions: Vec::new() };
    for url in links {
        match site.target(&page.path, &url) {
            Target::Inside(file, anchor) => read.inside.push(Link { url, file, anchor }),
            Target::Outside => read.outside.push(url),
            Target::Other => {}
        }
    }
    for url in mentions {
        if let Target::Inside(file, _) = site.target(&page.path, &url) {
            read.mentions.push(file);
        }
    }
    Ok(read)
}

fn joined(built: &Built, pages: Vec<Read>) -> Crawl {
    let files: HashSet<&str> = built.pages.iter().map(|page| page.path.as_str()).collect();
    let has_search = built.world.site.config.search;
    let is_there = |file: &str| {
        files.contains(file)
            || files.contains(format!("{file}/index.html").as_str())
            || (has_search && file.starts_with(search::FOLDER))
    };
    let ids: HashMap<&str, &BTreeSet<Box<str>>> =
        pages.iter().map(|read| (read.page.path.as_str(), &read.ids)).collect();
    let mut crawl = Crawl { pages: pages.len(), ..Crawl::default() };
    for read in &pages {
        crawl.links += read.inside.len();
        for link in &read.inside {
            if !is_there(&link.file) {
                note(&mut crawl.dead, link, read.page);
                continue;
            }
            if let Some(known) = ids.get(link.file.as_str()).filter(|ids| !has_anchor(ids, &link.anchor)) {
                note(&mut crawl.dead_anchors, link, read.page);
                crawl.ids.entry(link.file.clone()).or_insert_with(|| (*known).clone());
            }
            crawl.reached.insert(link.file.clone());
        }
        crawl.reached.extend(read.mentions.iter().cloned());
        for url in &read.outside {
            note(&mut crawl.outside, url, read.page);
        }
    }
    crawl
}

/// Whether a page has what stands after `#`. Browsers know the top themselves, and `:~:` begins a
/// directive.
fn has_anchor(ids: &BTreeSet<Box<str>>, anchor: &str) -> bool {
    anchor.is_empty()
        || anchor.eq_ignore_ascii_case("top")
        || anchor.starts_with(":~:")
        || ids.contains(anchor)
}

fn note<K: Ord + Clone>(list: &mut BTreeMap<K, Where>, key: &K, page: &Page) {
    match list.get_mut(key) {
        Some(known) => known.count += 1,
        None => {
            let found = Where { page: page.path.clone(), source: page.source.clone(), count: 1 };
            list.insert(key.clone(), found);
        }
    }
}

/// Where a site stands, to tell its own addresses from others.
struct Place<'b> {
    base: &'b str,
    base_url: &'b str,
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// To a file of the output, and a place on it.
    Inside(String, String),
    /// To another server.
    Outside,
    /// To mail programs, telephones and the like.
    Other,
}

impl<'b> Place<'b> {
    fn of(built: &'b Built) -> Place<'b> {
        Place { base: &built.world.base, base_url: &built.world.site.config.base_url }
    }

    fn target(&self, page: &str, url: &str) -> Target {
        let (address, anchor) = url.split_once('#').unwrap_or((url, ""));
        let address = address.split('?').next().unwrap_or_default();
        let anchor = decoded(anchor);
        if address.is_empty() {
            return Target::Inside(page.to_owned(), anchor);
        }
        let own = address.strip_prefix(self.base_url);
        // The site's own address without the `/` at its end.
        let own = own.or_else(|| (address == self.base_url.trim_end_matches('/')).then_some(""));
        if let Some(inner) = own {
            return Target::Inside(file("", inner), anchor);
        }
        if let Some((scheme, _)) = address.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
            return if matches!(scheme, "http" | "https") { Target::Outside } else { Target::Other };
        }
        if address.starts_with("//") {
            return Target::Outside;
        }
        match (address.strip_prefix(self.base), address.starts_with('/')) {
            (Some(inner), _) => Target::Inside(file("", inner), anchor),
            // A path beside the site: no file of the output has such a name.
            (None, true) => Target::Inside(format!("..{address}"), anchor),
            (None, false) => {
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                Target::Inside(file(folder, address), anchor)
            }
        }
    }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The file that a path leads to, seen from a folder; one that leads out keeps its `..`.
fn file(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let is_folder = path.is_empty() || path.ends_with(['/', '.']);
    let joined = decoded(&parts.join("/"));
    file_of(&if is_folder && !joined.is_empty() { joined + "/" } else { joined })
}

/// A part of an address without its `%XX`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_of_the_output() {
        let place = Place { base: "/news/", base_url: "https://a.example/news/" };
        let inside = |url: &str| match place.target("stories/x/index.html", url) {
            Target::Inside(file, anchor) => format!("{file} {anchor}"),
            other => format!("{other:?}"),
        };
        for (url, wanted) in [
            ("#p", "stories/x/index.html p"),
            ("?q#p", "stories/x/index.html p"),
            ("/news/", "index.html "),
            ("/news/about/?a=b#%C3%A9", "about/index.html é"),
            ("/news/a%20b.jpg", "a b.jpg "),
            ("https://a.example/news/topics/", "topics/index.html "),
            ("https://a.example/news", "index.html "),
            ("https://a.example/other/", "Outside"),
            ("//b.example/", "Outside"),
            ("mailto:a@b.example", "Other"),
            ("story.json", "stories/x/story.json "),
            ("../y/", "stories/y/index.html "),
            ("../../../y", "../y "),
            ("/elsewhere/", "../elsewhere/ "),
        ] {
            assert_eq!(inside(url), wanted, "{url}");
        }
    }
}
