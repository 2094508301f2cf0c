//! From what others publish to drafts of stories and outlets.
//!
//! In: bytes of a page, feed, table or list. Out: [`Imported`]: drafts, and what could not be
//! mapped. Only [`fetch`] reaches out, and only the importers know the formats.

pub mod archive;
pub mod charset;
pub mod draft;
mod fault;
pub mod feed;
pub mod fetch;
mod json_ld;
pub mod kite;
pub mod metadata;
mod outlet;
pub mod outlets_csv;
pub mod outlets_kite;
pub mod page;
pub mod private;
mod settle;
pub mod table;
pub mod text;
pub mod web;
pub mod wikitext;

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

pub use fault::Fault;
pub use outlet::{OutletDraft, RatingDraft};

use draft::Draft;

/// What an importer made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Stories, each a draft.
    pub stories: Vec<Draft>,
    /// Outlets.
    pub outlets: Vec<OutletDraft>,
    /// What could not be mapped, for the person who imports.
    pub notes: BTreeSet<String>,
}

/// What an importer knows beside the bytes.
#[derive(Debug, Clone)]
pub struct Context {
    /// The name of the file, or the address.
    pub name: String,
    /// Today, for what has no date of its own.
    pub today: Date,
    /// Whether all entries of a feed become sources of one story.
    pub as_sources: bool,
}

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Kagi News: JSON of a category or of one story
    Kite,
    /// RSS, Atom or JSON Feed: a draft an entry
    Feed,
    /// A table of sources, or of outlets
    Csv,
    /// The text of a story page
    Page,
    /// A day of Wikipedia's current events
    Wikitext,
    /// Kagi News: media_data.json
    OutletsKite,
    /// A table of outlets with ratings
    OutletsCsv,
}

/// Reads a format; the fault says why it cannot be, and where.
pub fn read(kind: Kind, bytes: &[u8], context: &Context) -> Result<Imported, Fault> {
    match kind {
        Kind::Kite => kite::read(bytes, context),
        Kind::Feed => feed::read(bytes, context),
        Kind::Csv => table::read(bytes, context),
        Kind::Page => Ok(page::read(&charset::decode(bytes, None), context)),
        Kind::Wikitext => wikitext::read(&charset::decode(bytes, None), context),
        Kind::OutletsKite => outlets_kite::read(bytes),
        Kind::OutletsCsv => outlets_csv::read(bytes),
    }
}

/// Names that are given once each.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    /// The last number that each name got: a file may have one name many times.
    last: HashMap<String, usize>,
}

impl Ids {
    /// The name, or with the next number that is free.
    fn free(&mut self, wanted: &str) -> String {
        let number = self.last.entry(wanted.to_owned()).or_default();
        let mut name = wanted.to_owned();
        while !self.taken.insert(name.clone()) {
            *number = (*number).max(1) + 1;
            name = format!("{wanted}-{number}");
        }
        name
    }
}

/// Gives every story a file name of its own: the day and the slug of its title.
fn name_all(stories: &mut [Draft], today: Date) {
    let mut ids = Ids::default();
    for story in stories {
        let day = story.date.as_deref().and_then(|date| date.get(..10)).map(str::to_owned);
        let day = day.unwrap_or_else(|| today.to_string());
        story.date.get_or_insert_with(|| day.clone());
        let name = ids.free(crate::slug::Slug::from_title(&story.title).as_str());
        story.name = format!("{day}-{name}");
    }
}

/// What a site knows of outlets.
pub trait Outlets {
    /// Whether one has this id.
    fn has(&self, id: &str) -> bool;
    /// The id of the one that a host belongs to.
    fn by_host(&self, host: &str) -> Option<String>;
}

/// Outlets for the names that sources give and the site does not know: the names become ids.
pub fn add_missing_outlets(imported: &mut Imported, site: &impl Outlets) {
    let Imported { stories, outlets, notes } = imported;
    let mut made = Made::of(outlets);
    for source in stories.iter_mut().flat_map(|story| &mut story.sources) {
        let host = source.url.as_deref().and_then(crate::link::host).map(crate::link::normal_host);
        for (named, host) in [(&mut source.outlet, host), (&mut source.wire, None)] {
            let Some(name) = named.as_mut().filter(|name| !site.has(name)) else { continue };
            let new = OutletDraft { domains: host.clone().into_iter().collect(), ..OutletDraft::named(name) };
            let known = host.as_deref().and_then(|host| site.by_host(host));
            let there = known.or_else(|| made.find(&new).map(|at| outlets[at].id.clone()));
            *name = there.clone().unwrap_or_else(|| new.id.clone());
            if there.is_none() && !site.has(name) {
                notes.insert(format!("the outlet `{name}` was not known and got a file"));
                made.add(&new, outlets.len());
                outlets.push(new);
            }
        }
    }
}

/// Where the outlets of a list stand: the first one by id and by domain.
#[derive(Default)]
struct Made {
    ids: HashMap<String, usize>,
    domains: HashMap<String, usize>,
}

impl Made {
    fn of(outlets: &[OutletDraft]) -> Made {
        let mut made = Made::default();
        outlets.iter().enumerate().for_each(|(at, outlet)| made.add(outlet, at));
        made
    }

    fn add(&mut self, outlet: &OutletDraft, at: usize) {
        self.ids.entry(outlet.id.clone()).or_insert(at);
        for domain in &outlet.domains {
            self.domains.entry(domain.clone()).or_insert(at);
        }
    }

    /// The first outlet with this id or one of these domains.
    fn find(&self, outlet: &OutletDraft) -> Option<usize> {
        let by_domain = outlet.domains.iter().filter_map(|domain| self.domains.get(domain));
        self.ids.get(&outlet.id).into_iter().chain(by_domain).min().copied()
    }
}
