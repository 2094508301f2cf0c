//! The text of a story page, as copied from a browser: headline, dateline and summary, key
//! points, "N Articles", cards, and totals such as "57% of the sources are Center".
//!
//! What the text does not say for certain is left as a comment for the author. Copies are
//! suggested, never merged.

use jiff::civil::Date;

use super::draft::{Cited, Draft, Reported, Source};
use super::text::{line, prose};
use super::{Context, Imported, name_all, web};
use crate::diag::counted;

/// Lines that begin what a page says below its cards.
const END: [&str; 3] = ["coverage details", "bias distribution", "factuality"];
/// A line longer than this is a lead, not a headline.
const HEADLINE: usize = 130;
/// A line longer than this that ends in a full stop is a lead, too.
const SENTENCE: usize = 80;
/// Days before today within which a day without year is taken to lie.
const YEAR: i64 = 366;

/// Reads a page's text.
pub fn read(text: &str, context: &Context) -> Imported {
    let lines: Vec<String> = text.lines().map(line).collect();
    let count_at = lines.iter().position(|line| articles(line).is_some());
    let end =
        lines.iter().position(|line| END.contains(&line.to_lowercase().as_str())).unwrap_or(lines.len());
    let head_end = count_at.unwrap_or(end).min(end);
    let mut draft = Draft {
        disclosure: Some(
            "Imported from the text of a story page and not yet checked by a person.".to_owned(),
        ),
        comments: vec![
            "Imported from the text of a page. Excerpts are the page's words: retell or shorten them."
                .to_owned(),
            "The page does not say which article says what: fill in `cites` of the points.".to_owned(),
        ],
        ..Draft::default()
    };
    let mut imported = Imported::default();
    head(&lines[..head_end], context.today, &mut draft);
    if let Some(at) = count_at.filter(|at| *at < end) {
        draft.sources = cards(&lines[at..end]);
    }
    foot(&lines[end..], &mut draft, &mut imported);
    if let Some(count) = count_at.and_then(|at| articles(&lines[at])) {
        draft.reported.get_or_insert_with(reported).articles = Some(count);
        let note = format!(
            "counted on the page: {}; listed: {}",
            counted(usize::try_from(count).unwrap_or(usize::MAX), "article", "articles"),
            draft.sources.len()
        );
        imported.notes.insert(note);
    }
    if draft.title.is_empty() {
        draft.title = "Untitled".to_owned();
        draft.comments.push("The page has no headline.".to_owned());
    }
    imported.stories.push(draft);
    name_all(&mut imported.stories, context.today);
    imported
}

fn reported() -> Reported {
    Reported { by: "the imported page".to_owned(), ..Reported::default() }
}

/// The number in "42 Articles".
fn articles(line: &str) -> Option<u64> {
    let (number, word) = line.split_once(' ')?;
    let is_word = word.eq_ignore_ascii_case("articles") || word.eq_ignore_ascii_case("article");
    number.replace([',', '.'], "").parse().ok().filter(|_| is_word)
}

/// Headline, dateline, summary and points.
fn head(lines: &[String], today: Date, draft: &mut Draft) {
    let mut rest = lines.iter().filter(|line| !line.is_empty());
    draft.title = rest.next().cloned().unwrap_or_default();
    for line in rest {
        if let Some(point) = bullet(line) {
            draft.points.push(Cited { text: prose(point), ..Cited::default() });
        } else if draft.summary.is_none() {
            summary(line, today, draft);
        } else {
            draft.comments.push(format!("Unsure where this belongs: {line}"));
        }
    }
}

fn bullet(line: &str) -> Option<&str> {
    ["- ", "• ", "* ", "– "].iter().find_map(|mark| line.strip_prefix(mark))
}

