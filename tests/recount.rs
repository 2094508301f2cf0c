//! An independent recount: every number of the sample site's `story.json` files is counted again
//! from their own list of sources, by code that shares nothing with `src/coverage`.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The groups of the built-in axis `bias`, level by level.
const BIAS: [(&str, &str); 7] = [
    ("far-left", "left"),
    ("left", "left"),
    ("lean-left", "left"),
    ("center", "center"),
    ("lean-right", "right"),
    ("right", "right"),
    ("far-right", "right"),
];
const MIN_RATED: usize = 5;

fn stories() -> Vec<Value> {
    let output = tempfile::TempDir::new().unwrap();
    let mut command = common::program();
    command.env("SOURCE_DATE_EPOCH", "1795392000").current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["build", "-q", "-o"]).arg(output.path().join("site"));
    let said: common::Said = command.output().unwrap().into();
    assert_eq!(said.code, 0, "{}", said.err);
    let files = common::files(&output.path().join("site"));
    let stories = files.into_iter().filter(|(path, _)| path.ends_with("/story.json"));
    let stories: Vec<Value> = stories.map(|(_, bytes)| serde_json::from_slice(&bytes).unwrap()).collect();
    assert!(stories.len() >= 13, "the sample site has {} stories", stories.len());
    stories
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

/// Who published a source: outlet, else host, else the source alone.
fn publisher(source: &Value) -> String {
    if let Some(id) = source["outlet"]["id"].as_str() {
        return format!("outlet {id}");
    }
    match text(source, "url") {
        Some(url) => {
            let host = url.split("//").nth(1).unwrap().split('/').next().unwrap();
            format!("host {}", host.trim_start_matches("www.").to_lowercase())
        }
        None => format!("source {}", text(source, "id").unwrap()),
    }
}

/// Sources by report: joined until nothing changes.
fn reports(sources: &[Value]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..sources.len()).collect();
    loop {
        let before = group.clone();
        for (at, source) in sources.iter().enumerate() {
            for (other, candidate) in sources.iter().enumerate() {
                let is_copy = source["copy_of"].is_string() && source["copy_of"] == candidate["id"];
                let same_wire = source["wire"].is_string() && source["wire"] == candidate["wire"];
                if is_copy || same_wire {
                    let (low, high) = (group[at].min(group[other]), group[at].max(group[other]));
                    group.iter_mut().filter(|g| **g == high).for_each(|g| *g = low);
                }
            }
        }
        if group == before {
            break;
        }
    }
    let roots: BTreeSet<usize> = group.iter().copied().collect();
    roots.iter().map(|root| (0..sources.len()).filter(|at| group[*at] == *root).collect()).collect()
}

/// Level counts of one axis in one unit.
fn tally(levels: impl Iterator<Item = Option<String>>) -> (BTreeMap<String, usize>, usize) {
    let mut counts = BTreeMap::new();
    let mut unrated = 0;
    for level in levels {
        match level {
            Some(level) => *counts.entry(level).or_insert(0) += 1,
            None => unrated += 1,
        }
    }
    (counts, unrated)
}

fn check_distribution(given: &Value, counted: (BTreeMap<String, usize>, usize), axis: &str, place: &str) {
    let (counts, unrated) = counted;
    let rated: usize = counts.values().sum();
    let total = rated + unrated;
    assert_eq!(given["rated"], rated, "{place}: rated");
    assert_eq!(given["unrated"], unrated, "{place}: unrated");
    for level in given["levels"].as_array().unwrap() {
        let count = counts.get(text(level, "id").unwrap()).copied().unwrap_or(0);
        assert_eq!(level["count"], count, "{place}: {level}");
    }
    let groups = given["groups"].as_array().unwrap();
    let mut sum = 0;
    for group in groups {
        let id = text(group, "id").unwrap();
        let count: usize = match axis {
            "bias" => BIAS.iter().filter(|(_, g)| *g == id).filter_map(|(l, _)| counts.get(*l)).sum(),
            _ => counts.get(id).copied().unwrap_or(0),
        };
        assert_eq!(group["count"], count, "{place}: {id}");
        match group["percent"].as_u64() {
            None => assert!(rated < MIN_RATED || rated == 0, "{place}: {id} has no percentage"),
            Some(percent) => {
                assert!(rated >= MIN_RATED, "{place}: too few for a percentage");
                let exact = count as f64 * 100.0 / rated as f64;
                assert!((percent as f64 - exact).abs() < 1.0, "{place}: {id} {percent} is not near {exact}");
                sum += percent;
            }
        }
        // The greatest and the least whole per cents that the share of all can reach.
        let low = (0..=100).rev().find(|per_cent| per_cent * total <= count * 100 && total > 0);
        let high = (0..=100).find(|per_cent| per_cent * total >= (count + unrated) * 100 && total > 0);
        assert_eq!(group["low"].as_u64(), low.map(|low| low as u64), "{place}: {id} low");
        assert_eq!(group["high"].as_u64(), high.map(|high| high as u64), "{place}: {id} high");
    }
    assert!(sum == 100 || sum == 0 && rated < MIN_RATED, "{place}: the shares add up to {sum}");
}

