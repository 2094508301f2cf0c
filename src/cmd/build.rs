//! `dateline build`: writes the site.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use rayon::prelude::*;

use super::unchanged::{self, Note};
use super::{Exit, Global, indexed, now, report, root};
use crate::build::{self, Built, Lints, Options, Timings, Trouble};
use crate::diag::{Diag, Error};
use crate::output::{Output, Summary};
use crate::page::Page;
use crate::site::Filter;
use crate::snapshot::{self, Snapshot};

/// Flags of `build`.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// Where the site is written, relative to where you stand [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    #[command(flatten)]
    content: ContentArgs,
    /// Links that work from file://, without a server
    #[arg(long)]
    relative: bool,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Print how long each stage took (so does --verbose)
    #[arg(long)]
    timings: bool,
    /// Threads at work [default: one a processor]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Remember nothing from earlier builds
    #[arg(long)]
    no_cache: bool,
}

/// Flags that say what belongs to the site.
#[derive(Debug, Clone, Args)]
pub struct ContentArgs {
    /// In place of the configuration's base_url
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Build drafts too
    #[arg(long)]
    drafts: bool,
    /// Build stories of the future too
    #[arg(long)]
    future: bool,
    /// Build expired stories too
    #[arg(long)]
    expired: bool,
    /// What to take for now, a date [default: SOURCE_DATE_EPOCH, or the clock]
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
}

impl ContentArgs {
    /// What the pipeline is to do.
    pub fn options(&self) -> Options {
        let filter = Filter { drafts: self.drafts, future: self.future, expired: self.expired };
        Options { filter, base_url: self.base_url.clone(), ..Options::default() }
    }
}

/// Builds the site.
pub fn run(global: &Global, args: &BuildArgs) -> Result<Exit, Error> {
    if let Some(jobs) = args.jobs {
        // Fails only if the pool was set before, which nothing does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let started = Instant::now();
    let mut timings = Timings::default();
    let root = root(global)?;
    let taken = timings
        .stage("snapshot", || snapshot::take(&root, &global.config, now(args.content.now.as_deref())?));
    let (snapshot, mut diags) = taken?;
    let options = Options { relative: args.relative, no_cache: args.no_cache, ..args.content.options() };
    let folder = args.output_dir.clone().unwrap_or_else(|| root.join("public"));
    let place = Place { root: &root, folder: &folder, no_cache: args.no_cache };
    let key = if args.no_cache { None } else { unchanged::key(&snapshot, &options)? };
    if let Some(key) = key.filter(|_| diags.is_empty())
        && let Some((counts, summary)) = timings.stage("unchanged", || as_before(key, place, &snapshot))?
    {
        print_timings(global, args, &timings);
        done(global, counts, &summary, &folder, started);
        return Ok(Exit::Good);
    }
    let outcome = build::run(&snapshot, &options, &mut timings)?;
    let config_failed = outcome
        .diags
        .iter()
        .any(|diag| *diag.path == *snapshot.config && diag.severity == crate::diag::Severity::Error);
    diags = outcome.lints.settled(diags);
    diags.extend(outcome.diags);
    let built = match outcome.built {
        Some(built) if build::may_write(&diags, args.deny_warnings) => built,
        _ => {
            report::diags(global, &diags);
            failed(global, &diags);
            return Ok(if config_failed { Exit::Configuration } else { Exit::Problems });
        }
    };
    let judge = Judge { lints: &outcome.lints, deny_warnings: args.deny_warnings };
    let written = write(&built, &snapshot, (place, judge), &mut timings)?;
    let summary = match written {
        Ok((summary, found)) => {
            diags.extend(found);
            summary
        }
        Err(found) => {
            diags.extend(found);
            report::diags(global, &diags);
            failed(global, &diags);
            return Ok(Exit::Problems);
        }
    };
    let site = &built.world.site;
    let counts = [site.stories().len(), site.registry.list.len(), site.topics().len()];
    // What there is to say about a site is said again at every build.
    if let Some(key) = key.filter(|_| diags.is_empty()) {
        let note = Note { key, manifest: 0, from: snapshot.now, until: outcome.until, counts };
        unchanged::remember(&root, &folder, note);
    }
    report::diags(global, &diags);
    print_timings(global, args, &timings);
    done(global, counts, &summary, &folder, started);
    Ok(Exit::Good)
}

/// Keeps the site that stands in the output folder, if it was made from the very same.
fn as_before(key: u128, place: Place, snapshot: &Snapshot) -> Result<Option<([usize; 3], Summary)>, Error> {
    let Some(note) = unchanged::read(place.root).filter(|note| note.key == key) else {
        return Ok(None);
    };
    let output = place.open()?;
    match unchanged::holds(&note, key, snapshot.now, &output) {
        true => Ok(Some((note.counts, output.commit()?))),
        false => Ok(None),
    }
}

fn print_timings(global: &Global, args: &BuildArgs, timings: &Timings) {
    if args.timings || global.verbose {
        for (name, duration) in &timings.0 {
            eprintln!("{:>10.1} ms  {name}", duration.as_secs_f64() * 1000.0);
        }
    }
}

/// Where a site is written.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The site's folder.
    root: &'p Path,
    /// The output folder.
    folder: &'p Path,
    /// Whether nothing of earlier builds is remembered.
    no_cache: bool,
}

