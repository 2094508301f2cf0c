//! Addresses on other servers: which are asked, and what is said of those that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::crawl::{Crawl, Where};
use super::{Finding, written};
use crate::build::Built;
use crate::diag::Code;
use crate::snapshot::Snapshot;

/// The addresses that the pages of a site link to and that `[check] skip` does not name, without
/// what stands after `#`.
pub fn asked<'c>(built: &Built, crawl: &'c Crawl) -> BTreeSet<&'c str> {
    let skip = &built.world.site.config.checks.skip;
    let addresses = crawl.outside.keys().map(|url| without_anchor(url));
    addresses.filter(|url| !skip.iter().any(|start| url.starts_with(start.as_str()))).collect()
}

fn without_anchor(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// Addresses whose source has an archived copy, which its card shows: mended already.
pub fn archived(built: &Built) -> BTreeSet<&str> {
    let stories = built.world.site.stories().iter();
    let sources = stories.flat_map(|entry| &entry.story.sources);
    let archived = sources.filter(|source| source.more.as_ref().is_some_and(|more| more.archive.is_some()));
    archived.filter_map(|source| source.url()).map(without_anchor).collect()
}

/// An address that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Why.
    pub reason: String,
    /// An archived copy: its address, and its day if known.
    pub copy: Option<(String, Option<String>)>,
}

/// Findings about dead addresses, each where it was written.
pub fn dead(
    built: &Built,
    snapshot: &Snapshot,
    crawl: &Crawl,
    dead: &BTreeMap<&str, Dead>,
) -> Vec<(Code, Finding)> {
    let links = crawl.outside.iter();
    let found = links.filter_map(|(url, place)| Some((url, place, dead.get(without_anchor(url))?)));
    let found = found.map(|(url, place, dead)| (Code::DeadAddress, finding(url, place, dead))).collect();
    written::placed(found, built, snapshot)
}

fn finding(url: &str, place: &Where, Dead { reason, copy }: &Dead) -> Finding {
    let help = match copy {
        Some((copy, Some(day))) => {
            format!("there is an archived copy: archive = {{ url = \"{copy}\", date = {day} }}")
        }
        Some((copy, None)) => format!("there is an archived copy: archive = {{ url = \"{copy}\" }}"),
        None => "correct the address, look for an archived copy, or name it in `[check] skip`".to_owned(),
    };
    Finding::new(&place.source, format!("`{url}`: {reason}")).link(url).help(help)
}
