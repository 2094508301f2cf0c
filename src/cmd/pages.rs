//! Renders and writes the pages of a build: those that are not remembered from the last one. The search is
//! indexed meanwhile.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use foldhash::HashMap;
use rayon::prelude::*;

use super::build::Place;
use super::indexed;
use crate::build::ledger::{Basis, Ledger, Record};
use crate::build::{self, Built, Lints, Timings, Trouble};
use crate::diag::{Diag, Error};
use crate::output::{Output, Summary, content_hash};
use crate::page::{Page, Sink};
use crate::site::reads;
use crate::snapshot::Snapshot;

/// What pages are made from.
pub struct Press<'p> {
    /// The site.
    pub built: &'p Built,
    /// Its files.
    pub snapshot: &'p Snapshot,
    /// By what pages of the last build are recognized, and those of this one in the next; none where
    /// nothing is remembered.
    pub basis: Option<&'p Basis>,
}

/// What is made of problems that show when pages are rendered.
pub struct Judge<'j> {
    /// What the site says about kinds of problems.
    pub lints: &'j Lints,
    /// Whether a warning keeps the site from being written.
    pub deny_warnings: bool,
}

/// What was written.
pub struct Published {
    /// In files.
    pub summary: Summary,
    /// What is to be said of it.
    pub diags: Vec<Diag>,
    /// Pages that were not remembered.
    pub rendered: usize,
}

/// What was written; diags alone if nothing was.
type Judged = Result<Published, Vec<Diag>>;

/// Pages of the last build that would come out the same now, by key.
pub type Known = HashMap<u128, Record>;

/// By what pages are recognized, those that are, and the output folder: three things that wait for
/// one another as little as may be.
pub fn prepare(
    basis: impl FnOnce() -> Result<Basis, Error> + Send,
    place: Place,
) -> Result<(Option<Basis>, Known, Output), Error> {
    if place.no_cache {
        return Ok((None, Known::default(), place.open()?));
    }
    let decode = || Ledger::decode(&fs::read(ledger(place.root)).ok()?);
    let (basis, (output, ledger)) = rayon::join(basis, || rayon::join(|| place.open(), decode));
    let basis = basis?;
    let known = basis.remembered(ledger);
    Ok((Some(basis), known, output?))
}

/// Where the ledger stands.
fn ledger(root: &Path) -> PathBuf {
    root.join(".dateline/pages")
}

/// Writes every page, with what is to be said of them; diags alone if a template fails or a
/// warning is denied, and then nothing is changed.
pub fn write(
    press: &Press,
    (known, output): (Known, Output),
    (place, judge): (Place, Judge),
    timings: &mut Timings,
) -> Result<Judged, Error> {
    let Place { root, no_cache, .. } = place;
    let memo = root.join(".dateline/search");
    let search = || {
        let started = Instant::now();
        (indexed::write(press.built, &output, &memo, no_cache), started.elapsed())
    };
    let (made, (searched, searching)) =
        timings.stage("pages", || rayon::join(|| pages(press, &known, &output), search));
    timings.0.push(("  rendering, all threads", made.rendering));
    timings.0.push(("  writing, all threads", made.writing));
    timings.0.push(("  search, meanwhile", searching));
    let mut diags = judge.lints.settled(made.large);
    for trouble in made.troubles {
        match trouble {
            Trouble::Error(error) => {
                output.abandon();
                return Err(error);
            }
            Trouble::Diag(diag) => diags.push(*diag),
        }
    }
    // What many pages share fails on each of them, and is said once.
    diags.dedup();
    if !build::may_write(&diags, judge.deny_warnings) {
        output.abandon();
        return Ok(Err(diags));
    }
    if let Err(error) = searched {
        output.abandon();
        return Err(error);
    }
    let summary = timings.stage("commit", || output.commit())?;
    if let Some(basis) = press.basis {
        let ledger = ledger(root);
        // Without a ledger the next build renders every page, and that is all.
        timings.stage("ledger", || {
            let bytes = basis.ledger(&made.records);
            let _ =
                ledger.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&ledger, bytes));
        });
    }
    Ok(Ok(Published { summary, diags, rendered: made.rendered }))
}

/// What one thread, or all of them, did with its pages.
#[derive(Default)]
struct Made {
    troubles: Vec<Trouble>,
    /// Pages that some hosts do not take.
    large: Vec<Diag>,
    /// For the next build.
    records: Vec<Record>,
    /// Pages that were not remembered.
    rendered: usize,
    rendering: Duration,
    writing: Duration,
}

impl Made {
    fn page(mut self, page: &Page, press: &Press, known: &Known, output: &Output) -> Made {
        let key = press.basis.and_then(|basis| basis.key(page, press.snapshot));
        let record = key.and_then(|key| known.get(&key));
        match record.filter(|record| output.keep(&page.path, record.hash)) {
            Some(record) => {
                self.large.extend(build::large_page(page, record.size));
                self.records.push(record.clone());
            }
            None => self.render(page, key, press, output),
        }
        self
    }

    fn render(&mut self, page: &Page, key: Option<u128>, press: &Press, output: &Output) {
        self.rendered += 1;
        let (outcome, reads) = reads::watch(|| self.write(page, press, output));
        match outcome {
            Ok((hash, size)) => {
                self.large.extend(build::large_page(page, size));
                let record = |basis: &Basis| basis.record(key?, &reads, (hash, size));
                self.records.extend(press.basis.and_then(record));
            }
            Err(trouble) => self.troubles.push(trouble),
        }
    }

    /// Renders and writes a page; gives its hash and size.
    fn write(&mut self, page: &Page, press: &Press, output: &Output) -> Result<(u128, u64), Trouble> {
        let started = Instant::now();
        let pieces = |sink: &mut Sink| press.built.pieces(page, sink);
        if let Some(written) = output.write_pieces(&page.path, pieces).map_err(Trouble::Error)? {
            // Most of it is spent on making the pieces.
            self.rendering += started.elapsed();
            return Ok(written);
        }
        let bytes = press.built.bytes(page, press.snapshot)?;
        self.rendering += started.elapsed();
        let rendered = Instant::now();
        let hash = content_hash(&bytes);
        output.write_hashed(&page.path, &bytes, hash).map_err(Trouble::Error)?;
        self.writing += rendered.elapsed();
        Ok((hash, bytes.len() as u64))
    }

    fn and(mut self, other: Made) -> Made {
        self.troubles.extend(other.troubles);
        self.large.extend(other.large);
        self.records.extend(other.records);
        self.rendered += other.rendered;
        self.rendering += other.rendering;
        self.writing += other.writing;
        self
    }
}

/// Writes or keeps every page; what went wrong, in the order of pages.
fn pages(press: &Press, known: &Known, output: &Output) -> Made {
    let pages = press.built.pages.par_iter();
    pages
        .fold(Made::default, |made, page| made.page(page, press, known, output))
        .reduce(Made::default, Made::and)
}

impl From<Box<Diag>> for Trouble {
    fn from(diag: Box<Diag>) -> Trouble {
        Trouble::Diag(diag)
    }
}
