//! What is kept from one run of the pipeline to the next, so that an edit costs what it changed.
//!
//! Every part is keyed by all that went into it, so nothing can be out of date: a parsed file by
//! its path and stamp, a story's summary by the story, its outlets and the rules, links by what
//! stories say of each other, the plan by the pages that would be planned, compiled templates by the digest of the theme. A run with an empty memo gives the same site.

mod parsed;

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::words;
use crate::content::axis::Axes;
use crate::content::digest;
use crate::content::outlet::Outlet;
use crate::content::pages::{Doc, Edition, TopicFile};
use crate::content::story::Story;
use crate::coverage::{self, OutletIx, Registry, Rules, Summary};
use crate::diag::{Diag, Error};
use crate::page;
use crate::render::Renderer;
use crate::site::{self, CountedStory};
use crate::snapshot::{FileEntry, Snapshot, Stamp};
use crate::theme::Theme;

/// What is kept between runs.
#[derive(Default)]
pub struct Memo {
    pub(super) stories: Shelf<Option<Arc<Story>>>,
    pub(super) editions: Shelf<Option<Edition>>,
    pub(super) topics: Shelf<Option<TopicFile>>,
    pub(super) docs: Shelf<Option<Doc>>,
    pub(super) counts: Counts,
    pub(super) links: Option<site::Kept>,
    pub(super) pages: Option<page::Kept>,
    pub(super) renderer: Option<(RendererKey, Arc<Renderer>)>,
    pub(super) theme: Option<KeptTheme>,
    pub(super) words: Option<(words::Key, words::ByTag)>,
    outlets: Shelf<Vec<Outlet>>,
    axes: Option<Axes>,
    held: parsed::Held,
}

/// A loaded theme and all that went into it.
pub(super) struct KeptTheme {
    /// The theme.
    pub theme: Arc<Theme>,
    /// What is wrong with it.
    pub diags: Vec<Diag>,
    /// Digest of the configuration, which chooses it and sets its options.
    pub config: u128,
    /// The site's files that themes are made of.
    pub files: Vec<FileEntry>,
}

impl KeptTheme {
    /// Whether the configuration and the files are the same.
    pub fn holds(&self, config: u128, files: &[&FileEntry]) -> bool {
        self.config == config && self.files.iter().eq(files.iter().copied())
    }
}

/// All that goes into compiled templates.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RendererKey {
    /// Of the theme.
    pub digest: u128,
    /// Tags of the languages, whose plural forms filters know.
    pub languages: Vec<String>,
    /// The theme's files by name, as every template sees them.
    pub hrefs: BTreeMap<String, String>,
}

impl Memo {
    /// The outlets kept for these axes, whose names are keys of an outlet's file.
    pub(super) fn outlets(&mut self, axes: &Axes) -> &mut Shelf<Vec<Outlet>> {
        if self.axes.as_ref() != Some(axes) {
            self.outlets = Shelf::default();
            self.axes = Some(axes.clone());
        }
        &mut self.outlets
    }
}

/// Parsed files of one kind by path.
pub(super) struct Shelf<T>(HashMap<Box<str>, Kept<T>>);

/// A parsed file.
pub(super) struct Kept<T> {
    /// What it says.
    pub value: T,
    /// What is wrong with it.
    pub diags: Vec<Diag>,
    stamp: Stamp,
    /// Of its bytes.
    digest: u128,
    is_settled: bool,
}

impl<T> Default for Shelf<T> {
    fn default() -> Shelf<T> {
        Shelf(HashMap::new())
    }
}

impl<T: Clone + Send + Sync> Shelf<T> {
    /// The files, each parsed unless it is kept, by stamp or bytes; files that are not among them are forgotten.
    pub fn parsed<'m>(
        &'m mut self,
        snapshot: &Snapshot,
        files: &[&FileEntry],
        parse: impl Fn(&str, &[u8]) -> (T, Vec<Diag>) + Sync,
    ) -> Result<Vec<&'m Kept<T>>, Error> {
        let holds = |file: &FileEntry| {
            let kept = self.0.get(&file.path);
            kept.is_some_and(|kept| kept.is_settled && kept.stamp == file.stamp)
        };
        let read = |file: &&FileEntry| {
            let bytes = snapshot.read(&file.path)?;
            let digest = digest::of(&bytes);
            let (value, diags) = match self.0.get(&file.path).filter(|kept| kept.digest == digest) {
                Some(kept) => (kept.value.clone(), kept.diags.clone()),
                None => parse(&file.path, &bytes),
            };
            let is_settled = snapshot.is_settled(file);
            Ok((file.path.clone(), Kept { value, diags, stamp: file.stamp, digest, is_settled }))
        };
        let fresh: Result<Vec<_>, Error> =
            files.par_iter().copied().filter(|file| !holds(file)).map(|file| read(&file)).collect();
        self.0.extend(fresh?);
        if self.0.len() > files.len() {
            self.0.retain(|path, _| files.binary_search_by(|file| file.path.cmp(path)).is_ok());
        }
        Ok(files.iter().filter_map(|file| self.0.get(&file.path)).collect())
    }
}

