//! `dateline build`: writes the site.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::pages::{self, Judge, Press, Published};
use super::parsed;
use super::site::files;
use super::unchanged::{self, Note};
use super::{Exit, Global, now, report, root};
use crate::build::ledger::Basis;
use crate::build::{self, Built, Memo, Options, Timings};
use crate::diag::{Diag, Error, Severity, counted};
use crate::output::{Output, Summary};
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
    let (snapshot, diags) = taken?;
    let options = Options { relative: args.relative, no_cache: args.no_cache, ..args.content.options() };
    let folder = args.output_dir.clone().unwrap_or_else(|| root.join("public"));
    let place = Place { root: &root, folder: &folder, no_cache: args.no_cache };
    let key = if args.no_cache { None } else { unchanged::key(&snapshot, &options)? };
    let key = key.filter(|_| diags.is_empty());
    let task = Task { global, args, started, snapshot: &snapshot, options: &options, place, key };
    match task.unchanged(&mut timings)? {
        Some(exit) => Ok(exit),
        None => task.build(diags, timings),
    }
}

/// A build that was asked for.
struct Task<'t> {
    global: &'t Global,
    args: &'t BuildArgs,
    started: Instant,
    snapshot: &'t Snapshot,
    options: &'t Options,
    place: Place<'t>,
    /// By what the next build knows that nothing has changed; none where it cannot know.
    key: Option<u128>,
}

impl Task<'_> {
    /// Keeps the site as it stands, if it was made from the very same.
    fn unchanged(&self, timings: &mut Timings) -> Result<Option<Exit>, Error> {
        let Some(key) = self.key else { return Ok(None) };
        let kept = timings.stage("unchanged", || as_before(key, self.place, self.snapshot))?;
        let Some((Note { counts, diags, .. }, summary)) =
            kept.filter(|(note, _)| build::may_write(&note.diags, self.args.deny_warnings))
        else {
            return Ok(None);
        };
        let diags = build::load::with_texts(diags, self.snapshot);
        self.done(&diags, counts, (&summary, [0, summary.same]), timings);
        Ok(Some(Exit::Good))
    }

    /// Makes the site and writes what differs. `diags` are those of the snapshot.
    fn build(&self, mut diags: Vec<Diag>, mut timings: Timings) -> Result<Exit, Error> {
        let Task { snapshot, options, place, .. } = *self;
        // Left to the end of the program: taking a large site apart takes a tenth of an edit's time.
        let mut memo = ManuallyDrop::new(Memo::default());
        timings.stage("recall", || parsed::recall(place, &mut memo));
        let outcome = build::run_again(snapshot, options, &mut memo, &mut timings)?;
        let is_fault = |diag: &Diag| *diag.path == *snapshot.config && diag.severity == Severity::Error;
        let config_failed = outcome.diags.iter().any(is_fault);
        diags = outcome.lints.settled(diags);
        diags.extend(outcome.diags);
        let built = match outcome.built {
            Some(built) if build::may_write(&diags, self.args.deny_warnings) => ManuallyDrop::new(built),
            _ => {
                failed(self.global, &diags);
                return Ok(if config_failed { Exit::Configuration } else { Exit::Problems });
            }
        };
        let judge = Judge { lints: &outcome.lints, deny_warnings: self.args.deny_warnings };
        let program = format!("{:?}", unchanged::program());
        let basis = || Basis::of(&built, &outcome.theme, snapshot, (options, &program));
        let (basis, known, output) = timings.stage("basis", || pages::prepare(basis, place))?;
        let press = Press { built: &built, snapshot, basis: basis.as_ref() };
        let Published { summary, diags: found, rendered } =
            match pages::write(&press, (known, output), (place, judge), &mut timings)? {
                Ok(published) => published,
                Err(found) => {
                    diags.extend(found);
                    failed(self.global, &diags);
                    return Ok(Exit::Problems);
                }
            };
        diags.extend(found);
        timings.stage("keep", || parsed::keep(place, &memo));
        let counts = counts(&built);
        self.remember(&diags, counts, outcome.until);
        let pages = [rendered, built.pages.len() - rendered];
        self.done(&diags, counts, (&summary, pages), &timings);
        Ok(Exit::Good)
    }

    /// Notes what was built, for a next build of the very same. What there is to say about a site is said
    /// again at every build.
    fn remember(&self, diags: &[Diag], counts: [usize; 3], until: jiff::Timestamp) {
        if let Some(key) = self.key.filter(|_| unchanged::can_be_said_again(diags, self.snapshot)) {
            let diags = diags.iter().map(without_text).collect();
            let note = Note { key, manifest: 0, from: self.snapshot.now, until, counts, diags };
            unchanged::remember(self.place.root, self.place.folder, note);
        }
    }

    /// Says what is to be said of a site that was built.
    fn done(
        &self,
        diags: &[Diag],
        counts: [usize; 3],
        (summary, pages): (&Summary, [usize; 2]),
        timings: &Timings,
    ) {
        report::diags(self.global, diags);
        print_timings(self.global, self.args, timings, pages);
        done(self.global, counts, summary, self.place.folder, self.started);
    }
}

/// Stories, outlets, topics.
fn counts(built: &Built) -> [usize; 3] {
    let site = &built.world.site;
    [site.stories().len(), site.registry.list.len(), site.topics().len()]
}

fn without_text(diag: &Diag) -> Diag {
    Diag { text: None, ..diag.clone() }
}

/// Keeps the site that stands in the output folder, if it was made from the very same.
fn as_before(key: u128, place: Place, snapshot: &Snapshot) -> Result<Option<(Note, Summary)>, Error> {
    let Some(note) = unchanged::read(place.root).filter(|note| note.key == key) else {
        return Ok(None);
    };
    let output = place.open()?;
    match unchanged::holds(&note, key, snapshot.now, &output) {
        true => Ok(Some((note, output.commit()?))),
        false => Ok(None),
    }
}

fn print_timings(global: &Global, args: &BuildArgs, timings: &Timings, [rendered, remembered]: [usize; 2]) {
    if args.timings || global.verbose {
        for (name, duration) in &timings.0 {
            eprintln!("{:>10.1} ms  {name}", duration.as_secs_f64() * 1000.0);
        }
        eprintln!("{rendered:>13}  pages rendered, {remembered} remembered");
    }
}

/// Where a site is written.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    /// The site's folder.
    pub root: &'p Path,
    /// The output folder.
    folder: &'p Path,
    /// Whether nothing of earlier builds is remembered.
    pub no_cache: bool,
}

impl Place<'_> {
    /// Opens the output folder.
    pub fn open(self) -> Result<Output, Error> {
        let read = snapshot::FOLDERS.iter().copied().chain([".dateline"]);
        let forbidden: Vec<PathBuf> = read.map(|name| self.root.join(name)).collect();
        Output::open(self.folder, &self.root.join(".dateline/stage"), &forbidden)
    }
}

fn failed(global: &Global, diags: &[Diag]) {
    report::diags(global, diags);
    if global.quiet || global.message_format == super::Format::Json {
        return;
    }
    eprintln!("nothing was written: {}", report::totals(diags));
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
        "{}, {}, {}: {} in {} ({} new, {} changed, {} deleted) in {elapsed:.0} ms",
        counted(stories, "story", "stories"),
        counted(outlets, "outlet", "outlets"),
        counted(topics, "topic", "topics"),
        files(summary.new + summary.changed + summary.same),
        folder.display(),
        summary.new,
        summary.changed,
        summary.deleted,
    );
}
