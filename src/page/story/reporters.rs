//! Who reported a story, in a line: an outlet of each group of the main axis by name, and how
//! many there are beside them.

use serde::Serialize;
use tera::Value;

use crate::content::story::{SourceIx, Story};
use crate::coverage::{Coverage, Publisher};
use crate::page::cite::publisher_name;
use crate::page::world::{Words, World};

/// Outlets named at most.
const NAMED: usize = 3;

/// The outlets that a story's head names.
#[derive(Debug, Serialize)]
pub struct ReportersView {
    named: Vec<ReporterView>,
    /// Outlets of the story that are not named.
    others: u32,
}

#[derive(Debug, Serialize)]
struct ReporterView {
    name: String,
    anchor: String,
    group: Option<Value>,
}

/// The first report of each group (of the outer and the middle ones where there are many), then the
/// first ones of the list, in the order of the groups; none of a story that nobody reported by name.
pub fn reporters(world: &World, words: &Words, story: &Story, coverage: &Coverage) -> Option<ReportersView> {
    let main = world.site.rules.axes.main;
    let group = |at: SourceIx| {
        let main = main?;
        let level = coverage.sources[at as usize].levels[main]?;
        Some(world.site.rules.axes.list[main].group_of(level) as usize)
    };
    let mut named = chosen(coverage, main.map_or(0, |main| words.groups[main].len()), &group);
    named.sort_by_key(|&at| (group(at).is_none(), group(at), at));
    let others = coverage.outlets.saturating_sub(named.len() as u32);
    let view = |at: SourceIx| ReporterView {
        name: publisher_name(world, words, &coverage.sources[at as usize].publisher).to_owned(),
        anchor: format!("source-{}", story.sources[at as usize].id()),
        group: main.zip(group(at)).map(|(main, group)| words.named[main].groups[group].all.clone()),
    };
    let named: Vec<ReporterView> = named.into_iter().map(view).collect();
    (!named.is_empty()).then_some(ReportersView { named, others })
}

/// Reports of different outlets, one of each group where there is one.
fn chosen(coverage: &Coverage, groups: usize, group: &dyn Fn(SourceIx) -> Option<usize>) -> Vec<SourceIx> {
    let is_named = |at: &SourceIx| {
        let facts = &coverage.sources[*at as usize];
        facts.report == *at && !matches!(facts.publisher, Publisher::Unnamed(_))
    };
    let reports: Vec<SourceIx> = (0..coverage.sources.len() as SourceIx).filter(is_named).collect();
    let wanted: Vec<usize> =
        if groups <= NAMED { (0..groups).collect() } else { vec![0, groups / 2, groups - 1] };
    let first_of = |&wanted: &usize| reports.iter().copied().find(|&at| group(at) == Some(wanted));
    let mut found: Vec<SourceIx> = Vec::with_capacity(NAMED);
    for at in wanted.iter().filter_map(first_of).chain(reports.iter().copied()) {
        let publisher = |at: SourceIx| &coverage.sources[at as usize].publisher;
        if found.len() < NAMED && found.iter().all(|&other| publisher(other) != publisher(at)) {
            found.push(at);
        }
    }
    found
}
