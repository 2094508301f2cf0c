//! A day of Wikipedia's current events in wikitext: every event that names a source is a draft.

use super::draft::{Draft, Source};
use super::text::{lead, line, prose};
use super::{Context, Fault, Imported, name_all};

/// Characters of a title made from an event's text.
const TITLE: usize = 90;

/// Reads a day.
pub fn read(text: &str, context: &Context) -> Result<Imported, Fault> {
    let day = day(text);
    let mut imported = Imported::default();
    if day.is_none() {
        imported.notes.insert("the text names no day: today was taken; mend `date`".to_owned());
    }
    let mut topic = None;
    let mut above: Vec<(usize, String)> = Vec::new();
    for written in without_comments(text).lines().map(str::trim) {
        if let Some(heading) = heading(written) {
            topic = Some(heading);
            above.clear();
            continue;
        }
        let depth = written.bytes().take_while(|byte| *byte == b'*').count();
        if depth == 0 {
            continue;
        }
        let (plain, sources) = links(written[depth..].trim());
        above.retain(|(level, _)| *level < depth);
        if sources.is_empty() {
            above.push((depth, plain));
            continue;
        }
        let under: Vec<String> = above.iter().map(|(_, text)| text.clone()).collect();
        imported.stories.push(story(&plain, sources, topic.clone(), &under, day.clone()));
    }
    if imported.stories.is_empty() {
        return Err(
            "there is no event with a source in this text; it should have lines that begin with `*`".into()
        );
    }
    name_all(&mut imported.stories, context.today);
    Ok(imported)
}

fn story(
    text: &str,
    sources: Vec<Source>,
    topic: Option<String>,
    under: &[String],
    day: Option<String>,
) -> Draft {
    let first = text.split_once(". ").map_or(text, |(first, _)| first);
    let mut comments =
        vec!["Imported from Wikipedia's current events (CC BY-SA 4.0: name and link it).".to_owned()];
    if !under.is_empty() {
        comments.push(format!("It stands under: {}", under.join(" / ")));
    }
    Draft {
        title: lead(first.trim_end_matches('.'), TITLE),
        date: day,
        summary: Some(prose(text)),
        topics: topic.into_iter().collect(),
        disclosure: Some(
            "Imported from Wikipedia's list of current events and not yet checked by a person.".to_owned(),
        ),
        comments,
        sources,
        ..Draft::default()
    }
}

/// The day in `{{Current events|year=2025|month=07|day=31`.
fn day(text: &str) -> Option<String> {
    let number = |key: &str| -> Option<i16> {
        let rest = text.split_once(&format!("|{key}="))?.1.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    };
    let month = i8::try_from(number("month")?).ok()?;
    let day = i8::try_from(number("day")?).ok()?;
    jiff::civil::Date::new(number("year")?, month, day).ok().map(|day| day.to_string())
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// `;Topic` or `'''Topic'''`.
fn heading(line: &str) -> Option<String> {
    let bold = line.strip_prefix("'''").and_then(|rest| rest.strip_suffix("'''"));
    let text = line.strip_prefix(';').or(bold)?;
    Some(links(text.trim()).0)
}

/// The plain text of a line, and its outside links as sources.
fn links(text: &str) -> (String, Vec<Source>) {
    let mut plain = String::new();
    let mut sources = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, after)) = rest.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
            plain.push_str(inner.rsplit_once('|').map_or(inner, |(_, label)| label));
            rest = after;
        } else if let Some((inner, after)) =
            rest[1..].split_once(']').filter(|(inner, _)| inner.contains("://"))
        {
            sources.extend(source(inner, sources.len()));
            rest = after;
        } else {
            plain.push('[');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    let plain = QUOTES.iter().fold(plain, |text, mark| text.replace(*mark, ""));
    (line(&plain), sources)
}

/// Marks of bold and italic text, longest first.
const QUOTES: [&str; 3] = ["'''''", "'''", "''"];

/// `https://… (Name of the outlet)`.
fn source(inner: &str, before: usize) -> Option<Source> {
    let (url, label) = inner.split_once(' ').unwrap_or((inner, ""));
    url.starts_with("http").then(|| {
        let name = label.trim().trim_start_matches('(').trim_end_matches(')');
        let mut comments = Vec::new();
        if !name.is_empty() {
            comments.push(format!("Named there as {name}; the title is missing."));
        }
        Source {
            id: Some(format!("s{}", before + 1)),
            url: Some(super::web::clean(url)),
            comments,
            ..Source::default()
        }
    })
}
