//! What pages about several stories show: cards, topics, outlets, first reports, blindspots.

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;

use crate::counted::{Counts, Story, text};
use crate::{Sample, all, numbers, one, page, words};

/// The cards of stories on every page, and in the mails.
pub fn check_cards(sample: &Sample) {
    let mut seen = 0;
    for file in sample.files.keys().filter(|file| file.ends_with("index.html")) {
        let html = sample.page(file);
        for card in all(html.root_element(), "article.card") {
            let link = one(card, "h2 a, h3 a").unwrap().value().attr("href").unwrap();
            let Some(story) =
                sample.stories.iter().find(|story| text(&story.json, "url").unwrap().ends_with(link))
            else {
                panic!("{file}: a card of {link}");
            };
            let counts = &story.axes["bias"][0];
            let mut expected = Vec::new();
            if counts.rated() > 0 {
                expected = page::bar(counts, &story.groups("bias"), false);
                expected.push(counts.rated());
            }
            expected.extend(Some(story.sources().len()).filter(|articles| *articles > 0));
            assert_eq!(numbers(&words(one(card, ".meta").unwrap())), expected, "{file}: {}", story.slug);
            assert_eq!(
                one(card, ".meta .tag").is_some(),
                story.blindspot().is_some(),
                "{file}: {}",
                story.slug
            );
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} cards");
}

/// Whether a file is the first page of a topic.
fn is_topic(file: &str) -> bool {
    file.starts_with("topics/") && file.ends_with("/index.html") && file.matches('/').count() == 2
}

/// The stories of every topic, with those of the topics below it, which its page names.
fn topics(sample: &Sample) -> BTreeMap<String, Vec<&Story>> {
    let mut names = BTreeMap::new();
    let mut parents = BTreeMap::new();
    for file in sample.files.keys().filter(|file| is_topic(file)) {
        let html = sample.page(file);
        let own = file.split('/').nth(1).unwrap().to_owned();
        for child in all(html.root_element(), ".head .chips a") {
            let child = child.value().attr("href").unwrap().split('/').nth(2).unwrap().to_owned();
            parents.insert(child, own.clone());
        }
        names.insert(words(one(html.root_element(), ".head h1").unwrap()), own);
    }
    let stories_of = |slug: &String| {
        let is_of = |story: &&Story| {
            let topics = story.json["topics"].as_array().unwrap().iter();
            let mut topics = topics.map(|name| &names[name.as_str().unwrap()]);
            topics.any(|topic| topic == slug || parents.get(topic) == Some(slug))
        };
        sample.stories.iter().filter(is_of).collect()
    };
    names.values().map(|slug| (slug.clone(), stories_of(slug))).collect()
}

/// Every topic: units, distributions, who covers it most, blindspots over time.
pub fn check_topics(sample: &Sample) {
    let mut seen = 0;
    for (slug, stories) in &topics(sample) {
        let html = sample.page(&format!("topics/{slug}/index.html"));
        let topic = html.root_element();
        assert_eq!(numbers(&words(one(topic, ".head .note").unwrap()))[0], stories.len(), "{slug}");
        if stories.is_empty() {
            continue;
        }
        let outlets: BTreeSet<&str> = stories.iter().flat_map(|story| story.outlets()).collect();
        let sum = |unit: usize| stories.iter().map(|story| story.totals()[unit]).sum::<usize>();
        page::check_units(topic, [outlets.len(), sum(1), sum(2)]);
        let axes = axes(sample, stories);
        page::check_axes(one(topic, ".cov").unwrap(), &axes, |axis| stories[0].groups(axis), slug);
        check_most(topic, stories, slug);
        check_periods(topic, stories, slug);
        seen += 1;
    }
    assert!(seen >= 8, "{seen} topics");
}

/// Articles and reports added up; outlets once, at their level on the day of the newest story.
fn axes(sample: &Sample, stories: &[&Story]) -> BTreeMap<String, [Counts; 3]> {
    let mut newest: BTreeMap<&str, &Story> = BTreeMap::new();
    for story in stories {
        for outlet in story.outlets() {
            newest.entry(outlet).or_insert(story);
        }
    }
    let count = |axis: &String| {
        let level = |(outlet, story): (&&str, &&Story)| {
            outlet.strip_prefix("outlet ").and_then(|id| sample.rated.level(id, axis, &story.day))
        };
        let mut counts = [Counts::of(newest.iter().map(level)), Counts::default(), Counts::default()];
        for story in stories {
            counts[1].add(&story.axes[axis][1]);
            counts[2].add(&story.axes[axis][2]);
        }
        (axis.clone(), counts)
    };
    stories[0].axes.keys().map(count).collect()
}

/// `count of all`, row by row, of a ranking: its link and both numbers.
fn ranking(section: ElementRef) -> Vec<(String, Vec<usize>)> {
    let row = |row: &ElementRef| {
        let link = one(*row, "a").unwrap().value().attr("href").unwrap();
        let mut cell = numbers(&words(one(*row, "td:last-child").unwrap()));
        cell.sort_unstable();
        (link.trim_matches('/').rsplit('/').next().unwrap().to_owned(), cell)
    };
    all(section, ".rank tbody tr").iter().map(row).collect()
}

fn check_most(topic: ElementRef, stories: &[&Story], slug: &str) {
    let of = |id: &str| stories.iter().filter(|story| story.known().contains(id)).count();
    let rows = ranking(topic);
    let known: BTreeSet<&str> = stories.iter().flat_map(|story| story.known()).collect();
    let mut counts: Vec<usize> = known.iter().map(|id| of(id)).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(rows.len(), counts.len().min(12), "{slug}");
    for ((id, row), count) in rows.iter().zip(counts) {
        assert_eq!(*row, [of(id), stories.len()], "{slug}: {id}");
        assert_eq!(of(id), count, "{slug}: {id} in its place");
    }
}

fn check_periods(page: ElementRef, stories: &[&Story], place: &str) {
    let judged = |story: &&&Story| story.axes["bias"][2].rated() >= 8;
    let Some(section) = one(page, ".periods") else {
        assert!(!stories.iter().any(|story| judged(&story)), "{place}: blindspots over time");
        return;
    };
    let mut seen = 0;
    for row in all(section, "tbody tr") {
        let month = one(row, "time").unwrap().value().attr("datetime").unwrap();
        let here: Vec<&&Story> = stories.iter().filter(|story| story.day.starts_with(month)).collect();
        let blind = |group: &str| {
            here.iter().filter(|story| story.blindspot().is_some_and(|[few, _]| few == group)).count()
        };
        let cells: Vec<Vec<usize>> = all(row, "td").iter().map(|td| numbers(&words(*td))).collect();
        let judged = here.iter().filter(|story| judged(story)).count();
        assert_eq!(
            cells,
            [vec![blind("left")], vec![blind("right")], vec![judged, here.len()]],
            "{place}: {month}"
        );
        seen += here.len();
    }
    assert_eq!(seen, stories.len(), "{place}: every story has its month");
}

/// Every outlet: stories, first reports, share of each topic, level.
pub fn check_outlets(sample: &Sample) {
    let mut seen = 0;
    let topics = topics(sample);
    for id in sample.rated.ids() {
        let html = sample.page(&format!("outlets/{id}/index.html"));
        let outlet = html.root_element();
        let stories: Vec<&Story> = sample.stories.iter().filter(|story| story.known().contains(id)).collect();
        let first = stories.iter().filter(|story| first_of(story) == Some(id)).count();
        let facts = numbers(&words(all(outlet, ".facts-dl dd").pop().unwrap()));
        assert_eq!(facts, [first, stories.len()], "{id}: first reports");
        for (topic, row) in ranking(outlet) {
            let all_of = &topics[&topic];
            let own = all_of.iter().filter(|story| story.known().contains(id)).count();
            assert_eq!(row, [own, all_of.len()], "{id}: share of {topic}");
            seen += 1;
        }
        let level = sample.rated.level(id, "bias", "2026-11-23");
        let shown = all(outlet, ".rate")[..1]
            .iter()
            .find_map(|bias| one(*bias, ".big .k"))
            .map(|k| k.value().attr("class").unwrap().to_owned());
        assert_eq!(shown, level.map(|level| format!("k ax-bias-{level}")), "{id}: level");
    }
    assert!(seen > 100, "{seen} shares");
}

fn first_of(story: &Story) -> Option<&str> {
    story.sources()[story.first()?]["outlet"]["id"].as_str()
}

/// The list of outlets: stories of each, who was first.
pub fn check_leaders(sample: &Sample) {
    let html = sample.page("outlets/index.html");
    let page = html.root_element();
    let of = |id: &str| sample.stories.iter().filter(|story| story.known().contains(id)).count();
    for row in all(page, ".tab tbody tr") {
        let id = one(row, "a").unwrap().value().attr("href").unwrap().split('/').nth(2).unwrap();
        assert_eq!(numbers(&words(all(row, "td").pop().unwrap())), [of(id)], "{id}");
    }
    let mut firsts: BTreeMap<&str, usize> = BTreeMap::new();
    sample.stories.iter().filter_map(first_of).for_each(|id| *firsts.entry(id).or_default() += 1);
    let rows = ranking(one(page, ".lists").unwrap());
    assert_eq!(rows.len(), firsts.len().min(12));
    for (id, row) in &rows {
        assert_eq!(*row, [firsts[id.as_str()], of(id)], "{id}: first reports");
    }
    let timed = sample.stories.iter().filter(|story| story.first().is_some()).count();
    assert_eq!(numbers(&words(one(page, ".lists .note").unwrap())), [timed, sample.stories.len()]);
}

/// The page of blindspots.
pub fn check_blindspots(sample: &Sample) {
    let html = sample.page("blindspots/index.html");
    let page = html.root_element();
    for group in ["left", "right"] {
        let column = one(page, &format!(".col.ax-bias-{group}")).unwrap();
        let stories = sample
            .stories
            .iter()
            .filter(|story| story.blindspot().is_some_and(|[few, _]| few == group))
            .count();
        assert_eq!(numbers(&words(one(column, "h2 span").unwrap())), [stories], "{group}");
        assert_eq!(all(column, "article.card").len(), stories, "{group}");
    }
    check_periods(page, &sample.stories.iter().collect::<Vec<_>>(), "blindspots");
}
