//! `story.json` against the recount.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::counted::{Counts, Story, UNITS, group_of, text};
use crate::rated::Rated;
use crate::{Sample, common};

/// Compares every number of a story's data.
pub fn check(story: &Story, rated: &Rated) {
    let (slug, coverage) = (&story.slug, &story.json["coverage"]);
    for (unit, total) in ["outlets", "articles", "reports"].iter().zip(story.totals()) {
        assert_eq!(coverage[unit], total, "{slug}: {unit}");
    }
    check_reports(story);
    for source in story.sources() {
        let Some(outlet) = source["outlet"]["id"].as_str() else { continue };
        for (axis, level) in source["levels"].as_object().unwrap() {
            let expected = rated.level(outlet, axis, &story.day);
            assert_eq!(level.as_str(), expected.as_deref(), "{slug}: {outlet} on {axis}");
        }
    }
    for (axis, units) in &story.axes {
        for (unit, counts) in UNITS.iter().zip(units) {
            let place = format!("{slug} {axis} {unit}");
            check_distribution(&coverage["axes"][axis][unit], counts, axis, &story.groups(axis), &place);
        }
    }
    check_matrix(story);
    let first = story.first().map(|at| &story.sources()[at]["id"]);
    assert_eq!(coverage["first"].get("source"), first, "{slug}: first");
    check_blindspot(story);
}

/// Validates every `story.json` against what `dateline schema story-json` prints.
pub fn check_schema(sample: &Sample) {
    let said: common::Said = common::program().args(["schema", "story-json"]).output().unwrap().into();
    let schema: Value = serde_json::from_str(&said.out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for story in &sample.stories {
        let errors: Vec<String> = validator.iter_errors(&story.json).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", story.slug);
    }
    for (pointer, wrong) in [("/coverage/articles", "many"), ("/sources/0/report", ""), ("/title", "")] {
        let mut broken = sample.stories[0].json.clone();
        *broken.pointer_mut(pointer).unwrap() = if wrong.is_empty() { Value::Null } else { wrong.into() };
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

fn check_reports(story: &Story) {
    let sources = story.sources();
    for members in &story.reports {
        let is_original = |at: &&usize| sources[**at]["copy_of"].is_null() && sources[**at]["wire"].is_null();
        let id = &sources[*members.iter().find(is_original).unwrap_or(&members[0])]["id"];
        assert!(members.iter().all(|&at| sources[at]["report"] == *id), "{}: report {id}", story.slug);
    }
}

fn check_distribution(given: &Value, counts: &Counts, axis: &str, groups: &[String], place: &str) {
    assert_eq!(given["rated"], counts.rated(), "{place}: rated");
    assert_eq!(given["unrated"], counts.unrated, "{place}: unrated");
    for level in given["levels"].as_array().unwrap() {
        assert_eq!(level["count"], counts.level(text(level, "id").unwrap()), "{place}: {level}");
    }
    let percents = counts.percents(axis, groups);
    for (at, group) in given["groups"].as_array().unwrap().iter().enumerate() {
        let bounds = counts.bounds(axis, &groups[at]);
        let expected = [
            Some(counts.group(axis, &groups[at])),
            percents.as_ref().map(|percents| percents[at]),
            bounds.map(|(low, _)| low),
            bounds.map(|(_, high)| high),
        ];
        let found = ["count", "percent", "low", "high"].map(|key| group[key].as_u64().map(|n| n as usize));
        assert_eq!(found, expected, "{place}: {group}");
    }
}

/// Cited outlets of a point, each with its group; those that deny it.
pub fn cited(story: &Story, at: usize) -> (BTreeMap<&str, Option<String>>, BTreeSet<&str>) {
    let point = &story.json["points"][at];
    let place = |id: &Value| story.sources().iter().position(|source| source["id"] == *id).unwrap();
    let group = |at: usize| {
        let level = story.sources()[at]["levels"]["bias"].as_str();
        (story.publishers[at].as_str(), level.map(|level| group_of("bias", level)))
    };
    let cites = point["cites"].as_array().unwrap().iter().map(|id| group(place(id)));
    let denied = point["denied_by"].as_array().unwrap().iter();
    (cites.collect(), denied.map(|id| story.publishers[place(id)].as_str()).collect())
}

fn check_matrix(story: &Story) {
    let rows = story.json["coverage"]["matrix"].as_array().unwrap();
    assert_eq!(rows.len(), story.json["points"].as_array().unwrap().len(), "{}", story.slug);
    for (at, row) in rows.iter().enumerate() {
        let (cited, denied) = cited(story, at);
        let place = format!("{}: {row}", story.slug);
        assert_eq!(row["point"], story.json["points"][at]["id"], "{place}");
        assert_eq!(row["outlets"], cited.len(), "{place}");
        assert_eq!(row["denied"], denied.len(), "{place}");
        assert_eq!(row["unrated"], cited.values().filter(|group| group.is_none()).count(), "{place}");
        for (group, count) in row["groups"].as_object().unwrap() {
            assert_eq!(*count, cited.values().filter(|g| g.as_deref() == Some(group)).count(), "{place}");
        }
    }
}

fn check_blindspot(story: &Story) {
    let spot = &story.json["coverage"]["blindspot"];
    let expected = story.blindspot();
    assert_eq!(text(spot, "group"), expected.map(|[few, _]| few), "{}", story.slug);
    if let Some([few, many]) = expected {
        let reports = &story.axes["bias"][2];
        let groups = story.groups("bias");
        let percents = reports.percents("bias", &groups).unwrap();
        let percent = |group: &str| percents[groups.iter().position(|one| one == group).unwrap()];
        assert_eq!(spot["opposite"], many);
        assert_eq!(spot["share"], percent(few));
        assert_eq!(spot["opposite_share"], percent(many));
        assert_eq!(spot["rated"], reports.rated());
    }
}
