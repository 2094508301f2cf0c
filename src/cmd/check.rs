//! `dateline check`: what is wrong or weak, without writing.

use clap::Args;

use super::build::ContentArgs;
use super::external::{self, Asked, ExternalArgs};
use super::{Exit, Format, Global, now, report, root};
use crate::build::{self, Lints, Outcome, Timings};
use crate::check::{self, Crawl, Looked};
use crate::diag::{Code, Diag, Error, Severity, counted, has_error};
use crate::snapshot::{self, Snapshot};

/// Flags of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    external: ExternalArgs,
}

/// Checks the site.
pub fn run(global: &Global, args: &CheckArgs) -> Result<Exit, Error> {
    let root = root(global)?;
    let (snapshot, found) = snapshot::take(&root, &global.config, now(args.content.now.as_deref())?)?;
    let outcome = build::run(&snapshot, &args.content.options(), &mut Timings::default())?;
    let is_config = |diag: &Diag| *diag.path == *snapshot.config && diag.severity == Severity::Error;
    let config_failed = outcome.diags.iter().any(is_config);
    let mut diags = outcome.lints.settled(found);
    diags.extend(outcome.diags.iter().cloned());
    let crawl = looked(&outcome, &snapshot, &mut diags)?;
    let mut asked = None;
    if let (Some(built), Some(crawl), true) = (&outcome.built, &crawl, args.external.external) {
        let (found, counts) = external::run(global, &args.external, built, &snapshot, crawl);
        diags.extend(outcome.lints.settled(check::diags(found, &snapshot)));
        asked = Some(counts);
    }
    sort(&mut diags);
    report::diags(global, &diags);
    summary(global, &outcome, (&crawl, &asked), &diags);
    Ok(match ending(&diags, args.deny_warnings) {
        Exit::Problems if config_failed => Exit::Configuration,
        exit => exit,
    })
}

/// Runs the rules. Pages are looked at only where nothing is wrong with what they are made of:
/// what is missing on them would be reported twice.
fn looked(outcome: &Outcome, snapshot: &Snapshot, diags: &mut Vec<Diag>) -> Result<Option<Crawl>, Error> {
    let Some(built) = &outcome.built else { return Ok(None) };
    let settled = |found, lints: &Lints| lints.settled(check::diags(found, snapshot));
    let may_look = !has_error(diags);
    diags.extend(settled(check::content(&built.world.site), &outcome.lints));
    diags.extend(outcome.lints.settled(check::theme(&outcome.theme)));
    if !may_look {
        return Ok(None);
    }
    let Looked { crawl, found, troubles } = check::pages(built, snapshot)?;
    diags.extend(troubles);
    diags.extend(settled(found, &outcome.lints));
    Ok(Some(crawl))
}

fn sort(diags: &mut Vec<Diag>) {
    diags.sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
    diags.dedup();
}

/// Links that lead nowhere have an exit code of their own, unless something else is wrong too.
fn ending(diags: &[Diag], deny_warnings: bool) -> Exit {
    let is_bad = |diag: &&Diag| deny_warnings || diag.severity == Severity::Error;
    let is_link = |diag: &Diag| matches!(diag.code, Code::DeadLink | Code::DeadAnchor | Code::DeadAddress);
    let bad: Vec<&Diag> = diags.iter().filter(is_bad).collect();
    match bad.as_slice() {
        [] => Exit::Good,
        bad if bad.iter().all(|diag| is_link(diag)) => Exit::BrokenLinks,
        _ => Exit::Problems,
    }
}

fn summary(
    global: &Global,
    outcome: &Outcome,
    (crawl, asked): (&Option<Crawl>, &Option<Asked>),
    diags: &[Diag],
) {
    if global.quiet || global.message_format == Format::Json {
        return;
    }
    let site = outcome.built.as_ref().map(|built| &built.world.site);
    let (stories, outlets) = site.map_or((0, 0), |site| (site.stories().len(), site.registry.list.len()));
    let seen = match crawl {
        Some(crawl) => {
            let (pages, links) = (crawl.pages, crawl.links);
            format!("{} with {}", counted(pages, "page", "pages"), counted(links, "link", "links"))
        }
        None => "no page, for errors come first".to_owned(),
    };
    let asked = asked.as_ref().map(|asked| format!(", {asked}")).unwrap_or_default();
    println!(
        "checked {}, {}, {seen}{asked}: {}",
        counted(stories, "story", "stories"),
        counted(outlets, "outlet", "outlets"),
        report::totals(diags),
    );
}
