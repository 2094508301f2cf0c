//! What a story's page and its widgets to embed show, against the recount.

use std::collections::BTreeMap;

use scraper::ElementRef;

use crate::counted::{Counts, Story, UNITS, group_of};
use crate::{Sample, all, charts, numbers, one, words};

/// Compares every number of a story's page.
pub fn check(sample: &Sample, story: &Story) {
    let html = sample.page(&path(story, ""));
    let page = html.root_element();
    let articles = story.sources().len();
    check_strip(page, story);
    if articles > 0 {
        check_units(one(page, ".cov").unwrap(), story.totals());
        check_axes(page, &story.axes, |axis| story.groups(axis), &story.slug);
    }
    check_blindspot(page, story, story.blindspot().is_some());
    charts::check_places(page, sample, story);
    charts::check_time(page, story);
    charts::check_copies(page, story);
    charts::check_matrix(page, story);
    charts::check_headlines(page, story);
    let cards = all(page, "#articles .list .n").len();
    assert_eq!(cards, articles, "{}: every article has a card", story.slug);
    assert_eq!(numbers(&words(one(page, "#articles > h2").unwrap())), [articles], "{}", story.slug);
    let shown =
        all(page, ".show label span").iter().map(|span| numbers(&words(*span))[0]).collect::<Vec<_>>();
    if let [total, parts @ ..] = &*shown {
        assert_eq!((*total, parts.iter().sum()), (articles, articles), "{}: filters", story.slug);
    }
}

/// Compares every number of the widgets of a story that stand alone.
pub fn check_embeds(sample: &Sample, story: &Story) {
    let folder = path(story, "embed/").replace("index.html", "");
    let mut seen = 0;
    for file in sample.files.keys().filter(|file| file.starts_with(&folder) && file.ends_with("index.html")) {
        let html = sample.page(file);
        let page = html.root_element();
        let widget = file[folder.len()..].trim_end_matches("/index.html").to_owned();
        seen += 1;
        match &*widget {
            "details" if story.sources().is_empty() => {}
            "details" => check_units(page, story.totals()),
            "blindspot" => check_blindspot(page, story, true),
            "places" => charts::check_places(page, sample, story),
            "timeline" => charts::check_time(page, story),
            "copies" => charts::check_copies(page, story),
            "matrix" => charts::check_matrix(page, story),
            "headlines" => charts::check_headlines(page, story),
            "first" | "perspectives" | "reported" => {}
            _ => {
                let axis = widget.strip_prefix("distribution-").unwrap();
                let own = BTreeMap::from([(axis.to_owned(), story.axes[axis].clone())]);
                check_axes(page, &own, |axis| story.groups(axis), &format!("{} {widget}", story.slug));
            }
        }
    }
    assert!(seen >= 10, "{}: {seen} widgets", story.slug);
}

/// The file of a story's page, or one below it.
pub fn path(story: &Story, below: &str) -> String {
    let url = story.json["url"].as_str().unwrap();
    let path = format!("{}{below}", url.trim_start_matches("https://example.org/"));
    format!("{path}index.html")
}

fn check_strip(page: ElementRef, story: &Story) {
    let Some(strip) = one(page, ".strip") else { return };
    let counts = &story.axes["bias"][0];
    let mut expected = Vec::new();
    if counts.rated() > 0 || story.axes["bias"][2].rated() > 0 {
        expected = bar(counts, &story.groups("bias"), true);
        expected.push(counts.rated());
    }
    expected.extend(&story.totals()[..2]);
    // Some outlets by name, and how many more there are.
    let named = all(strip, ".who a").len();
    let others = story.totals()[0] - named;
    expected.extend((named > 0 && others > 0).then_some(others));
    assert_eq!(numbers(&words(strip)), expected, "{}: strip", story.slug);
}

/// Count and percentage of each group, in order; all or those that have any.
pub fn bar(counts: &Counts, groups: &[String], only_some: bool) -> Vec<usize> {
    let percents = counts.percents("bias", groups);
    let mut list = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let count = counts.group("bias", group);
        if count > 0 || !only_some {
            list.push(count);
            list.extend(percents.as_ref().map(|percents| percents[at]));
        }
    }
    list
}

/// The switch of units.
pub fn check_units(page: ElementRef, totals: [usize; 3]) {
    let shown = all(page, ".units b").iter().map(|b| numbers(&words(*b))[0]).collect::<Vec<_>>();
    assert_eq!(shown, totals);
}