impl Place<'_> {
    fn open(self) -> Result<Output, Error> {
        let read = snapshot::FOLDERS.iter().copied().chain([".dateline"]);
        let forbidden: Vec<PathBuf> = read.map(|name| self.root.join(name)).collect();
        Output::open(self.folder, &self.root.join(".dateline/stage"), &forbidden)
    }
}

/// What is made of problems that show when pages are rendered.
struct Judge<'j> {
    lints: &'j Lints,
    deny_warnings: bool,
}

/// What was written and what is to be said of it; diags alone if nothing was.
type Judged = Result<(Summary, Vec<Diag>), Vec<Diag>>;

/// Renders and writes every page, with what is to be said of them; diags alone if a template fails
/// or a warning is denied, and then nothing is changed.
fn write(
    built: &Built,
    snapshot: &Snapshot,
    (place, judge): (Place, Judge),
    timings: &mut Timings,
) -> Result<Judged, Error> {
    let Place { root, no_cache, .. } = place;
    let output = place.open()?;
    let results = timings.stage("pages", || pages(built, snapshot, &output));
    timings.0.push(("  rendering, all threads", results.rendering));
    timings.0.push(("  writing, all threads", results.writing));
    let mut diags = judge.lints.settled(results.large);
    for trouble in results.troubles {
        match trouble {
            Trouble::Error(error) => {
                output.abandon();
                return Err(error);
            }
            Trouble::Diag(diag) => diags.push(*diag),
        }
    }
    if !build::may_write(&diags, judge.deny_warnings) {
        output.abandon();
        return Ok(Err(diags));
    }
    let memo = root.join(".dateline/search");
    if let Err(error) = timings.stage("search", || indexed::write(built, &output, &memo, no_cache)) {
        output.abandon();
        return Err(error);
    }
    timings.stage("commit", || output.commit()).map(|summary| Ok((summary, diags)))
}

/// What one thread, or all of them, did with its pages.
#[derive(Default)]
struct Made {
    troubles: Vec<Trouble>,
    /// Pages that some hosts do not take.
    large: Vec<Diag>,
    rendering: Duration,
    writing: Duration,
}

impl Made {
    fn page(mut self, page: &Page, built: &Built, snapshot: &Snapshot, output: &Output) -> Made {
        let started = Instant::now();
        let bytes = built.bytes(page, snapshot);
        let rendered = Instant::now();
        let outcome = bytes.and_then(|bytes| {
            self.large.extend(build::large_page(page, bytes.len() as u64));
            output.write(&page.path, &bytes).map(|_| ()).map_err(Trouble::Error)
        });
        self.rendering += rendered - started;
        self.writing += rendered.elapsed();
        self.troubles.extend(outcome.err());
        self
    }

    fn and(mut self, other: Made) -> Made {
        self.troubles.extend(other.troubles);
        self.large.extend(other.large);
        self.rendering += other.rendering;
        self.writing += other.writing;
        self
    }
}

/// Renders and writes every page; what went wrong, in the order of pages.
fn pages(built: &Built, snapshot: &Snapshot, output: &Output) -> Made {
    let pages = built.pages.par_iter();
    pages
        .fold(Made::default, |made, page| made.page(page, built, snapshot, output))
        .reduce(Made::default, Made::and)
}

fn failed(global: &Global, diags: &[Diag]) {
    if global.quiet || global.message_format == super::Format::Json {
        return;
    }
    let (errors, warnings) = counts(diags);
    eprintln!("nothing was written: {errors} errors, {warnings} warnings");
}

fn counts(diags: &[Diag]) -> (usize, usize) {
    let errors = diags.iter().filter(|diag| diag.severity == crate::diag::Severity::Error).count();
    (errors, diags.len() - errors)
}

fn done(
    global: &Global,
    [stories, outlets, topics]: [usize; 3],
    summary: &Summary,
    folder: &Path,
    started: Instant,
) {
    if global.quiet {
        return;
    }
    let elapsed = started.elapsed().as_secs_f64() * 1000.0;
    println!(
        "{stories} stories, {outlets} outlets, {topics} topics: {} files in {} ({} new, {} changed, {} deleted) in {elapsed:.0} ms",
        summary.new + summary.changed + summary.same,
        folder.display(),
        summary.new,
        summary.changed,
        summary.deleted,
    );
}

impl From<Box<Diag>> for Trouble {
    fn from(diag: Box<Diag>) -> Trouble {
        Trouble::Diag(diag)
    }
}