/// The level of a report: of its original if rated, else of the agency where a source of that
/// outlet is listed. Agencies that are not listed have no level in the data; `None` is then unknown.
fn report_level(members: &[usize], sources: &[Value], axis: &str) -> Option<Option<String>> {
    let level = |at: usize| sources[at]["levels"][axis].as_str().map(str::to_owned);
    let original =
        members.iter().find(|&&at| sources[at]["copy_of"].is_null() && sources[at]["wire"].is_null());
    if let Some(level) = original.and_then(|&at| level(at)) {
        return Some(Some(level));
    }
    let wire = members.iter().find_map(|&at| sources[at]["wire"].as_str());
    let Some(wire) = wire else { return Some(None) };
    let listed = sources.iter().position(|source| source["outlet"]["id"] == wire);
    listed.map(level)
}

#[test]
fn every_number_of_the_sample_site_is_counted_again() {
    for story in stories() {
        let slug = text(&story, "slug").unwrap();
        let sources = story["sources"].as_array().unwrap();
        let coverage = &story["coverage"];
        let groups = reports(sources);
        let publishers: BTreeSet<String> = sources.iter().map(publisher).collect();
        assert_eq!(coverage["articles"], sources.len(), "{slug}");
        assert_eq!(coverage["outlets"], publishers.len(), "{slug}");
        assert_eq!(coverage["reports"], groups.len(), "{slug}");
        for members in &groups {
            let original =
                members.iter().find(|&&at| sources[at]["copy_of"].is_null() && sources[at]["wire"].is_null());
            let id = &sources[*original.unwrap_or(&members[0])]["id"];
            assert!(members.iter().all(|&at| sources[at]["report"] == *id), "{slug}: report {id}");
        }
        for (axis, units) in coverage["axes"].as_object().unwrap() {
            let level = |source: &Value| source["levels"][axis].as_str().map(str::to_owned);
            let mut seen = BTreeSet::new();
            let first = sources.iter().filter(|source| seen.insert(publisher(source)));
            check_distribution(
                &units["outlets"],
                tally(first.map(level)),
                axis,
                &format!("{slug} {axis} outlets"),
            );
            check_distribution(
                &units["articles"],
                tally(sources.iter().map(level)),
                axis,
                &format!("{slug} {axis} articles"),
            );
            let levels: Vec<_> = groups.iter().map(|members| report_level(members, sources, axis)).collect();
            if levels.iter().all(Option::is_some) {
                let known = levels.into_iter().flatten();
                check_distribution(&units["reports"], tally(known), axis, &format!("{slug} {axis} reports"));
            }
        }
        check_matrix(&story, slug);
        check_first(&story, slug);
        check_blindspot(&story, slug);
    }
}

fn check_matrix(story: &Value, slug: &str) {
    let sources = story["sources"].as_array().unwrap();
    let by_id = |id: &Value| sources.iter().find(|source| source["id"] == *id).unwrap();
    let rows = story["coverage"]["matrix"].as_array().unwrap();
    let points = story["points"].as_array().unwrap();
    assert_eq!(rows.len(), points.len(), "{slug}");
    for (row, point) in rows.iter().zip(points) {
        let mut cited: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for id in point["cites"].as_array().unwrap() {
            let source = by_id(id);
            let level = source["levels"]["bias"].as_str();
            let group = level.map(|level| BIAS.iter().find(|(l, _)| *l == level).unwrap().1);
            cited.insert(publisher(source), group);
        }
        let denied: BTreeSet<String> =
            point["denied_by"].as_array().unwrap().iter().map(|id| publisher(by_id(id))).collect();
        assert_eq!(row["point"], point["id"], "{slug}");
        assert_eq!(row["outlets"], cited.len(), "{slug}: {row}");
        assert_eq!(row["denied"], denied.len(), "{slug}: {row}");
        assert_eq!(row["unrated"], cited.values().filter(|group| group.is_none()).count(), "{slug}: {row}");
        for (group, count) in row["groups"].as_object().unwrap() {
            let expected = cited.values().filter(|g| **g == Some(group)).count();
            assert_eq!(*count, expected, "{slug}: {row}");
        }
    }
}

fn check_first(story: &Value, slug: &str) {
    let timed = story["sources"].as_array().unwrap().iter().filter_map(|source| {
        let published = text(source, "published")?;
        published.contains('T').then(|| (published.to_owned(), text(source, "id").unwrap().to_owned()))
    });
    // Moments are all in UTC and of one length, so they sort as texts.
    let earliest = timed.min_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        story["coverage"]["first"]["source"].as_str(),
        earliest.as_ref().map(|first| first.1.as_str()),
        "{slug}"
    );
}

fn check_blindspot(story: &Value, slug: &str) {
    let reports = &story["coverage"]["axes"]["bias"]["reports"];
    let count = |group: &str| {
        let groups = reports["groups"].as_array().unwrap();
        groups.iter().find(|g| g["id"] == group).unwrap()["count"].as_u64().unwrap()
    };
    let rated = reports["rated"].as_u64().unwrap();
    let blind = |few: &str, many: &str| {
        rated >= 8 && count(few) * 100 <= 15 * rated && count(many) * 100 >= 50 * rated
    };
    let expected = match (blind("left", "right"), blind("right", "left")) {
        (true, _) => Some("left"),
        (_, true) => Some("right"),
        _ => None,
    };
    assert_eq!(story["coverage"]["blindspot"]["group"].as_str(), expected, "{slug}");
}
