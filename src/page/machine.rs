//! What only programs read: feeds, site map, tables of data, lists of sources, files for hosts.

mod csl;
mod csv;
mod data;
mod hosting;
mod sitemap;

use std::io::{self, BufWriter, Write};

use super::feeds::{self, Format, List};
use super::list::edition;
use super::plan::add;
use super::world::World;
use super::{Kind, Page, mail};
use crate::content::config::StoryOutput;
use crate::site::StoryIx;

/// A file that only programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// A feed of a list.
    Feed(List, Format),
    /// The feeds of the outlets.
    Opml,
    /// The site map, or the list of its parts.
    Sitemap,
    /// Part `n` of the site map, from 1.
    SitemapPart(usize),
    /// What crawlers may read.
    Robots,
    /// All stories.
    Stories,
    /// All sources of all stories.
    Sources,
    /// All outlets with their ratings.
    Outlets,
    /// What is counted across stories: by topic, outlet and time.
    Coverage,
    /// The sources of a story as a table.
    StorySources(StoryIx),
    /// The sources of a story for Zotero and Pandoc.
    StoryCsl(StoryIx),
    /// An edition as plain text.
    MailText(usize),
    /// Headers for hosts that read `_headers`.
    Headers,
    /// Redirects for hosts that read `_redirects`.
    Redirects,
}

/// Adds the files of a story.
pub fn of_story(world: &World, at: StoryIx, pages: &mut Vec<Page>) {
    let entry = world.site.story(at);
    let mut put = |output: StoryOutput, name: &str, file: File| {
        if world.writes(output) {
            add(pages, &format!("{}{name}", entry.url), Kind::Machine(file), &entry.story.path);
        }
    };
    put(StoryOutput::Csv, "sources.csv", File::StorySources(at));
    put(StoryOutput::Csl, "sources.csl.json", File::StoryCsl(at));
}

/// Adds the files of the site. A file of the author's own in static/ goes before robots.txt and
/// those for hosts. `indexed` is how many pages search engines should know.
pub fn plan(world: &World, copies: &[(String, String)], indexed: usize, pages: &mut Vec<Page>) {
    for list in feeds::lists(world) {
        for format in Format::ALL {
            let path = list.path(world, format);
            add(pages, &path, Kind::Machine(File::Feed(list, format)), &path);
        }
    }
    if feeds::opml::has_any(world) {
        add(pages, feeds::opml::PATH, Kind::Machine(File::Opml), "outlets.opml");
    }
    for (at, entry) in world.site.editions().iter().enumerate() {
        let path = format!("{}email.txt", edition::path(&entry.edition));
        add(pages, &path, Kind::Machine(File::MailText(at)), &entry.edition.path);
    }
    for (path, file) in [("stories", File::Stories), ("sources", File::Sources), ("outlets", File::Outlets)] {
        add(pages, &format!("/data/{path}.csv"), Kind::Machine(file), path);
    }
    add(pages, "/data/coverage.json", Kind::Machine(File::Coverage), "coverage");
    let parts = sitemap::parts(indexed);
    add(pages, "/sitemap.xml", Kind::Machine(File::Sitemap), "sitemap");
    for n in (1..=parts).filter(|_| parts > 1) {
        add(pages, &sitemap::part_path(n), Kind::Machine(File::SitemapPart(n)), "sitemap");
    }
    let mut own = |path: &str, file: File| {
        if !copies.iter().any(|(_, url)| url == path) {
            add(pages, path, Kind::Machine(file), path);
        }
    };
    own("/robots.txt", File::Robots);
    let hosts = &world.site.config.hosts;
    if hosts.iter().any(|host| host.reads_headers()) {
        own("/_headers", File::Headers);
    }
    if !hosts.is_empty() {
        own("/_redirects", File::Redirects);
    }
}

/// Takes the pieces of a file, in their order.
pub type Sink<'s> = dyn FnMut(&[u8]) + 's;

fn joined(pieces: impl FnOnce(&mut Sink)) -> Vec<u8> {
    let mut whole = Vec::new();
    pieces(&mut |piece| whole.extend_from_slice(piece));
    whole
}

/// Makes one of the files that are large, or grow with the whole site, piece by piece: memory should not
/// hold them. Of any other file there is no piece.
pub fn pieces(world: &World, file: &File, sink: &mut Sink) {
    match *file {
        File::Stories => data::stories(world, sink),
        File::Sources => data::sources(world, sink),
        File::Coverage => {
            buffered(sink, |out| Ok(serde_json::to_writer(out, &super::list::across::data(world))?));
        }
        File::Feed(list, Format::Json) => buffered(sink, |out| feeds::json(world, list, out)),
        File::Sitemap => sitemap::whole(world, sink),
        File::SitemapPart(n) => sitemap::part(world, n, sink),
        _ => {}
    }
}

/// Gives what is written to a sink in pieces of this many bytes.
fn buffered(sink: &mut Sink, write: impl FnOnce(&mut BufWriter<Pieces>) -> io::Result<()>) {
    let mut out = BufWriter::with_capacity(PIECE, Pieces(sink));
    // A sink takes whatever it is given.
    let _ = write(&mut out).and_then(|()| out.flush());
}

/// Bytes of a piece, about.
const PIECE: usize = 64 * 1024;

struct Pieces<'p, 's>(&'p mut Sink<'s>);

impl Write for Pieces<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.0)(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes of a file.
pub fn bytes(world: &World, file: &File) -> Vec<u8> {
    match *file {
        File::Opml => feeds::opml::bytes(world),
        File::Robots => sitemap::robots(world),
        File::Feed(_, Format::Json)
        | File::Stories
        | File::Sources
        | File::Coverage
        | File::Sitemap
        | File::SitemapPart(_) => joined(|sink| pieces(world, file, sink)),
        File::Feed(list, Format::Atom) => feeds::atom(world, list),
        File::Feed(list, Format::Rss) => feeds::rss(world, list),
        File::Outlets => data::outlets(world),
        File::StorySources(at) => data::story_sources(world, at),
        File::StoryCsl(at) => csl::bytes(world, at),
        File::MailText(at) => mail::text(world, at),
        File::Headers => hosting::headers(world),
        File::Redirects => hosting::redirects(world),
    }
}