/// The distributions of a page, in the order of its axes.
pub fn check_axes(
    page: ElementRef,
    axes: &BTreeMap<String, [Counts; 3]>,
    groups: impl Fn(&str) -> Vec<String>,
    place: &str,
) {
    for (axis, units) in axes {
        let prefix = format!(".leg:not(.theirs) tr[class^=\"ax-{axis}-\"]");
        let rows = all(page, &prefix);
        if units.iter().all(|counts| counts.rated() == 0) {
            assert!(rows.is_empty(), "{place} {axis}: nothing is rated");
            continue;
        }
        let section = ElementRef::wrap(rows[0].ancestors().nth(2).unwrap()).unwrap();
        let place = format!("{place} {axis}");
        let legend = one(section, ".leg").unwrap();
        // One unit stands for all where they do not differ.
        let alike = units.iter().all(|counts| *counts == units[0]);
        let units = if all(legend, "thead th").len() == 2 && alike { &units[..1] } else { &units[..] };
        check_legend(legend, units, axis, &groups(axis), &place);
        check_findings(section, units, axis, &groups(axis), &place);
        check_fold(one(section, ".num").unwrap(), units, axis, &groups(axis), &place);
    }
}

fn check_legend(table: ElementRef, units: &[Counts], axis: &str, groups: &[String], place: &str) {
    let heads: Vec<usize> = all(table, "thead th").iter().flat_map(|th| numbers(&words(*th))).collect();
    assert_eq!(heads, units.iter().map(Counts::rated).collect::<Vec<_>>(), "{place}: heads");
    let mut seen = vec![0; units.len()];
    for row in all(table, "tbody tr") {
        let class = row.value().attr("class").unwrap();
        let cells: Vec<Option<usize>> =
            all(row, "td").iter().map(|td| numbers(&words(*td)).first().copied()).collect();
        for (unit, counts) in units.iter().enumerate() {
            let (count, percent) = match class.strip_prefix(&format!("ax-{axis}-")) {
                Some(group) => {
                    let at = groups.iter().position(|one| one == group).unwrap();
                    let percents = counts.percents(axis, groups);
                    (counts.group(axis, group), percents.map(|percents| percents[at]))
                }
                None => (counts.unrated, None),
            };
            seen[unit] += count;
            assert_eq!(cells[unit * 2..unit * 2 + 2], [Some(count), percent], "{place}: {class}");
        }
    }
    assert_eq!(
        seen,
        units.iter().map(Counts::total).collect::<Vec<_>>(),
        "{place}: rows that are left out hold nothing"
    );
}

fn check_findings(section: ElementRef, units: &[Counts], axis: &str, groups: &[String], place: &str) {
    for (unit, counts) in UNITS.iter().zip(units) {
        let find = words(one(section, &format!(".u-{unit} .find")).unwrap());
        let most = groups.iter().map(|group| counts.group(axis, group)).max().unwrap();
        let expected = match counts.percents(axis, groups) {
            Some(percents) => {
                let at = groups.iter().position(|group| counts.group(axis, group) == most).unwrap();
                vec![percents[at], most, counts.rated()]
            }
            None => vec![counts.rated()],
        };
        let mut found = numbers(&find);
        found.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{place} {unit}: {find}");
    }
}

fn check_fold(table: ElementRef, units: &[Counts], axis: &str, groups: &[String], place: &str) {
    let rows = all(table, "tbody tr.g");
    for (at, group) in groups.iter().enumerate() {
        for (unit, counts) in units.iter().enumerate() {
            let mut expected = vec![counts.group(axis, group)];
            expected.extend(counts.percents(axis, groups).map(|percents| percents[at]));
            if let Some((low, high)) = counts.bounds(axis, group) {
                expected.push(low);
                expected.extend((low != high).then_some(high));
            }
            let cell = words(all(rows[at], "td")[unit]);
            assert_eq!(numbers(&cell), expected, "{place}: {group}, {}", UNITS[unit]);
        }
    }
    let total = |row: ElementRef| all(row, "td").iter().map(|td| numbers(&words(*td))[0]).collect::<Vec<_>>();
    assert_eq!(
        total(*rows.last().unwrap()),
        units.iter().map(Counts::total).collect::<Vec<_>>(),
        "{place}: all"
    );
    let plain = all(table, "tbody tr:not(.g)");
    let levels: usize = plain[..plain.len() - 1].iter().map(|row| total(*row)[0]).sum();
    let has_levels = groups.iter().any(|group| group_of(axis, "far-left") == *group) && axis == "bias";
    assert_eq!(levels, if has_levels { units[0].rated() } else { 0 }, "{place}: levels");
    assert_eq!(
        total(plain[plain.len() - 1]),
        units.iter().map(|counts| counts.unrated).collect::<Vec<_>>(),
        "{place}"
    );
}

fn check_blindspot(page: ElementRef, story: &Story, shown: bool) {
    let found = one(page, ".blind").map(|p| numbers(&words(p)));
    assert_eq!(found.is_some(), story.blindspot().is_some() && shown, "{}: blindspot", story.slug);
    let (Some(mut found), Some([few, many])) = (found, story.blindspot()) else { return };
    let (reports, groups) = (&story.axes["bias"][2], story.groups("bias"));
    let percents = reports.percents("bias", &groups).unwrap();
    let percent = |group: &str| percents[groups.iter().position(|one| one == group).unwrap()];
    let count = |group: &str| reports.group("bias", group);
    let mut expected = vec![count(few), reports.rated(), percent(few), count(many), percent(many)];
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{}: blindspot", story.slug);
}
