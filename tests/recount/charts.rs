//! The charts beside the distributions, against the recount: places, time, copies, matrix, headlines.

use std::collections::BTreeMap;

use scraper::ElementRef;

use crate::counted::{Story, group_of};
use crate::{Sample, all, data, numbers, one, words};

pub fn check_places(page: ElementRef, sample: &Sample, story: &Story) {
    let outlets = story.outlets().len();
    for key in ["country", "language", "scope"] {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let known = story.known();
        known
            .iter()
            .filter_map(|id| sample.rated.said(id, key))
            .for_each(|value| *counts.entry(value).or_default() += 1);
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let tables = all(page, ".places");
        let (table, caption) = match tables.iter().position(|table| {
            let caption = one(*table, "caption span").map(|span| numbers(&words(span)));
            let mut rows = shown(*table);
            rows.sort_unstable_by(|a, b| b.cmp(a));
            caption.is_some() && counts.starts_with(&rows) && !rows.is_empty()
        }) {
            Some(at) => (at, numbers(&words(one(tables[at], "caption span").unwrap()))),
            None => {
                assert!(counts.is_empty(), "{}: places by {key}", story.slug);
                continue;
            }
        };
        let mut found = shown(tables[table]);
        if found.len() < counts.len() {
            found.extend(shown(tables[table + 1]));
        }
        assert_eq!(found, counts, "{}: places by {key}", story.slug);
        let sum: usize = counts.iter().sum();
        let mut expected = vec![sum, outlets];
        expected.sort_unstable();
        let mut caption = caption;
        caption.sort_unstable();
        assert_eq!(caption, expected, "{}: places by {key}", story.slug);
    }
}

fn shown(table: ElementRef) -> Vec<usize> {
    all(table, "td:last-child").iter().map(|td| numbers(&words(*td))[0]).collect()
}

pub fn check_time(page: ElementRef, story: &Story) {
    let Some(ends) = one(page, ".ends > span") else { return };
    let section = ElementRef::wrap(ends.ancestors().nth(1).unwrap()).unwrap();
    let rows = all(section, ".num tbody tr");
    let counts: Vec<usize> = rows.iter().map(|row| numbers(&words(all(*row, "td")[0]))[0]).collect();
    let totals: Vec<usize> =
        rows.iter().filter_map(|row| numbers(&words(all(*row, "td")[1])).first().copied()).collect();
    let articles = story.sources().len();
    let mut sum = 0;
    for (count, total) in counts.iter().zip(&totals) {
        sum += count;
        assert_eq!(sum, *total, "{}: coverage over time adds up", story.slug);
    }
    assert_eq!((sum, totals.len()), (articles, counts.len()), "{}: with those without a time", story.slug);
    let mut found = numbers(&words(ends));
    found.sort_unstable();
    assert_eq!(found[1], articles, "{}: coverage over time", story.slug);
    let bars = if found[0] < articles { &counts[..counts.len() - 1] } else { &counts[..] };
    assert_eq!(bars.iter().sum::<usize>(), found[0], "{}: coverage over time", story.slug);
    assert!(bars == by(story, 13) || bars == by(story, 10), "{}: {bars:?} over time", story.slug);
}

/// Articles by the first characters of their time: by the hour of those that have one (13), or by
/// the day of all that have a date (10).
pub fn by(story: &Story, length: usize) -> Vec<usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let published = story.sources().iter().filter_map(|source| source["published"].as_str());
    published.filter_map(|when| when.get(..length)).for_each(|when| *counts.entry(when).or_default() += 1);
    counts.into_values().collect()
}

pub fn check_copies(page: ElementRef, story: &Story) {
    let groups = all(page, ".cl > li");
    let mut found: Vec<usize> =
        groups.iter().map(|li| numbers(&words(one(*li, "span:not(.cs)").unwrap()))[0]).collect();
    let mut expected: Vec<usize> =
        story.reports.iter().map(Vec::len).filter(|members| *members > 1).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{}: copies", story.slug);
    if let Some(list) = groups.first() {
        let section = ElementRef::wrap(list.ancestors().nth(1).unwrap()).unwrap();
        let note = numbers(&words(one(section, ".note").unwrap()));
        let mut expected = vec![story.reports.len(), story.sources().len()];
        expected.sort_unstable();
        let mut note = note;
        note.sort_unstable();
        assert_eq!(note, expected, "{}: copies", story.slug);
    }
}

pub fn check_matrix(page: ElementRef, story: &Story) {
    for (at, row) in all(page, ".matrix tbody tr").iter().enumerate() {
        let (cited, denied) = data::cited(story, at);
        let mut expected: Vec<usize> = story
            .groups("bias")
            .iter()
            .map(|group| cited.values().filter(|one| one.as_ref() == Some(group)).count())
            .collect();
        expected.push(cited.values().filter(|group| group.is_none()).count());
        expected.push(denied.len());
        let cells: Vec<usize> =
            all(*row, "td").iter().map(|td| numbers(&words(*td)).first().copied().unwrap_or(0)).collect();
        assert_eq!(cells, expected, "{}: point {at}", story.slug);
        let small = one(*row, "small").map(|small| numbers(&words(small)));
        let expected = (cited.len() > 1).then(|| vec![cited.len()]);
        assert_eq!(small, expected, "{}: point {at}", story.slug);
        assert_eq!(one(*row, ".tag").is_some(), cited.len() == 1, "{}: point {at}", story.slug);
    }
}

/// Headlines of originals by group.
pub fn headlines_by_group(story: &Story) -> BTreeMap<String, usize> {
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for members in &story.reports {
        let sources = story.sources();
        let id = &sources[members[0]]["report"];
        let own = sources.iter().find(|source| source["id"] == *id).unwrap();
        if own["title"].is_string() {
            let group =
                own["levels"]["bias"].as_str().map_or("unrated".to_owned(), |level| group_of("bias", level));
            *expected.entry(group).or_default() += 1;
        }
    }
    expected
}

pub fn check_headlines(page: ElementRef, story: &Story) {
    let heads = all(page, "#headlines .col h3 span");
    let expected = headlines_by_group(story);
    let all_of: usize = expected.values().sum();
    for head in &heads {
        let column = ElementRef::wrap(head.ancestors().nth(1).unwrap()).unwrap();
        let class = column.value().attr("class").unwrap().trim_start_matches("col ").to_owned();
        let group = class.trim_start_matches("ax-bias-");
        let mut found = numbers(&words(*head));
        found.sort_unstable();
        assert_eq!(found, [expected[group], all_of], "{}: headlines {group}", story.slug);
    }
    assert!(heads.is_empty() || heads.len() == expected.len(), "{}: headlines", story.slug);
}
