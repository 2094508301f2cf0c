//! Dates of a story that cannot be.

use jiff::civil::Date;

use super::{Case, Finding};
use crate::content::date::When;

/// Sources that were published after the day of the story and of its last update.
pub fn published_later(case: &Case) -> Vec<Finding> {
    let zone = case.site.zone();
    let updated = case.story.updated.map(|when| when.day(zone));
    let last = updated.map_or(case.entry.day, |updated| updated.max(case.entry.day));
    let sources = case.story.sources.iter().enumerate();
    let later = sources.filter_map(|(at, source)| {
        let day = source.published?.day(zone);
        (day > last).then(|| {
            case.finding(format!("`{}` was published on {day}, after the story ({last})", source.id()))
                .item("sources", at, "published")
                .help("correct the date, or set `updated` if the story was brought up to date with it")
        })
    });
    later.collect()
}

/// Dates of what was done that lie in the future.
pub fn in_future(case: &Case) -> Vec<Finding> {
    let (story, zone) = (case.story, case.site.zone());
    let future = |when: Option<When>| when.and_then(|when| future_day(case, when));
    let told =
        |finding: Finding| finding.help("correct the date; what is to come belongs into `[[timeline]]`");
    let mut found = Vec::new();
    if let Some(day) = future(story.updated) {
        found.push(told(case.finding(format!("the update of {day} lies in the future")).key("updated")));
    }
    for (at, source) in story.sources.iter().enumerate() {
        if let Some(day) = future(source.published) {
            let message = format!("`{}` was published on {day}, which lies in the future", source.id());
            found.push(told(case.finding(message).item("sources", at, "published")));
        }
        let archive = source.more.as_ref().and_then(|more| more.archive.as_ref());
        if let Some(day) = future(archive.and_then(|archive| archive.date)) {
            let message =
                format!("the archived copy of `{}` is of {day}, which lies in the future", source.id());
            found.push(told(case.finding(message).item("sources", at, "archive")));
        }
    }
    for revision in &story.revisions {
        if let Some(day) = future(Some(revision.date)) {
            // Revisions are sorted by date, so their place in the file is that of their date.
            let message = format!("the revision of {day} lies in the future");
            found.push(told(case.finding(message).text(revision.date.iso(zone))));
        }
    }
    if let Some(day) = future(story.reported.as_ref().and_then(|reported| reported.date)) {
        found.push(told(case.finding(format!("the totals of {day} lie in the future")).key("reported")));
    }
    found
}

/// The day of a date that lies in the future.
fn future_day(case: &Case, when: When) -> Option<Date> {
    let day = when.day(case.site.zone());
    (day > case.site.today()).then_some(day)
}
