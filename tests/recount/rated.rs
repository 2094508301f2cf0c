//! The levels of the sample site's outlets, worked out anew from their files: nothing of the
//! program is used, not even its reader of TOML.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// The files that say who rates whom.
pub struct Rated {
    config: Table,
    outlets: BTreeMap<String, Table>,
    /// The ids of the levels of every axis, in order.
    levels: BTreeMap<String, Vec<String>>,
}

fn table(path: &Path) -> Table {
    fs::read_to_string(path).unwrap().parse().unwrap()
}

impl Rated {
    /// Reads the sample site. The levels of the axes are those that its data name.
    pub fn read(root: &Path, levels: BTreeMap<String, Vec<String>>) -> Rated {
        let mut outlets = BTreeMap::new();
        for entry in fs::read_dir(root.join("content/outlets")).unwrap() {
            let path = entry.unwrap().path();
            outlets.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), table(&path));
        }
        for (id, outlet) in table(&root.join("content/outlets.toml")) {
            outlets.insert(id, outlet.as_table().unwrap().clone());
        }
        Rated { config: table(&root.join("dateline.toml")), outlets, levels }
    }

    /// The ids of all outlets.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.outlets.keys().map(String::as_str)
    }

    /// What a file says of an outlet.
    pub fn said(&self, outlet: &str, key: &str) -> Option<&str> {
        self.outlets[outlet].get(key)?.as_str()
    }

    fn axis(&self, axis: &str) -> Option<&Table> {
        self.config.get("axes")?.get(axis)?.as_table()
    }

    fn is_scale(&self, axis: &str) -> bool {
        let kind = self.axis(axis).and_then(|axis| axis.get("kind")?.as_str());
        kind.map_or(axis == "bias" || axis == "factuality", |kind| kind == "scale")
    }

    /// The numbers of the levels that the raters give an outlet on a day, each rater's latest.
    fn current(&self, outlet: &str, axis: &str, day: &str) -> Vec<(String, usize)> {
        let number = |id: &str| self.levels[axis].iter().position(|level| level == id).unwrap() + 1;
        let mut latest: BTreeMap<String, (String, usize)> = BTreeMap::new();
        if let Some(level) = self.said(outlet, axis) {
            latest.insert(String::new(), (String::new(), number(level)));
        }
        let none = Vec::new();
        let ratings = self.outlets[outlet].get("ratings").and_then(Value::as_array).unwrap_or(&none);
        for rating in ratings.iter().filter(|rating| rating["axis"].as_str() == Some(axis)) {
            let text =
                |key: &str| rating.get(key).map(|value| value.to_string().trim_matches('"').to_owned());
            let (from, until) = (text("date").unwrap_or_default(), text("until"));
            if from.as_str() > day || until.is_some_and(|until| until.as_str() < day) {
                continue;
            }
            let rater = text("rater").unwrap_or_default();
            let level = text("level").unwrap_or_else(|| {
                let raters = &self.axis(axis).unwrap()["raters"];
                raters[&rater]["labels"][&text("label").unwrap()].as_str().unwrap().to_owned()
            });
            let new = (from, number(&level));
            match latest.get(&rater) {
                Some(known) if known.0 > new.0 => {}
                _ => drop(latest.insert(rater, new)),
            }
        }
        latest.into_values().collect()
    }

    /// The level of an outlet on a day: the nearest to the mean, of two the nearer to the middle,
    /// of two again the lower; of a category the latest.
    pub fn level(&self, outlet: &str, axis: &str, day: &str) -> Option<String> {
        let current = self.current(outlet, axis, day);
        if current.is_empty() {
            return None;
        }
        let all = &self.levels[axis];
        if !self.is_scale(axis) {
            let (_, number) = current.iter().max()?;
            return Some(all[number - 1].clone());
        }
        let (sum, count) = (current.iter().map(|(_, n)| n).sum::<usize>(), current.len());
        let distance = |n: &usize| ((n * count).abs_diff(sum), (2 * n).abs_diff(all.len() + 1), *n);
        Some(all[(1..=all.len()).min_by_key(distance)? - 1].clone())
    }
}
