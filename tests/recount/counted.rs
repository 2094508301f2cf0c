//! A story counted again from the sources in its `story.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::rated::Rated;

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
pub const UNITS: [&str; 3] = ["outlets", "articles", "reports"];

/// The group of a level.
pub fn group_of(axis: &str, level: &str) -> String {
    let found = BIAS.iter().find(|(id, _)| axis == "bias" && *id == level);
    found.map_or(level, |(_, group)| group).to_owned()
}

/// Counts of one axis in one unit.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    pub levels: BTreeMap<String, usize>,
    pub unrated: usize,
}

impl Counts {
    pub fn of(levels: impl Iterator<Item = Option<String>>) -> Counts {
        let mut counts = Counts::default();
        levels.for_each(|level| match level {
            Some(level) => *counts.levels.entry(level).or_insert(0) += 1,
            None => counts.unrated += 1,
        });
        counts
    }

    pub fn add(&mut self, other: &Counts) {
        for (level, count) in &other.levels {
            *self.levels.entry(level.clone()).or_insert(0) += count;
        }
        self.unrated += other.unrated;
    }

    pub fn level(&self, id: &str) -> usize {
        self.levels.get(id).copied().unwrap_or(0)
    }

    pub fn rated(&self) -> usize {
        self.levels.values().sum()
    }

    pub fn total(&self) -> usize {
        self.rated() + self.unrated
    }

    pub fn group(&self, axis: &str, group: &str) -> usize {
        self.levels.iter().filter(|(level, _)| group_of(axis, level) == group).map(|(_, count)| count).sum()
    }

    /// Whole per cents of these groups by largest remainder; `None` of fewer than five.
    pub fn percents(&self, axis: &str, groups: &[String]) -> Option<Vec<usize>> {
        (self.rated() >= 5).then(|| shares(groups.iter().map(|group| self.group(axis, group)).collect()))
    }

    /// The greatest and the least whole per cents that the share of all can reach.
    pub fn bounds(&self, axis: &str, group: &str) -> Option<(usize, usize)> {
        let (count, total) = (self.group(axis, group), self.total());
        let low = (0..=100).rev().find(|per_cent| per_cent * total <= count * 100)?;
        let high = (0..=100).find(|per_cent| per_cent * total >= (count + self.unrated) * 100)?;
        (total > 0).then_some((low, high))
    }
}

/// One point after the other goes to whoever is furthest below its share, the first of equals.
pub fn shares(counts: Vec<usize>) -> Vec<usize> {
    let total: usize = counts.iter().sum();
    let mut shares: Vec<usize> = counts.iter().map(|count| count * 100 / total).collect();
    while shares.iter().sum::<usize>() < 100 {
        let lack = |at: &usize| (counts[*at] * 100).saturating_sub(shares[*at] * total);
        let most = (0..counts.len()).map(|at| lack(&at)).max().unwrap();
        let at = (0..counts.len()).find(|at| lack(at) == most).unwrap();
        shares[at] += 1;
    }
    shares
}

/// A story of the sample site.
pub struct Story {
    pub json: Value,
    pub slug: String,
    pub day: String,
    /// Sources by report.
    pub reports: Vec<Vec<usize>>,
    /// Per axis: outlets, articles, reports.
    pub axes: BTreeMap<String, [Counts; 3]>,
    pub publishers: Vec<String>,
}

/// The text of a key.
pub fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

impl Story {
    pub fn count(json: Value, rated: &Rated) -> Story {
        let day = text(&json, "date").unwrap()[..10].to_owned();
        let sources = json["sources"].as_array().unwrap().clone();
        let reports = reports(&sources);
        let publishers: Vec<String> = sources.iter().map(publisher).collect();
        let mut axes = BTreeMap::new();
        for axis in json["coverage"]["axes"].as_object().unwrap().keys() {
            let level = |source: &Value| source["levels"][axis].as_str().map(str::to_owned);
            let mut seen = BTreeSet::new();
            let first = (0..sources.len()).filter(|at| seen.insert(&publishers[*at]));
            let of_report = |members: &Vec<usize>| {
                let members: Vec<&Value> = members.iter().map(|at| &sources[*at]).collect();
                let original = members.iter().find(|one| one["copy_of"].is_null() && one["wire"].is_null());
                let wire = members.iter().find_map(|one| one["wire"].as_str());
                original.and_then(|one| level(one)).or_else(|| rated.level(wire?, axis, &day))
            };
            let counts = [
                Counts::of(first.map(|at| level(&sources[at]))),
                Counts::of(sources.iter().map(level)),
                Counts::of(reports.iter().map(of_report)),
            ];
            axes.insert(axis.clone(), counts);
        }
        let slug = text(&json, "slug").unwrap().to_owned();
        Story { slug, day, reports, axes, publishers, json }
    }

    pub fn sources(&self) -> &Vec<Value> {
        self.json["sources"].as_array().unwrap()
    }

    pub fn outlets(&self) -> BTreeSet<&str> {
        self.publishers.iter().map(String::as_str).collect()
    }

    /// Ids of the site's own outlets among them.
    pub fn known(&self) -> BTreeSet<&str> {
        self.sources().iter().filter_map(|source| source["outlet"]["id"].as_str()).collect()
    }

    /// Outlets, articles, reports.
    pub fn totals(&self) -> [usize; 3] {
        [self.outlets().len(), self.sources().len(), self.reports.len()]
    }

    /// The groups of an axis, in order.
    pub fn groups(&self, axis: &str) -> Vec<String> {
        let groups = self.json["coverage"]["axes"][axis]["outlets"]["groups"].as_array().unwrap();
        groups.iter().map(|group| text(group, "id").unwrap().to_owned()).collect()
    }

    /// The place of the source with the earliest time. Moments are all in UTC and of one length, so
    /// they sort as texts.
    pub fn first(&self) -> Option<usize> {
        let time = |at: &usize| text(&self.sources()[*at], "published").filter(|when| when.contains('T'));
        (0..self.sources().len()).filter(|at| time(at).is_some()).min_by_key(|at| time(at))
    }

    /// The group that under-reports: the first or the last of `bias`.
    pub fn blindspot(&self) -> Option<[&'static str; 2]> {
        let reports = &self.axes["bias"][2];
        let (count, rated) = (|group: &str| reports.group("bias", group), reports.rated());
        let is_blind = |few: &str, many: &str| {
            rated >= 8 && count(few) * 100 <= 15 * rated && count(many) * 100 >= 50 * rated
        };
        [["left", "right"], ["right", "left"]].into_iter().find(|[few, many]| is_blind(few, many))
    }
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