/// Summaries, and what they were counted with.
#[derive(Default)]
pub(super) struct Counts {
    by_path: HashMap<Box<str>, Counted>,
    rules: Option<(Rules, TimeZone)>,
    outlets: Vec<Outlet>,
}

/// A story with its summary, and the agencies behind its sources.
struct Counted {
    pair: CountedStory,
    agencies: Box<[OutletIx]>,
}

impl Counted {
    fn of(pair: CountedStory, registry: &Registry) -> Counted {
        let wires = pair.0.sources.iter().filter_map(|source| source.wire());
        let agencies = wires.filter_map(|wire| registry.find(wire.value)).collect();
        Counted { pair, agencies }
    }
}

/// Which summaries a new registry makes obsolete.
enum Obsolete {
    All,
    With(Vec<OutletIx>),
}

impl Counts {
    /// The stories, each counted unless its summary still holds.
    pub fn counted(
        &mut self,
        stories: Vec<Arc<Story>>,
        registry: &Registry,
        rules: &Rules,
        zone: &TimeZone,
    ) -> Vec<CountedStory> {
        let obsolete = self.obsolete(registry, rules, zone);
        let kept = |story: &Arc<Story>| {
            let kept = self.by_path.get(&story.path)?;
            let holds = Arc::ptr_eq(&kept.pair.0, story) && obsolete.spares(kept);
            holds.then(|| kept.pair.1.clone())
        };
        let counted: Vec<(CountedStory, bool)> = stories
            .into_par_iter()
            .map(|story| match kept(&story) {
                Some(summary) => ((story, summary), false),
                None => {
                    let coverage = coverage::count(&story, registry, rules, zone);
                    let summary = Summary::of(&coverage, rules);
                    ((story, Arc::new(summary)), true)
                }
            })
            .collect();
        let fresh = counted.iter().filter(|(_, is_fresh)| *is_fresh);
        self.by_path
            .extend(fresh.map(|(pair, _)| (pair.0.path.clone(), Counted::of(pair.clone(), registry))));
        if self.by_path.len() > counted.len() {
            let paths: HashSet<&str> = counted.iter().map(|((story, _), _)| &*story.path).collect();
            self.by_path.retain(|path, _| paths.contains(&**path));
        }
        self.rules = Some((rules.clone(), zone.clone()));
        self.outlets.clone_from(&registry.list);
        counted.into_iter().map(|(pair, _)| pair).collect()
    }

    fn obsolete(&self, registry: &Registry, rules: &Rules, zone: &TimeZone) -> Obsolete {
        let is_counted_so = self.rules.as_ref().is_some_and(|(old, at)| old == rules && at == zone);
        let pairs = || self.outlets.iter().zip(&registry.list);
        // Which outlet a source belongs to follows from ids and domains, so these must be the same.
        let are_named_so = self.outlets.len() == registry.list.len()
            && pairs().all(|(old, new)| old.id == new.id && old.domains == new.domains);
        if !is_counted_so || !are_named_so {
            return Obsolete::All;
        }
        let changed = pairs().enumerate().filter(|(_, (old, new))| old != new);
        Obsolete::With(changed.map(|(at, _)| at as OutletIx).collect())
    }
}

impl Obsolete {
    /// Whether a summary still holds: the story has no changed outlet, neither as the publisher
    /// of a source nor as the agency behind one.
    fn spares(&self, counted: &Counted) -> bool {
        let summary = &counted.pair.1;
        match self {
            Obsolete::All => false,
            Obsolete::With(changed) => {
                !changed.iter().any(|outlet| summary.has(*outlet) || counted.agencies.contains(outlet))
            }
        }
    }
}

#[cfg(test)]
mod tests;
