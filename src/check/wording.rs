//! Titles and summaries.

use std::collections::HashMap;

use super::{Case, Finding};
use crate::import::web;
use crate::markdown;
use crate::site::{Entry, Site};

/// Summaries that are longer than `[check] summary_length`.
pub fn long_summary(case: &Case) -> Vec<Finding> {
    let most = case.site.config.checks.summary_length;
    let length = case.story.summary.as_deref().map_or(0, |text| markdown::plain(text).chars().count());
    if length <= most {
        return Vec::new();
    }
    let finding =
        case.finding(format!("the summary has {length} characters, more than {most}")).key("summary");
    vec![finding.help("shorten it; details belong into points, sections or the body")]
}

/// Stories whose title a newer story of the same language has, but for case and marks.
pub fn repeated_title(site: &Site) -> Vec<Finding> {
    let mut seen: HashMap<(&str, Vec<String>), &Entry> = HashMap::new();
    let mut found = Vec::new();
    for &at in site.listed() {
        let entry = site.story(at);
        let title = &entry.story.title;
        let key = (site.lang(&entry.story), web::words(&title.value));
        if let Some(other) = seen.get(&key) {
            let message = format!("{} has the same title", other.story.path);
            let finding = Finding::new(&entry.story.path, message).at(title.span);
            found.push(finding.help("say in one of the two what is new, or where it happened"));
        } else {
            seen.insert(key, entry);
        }
    }
    found
}
