//! Key points and quotes: who says so.

use std::collections::BTreeSet;

use super::{Case, Finding};
use crate::content::story::{Point, SourceIx};
use crate::coverage::Publisher;
use crate::markdown;

/// Points that name no source.
pub fn uncited(case: &Case) -> Vec<Finding> {
    let points = case.story.points.iter().enumerate();
    let silent = points.filter(|(_, point)| point.cites.is_empty() && point.denied_by.is_empty());
    let finding = |(at, point): (usize, &Point)| {
        case.finding(format!("the point `{}` names no source", point.id))
            .item("points", at, "text")
            .help("cite who says so: `[@ID]` in the text, or `cites = [\"ID\"]`")
    };
    silent.map(finding).collect()
}

/// Points that rest on one outlet, or on one report that several carry. Not of stories that have
/// but one outlet.
pub fn single_source(case: &Case) -> Vec<Finding> {
    if case.coverage.outlets < 2 {
        return Vec::new();
    }
    let points = case.story.points.iter().enumerate();
    points
        .filter_map(|(at, point)| Some((at, point, rests_on_one(case, point)?)))
        .map(|(at, point, why)| {
            case.finding(format!("the point `{}` {why}", point.id))
                .item("points", at, "text")
                .help("cite a second, independent report, or allow `single-source` for this story")
        })
        .collect()
}

/// How a point rests on one source, if it does.
fn rests_on_one(case: &Case, point: &Point) -> Option<String> {
    let facts = |&at: &SourceIx| &case.coverage.sources[at as usize];
    let outlets: BTreeSet<&Publisher> = point.cites.iter().map(|at| &facts(at).publisher).collect();
    let reports: BTreeSet<SourceIx> = point.cites.iter().map(|at| facts(at).report).collect();
    match (outlets.len(), reports.len()) {
        (0, _) => None,
        (1, _) => Some(format!("rests on one outlet, {}", name(case, point.cites[0]))),
        (count, 1) => Some(format!("cites {count} outlets, and all carry the text of one report")),
        _ => None,
    }
}

/// What readers see for whoever published a source.
pub fn name(case: &Case, at: SourceIx) -> String {
    match &case.coverage.sources[at as usize].publisher {
        Publisher::Known(outlet) => case.site.registry.outlet(*outlet).name.to_string(),
        Publisher::Host(host) => host.to_string(),
        Publisher::Unnamed(_) => format!("that of `{}`", case.story.sources[at as usize].id()),
    }
}

/// Quotes that name no source.
pub fn quote_without_source(case: &Case) -> Vec<Finding> {
    let quotes = case.story.quotes.iter().enumerate();
    let silent =
        quotes.filter(|(_, quote)| quote.cites.is_empty() && markdown::citations(&quote.text).is_empty());
    silent
        .map(|(at, _)| {
            case.finding("the quote names no source")
                .item("quotes", at, "text")
                .help("add `cites = [\"ID\"]` with the source that quotes these words")
        })
        .collect()
}
