//! The numbers in a story's pictures, against the recount.

use std::collections::BTreeMap;

use crate::counted::{Counts, Story};
use crate::page::path;
use crate::{Sample, all, data, numbers, words};

/// What a picture shows: its lines of text without the story's and the site's own.
fn shown(sample: &Sample, story: &Story, widget: &str) -> Vec<usize> {
    let file = path(story, "").replace("index.html", &format!("{widget}.svg"));
    let html = scraper::Html::parse_fragment(sample.text(&file));
    let svg = html.root_element();
    // Headlines, titles and addresses have numbers of their own.
    let counted = all(svg, "text:not(.q, .h)").into_iter().filter(|text| all(*text, "a").is_empty());
    let mut list: Vec<usize> = counted.flat_map(|text| numbers(&words(text))).collect();
    list.sort_unstable();
    list
}

/// Whether all of these numbers are shown, as often as they must.
fn contains(shown: &[usize], expected: &[usize], place: &str) {
    let mut left: BTreeMap<usize, usize> = BTreeMap::new();
    shown.iter().for_each(|number| *left.entry(*number).or_default() += 1);
    for number in expected {
        let count = left.entry(*number).or_default();
        assert!(*count > 0, "{place}: {number} is missing among {shown:?}");
        *count -= 1;
    }
}

/// Compares the pictures of a story.
pub fn check(sample: &Sample, story: &Story) {
    let slug = &story.slug;
    if !story.sources().is_empty() {
        contains(&shown(sample, story, "details"), &story.totals(), &format!("{slug} details"));
    }
    for (axis, [outlets, ..]) in &story.axes {
        let place = format!("{slug} {axis}");
        let found = shown(sample, story, &format!("distribution-{axis}"));
        contains(&found, &distribution(outlets, axis, &story.groups(axis)), &place);
    }
    if let Some([few, many]) = story.blindspot() {
        let reports = &story.axes["bias"][2];
        let groups = story.groups("bias");
        let percents = reports.percents("bias", &groups).unwrap();
        let percent = |group: &str| percents[groups.iter().position(|one| one == group).unwrap()];
        let count = |group: &str| reports.group("bias", group);
        let expected = [count(few), percent(few), count(many), percent(many), reports.rated()];
        contains(&shown(sample, story, "blindspot"), &expected, &format!("{slug} blindspot"));
    }
    matrix(sample, story);
    let copies: Vec<usize> = story.reports.iter().map(Vec::len).filter(|members| *members > 1).collect();
    if !copies.is_empty() && copies.len() <= 8 {
        let mut expected = copies;
        expected.extend([story.reports.len(), story.sources().len()]);
        contains(&shown(sample, story, "copies"), &expected, &format!("{slug} copies"));
    }
}

fn distribution(counts: &Counts, axis: &str, groups: &[String]) -> Vec<usize> {
    if counts.rated() == 0 {
        return (counts.unrated > 0).then_some(counts.unrated).into_iter().collect();
    }
    let percents = counts.percents(axis, groups);
    let mut expected = vec![counts.rated(), counts.total()];
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| counts.group(axis, group) > 0) {
        expected.push(counts.group(axis, group));
        expected.extend(percents.as_ref().map(|percents| percents[at]));
    }
    expected.extend((counts.unrated > 0).then_some(counts.unrated));
    expected
}

fn matrix(sample: &Sample, story: &Story) {
    let points = story.json["points"].as_array().unwrap().len();
    let mut expected = Vec::new();
    for at in 0..points {
        let (cited, denied) = data::cited(story, at);
        let mut row: Vec<usize> = story
            .groups("bias")
            .iter()
            .map(|group| cited.values().filter(|one| one.as_ref() == Some(group)).count())
            .collect();
        row.extend([cited.values().filter(|group| group.is_none()).count(), denied.len()]);
        expected.extend(row.into_iter().filter(|count| *count > 0));
        expected.extend((cited.len() > 1).then_some(cited.len()));
    }
    if !expected.is_empty() {
        contains(&shown(sample, story, "matrix"), &expected, &format!("{} matrix", story.slug));
    }
}