/// `RUSSIA, JUL 31 – What happened`.
fn summary(line: &str, today: Date, draft: &mut Draft) {
    let dash = [" – ", " — ", " - "].iter().find_map(|dash| line.split_once(dash));
    let Some((dateline, text)) = dash.filter(|(dateline, _)| dateline.chars().count() <= 60) else {
        draft.summary = Some(prose(line));
        return;
    };
    let parts = dateline.match_indices(", ").map(|(at, _)| (Some(&dateline[..at]), &dateline[at + 2..]));
    let found =
        parts.chain([(None, dateline)]).find_map(|(place, day)| Some((place, day_before(day, today)?)));
    let (place, day) = match found {
        Some((place, day)) => (place, Some(day)),
        None => (Some(dateline), None),
    };
    match day {
        Some((day, year_given)) => {
            draft.date = Some(day.to_string());
            if !year_given {
                draft.comments.push(format!("The page gives no year: {} is a guess.", day.year()));
            }
        }
        None => draft.comments.push("The page gives no date that could be read.".to_owned()),
    }
    draft.place = place.map(title_case);
    draft.summary = Some(prose(text));
}

/// `JUL 31` or `JUL 31, 2025`: the day, and whether its year was given. Without a year, the last such day.
fn day_before(text: &str, today: Date) -> Option<(Date, bool)> {
    let text = text.trim();
    for format in ["%b %d %Y", "%B %d %Y"] {
        if let Ok(day) = Date::strptime(format, text.replace(',', "")) {
            return Some((day, true));
        }
        let with_year = |year: i16| Date::strptime(format, format!("{text} {year}")).ok();
        let this = with_year(today.year()).filter(|day| *day <= today);
        if let Some(day) = this.or_else(|| with_year(today.year() - 1)) {
            let age = today.since(day).ok()?.get_days();
            return (i64::from(age) <= YEAR).then_some((day, false));
        }
    }
    None
}

/// `SAN FRANCISCO` as `San Francisco`; what is not all capitals stays.
fn title_case(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let words = place.split(' ').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(String::from).unwrap_or_default();
        first + &chars.as_str().to_lowercase()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Headlines, each with a lead if a long line follows.
fn cards(lines: &[String]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let mut open = false;
    for line in lines.iter().filter(|line| articles(line).is_none()) {
        if line.is_empty() {
            open = false;
        } else if open && is_lead(line) {
            if let Some(last) = sources.last_mut() {
                last.excerpt = Some(line.clone());
            }
            open = false;
        } else {
            sources.push(Source {
                id: Some(format!("s{}", sources.len() + 1)),
                title: Some(line.clone()),
                ..Source::default()
            });
            open = true;
        }
    }
    suggest_copies(&mut sources);
    sources
}

fn is_lead(line: &str) -> bool {
    let length = line.chars().count();
    length > HEADLINE
        || line.ends_with('…')
        || line.contains(". ")
        || (length > SENTENCE && line.ends_with('.'))
}

/// The text without "MOSCOW — ", which an agency's copy often drops.
fn undated(text: &str) -> &str {
    match text.split_once(" — ") {
        Some((place, rest)) if !place.chars().any(char::is_lowercase) => rest,
        _ => text,
    }
}

fn suggest_copies(sources: &mut [Source]) {
    for at in 1..sources.len() {
        let (before, after) = sources.split_at_mut(at);
        let lead = |source: &Source| undated(source.excerpt.as_deref().unwrap_or_default()).to_owned();
        let wanted = lead(&after[0]);
        let found = before.iter().find(|source| web::same_lead(&lead(source), &wanted));
        if let Some(id) = found.and_then(|source| source.id.clone()) {
            after[0].comments.push(format!("Perhaps the text of `{id}`; if it is: copy_of = \"{id}\""));
        }
    }
}

/// Totals that the page gives.
fn foot(lines: &[String], draft: &mut Draft, imported: &mut Imported) {
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if END.contains(&line.to_lowercase().as_str()) {
            continue;
        }
        match percent(bullet(line).unwrap_or(line)) {
            Some((group, percent)) => {
                let reported = draft.reported.get_or_insert_with(reported);
                // Said twice, the first counts.
                if reported.axes.iter().all(|(_, known, _)| *known != group) {
                    reported.axes.push(("bias".to_owned(), group, percent));
                }
            }
            None => {
                imported.notes.insert(format!("not mapped: {line}"));
            }
        }
    }
}

/// `57% of the sources are Center`.
fn percent(line: &str) -> Option<(String, u8)> {
    let (number, rest) = line.split_once('%')?;
    let percent = number.trim().parse().ok().filter(|percent| *percent <= 100)?;
    let group = rest.trim_end_matches('.').rsplit(' ').next()?.to_lowercase();
    ["left", "center", "right"].contains(&group.as_str()).then_some((group, percent))
}
