//! `dateline build`: writes the site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use rayon::prelude::*;

use super::{Exit, Global, indexed, now, report, root};
use crate::build::{self, Built, Options, Timings, Trouble};
use crate::diag::{Diag, Error, has_error};
use crate::output::{Output, Summary};
use crate::render::Shapes;
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
    let folder = args.output_dir.clone().unwrap_or_else(|| root.join("public"));
    let place = Place { root: &root, folder: &folder, no_cache: args.no_cache };
    let written = write(&built, &snapshot, place, &mut timings)?;
    let summary = match written {
        Ok(summary) => summary,
        Err(found) => {
            diags.extend(found);
            report::diags(global, &diags);
            failed(global, &diags);
            return Ok(Exit::Problems);
        }
    };
    report::diags(global, &diags);
    if args.timings || global.verbose {
        for (name, duration) in &timings.0 {
            eprintln!("{:>10.1} ms  {name}", duration.as_secs_f64() * 1000.0);
        }
    }
    if !global.quiet {
        done(global, &built, &summary, &folder, started);
    }
    Ok(Exit::Good)
}

/// Where a site is written.
struct Place<'p> {
    /// The site's folder.
    root: &'p Path,
    /// The output folder.
    folder: &'p Path,
    /// Whether nothing of earlier builds is remembered.
    no_cache: bool,
}

/// Renders and writes every page; diags if a template fails, and then nothing is changed.
fn write(
    built: &Built,
    snapshot: &Snapshot,
    Place { root, folder, no_cache }: Place,
    timings: &mut Timings,
) -> Result<Result<Summary, Vec<Diag>>, Error> {
    let read = snapshot::FOLDERS.iter().copied().chain([".dateline"]);
    let forbidden: Vec<PathBuf> = read.map(|name| root.join(name)).collect();
    let output = Output::open(folder, &root.join(".dateline/stage"), &forbidden)?;
    let results = timings.stage("render and write", || pages(built, snapshot, &output));
    let mut diags = Vec::new();
    for trouble in results {
        match trouble {
            Err(Trouble::Error(error)) => {
                output.abandon();
                return Err(error);
            }
            Err(Trouble::Diag(diag)) => diags.push(*diag),
            Ok(()) => {}
        }
    }
    if has_error(&diags) {
        output.abandon();
        return Ok(Err(diags));
    }
    let memo = root.join(".dateline/search");
    if let Err(error) = timings.stage("search", || indexed::write(built, &output, &memo, no_cache)) {
        output.abandon();
        return Err(error);
    }
    output.commit().map(Ok)
}

/// Renders and writes every page; what went wrong.
fn pages(built: &Built, snapshot: &Snapshot, output: &Output) -> Vec<Result<(), Trouble>> {
    let write = |shapes: &mut Shapes, page| {
        let bytes = built.bytes_with(page, snapshot, shapes)?;
        output.write(&page.path, &bytes).map(|_| ()).map_err(Trouble::Error)
    };
    built.pages.par_iter().map_init(Shapes::default, write).filter(Result::is_err).collect()
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

fn done(_: &Global, built: &Built, summary: &Summary, folder: &Path, started: Instant) {
    let elapsed = started.elapsed().as_secs_f64() * 1000.0;
    println!(
        "{} stories, {} outlets, {} topics: {} files in {} ({} new, {} changed, {} deleted) in {elapsed:.0} ms",
        built.world.site.stories.len(),
        built.world.site.registry.list.len(),
        built.world.site.topics.len(),
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
