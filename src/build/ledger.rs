//! The ledger: what every page of the last build was made from, so that a build renders only
//! those pages of which something has changed.
//!
//! In: a built site, and the ledger of an earlier build as bytes. Out: which pages have the bytes
//! they had (by their hash), and the ledger of this build. Knows no disk.
//!
//! A page is remembered if nothing that it read has changed: what [`reads`](crate::site::reads)
//! noted while it was rendered, each by name and digest, the templates among them. What is not
//! noted (program, options, configuration, outlets, texts and files of the theme, pictures) goes
//! into one digest for all pages; if it differs, all are rendered. So a ledger that is lost,
//! damaged, or of another site costs time and nothing else.

mod code;
mod templates;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::mem::discriminant;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::{Built, Options};
use crate::diag::Error;
use crate::page::{Kind, Page, doc};
use crate::site::reads::Read;
use crate::site::things::{self, Thing, Things};
use crate::snapshot::Snapshot;
use crate::theme::Theme;

/// What pages of this build are made from.
pub struct Basis {
    /// Digest of what every page is made from.
    common: u128,
    /// What pages read: the site's things, then templates.
    things: Vec<Thing>,
    site: Things,
    /// Where the templates stand among them.
    templates: BTreeMap<String, u32>,
}

/// How a page came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Names the page; see [`Basis::key`].
    pub key: u128,
    /// Of its bytes, as the output knows them.
    pub hash: u128,
    /// Bytes.
    pub size: u64,
    /// Places of the things that it read.
    reads: Box<[u32]>,
}

/// The ledger of an earlier build.
pub struct Ledger {
    common: u128,
    things: Vec<Thing>,
    records: Vec<Record>,
}

impl Ledger {
    /// Reads a ledger; none of anything but a whole one of this version.
    pub fn decode(bytes: &[u8]) -> Option<Ledger> {
        let (common, things, records) = code::decode(bytes)?;
        Some(Ledger { common, things, records })
    }
}

impl Basis {
    /// What a build is made from. `program` says which program it is.
    pub fn of(
        built: &Built,
        theme: &Theme,
        snapshot: &Snapshot,
        (options, program): (&Options, &str),
    ) -> Result<Basis, Error> {
        let site = Things::of(&built.world.site);
        let mut things = site.list().to_vec();
        let mut places = BTreeMap::new();
        for (name, digest) in templates::digests(theme) {
            let named = things::digest(|to| ("template", &*name).hash(to));
            places.insert(name, things.len() as u32);
            things.push(Thing { name: named, digest });
        }
        let common = common(built, theme, snapshot, (options, program))?;
        Ok(Basis { common, things, site, templates: places })
    }

    /// The name of a page in all builds: its place and its kind. For a file that is copied or
    /// made smaller, the stamp of the source too; none while it may change without a new one.
    pub fn key(&self, page: &Page, snapshot: &Snapshot) -> Option<u128> {
        let source = match &page.kind {
            Kind::Copy(source) | Kind::Picture(source, _) => {
                let file = snapshot.find(source).filter(|file| snapshot.is_settled(file))?;
                Some((&file.path, file.stamp))
            }
            _ => None,
        };
        Some(things::digest(|to| (&page.path, discriminant(&page.kind), source).hash(to)))
    }

    /// The record of a page that was rendered; none if it used a template that is not there.
    pub fn record(&self, key: u128, reads: &[Read], (hash, size): (u128, u64)) -> Option<Record> {
        let place = |read: &Read| match read {
            Read::Template(name) => self.templates.get(*name).copied(),
            other => self.site.place(*other),
        };
        let reads = reads.iter().map(place).collect::<Option<_>>()?;
        Some(Record { key, hash, size, reads })
    }

    /// The ledger of this build, as bytes.
    pub fn ledger(&self, records: &[Record]) -> Vec<u8> {
        code::encode(self.common, &self.things, records)
    }

    /// The pages of an earlier build that would come out the same now, by key, with their reads as
    /// they stand in this build.
    pub fn remembered(&self, ledger: Option<Ledger>) -> HashMap<u128, Record> {
        let known = ledger.filter(|ledger| ledger.common == self.common);
        let Some(Ledger { things, records, .. }) = known else {
            return HashMap::new();
        };
        // Most edits leave every thing in its place, so names are looked up only when one is not.
        let now = LazyCell::new(|| {
            let mut now: HashMap<u128, u32> = HashMap::with_capacity(self.things.len());
            now.extend(self.things.iter().zip(0..).map(|(thing, at)| (thing.name, at)));
            now
        });
        let same = |(at, thing): (usize, &Thing)| {
            let at = match self.things.get(at) {
                Some(known) if known.name == thing.name => at as u32,
                _ => *now.get(&thing.name)?,
            };
            (self.things[at as usize].digest == thing.digest).then_some(at)
        };
        let places: Vec<Option<u32>> = things.iter().enumerate().map(same).collect();
        let holds = |mut record: Record| {
            let place = |at: &u32| places.get(*at as usize).copied().flatten();
            record.reads = record.reads.iter().map(place).collect::<Option<_>>()?;
            Some((record.key, record))
        };
        let held: Vec<(u128, Record)> = records.into_par_iter().filter_map(holds).collect();
        held.into_iter().collect()
    }
}

/// Digest of all that pages are made from and that is not noted while they are.
fn common(
    built: &Built,
    theme: &Theme,
    snapshot: &Snapshot,
    (options, program): (&Options, &str),
) -> Result<u128, Error> {
    let world = &built.world;
    let site = &world.site;
    let mut hasher = Xxh3::new();
    (env!("CARGO_PKG_VERSION"), program, format!("{options:?}")).hash(&mut hasher);
    (&snapshot.config, snapshot.read_config()?, &site.config.base_url, &world.base).hash(&mut hasher);
    format!("{:?}", site.registry.list).hash(&mut hasher);
    (&theme.prefixes, &theme.texts, &theme.options.values, &built.assets).hash(&mut hasher);
    world.pictures.hash(&mut hasher);
    world.others.keys().for_each(|tag| tag.hash(&mut hasher));
    // What stands on every page: the outline of plain pages, and whether there are editions.
    (format!("{:?}", doc::below(world, None)), site.editions().is_empty()).hash(&mut hasher);
    hasher.write_u8(0);
    Ok(hasher.digest128())
}
