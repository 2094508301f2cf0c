//! The numbers in the pictures that are no distributions, against the recount: the first report,
//! coverage over time, places, headlines.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};

use crate::counted::{Story, text};
use crate::page::path;
use crate::{Sample, all, charts, numbers, one, words};

/// A picture as a tree.
fn picture(sample: &Sample, story: &Story, widget: &str) -> Html {
    let file = path(story, "").replace("index.html", &format!("{widget}.svg"));
    Html::parse_fragment(sample.text(&file))
}

/// The texts that a selector finds.
fn texts(svg: ElementRef, selector: &str) -> Vec<String> {
    all(svg, selector).into_iter().map(words).collect()
}

/// Compares the pictures of a story.
pub fn check(sample: &Sample, story: &Story) {
    first(picture(sample, story, "first").root_element(), story);
    over_time(picture(sample, story, "timeline").root_element(), story);
    places(picture(sample, story, "places").root_element(), sample, story);
    headlines(picture(sample, story, "headlines").root_element(), story);
}

fn first(svg: ElementRef, story: &Story) {
    let slug = &story.slug;
    let (found, title) = (texts(svg, "text.f"), texts(svg, "text.q").join(" "));
    let Some(at) = story.first() else {
        assert!(found.is_empty() && title.is_empty(), "{slug}: nobody was first, but {found:?}");
        return;
    };
    let source = &story.sources()[at];
    if let Some(outlet) = source["outlet"]["name"].as_str() {
        assert_eq!(found, [outlet], "{slug}: first report");
    }
    // Lines break at spaces or, in some scripts, anywhere, and the last one may be cut.
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let (shown, whole) = (dense(&title), dense(text(source, "title").unwrap_or_default()));
    assert!(whole.starts_with(shown.trim_end_matches('…')), "{slug}: first report: {title}");
    // The sample site's clock is UTC, as is that of the data: year, day, hour and minute.
    let when = text(source, "published").unwrap();
    let shown: Vec<usize> =
        texts(svg, "text:not(.h, .n, .q, .f)").iter().flat_map(|line| numbers(line)).collect();
    for part in [&when[..4], &when[8..10], &when[11..13], &when[14..16]] {
        let part: usize = part.parse().unwrap();
        assert!(shown.contains(&part), "{slug}: first report at {when}, not {shown:?}");
    }
}

fn over_time(svg: ElementRef, story: &Story) {
    let slug = &story.slug;
    let published = story.sources().iter().filter(|source| source["published"].is_string()).count();
    let shown: Vec<usize> =
        texts(svg, "text[text-anchor=\"middle\"]").iter().flat_map(|line| numbers(line)).collect();
    // One article makes no course of time.
    if published < 2 {
        assert!(shown.is_empty(), "{slug}: {published} with a date, but {shown:?}");
        return;
    }
    let foot = texts(svg, "text.n").into_iter().rev().nth(3).unwrap();
    // In the description every bar has a moment and its count: "November 20, 2026: 38."
    let said = words(one(svg, "desc").unwrap());
    let said = said.trim_end_matches(&*foot);
    let bars: Vec<usize> = said
        .split(". ")
        .filter_map(|part| part.rsplit_once(": ")?.1.trim_end_matches(['.', ' ']).parse().ok())
        .collect();
    let (by_hour, by_day) = (charts::by(story, 13), charts::by(story, 10));
    assert!(!bars.is_empty(), "{slug}: nothing over time");
    assert!(bars == by_hour || bars == by_day, "{slug}: {bars:?} over time, not {by_hour:?} or {by_day:?}");
    let highest: Vec<usize> = bars.iter().copied().filter(|bar| Some(bar) == bars.iter().max()).collect();
    assert!(shown == bars || shown == highest, "{slug}: {shown:?} above bars of {bars:?}");
    let dated: usize = bars.iter().sum();
    let untimed = story.sources().len() - dated;
    let expected: Vec<usize> = if untimed > 0 { vec![dated, untimed] } else { vec![dated] };
    assert_eq!(numbers(&foot), expected, "{slug}: {foot}");
}

fn places(svg: ElementRef, sample: &Sample, story: &Story) {
    let outlets = story.outlets().len();
    let mut expected = vec![outlets];
    for key in ["country", "language", "scope"] {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let known = story.known();
        known
            .iter()
            .filter_map(|id| sample.rated.said(id, key))
            .for_each(|value| *counts.entry(value).or_default() += 1);
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        if counts.is_empty() {
            continue;
        }
        expected.extend([counts.iter().sum(), outlets]);
        expected.extend(counts.iter().take(6));
        expected.extend((counts.len() > 6).then(|| counts.len() - 6));
    }
    // Below the name of the picture and the headline, above the site's name, the day and the address.
    let lines = texts(svg, "text");
    let headline = text(&story.json, "title").unwrap();
    let above =
        lines[1..].iter().take_while(|line| headline.contains(line.trim_end_matches('…').trim())).count();
    let found: Vec<usize> = lines[1 + above..lines.len() - 3].iter().flat_map(|line| numbers(line)).collect();
    if expected.len() == 1 {
        assert!(found.is_empty(), "{}: no places, but {found:?}", story.slug);
        return;
    }
    let sorted = |mut list: Vec<usize>| {
        list.sort_unstable();
        list
    };
    assert_eq!(sorted(found), sorted(expected), "{}: places", story.slug);
}

fn headlines(svg: ElementRef, story: &Story) {
    let groups = charts::headlines_by_group(story);
    let total: usize = groups.values().sum();
    // Each group has its name, its count at the end of the line, and how many more there are.
    let lines = texts(svg, "text[text-anchor=\"end\"]");
    let mut found: Vec<Vec<usize>> = lines[..lines.len() - 1].iter().map(|line| numbers(line)).collect();
    let mut expected: Vec<Vec<usize>> = groups.values().map(|count| vec![*count, total]).collect();
    found.iter_mut().chain(&mut expected).for_each(|pair| pair.sort_unstable());
    found.sort_unstable();
    expected.sort_unstable();
    assert!(found == expected || found.is_empty(), "{}: {found:?}, not {expected:?}", story.slug);
    assert!(!found.is_empty() || groups.len() < 2, "{}: no headlines compared", story.slug);
}
